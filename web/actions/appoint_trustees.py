"""Appoint the trustees of a draft, and take their public keys."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from ballots.trustees import verify_public_key
from web.actions.people import check_person, end_links, make_link
from web.actions.steps import load_draft
from web.errors import TooFewTrusteesError, TrusteeKeyGivenError, TrusteeKeySeenError
from web.messages.outbox import cancel_messages, queue_message
from web.service import Service
from web.store.load import EMAIL, load_trustee, load_trustees, put_object
from web.store.rows import SeenKeyRow, TrusteeRow

LEAST_TRUSTEES = 2


@dataclass(frozen=True, slots=True)
class Appointed:
    """One trustee; the link secret goes out by e-mail and is stored nowhere else."""

    id: int
    number: int
    link_secret: str = field(repr=False)


def appoint_trustees(
    service: Service, election: str, trustees: Sequence[tuple[str, str]]
) -> tuple[Appointed, ...]:
    """Replace a draft's trustees by these (name, e-mail) and send each a personal link.

    Raises:
        UnknownElectionError, ElectionNotDraftError
        TooFewTrusteesError: fewer than two.
        BadAddressError: a name or address cannot be one.
    """
    people = [check_person(*person, place) for place, person in enumerate(trustees, 1)]
    if len(people) < LEAST_TRUSTEES:
        raise TooFewTrusteesError(len(people), LEAST_TRUSTEES)

    def write(session: Session) -> tuple[Appointed, ...]:
        load_draft(session, election)
        cancel_messages(session, election)
        for former in load_trustees(session, election):
            end_links(session, "trustee", former.id or 0)
            session.delete(former)
        session.flush()
        return tuple(
            _appoint(session, service, election, number, person)
            for number, person in enumerate(people, 1)
        )

    return service.store.write(write)


def give_trustee_key(service: Service, trustee_id: int, tpk: bytes) -> None:
    """Take a trustee's public key with its proof; giving the same again is fine.

    Raises:
        UnknownTrusteeError, ElectionNotDraftError
        BallotError: not a trustee's public key, or its proof is wrong.
        TrusteeKeySeenError: the key was given before, by anyone in any election.
        TrusteeKeyGivenError: she gave another key already.
    """
    key = verify_public_key(tpk)

    def write(session: Session) -> None:
        trustee = load_trustee(session, trustee_id)
        if trustee.public_key == key.public_key:
            return
        load_draft(session, trustee.election)
        if trustee.key_object is not None:
            raise TrusteeKeyGivenError(trustee.number)
        # Who takes another's key, or an old one, would not be independent (design 3, 13).
        if session.get(SeenKeyRow, key.public_key) is not None:
            raise TrusteeKeySeenError
        session.add(SeenKeyRow(public_key=key.public_key))
        trustee.public_key = key.public_key
        trustee.key_object = put_object(session, tpk)
        session.add(trustee)

    service.store.write(write)


def _appoint(
    session: Session, service: Service, election: str, number: int, person: tuple[str, str]
) -> Appointed:
    name, email = person
    sealed = service.vault.seal(EMAIL, email.encode())
    row = TrusteeRow(election=election, number=number, name=name, email=sealed)
    session.add(row)
    session.flush()
    assert row.id is not None
    secret = make_link(session, service, "trustee", row.id, election)
    queue_message(
        session, service, "trustee-key", name=name, email=email, secret=secret, election=election
    )
    return Appointed(row.id, number, secret)
