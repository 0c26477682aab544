"""An honest ballot box in memory, with real keys: a test bends one thing of it."""

import json
import random
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from hypothesis import settings

from ballots.archive import ArchiveBuilder
from ballots.ballot import parse_ballot, signature_prefix, verify_ballot
from ballots.credentials import (
    format_credentials,
    make_credential,
    make_uuid,
    public_credential,
    signing_key,
)
from ballots.decryption import Share, decrypt_share, open_tally
from ballots.election import Election, Question
from ballots.encoding import base64_digest, format_json
from ballots.group import Point
from ballots.proofs import format_proof, prove_knowledge
from ballots.sealing import seal_ballot
from ballots.tally import Tally, tally_box
from ballots.trustees import (
    format_trustees,
    joint_key,
    make_private_key,
    make_public_key,
    parse_trustees,
)

few = settings(max_examples=8, deadline=None)
some = settings(max_examples=60, deadline=None)

TIMESTAMP = 1_800_000_000
MOTION = Question("Shall we buy the mill?", ("For", "Against"), 1, 1, blank=True)
CHOICE = Question("Which of these?", ("Red", "Green", "Blue"), 0, 2)

# Points of order 2, 4, 4, 8, 8, as 32 bytes.
SMALL_ORDER = {
    "order-2": "ec" + "ff" * 30 + "7f",
    "order-4": "00" * 32,
    "order-4-sign": "00" * 31 + "80",
    "order-8": "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "order-8-sign": "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
}


def seeded(seed: int) -> Callable[[int], bytes]:
    """Random bytes that are the same in every run."""
    return random.Random(seed).randbytes


@dataclass(frozen=True)
class Box:
    """One college's box, before anyone voted."""

    election: Election
    trustees: bytes
    private_keys: tuple[int, ...]
    public_keys: tuple[str, ...]
    secrets: tuple[str, ...]
    credentials: bytes

    def seal(self, voter: int, votes: Sequence[Sequence[int]], seed: int = 7) -> bytes:
        return seal_ballot(self.election, self.secrets[voter], votes, seeded(seed))

    def tally(self, raws: Sequence[bytes]) -> Tally:
        ballots = [parse_ballot(self.election, raw) for raw in raws]
        return tally_box(self.election, ballots)

    def shares(self, tally: Tally, seed: int = 8) -> list[Share]:
        return [
            decrypt_share(self.election, tally.encrypted, private, seeded(seed + number))
            for number, private in enumerate(self.private_keys)
        ]


@cache
def make_box(
    questions: tuple[Question, ...] = (MOTION,), voters: int = 3, trustees: int = 2, seed: int = 1
) -> Box:
    draw = seeded(seed)
    uuid = make_uuid(draw)
    private_keys = tuple(make_private_key(draw) for _ in range(trustees))
    raw_trustees = format_trustees(
        [
            make_public_key(private, draw, f"Example Trustee {number}")
            for number, private in enumerate(private_keys, 1)
        ]
    )
    parsed = parse_trustees(raw_trustees)
    secrets = tuple(make_credential(draw) for _ in range(voters))
    election = Election(
        uuid=uuid,
        name='Example election: é, "quoted" / slash',
        description="teg:sha256:" + "0" * 64,
        public_key=joint_key(parsed),
        questions=questions,
    )
    return Box(
        election,
        raw_trustees,
        private_keys,
        tuple(key.public_key for key in parsed.keys),
        secrets,
        format_credentials([public_credential(uuid, secret) for secret in secrets]),
    )


def write_archive(
    *,
    election: bytes,
    trustees: bytes,
    credentials: bytes,
    ballots: Sequence[bytes],
    encrypted: bytes,
    sized: bytes,
    decryptions: Sequence[tuple[int, bytes]],
    result: bytes | None,
    shuffles: Sequence[tuple[int, bytes]] = (),
    end: bool = False,
) -> bytes:
    """An archive of these parts.

    Args:
        end: whether it says that all have shuffled.
        result: None where there is none yet.
    """
    builder = ArchiveBuilder(TIMESTAMP)
    builder.setup(election, trustees, credentials)
    for raw in ballots:
        builder.ballot(raw)
    builder.end_ballots()
    builder.encrypted_tally(encrypted, sized)
    for owner, raw in shuffles:
        builder.shuffle(owner, raw)
    if end:
        builder.end_shuffles()
    for owner, raw in decryptions:
        builder.partial_decryption(owner, raw)
    if result is not None:
        builder.result(result)
    return builder.to_bytes()


@dataclass(frozen=True)
class Opened:
    """A box with ballots, opened."""

    box: Box
    ballots: tuple[bytes, ...]
    tally: Tally
    shares: tuple[Share, ...]
    result: bytes

    @property
    def proofs(self) -> dict[int, bytes]:
        return {owner: share.proofs for owner, share in enumerate(self.shares, 1)}

    def write(self, **changed: Any) -> bytes:
        """The archive, with some of its parts replaced."""
        part: dict[str, Any] = {
            "election": self.box.election.raw,
            "trustees": self.box.trustees,
            "credentials": self.box.credentials,
            "ballots": self.ballots,
            "encrypted": self.tally.encrypted,
            "sized": self.tally.sized,
            "decryptions": [(n, share.decryption) for n, share in enumerate(self.shares, 1)],
            "result": self.result,
        } | changed
        return write_archive(**part)


@cache
def open_box(box: Box | None = None) -> Opened:
    """Voter 0 is for, voter 1 against; voter 0 votes again: blank."""
    box = box or make_box()
    ballots = (box.seal(0, [[0, 1, 0]]), box.seal(1, [[0, 0, 1]]), box.seal(0, [[1, 0, 0]], 9))
    tally = box.tally(ballots)
    shares = tuple(box.shares(tally))
    raw_shares = [share.decryption for share in shares]
    result = open_tally(box.election, tally.encrypted, raw_shares, tally.total_weight)
    return Opened(box, ballots, tally, shares, result)


Edit = Callable[[Any], object]


def edit(raw: bytes, change: Edit) -> bytes:
    """The JSON with one thing changed in place."""
    value = deepcopy(json.loads(raw))
    change(value)
    return format_json(value)


def sign_again(box: Box, voter: int, raw: bytes, change: Edit) -> bytes:
    """A ballot with one thing changed and then signed by its own credential."""
    value = json.loads(raw)
    change(value)
    del value["signature"]
    signed_hash = base64_digest(format_json(value))
    private = signing_key(box.election.uuid, box.secrets[voter])
    proof = prove_knowledge(signature_prefix(signed_hash), private, seeded(3))
    value["signature"] = {"hash": signed_hash, "proof": format_proof(proof)}
    return format_json(value)


def accept(box: Box, raw: bytes) -> None:
    """What the door does."""
    verify_ballot(box.election, parse_ballot(box.election, raw))


def text_of(packed: str) -> str:
    """A point's text from the hexadecimal of its RFC 8032 bytes."""
    return bytes.fromhex(packed)[::-1].hex()


def point_of(packed: str) -> Point:
    return Point(bytes.fromhex(packed))
