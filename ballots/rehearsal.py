"""Rehearsing an opening: a practice election that the trustees open before the real one begins.

A key that was lost or mistyped is found out while there is still time. A few practice ballots
are sealed to the joint key and added up; opening the sum takes every trustee the same steps,
with the same files, as the real one. The practice election has a uuid and a fingerprint of its
own, so no proof of it fits anything else. Its factors would, but while trustees rehearse nothing
else is sealed to their key.

Source: design 3, section 0 ("with a rehearsed decryption before opening").
"""

from dataclasses import dataclass
from typing import Final

from ballots.ballot import parse_ballot
from ballots.credentials import make_credential, make_uuid
from ballots.election import Election, Question
from ballots.group import Random, random_scalar
from ballots.sealing import seal_ballot
from ballots.tally import tally_box

ANSWERS: Final = ("Apples", "Pears", "Plums")
BALLOTS: Final = 7


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A practice election, closed and ready to be opened.

    Attributes:
        election: the election record, raw.
        encrypted_tally: what is opened, raw.
        counts: what must come out: a count per answer.
    """

    election: bytes
    encrypted_tally: bytes
    counts: tuple[int, ...]


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
    ballots = [
        seal_ballot(
            election,
            make_credential(random),
            [[int(answer == one) for answer in range(len(ANSWERS))]],
            random,
        )
        for one in chosen
    ]
    tally = tally_box(election, [parse_ballot(election, raw) for raw in ballots])
    counts = tuple([chosen.count(answer) for answer in range(len(ANSWERS))])
    return Rehearsal(election.raw, tally.encrypted, counts)
