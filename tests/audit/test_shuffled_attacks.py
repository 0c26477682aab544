"""Attacks on keys made together, shuffles and opened ballots, each with its one named error."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from audit.objects import CommitmentList
from ballots.decryption import Share
from ballots.encoding import format_json
from ballots.errors import PointOutsideGroupError
from ballots.group import Point, check_points, embed_numbers
from ballots.keys import key_object
from ballots.trustees import format_groups, format_trustees, make_public_key, verify_public_key
from tests.assembly import EVERY_FORM, SIGNER, Bend, Stage, bending, digest, hold_election
from tests.audit.attacks import (
    RANDOM,
    bend_response,
    change_entry,
    drop_entries,
    drop_opened,
    flip_digit,
    move_before,
    name_other_trustees,
    open_ballot,
    open_with,
    say_nothing_is_shuffled,
    shuffle_of,
    skip_the_first_shuffle,
    without,
)
from tests.audit.verifying import refuse, verify
from tests.ballots.assembly import hold_ceremony
from voting.elections import Rules

ATTACKS: list[tuple[str, Stage, Bend, str, str]] = [
    # How many of the trustees, and what they committed to.
    (
        "set-up-that-needs-more-trustees-than-the-manifest",
        "announced",
        bending("entries", change_entry("setup", needed=3)),
        "set-up",
        "ManifestMismatchError",
    ),
    (
        "set-up-that-says-nothing-is-shuffled",
        "announced",
        bending("entries", say_nothing_is_shuffled),
        "set-up",
        "BoxMismatchError",
    ),
    (
        "one-trustee-is-enough",
        "announced",
        bending("entries", change_entry("setup", needed=1)),
        "order",
        "NeededTrusteesError",
    ),
    (
        "nothing-was-committed-to",
        "announced",
        bending("entries", drop_entries("commitments")),
        "order",
        "MissingBeforeSetupError",
    ),
    (
        "commitments-after-the-keys",
        "announced",
        bending("entries", move_before("commitments", "setup")),
        "order",
        "MissingBeforeSetupError",
    ),
    (
        "another-polynomial-than-the-one-committed-to",
        "announced",
        bending(
            "commitments",
            lambda found: replace(
                found, commitments=(*found.commitments[:2], digest(b"chosen last"))
            ),
        ),
        "set-up",
        "CommitmentMismatchError",
    ),
    *(
        (
            f"commitments-of-{name}",
            "announced",
            bending("commitments", change),
            "set-up",
            "CommitmentListError",
        )
        for name, change in {
            "another-election": lambda found: replace(found, election="AnotherELection"),
            "another-number": lambda found: replace(found, needed=3),
            "too-few": lambda found: CommitmentList(found.election, 2, found.commitments[:2]),
        }.items()
    ),
    (
        "group-of-which-all-are-needed",
        "announced",
        bending("group", lambda _: hold_ceremony(3, 3).trustees),
        "set-up",
        "TrusteeGroupError",
    ),
    (
        "group-of-more-trustees",
        "announced",
        bending("trustees", lambda _: format_groups([hold_ceremony(2, 4).trustees])),
        "set-up",
        "TrusteeGroupError",
    ),
    (
        "trustee-beside-the-group",
        "announced",
        bending(
            "trustees",
            lambda _: format_groups(
                [hold_ceremony().trustees, verify_public_key(make_public_key(5, RANDOM))]
            ),
        ),
        "set-up",
        "TrusteeGroupError",
    ),
    (
        "single-trustees-in-the-place-of-a-group",
        "announced",
        bending("trustees", lambda _: format_trustees([make_public_key(5, RANDOM)])),
        "set-up",
        "TrusteeGroupError",
    ),
    (
        "group-of-other-trustees",
        "announced",
        bending("trustees", lambda _: format_groups([hold_ceremony(seed=2).trustees])),
        "set-up",
        "TrusteeKeyMismatchError",
    ),
    (
        "another-key-in-the-log",
        "announced",
        bending("key:2", lambda _: format_json(key_object(hold_ceremony(seed=2).trustees.keys[1]))),
        "set-up",
        "TrusteeKeyMismatchError",
    ),
    (
        "another-group-for-one-box",
        "announced",
        bending("entries", name_other_trustees),
        "set-up",
        "BoxMismatchError",
    ),
    # Shuffles.
    (
        "ballot-dropped-in-a-shuffle",
        "shuffling",
        shuffle_of(lambda row: [row[0], row[0]]),
        "box",
        "ShuffleProofError",
    ),
    (
        "bent-shuffle",
        "shuffled",
        bending("shuffle:employees:1", bend_response),
        "box",
        "ShuffleProofError",
    ),
    ("shuffle-not-chained", "shuffled", skip_the_first_shuffle(), "box", "ShuffleProofError"),
    (
        "one-trustee-shuffles-twice",
        "shuffled",
        bending("entries", change_entry("shuffle", trustee=1)),
        "order",
        "RepeatedEntryError",
    ),
    (
        "opened-after-one-shuffle",
        "tallying",
        bending("entries", drop_entries("shuffle", trustee=1)),
        "order",
        "EarlyShareError",
    ),
    (
        "opened-before-the-last-shuffle",
        "tallying",
        bending("entries", move_before("decryption", "shuffle")),
        "order",
        "EarlyShareError",
    ),
    (
        "one-shuffle-too-many",
        "shuffled",
        bending(
            "entries",
            lambda found: [*found, replace(found[-1], trustee=2, shuffle=digest(b"third"))],
        ),
        "order",
        "SurplusShuffleError",
    ),
    (
        "archive-without-a-shuffle",
        "certified",
        bending("mixed:employees", without(1)),
        "box",
        "BoxMismatchError",
    ),
    (
        "archive-with-shuffles-in-another-order",
        "certified",
        bending("mixed:employees", lambda found: found[::-1]),
        "box",
        "ArchiveMismatchError",
    ),
    # Shares.
    ("share-under-anothers-number", "tallying", open_with(1), "box", "DecryptionProofError"),
    (
        "share-of-the-ballots-before-they-were-shuffled",
        "tallying",
        open_with(2, before_shuffles=True),
        "box",
        "DecryptionProofError",
    ),
    (
        "second-proof-of-an-opened-ballot-bent",
        "tallying",
        bending(
            "share:employees:2", lambda share: Share(share.decryption, flip_digit(share.proofs))
        ),
        "box",
        "SecondProofError",
    ),
    (
        "result-of-too-few-shares",
        "certified",
        bending("entries", drop_entries("decryption", trustee=3)),
        "order",
        "UnfinishedTallyError",
    ),
    (
        "share-left-out-of-an-archive",
        "certified",
        bending("owned:employees", without(1)),
        "box",
        "BoxMismatchError",
    ),
    # What was opened, and how it was counted.
    (
        "opened-ballot-changed",
        "certified",
        bending("box-result:supported", open_ballot(lambda ranks: [*ranks[:2], ranks[2] + 1])),
        "box",
        "ResultError",
    ),
    (
        "opened-ballot-not-counted",
        "certified",
        bending("rows:council", drop_opened),
        "result",
        "CountMismatchError",
    ),
]


@pytest.mark.parametrize(
    ("until", "bend", "check", "error"),
    [attack[1:] for attack in ATTACKS],
    ids=[attack[0] for attack in ATTACKS],
)
def test_a_dishonest_service_or_trustee_is_named(
    tmp_path: Path, until: Stage, bend: Bend, check: str, error: str
) -> None:
    made = hold_election(bend, plan=EVERY_FORM, until=until)
    found = refuse(made.write(tmp_path), key=SIGNER.key)
    assert (found.step.check, type(found.cause).__name__) == (check, error)
    assert not found.is_incomplete


def test_a_box_that_is_large_enough_for_sums_may_be_too_small_for_single_ballots(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One voter is enough for a sum here, so that the honest election need not be large.
    monkeypatch.setattr("voting.elections.SMALL_BOX", 1)
    rules = Rules(open_small_boxes=False)
    assert verify(hold_election(rules=rules, until="tallying").write(tmp_path / "sums"))
    made = hold_election(plan=EVERY_FORM, rules=rules, until="tallying")
    found = refuse(made.write(tmp_path / "ballots"))
    assert (found.step.check, type(found.cause).__name__) == ("box", "SmallBoxError")


def test_a_ballot_that_hides_something_is_invalid_however_it_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A voter seals the right numbers under another padding, to find her ballot again.

    The service that counts it as it reads is named; who counts it as invalid is right.
    """
    monkeypatch.setattr("ballots.sealing.embed_numbers", _hide)
    made = hold_election(plan=EVERY_FORM, until="tallied")
    found = refuse(made.write(tmp_path / "counted"))
    assert (found.step.check, type(found.cause).__name__) == ("result", "CountMismatchError")

    def make_invalid(name: str, value: object) -> object:
        if name.startswith("rows:") and isinstance(value, list):
            return [
                replace(part, opened=(None,) * part.cast) if hasattr(part, "opened") else part
                for part in value
            ]
        return value

    honest = hold_election(make_invalid, plan=EVERY_FORM, until="tallied")
    (election,) = verify(honest.write(tmp_path / "invalid")).elections
    assert dict(election.outcomes)["council"] == "void"


def _hide(numbers: Sequence[int]) -> Point:
    """The numbers with more padding than an honest program takes."""
    packed = int.from_bytes(embed_numbers(numbers), "little")
    for more in range(1, 2**10):
        point = Point((packed + more).to_bytes(32, "little"))
        try:
            check_points([point])
        except PointOutsideGroupError:
            continue
        return point
    raise AssertionError
