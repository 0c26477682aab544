"""Ways of counting in plain words: what members do, and how the winners are found.

Source: design 4, section 4; docs/rules/.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from voting.charter.charter import Charter
from voting.errors import VotingError
from voting.option_contests import FORMS, Form, Method, require_weighing
from web.pages.officer.texts import _


@dataclass(frozen=True, slots=True)
class MethodWords:
    """One way of counting.

    Attributes:
        name: short.
        members: what a member does on her ballot.
        count: how the winners are found.
    """

    method: Method
    name: str
    members: str
    count: str

    @property
    def both(self) -> str:
        """What members do and how it is counted, as two sentences."""
        return f"{self.members} {self.count}"


def say_method(method: Method) -> MethodWords:
    """One way of counting, in words."""
    name, count = _names()[method], _counts()[method]
    return MethodWords(method, name, _forms()[FORMS[method]], count)


def can_weigh(charter: Charter, method: Method) -> bool:
    """Whether the votes of all members can be counted in this way under a charter."""
    try:
        require_weighing(charter, method)
    except VotingError:
        return False
    return True


def _names() -> Mapping[Method, str]:
    return {
        "plurality": _("One choice"),
        "block": _("Several choices"),
        "approval": _("Approval"),
        "score": _("Points"),
        "majority-judgment": _("Grades"),
        "irv": _("Ranking for one winner"),
        "stv-exact": _("Ranking for several seats"),
        "stv-meek": _("Ranking for several seats, Meek's rules"),
        "stv-scottish": _("Ranking for several seats, Scottish rules"),
        "schulze": _("Ranking compared in pairs, Schulze's rules"),
        "ranked-pairs": _("Ranking compared in pairs, strongest first"),
    }


def _forms() -> Mapping[Form, str]:
    return {
        "one": _("Each member chooses one option."),
        "several": _("Each member ticks several options, up to a number that you set."),
        "approval": _("Each member ticks every option that she agrees with."),
        "scored": _("Each member gives points to each option."),
        "graded": _("Each member gives each option a grade in words, such as Good."),
        "ranked": _("Each member puts options in order: 1, 2, 3 and so on."),
    }


def _counts() -> Mapping[Method, str]:
    most_votes = _("The options with the most votes win.")
    return {
        "plurality": _("The option with the most votes wins."),
        "block": most_votes,
        "approval": most_votes,
        "score": _("The options with the highest average win."),
        "majority-judgment": _(
            "The option with the best middle grade wins: half of the votes give it that grade or "
            "a better one."
        ),
        "irv": _(
            "The weakest option goes out, and its votes go to the next choice on each ballot, "
            "until one option has more than half."
        ),
        "stv-exact": _(
            "A group of members gets seats by its share of the votes. This is the usual way to "
            "elect a council. It is called the single transferable vote."
        ),
        "stv-meek": _(
            "Like “Ranking for several seats”, but the count begins again after each option that "
            "goes out. Only a computer can count it."
        ),
        "stv-scottish": _(
            "As Scottish councils are elected. It counts whole ballots, so it cannot weigh "
            "colleges."
        ),
        "schulze": _(
            "The option that beats every other one in a comparison of two wins. If there is none, "
            "the strongest chain of comparisons decides."
        ),
        "ranked-pairs": _(
            "The option that beats every other one in a comparison of two wins. If there is none, "
            "the clearest comparisons count first."
        ),
    }
