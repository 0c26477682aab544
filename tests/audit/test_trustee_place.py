"""A trustee's place in an announced election: her key, and the certificates she was shown."""

import os
from pathlib import Path

import pytest

from audit.record import FolderRecord
from audit.record_errors import (
    NotATrusteeError,
    OtherCertificatesError,
    UnknownElectionAskedError,
)
from audit.trustee_place import find_place
from ballots.pedersen import Context
from ballots.seeds import make_certificate, make_seed
from tests.assembly import ELECTION, EVERY_FORM, PRIVATE_KEYS, Stage, hold_election
from tests.assembly.people import MOTION, Plan
from tests.audit.attacks import flip_digit
from tests.audit.test_trustee_cli import teg
from tests.ballots.assembly import hold_ceremony

CEREMONY = hold_ceremony()
SHOWN = b"\n".join([*CEREMONY.raw_certificates, *[one.encode() for one in CEREMONY.digests], b""])


def place(
    folder: Path,
    private: int,
    first_round: bytes | None = None,
    *,
    plan: Plan = MOTION,
    until: Stage = "announced",
    election: str = ELECTION,
) -> int:
    record = FolderRecord(hold_election(plan=plan, until=until).write(folder))
    return find_place(record, election, private, os.urandom, first_round=first_round)


@pytest.mark.parametrize("until", ["announced", "closed"])
def test_each_trustee_finds_her_own(tmp_path: Path, until: Stage) -> None:
    for number, private in enumerate(PRIVATE_KEYS, 1):
        assert place(tmp_path / str(number), private, until=until) == number
    for number, private in enumerate(CEREMONY.private_keys, 1):
        folder = tmp_path / f"together-{number}"
        assert place(folder, private, SHOWN, plan=EVERY_FORM, until=until) == number


def test_a_key_that_was_left_out_is_missed(tmp_path: Path) -> None:
    with pytest.raises(NotATrusteeError):
        place(tmp_path, 77)


def test_another_trustee_in_ones_stead_is_seen(tmp_path: Path) -> None:
    """The service showed a certificate of its own, and made the key with the right one."""
    own = make_certificate(make_seed(os.urandom), Context(3, 2, 2), os.urandom)
    first, second, third = CEREMONY.raw_certificates
    for number, shown in enumerate(((first, own, third), (second, first, third), (first,))):
        with pytest.raises(OtherCertificatesError):
            place(
                tmp_path / str(number),
                CEREMONY.private_keys[0],
                b"\n".join(shown),
                plan=EVERY_FORM,
            )


def test_before_the_announcement_there_is_no_place(tmp_path: Path) -> None:
    with pytest.raises(UnknownElectionAskedError):
        place(tmp_path / "draft", PRIVATE_KEYS[0], until="draft")
    with pytest.raises(UnknownElectionAskedError):
        place(tmp_path / "other", PRIVATE_KEYS[0], election="2" * 14)


def test_the_command_says_it_in_one_sentence(tmp_path: Path) -> None:
    folder = hold_election(plan=EVERY_FORM, until="announced").write(tmp_path / "record")
    key, sealed = tmp_path / "mine.key", tmp_path / "mine.dkey"
    key.write_text(CEREMONY.seeds[1].text)
    sealed.write_text(CEREMONY.keys[1].sealed)
    keys = ("--key", key, "--decryption-key", sealed)
    arguments = ("trustee", "check", folder, "--election", ELECTION, *keys)
    ran = teg(*arguments)
    assert ran.exit_code == 0, ran.output
    assert ran.stdout == "The election's key was made with yours: you are trustee 2.\n"
    kept = tmp_path / "mine.round"
    kept.write_bytes(SHOWN)
    assert f"those that you were shown ({kept})" in teg(*arguments).stdout
    kept.write_bytes(flip_digit(SHOWN))
    ran = teg(*arguments)
    assert (ran.exit_code, "other certificates than you were shown" in ran.stderr) == (1, True)
