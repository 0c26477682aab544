"""Bent records of an archive, and bent messages of the trustees who make a key together.

Each structure is offered to what reads it; for a record that nothing else binds, that is the
whole archive. A structure whose bytes are compared with what is computed again (tally, sizes,
result, credentials) is only read: it must end in an answer or a named error.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from ballots.archive import read_archive
from ballots.ballot import parse_ballot, verify_ballot
from ballots.credentials import parse_credentials
from ballots.decryption import verify_decryption, verify_second_proof
from ballots.election import parse_election
from ballots.encoding import format_json, parse_json
from ballots.errors import JointKeyError
from ballots.messages import format_signed
from ballots.mixing import verify_shuffle
from ballots.pedersen import read_certificate, verify_certificates
from ballots.rounds import (
    assemble_trustees,
    gather_secrets,
    make_verification_key,
    parse_polynomial,
    parse_verification_key,
)
from ballots.seeds import sign_text
from ballots.tally import read_tally
from ballots.trustees import joint_key, parse_trustees
from ballots.verification import verify_archive
from tests.ballots.assembly import Assembly, hold_ceremony, hold_election
from tests.ballots.box import seeded
from tests.corpus.mutants import Mutant, bend

Offer = Callable[[bytes], object]


@dataclass(frozen=True)
class Structure:
    """A kind of structure.

    Attributes:
        name: of the kind.
        honest: one that is accepted.
        offer: raises a named error for what is bent.
        binding: whether every bent one must be refused here; else others compare its bytes.
        free: names of fields that say nothing which any check could hold against them.
    """

    name: str
    honest: bytes
    offer: Offer
    binding: bool = True
    free: tuple[str, ...] = ()

    def mutants(self) -> Iterator[Mutant]:
        """All bent ones."""
        return bend(self.honest)


@cache
def structures() -> tuple[Structure, ...]:
    """Every kind of record and message but ballots."""
    held = hold_election()
    return (*_records(held), *_messages())


def _records(held: Assembly) -> Iterator[Structure]:
    election = held.election
    ballot = held.ballots[0]

    def read_as_election(raw: bytes) -> None:
        parsed = parse_election(raw)
        if joint_key(held.trustees) != parsed.public_key:
            raise JointKeyError(joint_key(held.trustees), parsed.public_key)
        # Whatever else it says, no ballot was made for it.
        verify_ballot(parsed, parse_ballot(parsed, ballot))

    def read_as_trustees(raw: bytes) -> None:
        trustees = parse_trustees(raw)
        if joint_key(trustees) != election.public_key:
            raise JointKeyError(joint_key(trustees), election.public_key)
        # The same trustees in another order: then another's key is asked for her share.
        numbered = trustees.keys[decryptor - 1].public_key
        verify_decryption(election, held.mixed, numbered, share.decryption)

    _, shuffle = held.shuffles[0]
    decryptor, share = next(iter(held.shares.items()))
    key = held.trustees.keys[decryptor - 1].public_key
    yield Structure("election", election.raw, read_as_election)
    yield Structure("trustees", held.raw_trustees, read_as_trustees)
    yield Structure("credentials", held.credentials, parse_credentials, binding=False)
    yield Structure(
        "tally", held.tally.encrypted, lambda raw: read_tally(election, raw), binding=False
    )
    yield Structure(
        "shuffle", shuffle, lambda raw: verify_shuffle(election, held.tally.encrypted, raw)
    )
    yield Structure(
        "decryption",
        share.decryption,
        lambda raw: verify_decryption(election, held.mixed, key, raw),
    )
    yield Structure(
        "second-proofs",
        share.proofs,
        lambda raw: verify_second_proof(election, held.mixed, key, share.decryption, raw),
    )
    yield Structure(
        "result", held.result, lambda raw: verify_archive(read_archive(held.write(result=raw)))
    )


def _messages() -> Iterator[Structure]:
    made = hold_ceremony()
    raws = made.raw_certificates

    def read_as_certificate(raw: bytes) -> None:
        limit = 2**14
        verify_certificates(2, [read_certificate(parse_json(r, limit)) for r in (raw, *raws[1:])])

    def read_as_polynomial(raw: bytes) -> None:
        parse_polynomial(made.certificates, 1, raw, made.digests[0])

    def read_as_gathered(raw: bytes) -> None:
        make_verification_key(made.seeds[0], made.certificates, raw, seeded(1), made.digests)

    def read_as_key(raw: bytes) -> None:
        keys = (parse_verification_key(raw), *made.keys[1:])
        assemble_trustees(made.certificates, made.polynomials, keys)

    def read_signed_again(raw: bytes) -> None:
        text = raw.decode(errors="replace")
        signed = sign_text(text, made.seeds[0], seeded(1))
        read_as_certificate(format_json(format_signed(signed)))

    yield Structure("certificate", raws[0], read_as_certificate)
    yield Structure(
        "certificate-signed",
        json.loads(raws[0])["message"].encode(),
        read_signed_again,
        # Under her own signature she may give any key to which others seal for her.
        free=("encryption",),
    )
    yield Structure(
        "polynomial",
        made.raw_polynomials[0],
        read_as_polynomial,
        # Sealed to others: only whom they are for can tell that they are wrong.
        free=("polynomial", "secrets"),
    )
    yield Structure(
        "gathered",
        gather_secrets(1, made.polynomials),
        read_as_gathered,
        free=("polynomial",),
    )
    yield Structure("verification-key", made.raw_keys[0], read_as_key, free=("private_key",))
