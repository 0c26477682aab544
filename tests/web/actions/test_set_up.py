"""Setting up: keys, guard, charter; once."""

import pytest

from audit.entries import CharterEntry, parse_entry
from audit.note import VerifierKey
from tests.web.actions.acts import log_of
from tests.web.cooperative import CHARTER, PASSPHRASE, Cooperative, make_settings
from voting.charter.charter_format import format_charter
from web.actions.publish_scripts import publish_scripts
from web.actions.set_up import set_up_installation
from web.errors import AlreadySetUpError, BadAddressError, KeyFileError, WeakPassphraseError
from web.record import fetch
from web.service import open_service
from web.store.load import digest_of
from web.views import log_view, organisation


def test_the_charter_is_the_first_entry(coop: Cooperative) -> None:
    entry = parse_entry(log_of(coop)[0])
    assert isinstance(entry, CharterEntry)
    assert entry.certifier == coop.set_up.certifier
    charter = fetch(coop.service, f"objects/{entry.charter}")
    assert charter is not None
    assert charter.content == format_charter(CHARTER)
    key = VerifierKey.parse(coop.set_up.vkey)
    view = organisation(coop.service)
    assert (view.vkey, view.fingerprint, view.charter) == (key.vkey, key.fingerprint, CHARTER)
    assert log_view(coop.service).origin == "localhost:8000/log"


def test_a_second_set_up_is_refused(coop: Cooperative) -> None:
    with pytest.raises(AlreadySetUpError):
        set_up_installation(coop.service, CHARTER, "Other", "o@people.example", PASSPHRASE)
    assert len(log_of(coop)) == 1


def test_keys_are_readable_by_their_owner_only(coop: Cooperative) -> None:
    keys = coop.folder / "keys"
    assert keys.stat().st_mode & 0o777 == 0o700
    for name in ("vault.key", "log.key", "certifier.pem"):
        assert (keys / name).stat().st_mode & 0o777 == 0o600
    assert b"ENCRYPTED PRIVATE KEY" in (keys / "certifier.pem").read_bytes()


@pytest.mark.parametrize(
    ("name", "email", "passphrase", "error"),
    [
        ("Officer", "o@people.example", "short", WeakPassphraseError),
        ("", "o@people.example", PASSPHRASE, BadAddressError),
        ("Officer", "nowhere", PASSPHRASE, BadAddressError),
        ("Officer", "o@people.example\nBcc: x@y.example", PASSPHRASE, BadAddressError),
    ],
    ids=["passphrase", "no-name", "no-address", "two-lines"],
)
def test_a_bad_officer_sets_nothing_up(
    coop: Cooperative, name: str, email: str, passphrase: str, error: type[Exception]
) -> None:
    service = open_service(make_settings(coop.folder / "other"), background=False)
    with pytest.raises(error):
        set_up_installation(service, CHARTER, name, email, passphrase)
    assert organisation(service).charter is None
    service.close()


@pytest.mark.parametrize("name", ["vault.key", "log.key"])
def test_without_its_keys_a_service_does_not_start(coop: Cooperative, name: str) -> None:
    coop.service.close()
    (coop.folder / "keys" / name).unlink()
    with pytest.raises(KeyFileError, match=name):
        open_service(coop.service.settings, background=False)


def test_scripts_are_logged_when_they_change(coop: Cooperative) -> None:
    files = {"page.js": b"one", "worker.js": b"two"}
    assert publish_scripts(coop.service, files)
    assert not publish_scripts(coop.service, files)
    assert publish_scripts(coop.service, {**files, "page.js": b"three"})
    assert len(log_of(coop)) == 3
    script = fetch(coop.service, f"objects/{digest_of(b'three')}")
    assert script is not None
    assert script.content == b"three"
