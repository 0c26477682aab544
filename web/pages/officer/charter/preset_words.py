"""What each ready-made charter is for, in two plain sentences.

Source: docs/rules/charters.md, "Presets".
"""

from collections.abc import Mapping

from voting.charter.presets import PresetId
from web.pages.officer.texts import _


def preset_words(preset: PresetId) -> str:
    """What it is for, and what it does."""
    words: Mapping[PresetId, str] = {
        "user-led-51": _(
            "For a co-op that people who are supported shall lead, together with employees and "
            "the community. Supported people have 51 of every 100 votes, so an ordinary motion "
            "passes if they all want it."
        ),
        "user-led-75": _(
            "For a co-op that people who are supported lead in everything, special motions too. "
            "They have 75 of every 100 votes, and need not be quite as united."
        ),
        "council-reserved": _(
            "For a co-op that wants to be sure who sits on its council. Each college elects its "
            "own seats, and supported people have 8 of 15."
        ),
        "classes": _(
            "For a co-op of several classes of members in which no class may decide alone. Users "
            "and workers have 40 of every 100 votes each, and supporters 20."
        ),
        "scic": _(
            "For a French SCIC, with three colleges or more. The law gives each at least 10 and "
            "at most 50 of every 100 votes, so none has a majority."
        ),
        "capped-investors": _(
            "For a co-op whose investors are members but must never decide. All of their votes "
            "together weigh at most a tenth of the votes that count."
        ),
        "class-consents": _(
            "For a co-op in which every class must agree to what changes its rules. A special "
            "motion needs three quarters of all, and more than half in each class."
        ),
        "one-member-one-vote": _(
            "For a co-op with one kind of member. Every vote weighs the same."
        ),
    }
    return words[preset]
