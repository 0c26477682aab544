"""Steps of making the trustees' key: what was given, read again; the rehearsal at the end.

Everything that takes long is made outside the database's transaction, for the keys as they
are then; inside it is compared with what is there.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from sqlmodel import Session, col, select

from audit.entries import CommitmentsEntry
from audit.objects import CommitmentList, format_commitments_list
from ballots.encoding import format_json, parse_json
from ballots.keys import LARGEST_KEY, key_object, read_key
from ballots.pedersen import Certificate, PedersenTrustees
from ballots.rehearsal import make_rehearsal
from ballots.rounds import Polynomial, parse_polynomial
from ballots.seeds import parse_certificates
from ballots.trustees import TrusteePublicKey, Trustees, joint_key, verify_public_key
from web.actions.tell_trustees import tell_of_new_steps
from web.errors import TrusteeKeySeenError
from web.service import Service
from web.store.load import (
    digest_of,
    get_object,
    load_election,
    load_trustee,
    load_trustees,
    needed_of,
    put_object,
)
from web.store.rows import ElectionRow, SeenKeyRow, TrusteeRow
from web.trustee_steps import Place, have_all, have_committed, is_threshold, next_steps


def find_place(session: Session, trustee_id: int) -> Place:
    """A trustee's place, in any state of her election.

    Raises:
        UnknownTrusteeError: there is none, or she was replaced.
    """
    trustee = load_trustee(session, trustee_id)
    row = load_election(session, trustee.election)
    return Place(row, load_trustees(session, row.uuid), trustee)


def keep_part(session: Session, service: Service, place: Place, change: Callable[[], None]) -> None:
    """Keep what a trustee gave, and write to the others for whom something follows from it."""
    before = next_steps(place.row, place.trustees)
    change()
    session.add(place.trustee)
    session.add(place.row)
    session.flush()
    tell_of_new_steps(session, service, place, before)


def log_commitments(session: Session, service: Service, place: Place) -> None:
    """Log what all committed to, in the moment when the last one has."""
    if not have_committed(place.trustees):
        return
    election = place.row.uuid
    committed = tuple(one.commitment or "" for one in place.trustees)
    listed = CommitmentList(election, place.needed, committed)
    entry = CommitmentsEntry(
        time=service.keeper.now(session),
        election=election,
        commitments=put_object(session, format_commitments_list(listed)),
    )
    service.keeper.append(session, entry)


def refuse_seen_keys(session: Session, *keys: str) -> None:
    """Refuse keys that anybody gave before, in any election.

    Raises:
        TrusteeKeySeenError: one was given before, or is there twice.
    """
    seen = select(SeenKeyRow.public_key).where(col(SeenKeyRow.public_key).in_(keys))
    # Who takes another's key, or an old one, would not be independent (design 3, 13).
    if len(set(keys)) != len(keys) or session.exec(seen).first() is not None:
        raise TrusteeKeySeenError


def remember_keys(session: Session, *keys: str) -> None:
    """From now on these keys are refused, also when their trustee was replaced."""
    session.add_all(SeenKeyRow(public_key=key) for key in keys)


# --- what was given, read again ---------------------------------------------------------


def certificates_of(row: ElectionRow, trustees: Sequence[TrusteeRow]) -> tuple[Certificate, ...]:
    """The certificates of all trustees."""
    raws = [(one.certificate or "").encode() for one in trustees]
    return parse_certificates(needed_of(row, trustees), raws)


def polynomials_of(
    trustees: Sequence[TrusteeRow], certificates: Sequence[Certificate]
) -> tuple[Polynomial, ...]:
    """The polynomials of all trustees."""
    return tuple(
        parse_polynomial(certificates, one.number, (one.polynomial or "").encode(), one.commitment)
        for one in trustees
    )


def make_trustees(
    row: ElectionRow, trustees: Sequence[TrusteeRow], keys: Sequence[bytes]
) -> Trustees:
    """The trustees with these key objects by number, everything verified again."""
    if not is_threshold(row, trustees):
        return Trustees(tuple(verify_public_key(key) for key in keys))
    certificates = certificates_of(row, trustees)
    polynomials = polynomials_of(trustees, certificates)
    group = PedersenTrustees(
        threshold=needed_of(row, trustees),
        certificates=certificates,
        commitments=tuple(one.commitments for one in polynomials),
        signatures=tuple(one.signature for one in polynomials),
        keys=tuple(read_key(parse_json(key, LARGEST_KEY), signed=True) for key in keys),
    )
    return Trustees((group,))


def load_keys(session: Session, trustees: Sequence[TrusteeRow]) -> list[bytes]:
    """The key objects of all trustees by number."""
    return [get_object(session, trustee.key_object) for trustee in trustees]


# --- the key is made --------------------------------------------------------------------


class _OutdatedError(Exception):
    """Another trustee's key came between; what was prepared is for fewer keys."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A practice tally, and the digests of the key objects whose joint key it is sealed to."""

    keys: tuple[str, ...]
    rehearsal: str


def give_key(
    service: Service,
    trustee_id: int,
    key: TrusteePublicKey,
    is_expected: Callable[[Session, Place], bool],
    keep_more: Callable[[TrusteeRow], None] = lambda _: None,
) -> None:
    """Keep a trustee's verified public key; with the last one the rehearsal is made.

    Args:
        service: the service.
        trustee_id: whose key.
        key: verified.
        is_expected: False where she gave it before; raises where it may not be taken now.
        keep_more: keeps what else she gave.
    """
    raw = format_json(key_object(key))

    def write(session: Session, prepared: _Prepared | None) -> None:
        place = find_place(session, trustee_id)
        if not is_expected(session, place):
            return
        refuse_seen_keys(session, key.public_key)

        def change() -> None:
            remember_keys(session, key.public_key)
            place.trustee.public_key = key.public_key
            place.trustee.key_object = put_object(session, raw)
            keep_more(place.trustee)
            if have_all(place.trustees, lambda one: one.key_object):
                keys = tuple(one.key_object or "" for one in place.trustees)
                if prepared is None or prepared.keys != keys:
                    raise _OutdatedError
                place.row.rehearsal = prepared.rehearsal

        keep_part(session, service, place, change)

    while True:
        with service.store.read() as session:
            place = find_place(session, trustee_id)
            if not is_expected(session, place):
                return
            refuse_seen_keys(session, key.public_key)
            prepared = _prepare(session, service, place, raw)
        try:
            service.store.write(partial(write, prepared=prepared))
        except _OutdatedError:
            continue
        return


def _prepare(session: Session, service: Service, place: Place, raw: bytes) -> _Prepared | None:
    """The rehearsal, if this key is the last one."""
    own = place.trustee.id
    others = [one for one in place.trustees if one.id != own]
    if not have_all(others, lambda one: one.key_object):
        return None
    keys = [raw if one.id == own else get_object(session, one.key_object) for one in place.trustees]
    made = make_rehearsal(joint_key(make_trustees(place.row, place.trustees, keys)), service.random)
    text = json.dumps(
        {
            "election": made.election.decode(),
            "encrypted_tally": made.encrypted_tally.decode(),
            "counts": list(made.counts),
            "nonces": [str(nonce) for nonce in made.nonces],
        }
    )
    return _Prepared(tuple(digest_of(key) for key in keys), text)
