"""An honest mixed election in memory: a single trustee and two of three others, questions of
every kind, ballots shuffled and opened. A test bends one thing of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ballots.ballot import parse_ballot
from ballots.credentials import (
    format_credentials,
    make_credential,
    make_uuid,
    public_credential,
)
from ballots.decryption import Share, decrypt_share, open_shares
from ballots.election import AnyQuestion, Election, ListsQuestion, ShuffledQuestion
from ballots.mixing import shuffle_tally, shuffled_tally
from ballots.pedersen import Certificate, Context, PedersenTrustees
from ballots.rounds import (
    KeptKey,
    Polynomial,
    assemble_trustees,
    gather_secrets,
    make_polynomial,
    make_verification_key,
    open_private_key,
    parse_polynomial,
    parse_verification_key,
)
from ballots.sealing import seal_ballot
from ballots.seeds import Seed, commit_to, make_certificate, make_seed, parse_certificates
from ballots.tally import Tally, tally_box
from ballots.trustees import (
    Trustees,
    format_groups,
    joint_key,
    make_private_key,
    make_public_key,
    parse_trustees,
    verify_public_key,
)
from tests.ballots.box import MOTION, seeded, write_archive

RANKED = ShuffledQuestion(
    "Rank the three", ("Ada", "Béla", "Cleo"), '{"method":"STV","seats":2,"blank":false}'
)
LISTS = ListsQuestion("Which list?", (("Mill", "Ann", "Bo"), ("River", "Cy", "Dee")))


@dataclass(frozen=True)
class Ceremony:
    """A threshold key being made, every message of it."""

    seeds: tuple[Seed, ...]
    raw_certificates: tuple[bytes, ...]
    certificates: tuple[Certificate, ...]
    raw_polynomials: tuple[bytes, ...]
    polynomials: tuple[Polynomial, ...]
    digests: tuple[str, ...]
    raw_keys: tuple[bytes, ...]
    keys: tuple[KeptKey, ...]

    @property
    def trustees(self) -> PedersenTrustees:
        return assemble_trustees(self.certificates, self.polynomials, self.keys)

    @property
    def private_keys(self) -> list[int]:
        return [
            open_private_key(seed, key.sealed)
            for seed, key in zip(self.seeds, self.keys, strict=True)
        ]


@cache
def hold_ceremony(threshold: int = 2, size: int = 3, seed: int = 1) -> Ceremony:
    draw = seeded(seed)
    seeds = tuple(make_seed(draw) for _ in range(size))
    raw_certificates = tuple(
        make_certificate(one, Context(size, threshold, index), draw)
        for index, one in enumerate(seeds, 1)
    )
    certificates = parse_certificates(threshold, raw_certificates)
    raw_polynomials = tuple(make_polynomial(one, certificates, draw) for one in seeds)
    polynomials = tuple(
        parse_polynomial(certificates, index, raw) for index, raw in enumerate(raw_polynomials, 1)
    )
    digests = tuple(commit_to(polynomial.shown) for polynomial in polynomials)
    raw_keys = tuple(
        make_verification_key(one, certificates, gather_secrets(index, polynomials), draw, digests)
        for index, one in enumerate(seeds, 1)
    )
    keys = tuple(parse_verification_key(raw) for raw in raw_keys)
    return Ceremony(
        seeds,
        raw_certificates,
        certificates,
        raw_polynomials,
        polynomials,
        digests,
        raw_keys,
        keys,
    )


@dataclass(frozen=True)
class Assembly:
    """An election from its set-up to its result."""

    election: Election
    trustees: Trustees
    raw_trustees: bytes
    private_keys: tuple[int, ...]
    secrets: tuple[str, ...]
    credentials: bytes
    ballots: tuple[bytes, ...]
    tally: Tally
    shuffles: tuple[tuple[int, bytes], ...]
    mixed: bytes
    shares: dict[int, Share]
    result: bytes

    @property
    def proofs(self) -> dict[int, bytes]:
        return {number: share.proofs for number, share in self.shares.items()}

    def write(self, **changed: Any) -> bytes:
        """The archive, with some of its parts replaced; None leaves a part out."""
        part: dict[str, Any] = {
            "election": self.election.raw,
            "trustees": self.raw_trustees,
            "credentials": self.credentials,
            "ballots": self.ballots,
            "encrypted": self.tally.encrypted,
            "sized": self.tally.sized,
            "shuffles": self.shuffles,
            "end": bool(self.shuffles),
            "decryptions": [(n, share.decryption) for n, share in self.shares.items()],
            "result": self.result,
        } | changed
        return write_archive(**part)


VOTES: tuple[tuple[tuple[int, ...], ...], ...] = (
    ((0, 1, 0), (1, 2, 3), (1, 1, 0, 0, 0, 0)),
    ((1, 0, 0), (0, 0, 0), (0, 0, 0, 1, 1, 1)),
    ((0, 0, 1), (3, 1, 2), (1, 1, 1, 0, 0, 0)),
)


@cache
def hold_election(
    questions: tuple[AnyQuestion, ...] = (MOTION, RANKED, LISTS),
    votes: tuple[tuple[tuple[int, ...], ...], ...] = VOTES,
    shares: tuple[int, ...] = (1, 2, 4),
    shuffles: tuple[int, ...] = (2, 3),
    seed: int = 1,
    *,
    single: bool = True,
    description: str = "An example",
) -> Assembly:
    """Trustee 1 is single (if one is), the other three are two of three; voter 0 votes twice."""
    draw = seeded(seed)
    uuid = make_uuid(draw)
    ceremony = hold_ceremony(seed=seed)
    alone = [make_private_key(draw)] if single else []
    raw_trustees = format_groups(
        [
            *[verify_public_key(make_public_key(private, draw)) for private in alone],
            ceremony.trustees,
        ]
    )
    trustees = parse_trustees(raw_trustees)
    private_keys = (*alone, *ceremony.private_keys)
    secrets = tuple(make_credential(draw) for _ in votes)
    election = Election(uuid, "Mixed", description, joint_key(trustees), questions)
    credentials = format_credentials([public_credential(uuid, secret) for secret in secrets])
    cast: list[bytes] = []
    if votes:
        cast.append(seal_ballot(election, secrets[0], votes[-1], draw))
    cast += [seal_ballot(election, s, v, draw) for s, v in zip(secrets, votes, strict=True)]
    tally = tally_box(election, [parse_ballot(election, raw) for raw in cast])
    mixed, mixes = mix(election, tally.encrypted, shuffles if election.is_shuffled else (), seed)
    given = {
        number: decrypt_share(election, mixed, private_keys[number - 1], draw) for number in shares
    }
    result = open_shares(
        election,
        trustees,
        mixed,
        {number: share.decryption for number, share in given.items()},
        tally.total_weight,
    )
    return Assembly(
        election, trustees, raw_trustees, private_keys, secrets, credentials,
        tuple(cast), tally, mixes, mixed, given, result,
    )  # fmt: skip


def mix(
    election: Election, encrypted: bytes, owners: Sequence[int], seed: int = 5
) -> tuple[bytes, tuple[tuple[int, bytes], ...]]:
    """The tally after these trustees' shuffles, and the shuffles."""
    made: list[tuple[int, bytes]] = []
    for owner in owners:
        raw = shuffle_tally(election, encrypted, seeded(seed + owner))
        made.append((owner, raw))
        encrypted = shuffled_tally(election, encrypted, raw)
    return encrypted, tuple(made)
