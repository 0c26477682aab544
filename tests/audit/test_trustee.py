import json
import os
from pathlib import Path

import pytest

from audit.entries import SetupEntry, ShuffleEntry, TallyEntry
from audit.record import FolderRecord
from audit.record_errors import (
    NotATrusteeError,
    NothingToShuffleError,
    SmallBoxError,
    TallyNotReadyError,
    UnknownElectionAskedError,
    UnreadableFileError,
)
from audit.report import VerificationError
from audit.trustee import decrypt_record, format_shares, format_shuffles, shuffle_record
from ballots.decryption import verify_decryption, verify_second_proof
from ballots.election import Election, parse_election
from ballots.errors import BallotError, DecryptionProofError, ShuffleProofError
from ballots.mixing import take_shuffle, verify_shuffle
from ballots.trustees import make_public_key, verify_public_key
from tests.assembly import (
    BOXES,
    ELECTION,
    EVERY_FORM,
    PRIVATE_KEYS,
    SIGNER,
    Assembly,
    Bend,
    Stage,
    bending,
    hold_election,
)
from tests.audit.attacks import bend_response, count_wrongly, flip_digit, stuffed
from tests.ballots.assembly import hold_ceremony
from voting.elections import Rules

Parts = dict[str, dict[str, str]]


def decrypt(
    made: Assembly,
    folder: Path,
    private: int = PRIVATE_KEYS[1],
    election: str = ELECTION,
    use: Path | None = None,
) -> Parts:
    record = FolderRecord(made.write(folder))
    shares = decrypt_record(record, election, private, os.urandom, use=use, key=SIGNER.key)
    found = json.loads(format_shares(shares))
    assert isinstance(found, dict)
    return found


def shuffle(made: Assembly, folder: Path, use: Path | None = None) -> Parts:
    record = FolderRecord(made.write(folder))
    found = json.loads(format_shuffles(shuffle_record(record, ELECTION, os.urandom, use=use)))
    assert isinstance(found, dict)
    return found


def tallies(made: Assembly) -> dict[str, tuple[Election, bytes]]:
    """Each box's election, and its tally as the last shuffle left it."""
    objects = {path.removeprefix("objects/"): raw for path, raw in made.files.items()}
    (setup,) = [entry for entry in made.entries if isinstance(entry, SetupEntry)]
    elections = {box.box: parse_election(objects[box.election]) for box in setup.boxes}
    found: dict[str, tuple[Election, bytes]] = {}
    for entry in made.entries:
        if isinstance(entry, TallyEntry):
            found[entry.box] = (elections[entry.box], objects[entry.encrypted_tally])
        if isinstance(entry, ShuffleEntry):
            election, tally = found[entry.box]
            found[entry.box] = (election, take_shuffle(election, tally, objects[entry.shuffle]))
    return found


# --- the share --------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["closed", "tallying"])
def test_a_share_of_every_box_with_both_proofs(tmp_path: Path, stage: Stage) -> None:
    made = hold_election(until=stage)
    shares = decrypt(made, tmp_path)
    verify_shares(made, shares, PRIVATE_KEYS[1])


def verify_shares(made: Assembly, shares: Parts, private: int) -> None:
    assert list(shares) == list(BOXES.values())
    public = verify_public_key(make_public_key(private, os.urandom)).public_key
    for box, (election, tally) in tallies(made).items():
        decryption, proofs = (shares[box][part].encode() for part in ("decryption", "proofs"))
        verify_decryption(election, tally, public, decryption)
        verify_second_proof(election, tally, public, decryption, proofs)


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


# --- what another program decrypted -----------------------------------------------------


def keep(shares: Parts, folder: Path) -> Path:
    """As belenios-tool leaves them: a partial decryption for each box, with a line's end."""
    folder.mkdir()
    for box, share in shares.items():
        (folder / f"{box}.json").write_text(share["decryption"] + "\n")
    return folder


def test_second_proofs_are_made_beside_another_programs_decryption(tmp_path: Path) -> None:
    made = hold_election(until="closed")
    theirs = decrypt(made, tmp_path / "theirs")
    ours = decrypt(made, tmp_path / "ours", use=keep(theirs, tmp_path / "kept"))
    verify_shares(made, ours, PRIVATE_KEYS[1])
    for box, share in theirs.items():
        assert ours[box]["decryption"] == share["decryption"]
        assert ours[box]["proofs"] != share["proofs"]


def test_another_programs_decryption_must_be_hers_and_whole(tmp_path: Path) -> None:
    made = hold_election(until="closed")
    kept = keep(decrypt(made, tmp_path / "record"), tmp_path / "kept")
    with pytest.raises(DecryptionProofError):
        decrypt(made, tmp_path / "record", private=PRIVATE_KEYS[0], use=kept)
    place = kept / f"{BOXES['employees']}.json"
    place.write_bytes(flip_digit(place.read_bytes()))
    with pytest.raises(DecryptionProofError):
        decrypt(made, tmp_path / "record", use=kept)
    place.unlink()
    with pytest.raises(UnreadableFileError):
        decrypt(made, tmp_path / "record", use=kept)


# --- the shuffle ------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["closed", "shuffling"])
def test_a_shuffle_goes_on_from_the_last_one(tmp_path: Path, stage: Stage) -> None:
    made = hold_election(plan=EVERY_FORM, until=stage)
    shuffles = shuffle(made, tmp_path)
    assert list(shuffles) == list(BOXES.values())
    for box, (election, tally) in tallies(made).items():
        assert set(shuffles[box]) == {"shuffle"}
        verify_shuffle(election, tally, shuffles[box]["shuffle"].encode())


def test_only_boxes_that_lack_a_shuffle_are_shuffled(tmp_path: Path) -> None:
    made = hold_election(
        bending("entries", lambda found: found[:-1]), plan=EVERY_FORM, until="shuffled"
    )
    assert list(shuffle(made, tmp_path)) == [BOXES["community"]]


def keep_shuffles(shuffles: Parts, folder: Path) -> Path:
    folder.mkdir()
    for box, made in shuffles.items():
        (folder / f"{box}.json").write_text(made["shuffle"] + "\n")
    return folder


def test_another_programs_shuffle_is_verified_and_taken(tmp_path: Path) -> None:
    made = hold_election(plan=EVERY_FORM, until="shuffling")
    theirs = shuffle(made, tmp_path / "theirs")
    kept = keep_shuffles(theirs, tmp_path / "kept")
    assert shuffle(made, tmp_path / "ours", use=kept) == theirs
    place = kept / f"{BOXES['employees']}.json"
    place.write_text(theirs[BOXES["supported"]]["shuffle"])
    with pytest.raises(BallotError):
        shuffle(made, tmp_path / "bent", use=kept)
    place.unlink()
    with pytest.raises(UnreadableFileError):
        shuffle(made, tmp_path / "missing", use=kept)


def test_another_programs_shuffle_of_an_earlier_tally_is_refused(tmp_path: Path) -> None:
    early = shuffle(hold_election(plan=EVERY_FORM, until="closed"), tmp_path / "early")
    kept = keep_shuffles(early, tmp_path / "kept")
    with pytest.raises(ShuffleProofError):
        shuffle(hold_election(plan=EVERY_FORM, until="shuffling"), tmp_path / "late", use=kept)


def test_nothing_is_shuffled_twice_by_too_many_or_without_need(tmp_path: Path) -> None:
    for number, made in enumerate(
        (hold_election(plan=EVERY_FORM, until="shuffled"), hold_election(until="closed"))
    ):
        with pytest.raises(NothingToShuffleError):
            shuffle(made, tmp_path / str(number))
    with pytest.raises(TallyNotReadyError):
        shuffle(hold_election(plan=EVERY_FORM, until="open"), tmp_path / "open")


@pytest.mark.parametrize(
    ("bend", "error"),
    [
        (bending("shuffle:employees:3", bend_response), "ShuffleProofError"),
        (count_wrongly("employees", 1), "EncryptedTallyError"),
    ],
)
def test_a_wrong_record_gets_no_shuffle(tmp_path: Path, bend: Bend, error: str) -> None:
    made = hold_election(bend, plan=EVERY_FORM, until="shuffling")
    with pytest.raises(VerificationError) as caught:
        shuffle(made, tmp_path)
    assert type(caught.value.cause).__name__ == error


def test_what_was_shuffled_is_opened_after_the_last_shuffle(tmp_path: Path) -> None:
    private = hold_ceremony().private_keys[0]
    made = hold_election(plan=EVERY_FORM, until="tallying")
    verify_shares(made, decrypt(made, tmp_path / "whole", private), private)
    stages: tuple[Stage, ...] = ("closed", "shuffling")
    for stage in stages:
        early = hold_election(plan=EVERY_FORM, until=stage)
        with pytest.raises(TallyNotReadyError, match="not yet shuffled by 2"):
            decrypt(early, tmp_path / stage, private)
