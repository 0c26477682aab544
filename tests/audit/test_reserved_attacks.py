"""Reserved seats: a box that asks what is not its college's, or not all that is."""

from dataclasses import replace
from pathlib import Path

import pytest

from audit.setup_checks import make_question
from ballots.election import AnyQuestion, format_election, parse_election
from tests.assembly import RESERVED, SIGNER, Bend, Stage, bending, digest, hold_election
from tests.audit.attacks import change_entry, drop_entries, say_nothing_is_shuffled
from tests.audit.verifying import refuse, verify
from voting.counting.parts import CollegeBallots

OURS, MOTION, THEIRS = (make_question(contest) for contest in RESERVED.contests)


def ask(college: str, *questions: AnyQuestion) -> Bend:
    """The box of a college asks these questions, and its archive, its log and all say so."""

    def change(raw: bytes) -> bytes:
        return format_election(replace(parse_election(raw), questions=questions))

    return bending(f"election:{college}", change)


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
    # The lot.
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
