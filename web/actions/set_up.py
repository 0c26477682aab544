"""Set an installation up: keys, guard, the charter and its entry, the returning officer."""

from contextlib import suppress
from dataclasses import dataclass, field

from sqlmodel import Session

from audit.entries import CharterEntry
from audit.errors import GuardExistsError
from audit.guard import Guard
from voting.charter.charter import Charter
from voting.charter.charter_format import format_charter
from web.actions.people import check_person, end_links, make_link
from web.actions.steps import put_reason
from web.errors import AlreadySetUpError, UnknownOfficerError, WeakPassphraseError
from web.messages.outbox import queue_message
from web.service import Service
from web.store.load import EMAIL, load_organisation, put_object
from web.store.rows import OfficerRow, OrganisationRow

LEAST_PASSPHRASE = 12
FIRST_CHARTER = "The service was set up with this charter."


@dataclass(frozen=True, slots=True)
class SetUp:
    """What was made.

    Attributes:
        officer_id: the returning officer.
        officer_link_secret: goes after "/start#"; shown once, stored nowhere.
        vkey: the log's verifier key, for observers.
        certifier: public half of the certifying key, 64 hex.
    """

    officer_id: int
    officer_link_secret: str = field(repr=False)
    vkey: str
    certifier: str


def set_up_installation(
    service: Service, charter: Charter, officer_name: str, officer_email: str, passphrase: str
) -> SetUp:
    """Make the log key, the guard and the certifying key, and log the charter.

    Raises:
        AlreadySetUpError: it has a charter.
        WeakPassphraseError: the certifying key's passphrase is too short.
        BadAddressError: the officer's name or address cannot be one.
    """
    name, email = check_person(officer_name, officer_email, 1)
    if len(passphrase) < LEAST_PASSPHRASE:
        raise WeakPassphraseError(LEAST_PASSPHRASE)
    with service.store.read() as session:
        if session.get(OrganisationRow, 1) is not None:
            raise AlreadySetUpError
    vault = service.vault
    signer = vault.make_log_key(service.settings.origin)
    # An earlier set-up that was cut short left a guard of the empty log: it still holds.
    with suppress(GuardExistsError):
        Guard(vault.guard_path).create(signer)
    certifier = vault.make_certifying_key(passphrase)

    def write(session: Session) -> SetUp:
        if session.get(OrganisationRow, 1) is not None:
            raise AlreadySetUpError
        time = service.keeper.now(session)
        text = format_charter(charter)
        row = OrganisationRow(
            charter=text.decode(), vkey=signer.vkey, certifier=certifier, created=time
        )
        officer = OfficerRow(name=name, email=vault.seal(EMAIL, email.encode()))
        session.add(row)
        session.add(officer)
        session.flush()
        entry = CharterEntry(
            time=time,
            charter=put_object(session, text),
            certifier=certifier,
            reason=put_reason(session, FIRST_CHARTER),
        )
        service.keeper.append(session, entry)
        assert officer.id is not None
        secret = _send_link(session, service, officer.id, name, email)
        return SetUp(officer.id, secret, signer.vkey, certifier)

    made = service.store.write(write)
    service.keeper.start(signer)
    service.keeper.publish()
    return made


def renew_officer_link(service: Service, officer_id: int) -> str:
    """Make a new link secret for an officer; her earlier links stop working at once.

    Raises:
        UnknownOfficerError: there is none.
    """

    def write(session: Session) -> str:
        load_organisation(session)
        officer = session.get(OfficerRow, officer_id)
        if officer is None:
            raise UnknownOfficerError(officer_id)
        end_links(session, "officer", officer_id)
        email = service.vault.open(EMAIL, officer.email).decode()
        return _send_link(session, service, officer_id, officer.name, email)

    return service.store.write(write)


def _send_link(session: Session, service: Service, officer_id: int, name: str, email: str) -> str:
    secret = make_link(session, service, "officer", officer_id, None)
    queue_message(session, service, "officer-link", name=name, email=email, secret=secret)
    return secret
