"""Reserved seats: a box that asks what is not its college's, or not all that is."""

from dataclasses import replace
from pathlib import Path

import pytest

from audit.setup_checks import make_question
from ballots.election import AnyQuestion, format_election, parse_election
from tests.assembly import RESERVED, SIGNER, Bend, Stage, bending, digest, hold_election
from tests.audit.attacks import change_entry, drop_entries, say_nothing_is_shuffled
from tests.audit.verifying import refuse, verify
from voting.counting.motion import CollegeTally
from voting.counting.option_result import OptionResult
from voting.counting.parts import CollegeBallots
from voting.counting.result import format_result, parse_result
from voting.elections import Rules

OURS, MOTION, THEIRS = (make_question(contest) for contest in RESERVED.contests)


def ask(college: str, *questions: AnyQuestion) -> Bend:
    """The box of a college asks these questions, and its archive, its log and all say so."""

    def change(raw: bytes) -> bytes:
        return format_election(replace(parse_election(raw), questions=questions))

    return bending(f"election:{college}", change)


def count_as_their_own(rows: list[CollegeTally]) -> list[CollegeTally]:
    """Of the motion: what the employees chose is counted as what supported people chose."""
    supported, employees, *others = rows
    return [replace(employees, college=supported.college), employees, *others]


def without_seed(raw: bytes) -> bytes:
    """Drawn from what is counted alone, lots could have been known before voting ended."""
    result = parse_result(raw)
    counted = [
        replace(each, seed=None) if isinstance(each, OptionResult) else each
        for each in result.contests
    ]
    return format_result(result.election, counted)


def take_for_blank(rows: list[CollegeBallots]) -> list[CollegeBallots]:
    return [replace(part, opened=((0, 0, 0),) * part.cast) for part in rows]


ATTACKS: list[tuple[str, Stage, Bend, str, str]] = [
    (
        "employees-are-asked-whom-supported-people-choose",
        "announced",
        ask("employees", OURS, MOTION, THEIRS),
        "set-up",
        "BoxMismatchError",
    ),
    (
        "all-are-asked-but-not-supported-people",
        "announced",
        ask("supported", MOTION),
        "set-up",
        "BoxMismatchError",
    ),
    (
        "each-asks-the-others-question",
        "announced",
        ask("employees", MOTION, OURS),
        "set-up",
        "BoxMismatchError",
    ),
    (
        "questions-in-another-order",
        "announced",
        ask("supported", MOTION, OURS),
        "set-up",
        "BoxMismatchError",
    ),
    (
        "set-up-that-says-nothing-is-shuffled",
        "announced",
        bending("entries", say_nothing_is_shuffled),
        "set-up",
        "BoxMismatchError",
    ),
    (
        "opened-without-the-shuffles-of-the-one-box-that-has-some",
        "tallied",
        bending("entries", drop_entries("shuffle", trustee=1)),
        "order",
        "EarlyShareError",
    ),
    (
        "shuffle-of-a-box-without-ranks",
        "tallied",
        bending("entries", change_entry("shuffle", box="BoxEmpLoyees111")),
        "order",
        "NotShuffledError",
    ),
    (
        "ballots-of-the-reserved-seats-not-counted",
        "certified",
        bending("rows", take_for_blank),
        "result",
        "CountMismatchError",
    ),
    (
        "votes-of-another-college-counted-for-the-protected-one",
        "certified",
        bending("rows:1", count_as_their_own),
        "result",
        "CountMismatchError",
    ),
    # The lot.
    (
        "another-lot-in-the-manifest",
        "closed",
        bending("manifest", lambda found: replace(found, lot=digest(b"a luckier seed"))),
        "lot",
        "LotSeedError",
    ),
    (
        "seed-that-is-not-in-the-result",
        "certified",
        bending("result", without_seed),
        "result",
        "CountMismatchError",
    ),
    (
        "seed-chosen-after-voting",
        "closed",
        bending("entries", change_entry("closing", seed=digest(b"a luckier seed"))),
        "lot",
        "LotSeedError",
    ),
]


@pytest.mark.parametrize(
    ("until", "bend", "check", "error"),
    [attack[1:] for attack in ATTACKS],
    ids=[attack[0] for attack in ATTACKS],
)
def test_a_dishonest_service_is_named(
    tmp_path: Path, until: Stage, bend: Bend, check: str, error: str
) -> None:
    made = hold_election(bend, plan=RESERVED, until=until)
    found = refuse(made.write(tmp_path), key=SIGNER.key)
    assert (found.step.check, type(found.cause).__name__) == (check, error)
    assert not found.is_incomplete


def test_an_honest_one_is_verified_and_the_seat_without_candidate_stays_vacant(
    tmp_path: Path,
) -> None:
    (election,) = verify(hold_election(plan=RESERVED).write(tmp_path)).elections
    assert [contest for contest, _ in election.outcomes] == ["ours", "1", "theirs"]
    # Of three candidates two; of one candidate for two seats one, and nobody in the other.
    assert dict(election.outcomes)["ours"] == "elected 1, 3"
    assert dict(election.outcomes)["theirs"] == "elected 1"


def test_each_box_is_small_by_what_its_own_college_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One voter is enough for a sum here, so that the honest election need not be large.
    monkeypatch.setattr("voting.elections.SMALL_BOX", 1)
    rules = Rules(open_small_boxes=False)
    found = refuse(hold_election(plan=RESERVED, rules=rules).write(tmp_path / "ranked"))
    assert (found.step.check, type(found.cause).__name__) == ("box", "SmallBoxError")
    assert "supported" in str(found)
    # Where nobody ranks, sums are all that is opened of the others.
    nobody = replace(RESERVED, votes={**RESERVED.votes, "supported": ()})
    (election,) = verify(hold_election(plan=nobody, rules=rules).write(tmp_path / "sums")).elections
    assert dict(election.outcomes) == {"ours": "void", "1": "void", "theirs": "elected 1"}
