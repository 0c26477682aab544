"""Presets: ready-made charters to begin with, one for each kind of co-operative we know.

A preset is a beginning: every number in it may be changed before it is adopted, within what
`Charter` allows. Each says where its numbers come from; docs/rules/charters.md says more.

Source: design 4, section 1; docs/rules/charters.md, "Presets".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from voting.charter.caps import Cap
from voting.charter.charter import Charter
from voting.charter.colleges import College
from voting.charter.motion_rules import STATUTORY, MotionRule, Rule
from voting.charter.thresholds import MORE_THAN_HALF, THREE_QUARTERS, TWO_THIRDS, Threshold
from voting.members import CollegeId, Language

PresetId = Literal[
    "user-led-51",
    "user-led-75",
    "council-reserved",
    "classes",
    "scic",
    "capped-investors",
    "class-consents",
    "one-member-one-vote",
]

Names = Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Preset:
    """A ready-made charter.

    Attributes:
        id: what it is called in commands and addresses.
        names: what people call it, in every language.
        source: the law or the model rules that it follows, as one cites them.
        make: the charter of a co-operative of this name.
    """

    id: PresetId
    names: Names
    source: str
    make: Callable[[Names], Charter]


def _college(college_id: str, english: str, welsh: str, share: str) -> College:
    return College(CollegeId(college_id), {"en": english, "cy": welsh}, Fraction(share))


def _stakeholders(supported: str, employees: str, community: str) -> tuple[College, ...]:
    return (
        _college("supported", "People we support", "Pobl a gefnogwn", supported),
        _college("employees", "Employees", "Gweithwyr", employees),
        _college("community", "Community supporters", "Cefnogwyr cymunedol", community),
    )


_SUPPORTED: Final = CollegeId("supported")
_WEIGHTS: Final[Mapping[Rule, Threshold]] = {
    "amalgamation": TWO_THIRDS,
    "transfer": TWO_THIRDS,
    "conversion": THREE_QUARTERS,
}


def _society(*rules: Rule) -> dict[Rule, MotionRule]:
    """Statutory rules of a British registered society: as much by weight as by heads."""
    return {rule: MotionRule(_WEIGHTS[rule], heads=STATUTORY[rule]) for rule in rules}


def _make_user_led(names: Names, *shares: str, seats: tuple[int, ...] = ()) -> Charter:
    colleges = _stakeholders(*shares)
    return Charter(
        name=names,
        colleges=colleges,
        protected=_SUPPORTED,
        floors={_SUPPORTED: 1},
        statutory=_society("amalgamation", "transfer", "conversion"),
        council={college.id: number for college, number in zip(colleges, seats, strict=False)},
    )


def _make_user_led_51(names: Names) -> Charter:
    return _make_user_led(names, "51/100", "34/100", "15/100")


def _make_user_led_75(names: Names) -> Charter:
    return _make_user_led(names, "75/100", "15/100", "10/100")


def _make_council_reserved(names: Names) -> Charter:
    # T12: 8 of 15 is the least; a share of the seats rounded would be the same here, but is not
    # for other councils (T13).
    return _make_user_led(names, "51/100", "34/100", "15/100", seats=(8, 5, 2))


def _make_classes(names: Names) -> Charter:
    return Charter(
        name=names,
        colleges=(
            _college("users", "Users", "Defnyddwyr", "2/5"),
            _college("workers", "Workers", "Gweithwyr", "2/5"),
            _college("supporters", "Supporters", "Cefnogwyr", "1/5"),
        ),
        protected=None,
        floors={},
        statutory=_society("amalgamation", "transfer", "conversion"),
    )


def _make_scic(names: Names) -> Charter:
    return Charter(
        name=names,
        colleges=(
            _college("beneficiaries", "Beneficiaries", "Buddiolwyr", "1/2"),
            _college("employees", "Employees", "Gweithwyr", "3/10"),
            _college("partners", "Other members", "Aelodau eraill", "1/5"),
        ),
        protected=None,
        floors={},
        special=MotionRule(TWO_THIRDS),
        statute="scic",
    )


def _make_capped_investors(names: Names) -> Charter:
    members, investors = CollegeId("members"), CollegeId("investors")
    return Charter(
        name=names,
        colleges=(
            _college(members, "User members", "Aelodau sy'n ddefnyddwyr", "9/10"),
            _college(investors, "Investor members", "Aelodau sy'n fuddsoddwyr", "1/10"),
        ),
        protected=members,
        floors={members: 1},
        # An investor weighs what a member weighs, until all investors together weigh a tenth.
        caps=(Cap(investors, ballots=Fraction(1), part=Fraction(1, 10)),),
        # Investors may not vote on a conversion into a company, so none is held here.
        statutory=_society("amalgamation", "transfer"),
    )


def _make_class_consents(names: Names) -> Charter:
    colleges = (
        _college("founders", "Founder members", "Aelodau sylfaenol", "1/4"),
        _college("labour", "Labour members", "Aelodau sy'n gweithio", "1/4"),
        _college("users", "User members", "Aelodau sy'n ddefnyddwyr", "1/4"),
        _college("investors", "Investor members", "Aelodau sy'n fuddsoddwyr", "1/4"),
    )
    consents = {college.id: MORE_THAN_HALF for college in colleges}
    return Charter(
        name=names,
        colleges=colleges,
        protected=None,
        floors={},
        scheme="none",
        special=MotionRule(THREE_QUARTERS, agree=consents),
    )


def _make_one_member_one_vote(names: Names) -> Charter:
    return Charter(
        name=names,
        colleges=(_college("members", "Members", "Aelodau", "1"),),
        protected=None,
        floors={},
        scheme="none",
        statutory=_society("amalgamation", "transfer", "conversion"),
    )


_PRESETS: Final = (
    Preset(
        "user-led-51",
        {"en": "User-led, 51 in 100", "cy": "Dan arweiniad defnyddwyr, 51 o bob 100"},
        "Multi-stakeholder social care co-operatives in Wales; "
        "Co-operative and Community Benefit Societies Act 2014, sections 109 to 113",
        _make_user_led_51,
    ),
    Preset(
        "user-led-75",
        {"en": "User-led, 75 in 100", "cy": "Dan arweiniad defnyddwyr, 75 o bob 100"},
        "Community Shares Handbook, 2.2.3; "
        "Co-operative and Community Benefit Societies Act 2014, sections 109 to 113",
        _make_user_led_75,
    ),
    Preset(
        "council-reserved",
        {
            "en": "Council of Members with reserved seats",
            "cy": "Cyngor Aelodau â seddi wedi'u cadw",
        },
        "Multi-stakeholder social care co-operatives in Wales; "
        "Co-operative and Community Benefit Societies Act 2014, sections 109 to 113",
        _make_council_reserved,
    ),
    Preset(
        "classes",
        {"en": "Classes of members", "cy": "Dosbarthiadau o aelodau"},
        "Somerset Rules, multi-stakeholder co-operative; "
        "Co-operative and Community Benefit Societies Act 2014, sections 109 to 113",
        _make_classes,
    ),
    Preset(
        "scic",
        {"en": "SCIC (France)", "cy": "SCIC (Ffrainc)"},
        "Loi n° 47-1775 du 10 septembre 1947, articles 19 septies et 19 octies",
        _make_scic,
    ),
    Preset(
        "capped-investors",
        {"en": "Members with capped investors", "cy": "Aelodau a buddsoddwyr â therfyn"},
        "Community Shares Handbook, 2.2.3; "
        "Co-operative and Community Benefit Societies Act 2014, sections 109 to 111",
        _make_capped_investors,
    ),
    Preset(
        "class-consents",
        {"en": "Consent of every class", "cy": "Cydsyniad pob dosbarth"},
        "FairShares Model Rules, special resolution",
        _make_class_consents,
    ),
    Preset(
        "one-member-one-vote",
        {"en": "One member, one vote", "cy": "Un aelod, un bleidlais"},
        "International Co-operative Alliance, Statement on the Co-operative Identity, principle 2; "
        "Co-operative and Community Benefit Societies Act 2014, sections 109 to 113",
        _make_one_member_one_vote,
    ),
)

PRESETS: Final[Mapping[PresetId, Preset]] = {preset.id: preset for preset in _PRESETS}
