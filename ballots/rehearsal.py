"""Rehearsing an opening: a practice election that the trustees open before the real one begins.

A key that was lost or mistyped is found out while there is still time. Made-up sums are sealed
to the joint key; opening them takes every trustee the same steps, with the same files, as the
real ones. The practice election has a uuid and a fingerprint of its own, so no share of it
opens anything else.

The numbers with which the sums were sealed are shown to the trustees. What a trustee gives for
such a ciphertext is her public key raised to a number that is known, so that it tells nothing:
a service that hands out somebody's ballot as practice cannot show its number, which only the
voter knew.

Source: design 3, section 0 ("with a rehearsed decryption before opening").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ballots.credentials import make_uuid
from ballots.election import Election, Question
from ballots.errors import NotPracticeError
from ballots.group import BASE, Random, Row, combine, random_scalar
from ballots.proofs import pair_points
from ballots.tally import format_counts, parse_encrypted_tally

ANSWERS: Final = ("Apples", "Pears", "Plums")
BALLOTS: Final = 7


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A practice election, closed and ready to be opened.

    Attributes:
        election: the election record, raw.
        encrypted_tally: what is opened, raw.
        counts: what must come out: a count per answer.
        nonces: with which each count was sealed.
    """

    election: bytes
    encrypted_tally: bytes
    counts: tuple[int, ...]
    nonces: tuple[int, ...]


def make_rehearsal(public_key: str, random: Random) -> Rehearsal:
    """A practice election under the trustees' joint key, with votes drawn by lot."""
    question = Question("Which fruit shall be in the basket?", ANSWERS, min=1, max=1)
    election = Election(
        uuid=make_uuid(random),
        name="Rehearsal",
        description="Trustees practise opening; nobody voted here.",
        public_key=public_key,
        questions=(question,),
    )
    chosen = [random_scalar(random) % len(ANSWERS) for _ in range(BALLOTS)]
    counts = tuple([chosen.count(answer) for answer in range(len(ANSWERS))])
    nonces = tuple([random_scalar(random) for _ in ANSWERS])
    rows: list[Row] = []
    for count, nonce in zip(counts, nonces, strict=True):
        rows += [[(BASE, nonce)], [(election.key, nonce), (BASE, count)]]
    sealed = tuple(pair_points(combine(rows)))
    return Rehearsal(election.raw, format_counts(election, (sealed,)), counts, nonces)


def verify_practice(election: Election, encrypted_tally: bytes, nonces: Sequence[int]) -> None:
    """Require that a share of a practice tally opens nothing that is not known already.

    Args:
        election: the practice election.
        encrypted_tally: what is to be opened, raw.
        nonces: with which each of its counts was sealed, as the service says.

    Raises:
        NotPracticeError: it was sealed with others: it may be somebody's ballot.
        BallotError: it is no tally of this election.
    """
    rows = parse_encrypted_tally(election, encrypted_tally)
    alphas = [sealed.alpha for row in rows for sealed in row]
    if alphas != combine([[(BASE, nonce)] for nonce in nonces]):
        raise NotPracticeError
