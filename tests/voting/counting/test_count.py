"""Counting contests from the boxes of colleges: by hand, by edge, by law."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.voting.counting.boxes import (
    Vote,
    charter_for,
    make_box,
    make_marks,
    make_rankings,
    votes,
)
from tests.voting.counting.profiles import names, totals
from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    make_charter,
    make_choice,
    make_motion,
    make_tallies,
)
from voting.charter.charter_format import charter_digest
from voting.charter.errors import DuplicateCollegeError, MissingCollegeError, UnknownCollegeError
from voting.counting.count import count_contest
from voting.counting.motion import count_motion
from voting.counting.option_result import OptionResult
from voting.counting.parts import CollegeBallots, CollegeMarks, Part
from voting.errors import TallySumError, WeightedMethodError
from voting.option_contests import METHODS, Method


def count(vote: Vote) -> OptionResult:
    result = count_contest(*vote)
    assert isinstance(result, OptionResult)
    return result


def test_a_motion_is_counted_as_ever() -> None:
    tallies = make_tallies((9, 1), (20, 30), (3, 2))
    expected = count_motion(make_charter(), make_motion(), tallies)
    assert count_contest(make_charter(), make_motion(), tallies) == expected


def test_marks_are_weighed_by_college() -> None:
    # Weights 51/1000, 34/5000 and 3/100.
    boxes: list[Part] = [
        make_marks(SUPPORTED, 6, 4, 0, cast=12, blank=2),
        make_marks(EMPLOYEES, 10, 30, 10, cast=50),
        make_marks(COMMUNITY, 0, 1, 4, cast=5),
    ]
    result = count((make_charter(), make_choice("plurality", options=3), boxes))
    first = Fraction(6 * 51, 1000) + Fraction(10 * 34, 5000)
    second = Fraction(4 * 51, 1000) + Fraction(30 * 34, 5000) + Fraction(3, 100)
    third = Fraction(10 * 34, 5000) + Fraction(4 * 3, 100)
    assert totals(result.stages[0]) == [first, second, third]
    assert first + second + third == result.total_weight == 1
    assert names(result.elected) == "B"
    assert (result.outcome, result.reasons, result.lapsed) == ("elected", (), ())
    assert (result.method, result.arithmetic, result.scheme) == ("plurality", "fraction", "turnout")
    supported = result.colleges[0]
    assert (supported.roll, supported.cast, supported.counted) == (13, 12, 10)
    assert (supported.blank, supported.invalid, supported.marks) == (2, 0, (6, 4, 0))
    assert (supported.weight, supported.effective_share) == (Fraction(51, 1000), Fraction(51, 100))


def test_rankings_are_weighed_by_college_and_told_apart() -> None:
    boxes: list[Part] = [
        make_rankings(SUPPORTED, "3 AB", "2 BA", "1 -", "2 ?"),
        make_rankings(EMPLOYEES, "4 CB"),
        make_rankings(COMMUNITY, "1 D"),
    ]
    result = count((make_charter(), make_choice("irv"), boxes))
    supported = result.colleges[0]
    assert (supported.cast, supported.counted) == (8, 5)
    assert (supported.blank, supported.invalid, supported.marks) == (1, 2, None)
    assert totals(result.stages[0])[:2] == [Fraction(3, 5) * Fraction(51, 100), Fraction(51, 250)]
    # D goes, then B, whose ballots have A next: 51 to 34.
    assert names(result.elected) == "A"
    assert result.charter == charter_digest(make_charter())


def test_a_gap_or_a_repeat_is_invalid_and_counts_for_nothing() -> None:
    box = make_box(SUPPORTED, (1, 3, 0, 0, 0), (1, 1, 2, 0, 0), (1, 2, 3, 4, 5))
    empty = [make_box(EMPLOYEES), make_box(COMMUNITY)]
    result = count((make_charter(), make_choice("schulze"), [box, *empty]))
    assert (result.colleges[0].invalid, result.colleges[0].counted) == (2, 1)
    assert result.lapsed == (EMPLOYEES, COMMUNITY)
    assert result.total_weight == Fraction(51, 100)
    assert result.guarantee.effective_share == 1


@pytest.mark.parametrize("method", METHODS)
def test_without_the_protected_college_it_is_void(method: Method) -> None:
    charter, contest = charter_for(method), make_choice(method)
    boxes: list[Part] = []
    for college in charter.colleges:
        if contest.is_shuffled:
            ballot = (1, 2, 3, 1, 2) if contest.form != "ranked" else (1, 2, 3, 4, 5)
            boxes.append(make_box(college.id, *[ballot] * (college.id != SUPPORTED)))
        else:
            there = int(college.id != SUPPORTED)
            boxes.append(make_marks(college.id, there, 0, 0, 0, 0, cast=there))
    result = count((charter, contest, boxes))
    assert (result.outcome, result.reasons) == ("void", ("protected-college-inquorate",))
    assert result.total_weight == 0
    assert (result.elected, result.stages, result.ties, result.lapsed) == ((), (), (), ())
    assert {college.weight for college in result.colleges} == {None}
    check = result.guarantee
    assert (check.holds, check.controls, check.seats_guaranteed) == (False, False, 0)
    assert check.reasons == ("protected-college-inquorate",)


def test_nothing_counted_anywhere_is_void() -> None:
    charter = make_charter("1/2", "1/2", protected=None, floors={})
    boxes: list[Part] = [make_marks(SUPPORTED, 0, 0, 0, cast=1, blank=1)]
    boxes.append(make_marks(EMPLOYEES, 0, 0, 0, cast=0))
    result = count((charter, make_choice("approval", options=3, seats=1), boxes))
    assert (result.outcome, result.reasons) == ("void", ("nothing-counted",))
    assert result.guarantee.holds is True


def test_a_floor_makes_a_share_lapse() -> None:
    charter = make_charter(floors={SUPPORTED: 2, EMPLOYEES: 3})
    boxes: list[Part] = [
        make_marks(SUPPORTED, 1, 1, 0, cast=2),
        make_marks(EMPLOYEES, 0, 2, 0, cast=2),
        make_marks(COMMUNITY, 1, 0, 0, cast=1),
    ]
    result = count((charter, make_choice("plurality", options=3), boxes))
    assert result.lapsed == (EMPLOYEES,)
    assert names(result.elected) == "A"
    assert result.guarantee.effective_share == Fraction(51, 66)


def test_scottish_stv_counts_ballots_not_shares() -> None:
    box = make_rankings(SUPPORTED, "5 AB", "3 B", "4 C", "1 -")
    result = count((make_charter("1"), make_choice("stv-scottish"), [box]))
    assert (result.scheme, result.arithmetic) == ("none", "decimal-5")
    assert result.total_weight == 12
    assert result.quota == 5
    assert result.colleges[0].weight == 1
    assert result.colleges[0].effective_share == 1
    assert result.guarantee.seats_guaranteed == 0


def test_scottish_stv_is_refused_among_colleges() -> None:
    boxes: list[Part] = [make_rankings(college, "1 A") for college in (SUPPORTED, EMPLOYEES)]
    with pytest.raises(WeightedMethodError):
        count((make_charter("2/3", "1/3"), make_choice("stv-scottish"), boxes))


def test_more_marks_than_allowed_are_refused() -> None:
    boxes: list[Part] = [make_marks(SUPPORTED, 2, 2, 2, cast=2)]
    charter = make_charter("1")
    for method in ("plurality", "block"):
        with pytest.raises(TallySumError):
            count((charter, make_choice(method, options=3), boxes))
    count((charter, make_choice("approval", options=3), boxes))
    with pytest.raises(TallySumError):
        count((charter, make_choice("approval", options=4), boxes))


def test_each_kind_of_contest_has_its_kind_of_part() -> None:
    charter, box = make_charter("1"), make_rankings(SUPPORTED, "1 A")
    marks = make_marks(SUPPORTED, 1, 0, 0, 0, 0, cast=1)
    for contest, part in (
        (make_motion(), box),
        (make_choice("irv"), marks),
        (make_choice("block"), box),
    ):
        with pytest.raises(TypeError):
            count_contest(charter, contest, [part])


def test_colleges_are_those_of_the_charter() -> None:
    one, two = make_rankings(SUPPORTED, "1 A"), make_rankings(EMPLOYEES, "1 A")
    contest = make_choice("irv")
    with pytest.raises(MissingCollegeError):
        count_contest(make_charter(), contest, [one, two])
    with pytest.raises(DuplicateCollegeError):
        count_contest(make_charter("1"), contest, [one, one])
    with pytest.raises(UnknownCollegeError):
        count_contest(make_charter("1"), contest, [one, two])


def test_the_guarantee_is_worked_out_with_what_was_counted() -> None:
    contest = make_choice("stv-exact", seats=4)
    boxes: list[Part] = [make_rankings(SUPPORTED, "3 A"), make_rankings(EMPLOYEES, "3 B")]
    whole = count((make_charter(), contest, [*boxes, make_rankings(COMMUNITY, "1 C")]))
    assert (whole.guarantee.seats_guaranteed, whole.guarantee.controls) == (2, False)
    assert (whole.guarantee.majority_needed, whole.guarantee.least_share) == (3, Fraction(3, 5))
    # The community stays away: P's part is 51/85 = 3/5, still not more than 3/5.
    less = count((make_charter(), contest, [*boxes, make_rankings(COMMUNITY, "1 -")]))
    assert less.guarantee.effective_share == Fraction(3, 5)
    assert less.guarantee.seats_guaranteed == 2


def test_the_digest_is_of_every_ballot() -> None:
    boxes: list[Part] = [make_rankings(SUPPORTED, "2 A", "1 BA")]
    contest, charter = make_choice("irv"), make_charter("1")
    digest = count((charter, contest, boxes)).digest
    changed: list[Part] = [make_rankings(SUPPORTED, "2 A", "1 BC")]
    assert count((charter, contest, changed)).digest != digest
    assert count((charter, make_choice("irv", id="3"), boxes)).digest != digest
    again: list[Part] = [make_rankings(SUPPORTED, "1 BA", "2 A")]
    assert count((charter, contest, again)).digest == digest


# --- laws ---------------------------------------------------------------------------------


@settings(max_examples=60)
@given(votes())
def test_t1_the_protected_share_never_shrinks(vote: Vote) -> None:
    result = count(vote)
    assume(result.outcome == "elected")
    supported = result.colleges[0]
    assert supported.weight is not None
    assert supported.weight * supported.counted / result.total_weight == supported.effective_share
    assert supported.effective_share >= supported.share
    assert result.guarantee.holds


@settings(max_examples=60)
@given(votes(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_boxes_is_irrelevant(vote: Vote, random: Random) -> None:
    charter, contest, boxes = vote
    shuffled = [_shuffle(box, random) for box in boxes]
    random.shuffle(shuffled)
    assert count((charter, contest, shuffled)) == count(vote)


def _shuffle(part: Part, random: Random) -> Part:
    if not isinstance(part, CollegeBallots):
        return part
    opened = list(part.opened)
    random.shuffle(opened)
    return CollegeBallots(part.college, part.roll, part.cast, tuple(opened))


@settings(max_examples=60)
@given(votes())
def test_all_seats_are_filled_or_the_contest_is_void(vote: Vote) -> None:
    result = count(vote)
    if result.outcome == "void":
        assert result.elected == ()
        return
    assert [each.order for each in result.elected] == list(range(1, result.seats + 1))
    assert len({each.option for each in result.elected}) == result.seats


@settings(max_examples=60)
@given(votes())
def test_every_tie_says_how_it_was_resolved(vote: Vote) -> None:
    for tie in count(vote).ties:
        assert len(tie.options) > 1
        assert set(tie.chosen) <= set(tie.options)
        assert len(set(tie.tried)) == len(tie.tried)
        assert tie.resolved_by == tie.tried[-1]


SCALED: list[Method] = [method for method in METHODS if method not in {"stv-meek", "stv-scottish"}]


@settings(max_examples=40)
@given(votes(SCALED), st.integers(2, 3))
def test_turnout_inside_a_college_is_irrelevant(vote: Vote, times: int) -> None:
    """Turnout is proportional bloc: a college's share, divided as its own ballots divide."""
    charter, contest, boxes = vote
    larger = [_multiply(boxes[0], times), *boxes[1:]]
    one, other = count(vote), count((charter, contest, larger))
    assert [totals(stage) for stage in one.stages] == [totals(stage) for stage in other.stages] or (
        any(tie.resolved_by == "lot" for tie in one.ties)
    )
    if not one.ties:
        assert one.elected == other.elected
        assert (one.pairwise, one.grades) == (other.pairwise, other.grades)


def _multiply(part: Part, times: int) -> Part:
    if isinstance(part, CollegeBallots):
        opened = part.opened * times
        return CollegeBallots(part.college, len(opened) + 1, len(opened), opened)
    assert isinstance(part, CollegeMarks)
    marks = tuple(number * times for number in part.marks)
    cast = part.cast * times
    return CollegeMarks(part.college, cast + 1, cast, part.blank * times, marks)


@settings(max_examples=40)
@given(votes())
def test_blank_and_invalid_ballots_decide_nothing(vote: Vote) -> None:
    charter, contest, boxes = vote
    before, after = count(vote), count((charter, contest, [_add_blank(box) for box in boxes]))
    assert (before.total_weight, before.outcome) == (after.total_weight, after.outcome)
    if not before.ties:  # a lot is drawn from every ballot, blank ones too
        assert (before.elected, before.stages) == (after.elected, after.stages)


def _add_blank(part: Part) -> Part:
    if isinstance(part, CollegeBallots):
        opened = (*part.opened, None, (0,) * 5, (7, 7, 7))
        return CollegeBallots(part.college, len(opened) + 1, len(opened), opened)
    assert isinstance(part, CollegeMarks)
    cast, blank = part.cast + 2, part.blank + 2
    return CollegeMarks(part.college, cast + 1, cast, blank, part.marks)


def test_t7_one_more_ballot_for_z_can_elect_y() -> None:
    """Plurality under turnout weights has a no-show paradox."""
    others: list[Part] = [make_marks(EMPLOYEES, 0, 8, 9, cast=17)]
    contest, charter = make_choice("plurality", options=3), make_charter("3/5", "2/5")
    # P: x 10, y 9, z 0. x has 3/5 of 10/19, y has 3/5 of 9/19 and 2/5 of 8/17.
    found = False
    for x in range(1, 30):
        for y in range(x):
            boxes: list[Part] = [make_marks(SUPPORTED, x, y, 1, cast=x + y + 1), *others]
            more: list[Part] = [make_marks(SUPPORTED, x, y, 2, cast=x + y + 2), *others]
            before, after = count((charter, contest, boxes)), count((charter, contest, more))
            found = found or (names(before.elected), names(after.elected)) == ("A", "B")
    assert found
