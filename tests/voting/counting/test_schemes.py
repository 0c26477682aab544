"""Choices among options under every scheme, reserved seats, and lots drawn with a seed."""

from dataclasses import replace
from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.voting.counting.boxes import Vote, make_marks, make_rankings, parts
from tests.voting.counting.profiles import names, totals
from tests.voting.counting.schemes import (
    cap_ballots,
    cap_part,
    make_capped,
    make_equal,
    scheme_votes,
)
from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    make_charter,
    make_choice,
    make_motion,
    make_tallies,
)
from voting.charter.charter import Charter
from voting.charter.errors import MissingCollegeError, ProtectedShareError, UnknownCollegeError
from voting.charter.schemes import Scheme
from voting.counting.count import count_contest
from voting.counting.option_result import OptionResult
from voting.counting.parts import CollegeBallots, Part
from voting.counting.result import Result, format_result, parse_result
from voting.counting.ties import draw_lot, lot_seed
from voting.errors import (
    BlocMethodError,
    IdentifierError,
    ReservedSeatsError,
    ResultMismatchError,
    WeightedMethodError,
)
from voting.option_contests import METHODS, ONE_SEAT, Method, OptionContest

UUID = "ExampLeuuid123"
SEED = "5e" * 32
COUNCIL = replace(make_charter(), council={SUPPORTED: 5, EMPLOYEES: 3, COMMUNITY: 1})


def count(
    charter: Charter, contest: OptionContest, *boxes: Part, seed: str | None = None
) -> OptionResult:
    result = count_contest(charter, contest, boxes, seed)
    assert isinstance(result, OptionResult)
    # Whoever has the bytes alone counts the same.
    assert parse_result(format_result(UUID, [result])) == Result(UUID, (result,))
    return result


# --- schemes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "weights"),
    [
        # Rolls of 5, 7 and 3; one third each; 4, 6 and 2 ballots
        pytest.param("turnout", ["1/12", "1/18", "1/6"], id="turnout"),
        pytest.param("roll", ["1/15", "1/21", "1/9"], id="roll"),
        pytest.param("none", ["1", "1", "1"], id="none"),
    ],
)
def test_each_scheme(scheme: Scheme, weights: list[str]) -> None:
    boxes = (
        make_rankings(SUPPORTED, "3 AB", "1 B"),
        make_rankings(EMPLOYEES, "6 C"),
        make_rankings(COMMUNITY, "2 B"),
    )
    result = count(make_equal(scheme), make_choice("irv"), *boxes)
    one, other, third = (Fraction(weight) for weight in weights)
    assert [college.weight for college in result.colleges] == [one, other, third]
    assert totals(result.stages[0])[:3] == [3 * one, one + 2 * third, 6 * other]
    assert (result.scheme, result.college, result.vacant) == (scheme, None, 0)
    assert result.total_weight == 4 * one + 6 * other + 2 * third


def test_a_bloc_goes_to_what_most_of_it_mark() -> None:
    boxes = (
        make_marks(SUPPORTED, 3, 2, 0, cast=5),
        make_marks(EMPLOYEES, 0, 9, 9, cast=18),
        make_marks(COMMUNITY, 0, 0, 1, cast=2, blank=1),
    )
    contest = make_choice("plurality", options=3)
    result = count(make_charter(scheme="bloc"), contest, *boxes)
    # The employees are level: half of 34/100 for each of the two.
    half = Fraction(17, 100)
    assert totals(result.stages[0]) == [Fraction(51, 100), half, half + Fraction(15, 100)]
    assert names(result.elected) == "A"
    assert (result.scheme, result.total_weight) == ("bloc", Fraction(1))
    assert {college.weight for college in result.colleges} == {None}
    assert result.colleges[1].effective_share == Fraction(34, 100)
    assert result.colleges[1].is_counted
    assert result.guarantee.seats_guaranteed == 1


def test_a_bloc_that_did_not_choose_lapses() -> None:
    boxes = (
        make_marks(SUPPORTED, 1, 0, 0, cast=1),
        make_marks(EMPLOYEES, 0, 0, 0, cast=2, blank=2),
        make_marks(COMMUNITY, 0, 0, 1, cast=1),
    )
    result = count(make_charter(scheme="bloc"), make_choice("plurality", options=3), *boxes)
    assert result.lapsed == (EMPLOYEES,)
    assert not result.colleges[1].is_counted
    assert totals(result.stages[0]) == [Fraction(51, 100), 0, Fraction(15, 100)]


def test_caps_bind_in_a_choice_as_in_a_motion() -> None:
    boxes = (
        make_marks(SUPPORTED, 2, 8, 0, cast=10),
        make_marks(EMPLOYEES, 1, 0, 0, cast=1),
        make_marks(COMMUNITY, 0, 0, 2, cast=2),
    )
    charter = make_capped(cap_ballots(EMPLOYEES, "2"), cap_part(COMMUNITY, "1/10"))
    result = count(charter, make_choice("plurality", options=3), *boxes)
    one = Fraction(51, 1000)
    community = (10 * one + 2 * one) / 9
    assert totals(result.stages[0]) == [4 * one, 8 * one, community]
    assert [college.capped for college in result.colleges] == [False, True, True]
    assert result.colleges[2].effective_share == Fraction(1, 10)
    assert result.guarantee.effective_share > Fraction(51, 100)
    assert result.caps == charter.caps


def test_what_a_charter_cannot_count() -> None:
    boxes = [make_rankings(c.id, "1 A") for c in make_charter().colleges]
    bloc = make_charter(scheme="bloc")
    for method in METHODS:
        if method not in {"plurality", "stv-scottish"}:
            with pytest.raises(BlocMethodError):
                count_contest(bloc, make_choice(method), [])
    for charter in (make_charter(), make_equal("none", caps=(cap_part(EMPLOYEES, "1/3"),))):
        with pytest.raises(WeightedMethodError):
            count_contest(charter, make_choice("stv-scottish"), boxes)


def test_scottish_stv_counts_several_colleges_where_each_member_has_one_vote() -> None:
    boxes = [make_rankings(c.id, "2 AB", "1 C") for c in make_equal("none").colleges]
    result = count(make_equal("none"), make_choice("stv-scottish"), *boxes)
    assert (result.total_weight, result.quota) == (Fraction(9), Fraction(4))
    assert names(result.elected) == "AC"


# --- reserved seats -----------------------------------------------------------------------


def test_of_reserved_seats_only_their_college_counts() -> None:
    contest = make_choice("stv-scottish", options=4, seats=2, college=EMPLOYEES)
    box = make_rankings(EMPLOYEES, "3 AB", "2 C", "1 -", "1 ?", options=4)
    result = count(COUNCIL, contest, box)
    (employees,) = result.colleges
    assert (employees.id, employees.counted, employees.weight) == (EMPLOYEES, 5, Fraction(1))
    assert (employees.blank, employees.invalid) == (1, 1)
    assert (result.scheme, result.college, result.caps) == ("seats", EMPLOYEES, ())
    assert (result.total_weight, result.quota) == (Fraction(5), Fraction(2))
    assert names(result.elected) == "AC"


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("options", [1, 2])
def test_reserved_seats_without_an_option_stay_vacant(method: Method, options: int) -> None:
    seats = 1 if method in ONE_SEAT else 3
    contest = make_choice(method, options=options, seats=seats, college=EMPLOYEES)
    box: Part
    if contest.is_shuffled:
        ranked = (1, 2)[:options]
        box = CollegeBallots(EMPLOYEES, 4, 3, (ranked, ranked, None))
    else:
        box = make_marks(EMPLOYEES, *(2, 0)[:options], cast=2)
    result = count(COUNCIL, contest, box)
    assert len(result.elected) == min(options, seats)
    assert (result.seats, result.vacant) == (seats, max(0, seats - options))
    assert (result.ties, result.outcome) == ((), "elected")


def test_as_many_seats_as_options_are_all_filled() -> None:
    contest = make_choice("stv-exact", options=3, seats=3, college=EMPLOYEES)
    result = count(COUNCIL, contest, make_rankings(EMPLOYEES, "5 A", options=3))
    assert sorted(names(result.elected)) == ["A", "B", "C"]
    assert result.vacant == 0


def test_the_guarantee_of_reserved_seats() -> None:
    own = make_choice("block", options=6, seats=5, college=SUPPORTED)
    check = count(COUNCIL, own, make_marks(SUPPORTED, 2, 1, 0, 0, 0, 0, cast=2)).guarantee
    assert (check.protected, check.share) == (SUPPORTED, Fraction(51, 100))
    assert (check.effective_share, check.holds) == (Fraction(1), True)
    assert (check.seats_guaranteed, check.majority_needed, check.controls) == (5, 3, True)
    assert check.least_share is None
    others = make_choice("block", options=4, seats=3, college=EMPLOYEES)
    check = count(COUNCIL, others, make_marks(EMPLOYEES, 2, 1, 0, 0, cast=2)).guarantee
    assert (check.protected, check.holds, check.reasons) == (SUPPORTED, True, ())
    assert (check.seats_guaranteed, check.controls) == (0, False)


@pytest.mark.parametrize(
    ("college", "reason"),
    [(SUPPORTED, "protected-college-inquorate"), (EMPLOYEES, "nothing-counted")],
)
def test_too_few_ballots_leave_reserved_seats_void(college: str, reason: str) -> None:
    charter = replace(COUNCIL, floors={SUPPORTED: 3, EMPLOYEES: 3})
    (of,) = (c.id for c in charter.colleges if c.id == college)
    contest = make_choice("approval", options=2, seats=2, college=of)
    result = count(charter, contest, make_marks(of, 2, 2, cast=2))
    assert (result.outcome, result.reasons, result.elected) == ("void", (reason,), ())
    assert result.guarantee.holds is (college == EMPLOYEES)
    assert result.guarantee.controls is False


def test_reserved_seats_where_nobody_is_protected() -> None:
    charter = replace(COUNCIL, protected=None)
    contest = make_choice("approval", options=2, seats=2, college=EMPLOYEES)
    result = count(charter, contest, make_marks(EMPLOYEES, 2, 2, cast=2))
    raw = format_result(UUID, [result])
    assert parse_result(raw) == Result(UUID, (result,))
    assert result.guarantee.protected is None


def test_reserved_seats_are_those_of_the_charter() -> None:
    contest = make_choice("approval", options=5, seats=4, college=EMPLOYEES)
    with pytest.raises(ReservedSeatsError):
        count_contest(COUNCIL, contest, [make_marks(EMPLOYEES, 1, 0, 0, 0, 0, cast=1)])
    contest = replace(contest, seats=3)
    box = make_marks(EMPLOYEES, 1, 0, 0, 0, 0, cast=1)
    with pytest.raises(UnknownCollegeError):
        count_contest(COUNCIL, contest, [box, replace(box, college=COMMUNITY)])
    with pytest.raises(MissingCollegeError):
        count_contest(COUNCIL, contest, [])


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (b'"college":"employees"', b'"college":"supported"', MissingCollegeError),
        (b'"vacant":1', b'"vacant":0', ResultMismatchError),
        (b'"seats":3', b'"seats":4', ResultMismatchError),
        (b'"caps":[]', b'"caps":[{"college":"a","ballots":"1","part":null}]', UnknownCollegeError),
        (b'"protected":"supported"', b'"protected":"Us and them"', IdentifierError),
        (b'"protected":"supported"', b'"protected":"employees"', ProtectedShareError),
        (b'"share":"17/50"', b'"share":"1/2"', ProtectedShareError),
    ],
)
def test_bent_reserved_seats_are_refused(old: bytes, new: bytes, error: type[Exception]) -> None:
    contest = make_choice("approval", options=2, seats=3, college=EMPLOYEES)
    raw = format_result(UUID, [count(COUNCIL, contest, make_marks(EMPLOYEES, 1, 1, cast=1))])
    assert raw.count(old) >= 1
    with pytest.raises(error):
        parse_result(raw.replace(old, new, 1))


# --- lots ---------------------------------------------------------------------------------


def test_the_seed_of_lots() -> None:
    digest = "ab" * 32
    assert lot_seed(digest, None) == digest
    expected = sha256(f"teg/lot-seed/v1|{SEED}|{digest}".encode()).hexdigest()
    assert lot_seed(digest, SEED) == expected


@pytest.mark.parametrize("method", ["plurality", "stv-exact"])
def test_lots_are_drawn_from_digest_and_seed(method: Method) -> None:
    contest = make_choice(method, options=4, seats=1)
    marked = make_marks(SUPPORTED, 1, 1, 1, 1, cast=4)
    ranked = make_rankings(SUPPORTED, "1 A", "1 B", "1 C", "1 D", options=4)
    box: Part = marked if method == "plurality" else ranked
    fallen: set[str] = set()
    for number in range(40):
        seed = f"{number:02x}" * 32
        result = count(make_charter("1"), contest, box, seed=seed)
        tie = result.ties[0]
        assert (result.seed, tie.resolved_by) == (seed, "lot")
        first = draw_lot(lot_seed(result.digest, seed), 1, [0, 1, 2, 3])
        assert tie.chosen == (first + 1,)
        fallen.add(names(result.elected))
    assert fallen == set("ABCD")
    free = count(make_charter("1"), contest, box)
    assert free.seed is None
    assert free.ties[0].chosen == (draw_lot(free.digest, 1, [0, 1, 2, 3]) + 1,)


def test_another_seed_is_another_result() -> None:
    contest = make_choice("plurality", options=4)
    box = make_marks(SUPPORTED, 1, 1, 1, 1, cast=4)
    raw = format_result(UUID, [count(make_charter("1"), contest, box, seed="00" * 32)])
    refused = 0
    for number in range(1, 20):
        try:
            parse_result(raw.replace(b"00" * 32, f"{number:02x}".encode() * 32))
        except ResultMismatchError:
            refused += 1
    # With four options about three in four others fall on another one.
    assert refused >= 10
    with pytest.raises(IdentifierError):
        count_contest(make_charter("1"), contest, [box], "00")


def test_a_motion_needs_no_lot() -> None:
    tallies = make_tallies((1, 1), (1, 1), (1, 1))
    charter, motion = make_charter(), make_motion()
    assert count_contest(charter, motion, tallies, SEED) == count_contest(charter, motion, tallies)


# --- laws ---------------------------------------------------------------------------------


@settings(max_examples=80)
@given(scheme_votes(), st.sampled_from([None, SEED]))
def test_conservation_and_reading_under_every_scheme(vote: Vote, seed: str | None) -> None:
    charter, contest, boxes = vote
    result = count(charter, contest, *boxes, seed=seed)
    effective = sum(college.effective_share for college in result.colleges)
    assert effective == (0 if result.outcome == "void" else 1)
    if charter.scheme == "turnout" and charter.protected and result.outcome == "elected":
        assert result.colleges[0].effective_share >= charter.colleges[0].share
    for stage in result.stages:
        if contest.method not in {"block", "approval", "score"}:
            held = sum(stage.totals) + stage.non_transferable + stage.lost
            assert held == result.total_weight


@settings(max_examples=60)
@given(scheme_votes())
def test_with_one_vote_each_it_is_all_one_who_votes_in_which_college(vote: Vote) -> None:
    charter, contest, boxes = vote
    assume(contest.is_shuffled and contest.method != "stv-meek")
    one = replace(make_equal("none"), floors={})
    pooled = [
        CollegeBallots(
            college.id,
            sum(box.roll for box in boxes),
            sum(box.cast for box in boxes),
            tuple(o for box in boxes if isinstance(box, CollegeBallots) for o in box.opened),
        )
        if college.id == EMPLOYEES
        else CollegeBallots(college.id, 0, 0, ())
        for college in charter.colleges
    ]
    apart, together = count(one, contest, *boxes), count(one, contest, *pooled)
    assert apart.total_weight == together.total_weight
    if not any(tie.resolved_by == "lot" for tie in (*apart.ties, *together.ties)):
        assert (apart.elected, apart.stages) == (together.elected, together.stages)
        assert (apart.pairwise, apart.grades) == (together.pairwise, together.grades)


@settings(max_examples=60)
@given(st.data())
def test_reserved_seats_are_counted_as_if_the_college_were_alone(data: st.DataObject) -> None:
    method: Method = data.draw(st.sampled_from(METHODS))
    contest = make_choice(method, options=4, college=EMPLOYEES)
    box = data.draw(parts(contest, EMPLOYEES))
    alone = replace(box, college=SUPPORTED)
    charter = make_charter("1", protected=None, floors={}, scheme="none")
    reserved = count(COUNCIL, contest, box)
    free = count(charter, make_choice(method, options=4), alone)
    assert (reserved.outcome, reserved.total_weight) == (free.outcome, free.total_weight)
    if not free.ties:
        assert (reserved.elected, reserved.stages) == (free.elected, free.stages)
        assert (reserved.pairwise, reserved.grades) == (free.pairwise, free.grades)
