"""Appoint the trustees of a draft, and take the public keys of those who have one of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from ballots.trustees import verify_public_key
from voting.elections import TrusteeRule
from web.actions.people import check_person, end_links, make_link
from web.actions.steps import load_draft
from web.actions.trustee_keys import give_key
from web.errors import TooFewTrusteesError, TrusteeKeyGivenError, WrongStepError
from web.messages.outbox import cancel_messages, queue_message
from web.service import Service
from web.store.load import EMAIL, load_trustees
from web.store.rows import TrusteeRow
from web.trustee_steps import Place

LEAST_TRUSTEES = 2


@dataclass(frozen=True, slots=True)
class Appointed:
    """One trustee; the link secret goes out by e-mail and is stored nowhere else."""

    id: int
    number: int
    link_secret: str = field(repr=False)


def usually_needed(count: int) -> int:
    """How many of so many trustees open the tally, where nobody said: more than half."""
    return count // 2 + 1


def appoint_trustees(
    service: Service,
    election: str,
    trustees: Sequence[tuple[str, str]],
    needed: int | None = None,
) -> tuple[Appointed, ...]:
    """Replace a draft's trustees by these (name, e-mail) and send each a personal link.

    Whatever the former trustees gave is gone: the making of the key begins again.

    Args:
        service: the service.
        election: its uuid.
        trustees: 2 to 20.
        needed: how many of them open the tally. When all are, each has a key of her own; when
            fewer are, they make one together. By default more than half.

    Raises:
        UnknownElectionError, ElectionNotDraftError
        TooFewTrusteesError: fewer than two.
        VotingError: more than 20; or so many cannot be needed.
        BadAddressError: a name or address cannot be one.
    """
    people = [check_person(*person, place) for place, person in enumerate(trustees, 1)]
    if len(people) < LEAST_TRUSTEES:
        raise TooFewTrusteesError(len(people), LEAST_TRUSTEES)
    rule = TrusteeRule(len(people), usually_needed(len(people)) if needed is None else needed)

    def write(session: Session) -> tuple[Appointed, ...]:
        row = load_draft(session, election)
        cancel_messages(session, election)
        for former in load_trustees(session, election):
            end_links(session, "trustee", former.id or 0)
            session.delete(former)
        row.trustees_needed, row.rehearsal = rule.needed, None
        session.add(row)
        session.flush()
        return tuple(
            _appoint(session, service, election, number, person)
            for number, person in enumerate(people, 1)
        )

    return service.store.write(write)


def give_trustee_key(service: Service, trustee_id: int, tpk: bytes) -> None:
    """Take a trustee's public key with its proof; giving the same again is fine.

    With the last one a practice tally is made for the rehearsal.

    Raises:
        UnknownTrusteeError, ElectionNotDraftError
        WrongStepError: the trustees of this election make their key together.
        BallotError: not a trustee's public key, or its proof is wrong.
        TrusteeKeySeenError: the key was given before, by anyone in any election.
        TrusteeKeyGivenError: she gave another key already.
    """
    key = verify_public_key(tpk)

    def is_expected(session: Session, place: Place) -> bool:
        trustee = place.trustee
        if place.is_threshold:
            raise WrongStepError(place.step)
        if trustee.public_key == key.public_key:
            return False
        load_draft(session, place.row.uuid)
        if trustee.key_object is not None:
            raise TrusteeKeyGivenError(trustee.number)
        return True

    give_key(service, trustee_id, key, is_expected)


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
