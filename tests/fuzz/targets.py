"""The readers, what they may raise, and honest bytes to begin with."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from audit.checkpoint import open_checkpoint, sign_checkpoint
from audit.entries import BallotEntry, CharterEntry, format_entry, parse_entry
from audit.errors import AuditError
from audit.note import LogSigner
from audit.objects import format_reason, parse_reason
from ballots.archive import read_archive
from ballots.ballot import ballot_object, format_signature, parse_ballot, verify_ballot
from ballots.election import format_election, parse_election
from ballots.encoding import format_json
from ballots.errors import BallotError
from ballots.mixing import verify_shuffle
from ballots.rounds import parse_polynomial
from ballots.trustees import format_groups, parse_trustees
from tests.assembly import ELECTION, RESERVED, Assembly
from tests.assembly import hold_election as hold_whole_election
from tests.ballots.assembly import hold_ceremony, hold_election
from tests.ballots.box import open_box
from tests.corpus.ballots import make_target
from tests.voting.counting.option_bending import make_result
from tests.voting.examples import make_charter
from voting.charter.charter_format import format_charter, parse_charter
from voting.charter.presets import PRESETS
from voting.counting.result import format_result, parse_result
from voting.errors import VotingError
from voting.manifest import format_manifest, parse_manifest
from voting.option_contests import METHODS

Read = Callable[[bytes], bytes | None]


class NotTheOneFormError(AssertionError):
    """A reader took bytes that are not what it writes."""


@dataclass(frozen=True)
class Target:
    """A reader of outside bytes.

    Attributes:
        read: gives what it would write, where it can.
        raises: what it may raise.
        seeds: honest bytes.
    """

    read: Read
    raises: type[Exception]
    seeds: tuple[bytes, ...]

    def __call__(self, raw: bytes) -> None:
        """One run.

        Raises:
            NotTheOneFormError: the bytes have another form than what they were read as.
        """
        try:
            written = self.read(raw)
        except self.raises:
            return
        if written is not None and written != raw:
            raise NotTheOneFormError(raw[:200], written[:200])


def _read_ballot(raw: bytes) -> bytes:
    target = make_target()
    ballot = parse_ballot(target.election, raw)
    verify_ballot(target.election, ballot)
    unsigned: dict[str, Any] = ballot_object(target.election, ballot.credential, ballot.answers)
    signed = format_signature(ballot.signed_hash, ballot.signature)
    return format_json(unsigned | {"signature": signed})


def _read_archive(raw: bytes) -> None:
    read_archive(io.BytesIO(raw))


def _read_shuffle(raw: bytes) -> None:
    held = hold_election()
    verify_shuffle(held.election, held.tally.encrypted, raw)


def _read_polynomial(raw: bytes) -> None:
    parse_polynomial(hold_ceremony().certificates, 1, raw)


SIGNER = LogSigner("log.example", bytes(32))
CHECKPOINT = sign_checkpoint(SIGNER, 5, bytes(32))


def _read_result(raw: bytes) -> bytes:
    result = parse_result(raw)
    return format_result(result.election, result.contests)


def _read_checkpoint(raw: bytes) -> bytes:
    return open_checkpoint(raw, SIGNER.key).raw


LONGEST = ("setup", "closing")


@cache
def hold_record() -> Assembly:
    """An election whose boxes ask different questions, until it is closed."""
    return hold_whole_election(plan=RESERVED, until="closed")


TARGETS: dict[str, Callable[[], Target]] = {
    "ballot": lambda: Target(
        _read_ballot, BallotError, (make_target().honest, make_target().parts["other-voter"])
    ),
    "archive": lambda: Target(
        _read_archive, BallotError, (open_box().write(), hold_election().write())
    ),
    "checkpoint": lambda: Target(_read_checkpoint, AuditError, (CHECKPOINT,)),
    "entry": lambda: Target(
        lambda raw: format_entry(parse_entry(raw)),
        AuditError,
        (
            format_entry(
                CharterEntry(time=5, charter="a" * 64, certifier="b" * 64, reason="c" * 64)
            ),
            format_entry(BallotEntry(election="2" * 14, box="3" * 14, ballot="c" * 64)),
            *(format_entry(each) for each in hold_record().entries if each.type in LONGEST),
        ),
    ),
    "reason": lambda: Target(
        lambda raw: format_reason(parse_reason("objects", raw)),
        AuditError,
        (format_reason("Because."),),
    ),
    "election": lambda: Target(
        lambda raw: format_election(parse_election(raw)),
        BallotError,
        (make_target().election.raw, hold_election().election.raw),
    ),
    "trustees": lambda: Target(
        lambda raw: format_groups(parse_trustees(raw).groups),
        BallotError,
        (hold_election().raw_trustees, open_box().box.trustees),
    ),
    "shuffle": lambda: Target(_read_shuffle, BallotError, (hold_election().shuffles[0][1],)),
    "polynomial": lambda: Target(
        _read_polynomial, BallotError, (hold_ceremony().raw_polynomials[0],)
    ),
    "manifest": lambda: Target(
        lambda raw: format_manifest(parse_manifest(raw)),
        VotingError,
        (hold_record().files[f"elections/{ELECTION}/manifest.json"],),
    ),
    "result": lambda: Target(
        _read_result,
        VotingError,
        tuple(format_result(ELECTION, [make_result(method)]) for method in METHODS),
    ),
    "charter": lambda: Target(
        lambda raw: format_charter(parse_charter(raw)),
        VotingError,
        (
            format_charter(make_charter()),
            *(format_charter(each.make(make_charter().name)) for each in PRESETS.values()),
        ),
    ),
}
