"""Bent ballots: of one voter, with parts of others', and signed again by herself.

A mutant that is not signed again is caught by its hash. Signed again it must be caught by
what it says: form, group, proofs, and what these are bound to.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ballots.ballot import parse_ballot, signature_prefix, verify_ballot
from ballots.credentials import (
    format_credentials,
    make_credential,
    make_uuid,
    parse_credentials,
    public_credential,
    signing_key,
)
from ballots.election import AnyQuestion, Election, ListsQuestion, Question, ShuffledQuestion
from ballots.encoding import base64_digest
from ballots.errors import UnknownCredentialError
from ballots.proofs import format_proof, prove_knowledge
from ballots.sealing import seal_ballot
from tests.ballots.box import MOTION, make_box, seeded
from tests.corpus.leaves import dump
from tests.corpus.mutants import Mutant, Path, bend_bytes, bend_part, get, name_of, put, walk

QUESTIONS: tuple[AnyQuestion, ...] = (
    MOTION,
    Question("Which of these?", ("Red", "Green", "Blue"), 0, 2),
    ShuffledQuestion("Rank the three", ("Oak", "Elm", "Ash"), None),
    ListsQuestion("Which list?", (("Mill", "Ann", "Bo"), ("River", "Cy"))),
)
FIRST = ((0, 1, 0), (1, 0, 1), (1, 2, 3), (1, 1, 0, 0, 0))
SECOND = ((0, 0, 1), (0, 1, 0), (3, 2, 1), (0, 0, 0, 1, 1))


@dataclass(frozen=True)
class Target:
    """A box with two voters, and ballots whose parts an attacker may use.

    Attributes:
        honest: the first voter's ballot, which is bent.
        parts: by whose they are, ballots of the same shape: her own other one, another
            voter's, and her own in another election with the same key.
    """

    election: Election
    credentials: bytes
    secret: str
    honest: bytes
    parts: dict[str, bytes]

    def sign(self, value: dict[str, Any]) -> bytes:
        """The bent ballot, with a signature of the first voter."""
        unsigned = {name: part for name, part in value.items() if name != "signature"}
        signed_hash = base64_digest(dump(unsigned))
        private = signing_key(self.election.uuid, self.secret)
        proof = prove_knowledge(signature_prefix(signed_hash), private, seeded(3))
        return dump(unsigned | {"signature": {"hash": signed_hash, "proof": format_proof(proof)}})


@cache
def make_target() -> Target:
    """The same target in every run."""
    draw = seeded(20)
    here, elsewhere = (
        Election(make_uuid(draw), "Corpus", "An example", make_box().election.public_key, QUESTIONS)
        for _ in range(2)
    )
    secrets = [make_credential(draw) for _ in range(2)]
    credentials = format_credentials([public_credential(here.uuid, one) for one in secrets])
    return aim_at(here, elsewhere, credentials, secrets, (FIRST, SECOND))


def aim_at(
    here: Election,
    elsewhere: Election,
    credentials: bytes,
    secrets: Sequence[str],
    votes: tuple[Sequence[Sequence[int]], Sequence[Sequence[int]]],
) -> Target:
    """A target in any box with two voters; `elsewhere` has the same questions."""
    first, second = votes
    return Target(
        election=here,
        credentials=credentials,
        secret=secrets[0],
        honest=seal_ballot(here, secrets[0], first, seeded(1)),
        parts={
            "own": seal_ballot(here, secrets[0], second, seeded(2)),
            "other-voter": seal_ballot(here, secrets[1], second, seeded(3)),
            "other-election": seal_ballot(elsewhere, secrets[0], first, seeded(4)),
        },
    )


def offer(target: Target, raw: bytes) -> None:
    """What the door does, but for what needs the ballots in the box."""
    ballot = parse_ballot(target.election, raw)
    if ballot.credential not in parse_credentials(target.credentials):
        raise UnknownCredentialError(ballot.credential)
    verify_ballot(target.election, ballot)


def ballot_mutants(target: Target) -> Iterator[Mutant]:
    """All of them."""
    seen = {target.honest}
    for mutant in _all(target):
        if mutant.raw not in seen:
            seen.add(mutant.raw)
            yield mutant


def _all(target: Target) -> Iterator[Mutant]:
    yield from bend_bytes(target.honest)
    yield from _bend_fields(target, "", dump)
    yield from _bend_fields(target, "signed/", target.sign)
    yield from _transplant(target)
    yield from _swap(target)


def _bend_fields(target: Target, prefix: str, write: Callable[[Any], bytes]) -> Iterator[Mutant]:
    """Every field, in every way once and in one way in its repetitions."""
    value = json.loads(target.honest)
    known: set[Path] = set()
    for path, part in walk(value):
        signed = bool(prefix)
        if signed and (not path or path[0] == "signature"):
            continue
        # Each question has fields of its own; further choices and proofs repeat them.
        field = tuple("*" if isinstance(s, int) and n > 1 else s for n, s in enumerate(path))
        ways = list(bend_part(part))
        if field in known:
            ways = ways[-1:]
        known.add(field)
        for name, other in ways:
            # With a fresh signature, what is the same would be a ballot like any other.
            if dump(other) != dump(part) or not signed:
                yield Mutant(f"{prefix}{name_of(path)}:{name}", write(put(value, path, other)))


def _transplant(target: Target) -> Iterator[Mutant]:
    """Parts of another ballot in the place of one's own, signed again."""
    value = json.loads(target.honest)
    for whose, raw in target.parts.items():
        other = json.loads(raw)
        for path, _ in walk(value):
            if not path or path[0] == "signature":
                continue
            # Her own answers to a question as a whole are a ballot that she may cast.
            if whose == "own" and len(path) <= 2:
                continue
            bent = put(value, path, get(other, path))
            if bent != value:
                yield Mutant(f"signed/{name_of(path)}:of-{whose}", target.sign(bent))
        yield Mutant(f"signature:of-{whose}", dump({**value, "signature": other["signature"]}))


def _swap(target: Target) -> Iterator[Mutant]:
    """Two neighbours in each list changed places, signed again."""
    value = json.loads(target.honest)
    for path, part in walk(value):
        if not isinstance(part, list) or path == ("answers",):
            continue
        for at in range(len(part) - 1):
            swapped = [*part[:at], part[at + 1], part[at], *part[at + 2 :]]
            if swapped == part:
                continue
            bent = put(value, path, swapped)
            yield Mutant(f"signed/{name_of(path)}:swapped-{at}", target.sign(bent))
    answers = value["answers"]
    for one in range(len(answers)):
        for other in range(len(answers)):
            if one != other:
                bent = put(value, ("answers", one), answers[other])
                yield Mutant(f"signed/answers/{one}:answer-{other}", target.sign(bent))
