import json
import os
import stat
from pathlib import Path

import pytest

from audit.entries import SetupEntry, TallyEntry
from audit.record import FolderRecord
from audit.record_errors import (
    FileExistsAlreadyError,
    NotATrusteeError,
    SmallBoxError,
    TallyNotReadyError,
    UnknownElectionAskedError,
    UnreadableFileError,
    UnwritableFileError,
)
from audit.report import VerificationError
from audit.trustee import decrypt_record, format_shares, make_key, read_key
from ballots.decryption import verify_decryption, verify_second_proof
from ballots.election import parse_election
from ballots.errors import PrivateKeyFormError
from ballots.trustees import format_private_key, make_public_key, verify_public_key
from tests.assembly import (
    BOXES,
    ELECTION,
    PRIVATE_KEYS,
    SIGNER,
    Assembly,
    Bend,
    Stage,
    bending,
    hold_election,
)
from tests.audit.attacks import count_wrongly, stuffed
from voting.elections import Rules


def decrypt(
    made: Assembly, folder: Path, private: int = PRIVATE_KEYS[1], election: str = ELECTION
) -> dict[str, dict[str, str]]:
    shares = decrypt_record(
        FolderRecord(made.write(folder)), election, private, os.urandom, key=SIGNER.key
    )
    found = json.loads(format_shares(shares))
    assert isinstance(found, dict)
    return found


# --- the key ----------------------------------------------------------------------------


def test_a_key_is_kept_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "mine.privkey"
    public = verify_public_key(make_key(path, "Example Trustee 7", os.urandom))
    assert public.name == "Example Trustee 7"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert verify_public_key(make_public_key(read_key(path), os.urandom)).point == public.point
    # As the independent tool writes it: a JSON string of the decimal number.
    assert path.read_bytes() == format_private_key(read_key(path))
    assert json.loads(path.read_text()).isdigit()


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.privkey"
    make_key(path, None, os.urandom)
    before = path.read_bytes()
    with pytest.raises(FileExistsAlreadyError):
        make_key(path, None, os.urandom)
    assert path.read_bytes() == before
    with pytest.raises(UnwritableFileError):
        make_key(tmp_path / "no such folder" / "mine.privkey", None, os.urandom)


def test_a_file_that_holds_no_key(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_key(tmp_path / "none")
    (tmp_path / "wrong").write_bytes(b"x" * 10_000)
    with pytest.raises(PrivateKeyFormError):
        read_key(tmp_path / "wrong")


# --- the share --------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["closed", "tallying"])
def test_a_share_of_every_box_with_both_proofs(tmp_path: Path, stage: Stage) -> None:
    made = hold_election(until=stage)
    shares = decrypt(made, tmp_path)
    assert list(shares) == list(BOXES.values())
    public = verify_public_key(make_public_key(PRIVATE_KEYS[1], os.urandom)).public_key
    objects = {path: raw for path, raw in made.files.items() if path.startswith("objects/")}
    (setup,) = [entry for entry in made.entries if isinstance(entry, SetupEntry)]
    tallies = {entry.box: entry for entry in made.entries if isinstance(entry, TallyEntry)}
    for box in setup.boxes:
        election = parse_election(objects[f"objects/{box.election}"])
        encrypted = objects[f"objects/{tallies[box.box].encrypted_tally}"]
        decryption = shares[box.box]["decryption"].encode()
        verify_decryption(election, encrypted, public, decryption)
        proofs = shares[box.box]["proofs"].encode()
        verify_second_proof(election, encrypted, public, decryption, proofs)


def test_a_key_of_somebody_else_opens_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotATrusteeError):
        decrypt(hold_election(until="closed"), tmp_path, private=77)


@pytest.mark.parametrize("stage", ["announced", "open", "tallied", "certified"])
def test_nothing_is_opened_before_closing_or_after_the_result(tmp_path: Path, stage: Stage) -> None:
    with pytest.raises(TallyNotReadyError):
        decrypt(hold_election(until=stage), tmp_path)


def test_an_election_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnknownElectionAskedError):
        decrypt(hold_election(until="closed"), tmp_path, election="AnotherELection")
    with pytest.raises(UnknownElectionAskedError):
        decrypt(hold_election(until="draft"), tmp_path)


def test_nothing_is_opened_before_every_box_has_its_sum(tmp_path: Path) -> None:
    made = hold_election(bending("entries", lambda entries: entries[:-1]), until="closed")
    with pytest.raises(TallyNotReadyError):
        decrypt(made, tmp_path)


@pytest.mark.parametrize(
    ("bend", "error"),
    [
        # A "sum" that leaves out all ballots but one would open that one.
        (count_wrongly("employees", 1), "EncryptedTallyError"),
        (bending("ballots:supported", stuffed), "UnknownCredentialError"),
    ],
)
def test_a_dishonest_service_gets_no_share(tmp_path: Path, bend: Bend, error: str) -> None:
    with pytest.raises(VerificationError) as caught:
        decrypt(hold_election(bend, until="closed"), tmp_path)
    assert type(caught.value.cause).__name__ == error


def test_a_box_of_a_handful_is_not_opened_against_the_rules(tmp_path: Path) -> None:
    made = hold_election(until="closed", rules=Rules(open_small_boxes=False))
    with pytest.raises(VerificationError) as caught:
        decrypt(made, tmp_path)
    assert isinstance(caught.value.cause, SmallBoxError)
