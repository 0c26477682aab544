"""Boxes of colleges for every kind of contest, made up and drawn."""

from collections.abc import Sequence

from hypothesis import strategies as st

from tests.voting.counting.profiles import rank, rankings
from tests.voting.examples import IDS, make_charter, make_choice
from voting.charter.charter import Charter
from voting.counting.parts import CollegeBallots, CollegeMarks, Part
from voting.counting.profile import Numbers
from voting.members import CollegeId
from voting.option_contests import METHODS, Method, OptionContest

Vote = tuple[Charter, OptionContest, list[Part]]


def make_marks(college: CollegeId, *marks: int, cast: int, blank: int = 0) -> CollegeMarks:
    return CollegeMarks(college, cast + 1, cast, blank, marks)


def make_box(college: CollegeId, *opened: Numbers | None) -> CollegeBallots:
    return CollegeBallots(college, len(opened) + 1, len(opened), opened)


def make_rankings(college: CollegeId, *lines: str, options: int = 5) -> CollegeBallots:
    """A box of lines like "5 ABC"; "2 -" is two blank ballots, "1 ?" an invalid one."""
    opened: list[Numbers | None] = []
    for line in lines:
        number, order = line.split()
        ballot = None if order == "?" else rank("" if order == "-" else order, options)
        opened += [ballot] * int(number)
    return make_box(college, *opened)


def charter_for(method: Method) -> Charter:
    """Three colleges, or one where the method counts whole ballots."""
    return make_charter("1") if method == "stv-scottish" else make_charter()


@st.composite
def _numbers(draw: st.DrawFn, contest: OptionContest) -> Numbers:
    if contest.form == "ranked":
        return draw(rankings(len(contest.options)))
    highest = len(contest.grades) if contest.top is None else contest.top + 1
    return draw(st.tuples(*[st.integers(1, highest)] * len(contest.options)))


@st.composite
def _flags(draw: st.DrawFn, contest: OptionContest) -> list[int]:
    size = len(contest.options)
    most = 1 if contest.form == "one" else contest.most or size
    return sorted(draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=most)))


@st.composite
def parts(draw: st.DrawFn, contest: OptionContest, college: CollegeId) -> Part:
    """What one box gave, blank and invalid ballots and empty boxes among it."""
    number = draw(st.integers(0, 6))
    if contest.is_shuffled:
        blank = (0,) * len(contest.options)
        ballot = _numbers(contest) | st.sampled_from([None, blank])
        return make_box(college, *draw(st.lists(ballot, min_size=number, max_size=number)))
    marks = [0] * len(contest.options)
    for _ in range(number):
        for option in draw(_flags(contest)):
            marks[option] += 1
    blank_ballots = draw(st.integers(0, 2))
    return make_marks(college, *marks, cast=number + blank_ballots, blank=blank_ballots)


@st.composite
def votes(draw: st.DrawFn, methods: Sequence[Method] = METHODS) -> Vote:
    """A contest of any method, and what every college's box gave."""
    method = draw(st.sampled_from(methods))
    contest = make_choice(method, options=draw(st.integers(3, 5)))
    charter = charter_for(method)
    given: list[Part] = [draw(parts(contest, college.id)) for college in charter.colleges]
    assert [part.college for part in given] == list(IDS[: len(given)])
    return charter, contest, given
