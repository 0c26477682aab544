"""Take a trustee's share of the practice tally, while everything can still be put right.

Source: design 3, section 0 ("with a rehearsed decryption before opening").
"""

import json
from dataclasses import dataclass, field

from sqlmodel import Session

from ballots.decryption import (
    open_shares,
    parse_box_result,
    verify_decryption,
    verify_second_proof,
)
from ballots.election import parse_election
from web.actions.steps import load_draft
from web.actions.trustee_keys import find_place, load_keys, make_trustees
from web.errors import RehearsalFailedError, WrongStepError
from web.service import Service
from web.trustee_steps import Place


@dataclass(frozen=True, slots=True)
class Practice:
    """The practice election that is opened, what must come out, and how it was sealed."""

    election: bytes = field(repr=False)
    encrypted_tally: bytes = field(repr=False)
    counts: tuple[int, ...]
    nonces: tuple[str, ...]


def read_practice(text: str) -> Practice:
    """The rehearsal as an election's row keeps it."""
    kept = json.loads(text)
    return Practice(
        kept["election"].encode(),
        kept["encrypted_tally"].encode(),
        tuple(kept["counts"]),
        tuple(kept["nonces"]),
    )


def rehearse_opening(service: Service, trustee_id: int, decryption: bytes, proofs: bytes) -> None:
    """Take one trustee's decryption of the practice tally, with both proofs.

    With the last one the practice tally is really opened: every set of trustees who are enough
    must open the numbers that were sealed. Rehearsing again is fine.

    Raises:
        UnknownTrusteeError, ElectionNotDraftError
        WrongStepError: the key is not made yet.
        BallotError: a proof is wrong.
        RehearsalFailedError: the practice tally opened to other numbers.
    """
    with service.store.read() as session:
        place = find_place(session, trustee_id)
        practice = _require_practice(session, place)
        key = place.trustee.public_key or ""
    election, tally = parse_election(practice.election), practice.encrypted_tally
    verify_decryption(election, tally, key, decryption)
    verify_second_proof(election, tally, key, decryption, proofs)

    def write(session: Session) -> None:
        place = find_place(session, trustee_id)
        # A key that is made is not made again: another one has other trustees.
        practice = _require_practice(session, place)
        place.trustee.rehearsal_share = decryption.decode()
        place.trustee.rehearsed = True
        session.add(place.trustee)
        if all(one.rehearsed for one in place.trustees):
            _open(session, place, practice)

    service.store.write(write)


def _require_practice(session: Session, place: Place) -> Practice:
    """The practice tally that waits to be opened."""
    load_draft(session, place.row.uuid)
    if place.row.rehearsal is None:
        raise WrongStepError(place.step)
    return read_practice(place.row.rehearsal)


def _open(session: Session, place: Place, practice: Practice) -> None:
    shares = {one.number: (one.rehearsal_share or "").encode() for one in place.trustees}
    opened = open_shares(
        parse_election(practice.election),
        make_trustees(place.row, place.trustees, load_keys(session, place.trustees)),
        practice.encrypted_tally,
        shares,
        sum(practice.counts),
    )
    if parse_box_result(opened) != (practice.counts,):
        raise RehearsalFailedError(place.row.uuid)
