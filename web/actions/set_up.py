"""Set an installation up: keys, guard, the charter and its entry, the returning officer."""

from dataclasses import dataclass, field

from voting.charter import Charter

from web.service import Service


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
    raise NotImplementedError


def renew_officer_link(service: Service, officer_id: int) -> str:
    """Make a new link secret for an officer; her earlier links stop working at once.

    Raises:
        UnknownOfficerError: there is none.
    """
    raise NotImplementedError
