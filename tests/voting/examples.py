"""A made-up co-operative to bend in tests, and strategies for many others."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from voting.charter.charter import Charter
from voting.charter.colleges import College
from voting.charter.motion_rules import MotionRule, Rule
from voting.charter.schemes import Scheme
from voting.charter.thresholds import MORE_THAN_HALF, THREE_QUARTERS, Threshold
from voting.contests import Motion, OptionContest, Text
from voting.counting.motion import CollegeTally, MotionResult, count_motion
from voting.members import CollegeId, Language, Member, TextFormat
from voting.option_contests import FORMS, METHODS, ONE_SEAT, SHUFFLED, Method, Option
from voting.roll import RollSummary

SUPPORTED = CollegeId("supported")
EMPLOYEES = CollegeId("employees")
COMMUNITY = CollegeId("community")
IDS = (SUPPORTED, EMPLOYEES, COMMUNITY)

Poll = tuple[Charter, list[CollegeTally]]

NAMES: dict[CollegeId, dict[Language, str]] = {
    SUPPORTED: {"en": "People we support", "cy": "Pobl a gefnogwn"},
    EMPLOYEES: {"en": "Employees", "cy": "Gweithwyr"},
    COMMUNITY: {"en": "Community supporters", "cy": "Cefnogwyr cymunedol"},
}


def make_colleges(*shares: str) -> tuple[College, ...]:
    return tuple(
        College(college, NAMES[college], Fraction(share))
        for college, share in zip(IDS, shares, strict=False)
    )


def make_charter(
    *shares: str,
    protected: CollegeId | None = SUPPORTED,
    floors: dict[CollegeId, int] | None = None,
    ordinary: Threshold = MORE_THAN_HALF,
    special: Threshold = THREE_QUARTERS,
    scheme: Scheme = "turnout",
) -> Charter:
    return Charter(
        name={"en": "Example Care Co-operative", "cy": "Cydweithfa Ofal Enghreifftiol"},
        colleges=make_colleges(*(shares or ("51/100", "17/50", "3/20"))),
        protected=protected,
        floors={SUPPORTED: 1} if floors is None else floors,
        scheme=scheme,
        ordinary=MotionRule(ordinary),
        special=MotionRule(special),
    )


def make_motion(rule: Rule = "ordinary", *, easy_read: bool = True) -> Motion:
    standard = {
        "en": Text("Shall we open a garden?", "The garden costs £900.\n\nIt would open in May."),
        "cy": Text("A ddylem ni agor gardd?", "Mae'r ardd yn costio £900."),
    }
    easy = Text("A garden?", "Say yes or no.")
    if easy_read:
        return Motion(
            "1",
            rule,
            {
                "en": {"standard": standard["en"], "easy-read": easy},
                "cy": {"standard": standard["cy"], "easy-read": Text("Gardd?", "Ie neu na.")},
            },
        )
    return Motion(
        "1", rule, {"en": {"standard": standard["en"]}, "cy": {"standard": standard["cy"]}}
    )


GRADES: tuple[dict[Language, str], ...] = (
    {"en": "Very good", "cy": "Da iawn"},
    {"en": "Good", "cy": "Da"},
    {"en": "Poor", "cy": "Gwael"},
)


def make_options(number: int) -> tuple[Option, ...]:
    """Options 1 to `number`, called so in both languages."""
    return tuple(Option({"en": f"Option {n}", "cy": f"Dewis {n}"}) for n in range(1, number + 1))


def make_choice(
    method: Method = "stv-exact",
    *,
    id: str = "2",  # noqa: A002
    seats: int | None = None,
    options: int = 5,
    easy_read: bool = True,
    college: CollegeId | None = None,
) -> OptionContest:
    """A contest of this method: 2 seats where it can fill them, `most` 2, `top` 4, 3 grades."""
    form = FORMS[method]
    texts: dict[Language, dict[TextFormat, Text]] = {
        "en": {"standard": Text("Who shall be on the council?", "Example council election.")},
        "cy": {"standard": Text("Pwy fydd ar y cyngor?", "Etholiad cyngor enghreifftiol.")},
    }
    if easy_read:
        texts["en"]["easy-read"] = Text("The council", "Choose people.")
        texts["cy"]["easy-read"] = Text("Y cyngor", "Dewiswch bobl.")
    return OptionContest(
        id=id,
        method=method,
        seats=seats or (1 if method in ONE_SEAT else 2),
        options=make_options(options),
        texts=texts,
        most=min(2, options) if form == "several" else None,
        top=4 if form == "scored" else None,
        grades=GRADES if form == "graded" else (),
        college=college,
    )


def make_roll_summary(*numbers: int) -> RollSummary:
    return RollSummary("ab" * 32, tuple(zip(IDS, numbers, strict=False)))


def make_tallies(*counts: tuple[int, int] | tuple[int, int, int]) -> list[CollegeTally]:
    """Tallies of (For, Against) or (For, Against, blank), in the charter's order."""
    return [make_tally(college, *count) for college, count in zip(IDS, counts, strict=False)]


def make_tally(college: CollegeId, for_: int, against: int, blank: int = 0) -> CollegeTally:
    cast = for_ + against + blank
    return CollegeTally(college, cast + 1, cast, blank, for_, against)


def count(charter: Charter, *counts: tuple[int, int] | tuple[int, int, int]) -> MotionResult:
    """The result of an ordinary motion, from what each college voted."""
    return count_motion(charter, make_motion(), make_tallies(*counts))


def make_member(
    number: int,
    *,
    college: CollegeId | None = SUPPORTED,
    language: Language = "en",
    name: str | None = None,
) -> Member:
    return Member(
        number=f"M{number}",
        name=name or f"Example Member {number}",
        email=f"member{number}@example.example",
        college=college,
        language=language,
        text_format="standard",
    )


@st.composite
def thresholds(draw: st.DrawFn) -> Threshold:
    """Any threshold at which a tie does not pass, near or far from one half."""
    share = draw(st.fractions(Fraction(1, 2), Fraction(1), max_denominator=60))
    strict = share == Fraction(1, 2) or (share != 1 and draw(st.booleans()))
    return Threshold(share, strict=strict)


@st.composite
def charters(draw: st.DrawFn, *, floors: int = 1, protected: bool = True) -> Charter:
    """Charters of one to three colleges; floors up to the number given."""
    shares = draw(st.sampled_from(range(1, 4)).flatmap(lambda n: _shares(n, majority=protected)))
    threshold = draw(thresholds())
    ids = IDS[: len(shares)]
    return make_charter(
        *(str(share) for share in shares),
        protected=SUPPORTED if protected else None,
        floors={college: draw(st.integers(1, floors)) for college in ids},
        ordinary=threshold,
        special=threshold,
    )


@st.composite
def _shares(draw: st.DrawFn, number: int, *, majority: bool) -> list[Fraction]:
    parts = [draw(st.integers(1, 40)) for _ in range(number)]
    if majority:
        parts[0] = sum(parts[1:]) + draw(st.integers(1, 40))
    whole = sum(parts)
    return [Fraction(part, whole) for part in parts]


def counts(largest: int = 12) -> st.SearchStrategy[tuple[int, int, int]]:
    number = st.integers(0, largest)
    return st.tuples(number, number, number)


@st.composite
def polls(draw: st.DrawFn, *, floors: int = 1, protected: bool = True) -> Poll:
    """A charter and what its members voted."""
    charter = draw(charters(floors=floors, protected=protected))
    given: Sequence[tuple[int, int, int]] = [draw(counts()) for _ in charter.colleges]
    return charter, make_tallies(*given)


@st.composite
def choices(draw: st.DrawFn) -> OptionContest:
    """Contests among options, of every method and within all limits."""
    method: Method = draw(st.sampled_from(METHODS))
    form = FORMS[method]
    number = draw(st.integers(2, 30 if form in SHUFFLED else 50))
    seats = 1 if method in ONE_SEAT else draw(st.integers(1, number - 1))
    contest = make_choice(method, seats=seats, options=number, easy_read=draw(st.booleans()))
    grades = draw(st.integers(2, 10))
    return replace(
        contest,
        most=draw(st.integers(1, number)) if form == "several" else None,
        top=draw(st.integers(1, 100)) if form == "scored" else None,
        grades=tuple({"en": f"Grade {n}", "cy": f"Gradd {n}"} for n in range(1, grades + 1))
        if form == "graded"
        else (),
    )
