"""The commands of a trustee: each leaves one new file, or says in one sentence why not."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from audit.cli import app
from ballots.trustees import format_private_key, verify_public_key
from tests.assembly import BOXES, ELECTION, EVERY_FORM, PRIVATE_KEYS, Stage, hold_election
from tests.ballots.assembly import hold_ceremony


def teg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_trustee_makes_her_key(tmp_path: Path) -> None:
    path = tmp_path / "mine.privkey"
    result = teg("trustee", "key", "--out", path, "--name", "Example Trustee 7")
    assert result.exit_code == 0
    public = (tmp_path / "mine.pubkey").read_bytes()
    assert verify_public_key(public).name == "Example Trustee 7"
    assert result.stdout == public.decode() + "\n"
    before = path.read_bytes()
    for again in (teg("trustee", "key", "--out", path), teg("trustee", "key", "--out", path)):
        assert again.exit_code == 2
    assert path.read_bytes() == before
    assert teg("trustee", "key", "--out", tmp_path / "x.pubkey").exit_code == 2


def test_a_trustee_gives_her_share(tmp_path: Path) -> None:
    key, out = tmp_path / "key", tmp_path / "share.json"
    key.write_bytes(format_private_key(PRIVATE_KEYS[0]))
    folder = hold_election(until="closed").write(tmp_path / "record")
    arguments = ("trustee", "decrypt", "--key", key, folder, "--election", ELECTION, "--out", out)
    result = teg(*arguments)
    assert result.exit_code == 0, result.output
    shares = json.loads(out.read_text())
    assert list(shares) == list(BOXES.values())
    assert all(set(share) == {"decryption", "proofs"} for share in shares.values())
    assert teg(*arguments).exit_code == 2  # the file is there


def test_a_trustee_with_another_key_gives_none(tmp_path: Path) -> None:
    key, out = tmp_path / "key", tmp_path / "share.json"
    key.write_bytes(format_private_key(77))
    folder = hold_election(until="closed").write(tmp_path / "record")
    result = teg("trustee", "decrypt", "--key", key, folder, "--election", ELECTION, "--out", out)
    assert result.exit_code == 1
    assert "no trustee" in result.stderr
    assert not out.exists()
    key.write_bytes(b"no key")
    assert (
        teg(
            "trustee", "decrypt", "--key", key, folder, "--election", ELECTION, "--out", out
        ).exit_code
        == 1
    )


@pytest.mark.parametrize("stage", ["draft", "open"])
def test_a_trustee_before_closing_or_with_a_wrong_record(tmp_path: Path, stage: Stage) -> None:
    key, out = tmp_path / "key", tmp_path / "share.json"
    key.write_bytes(format_private_key(PRIVATE_KEYS[0]))
    folder = hold_election(until=stage).write(tmp_path / "record")
    arguments = ("trustee", "decrypt", "--key", key, folder, "--election", ELECTION, "--out", out)
    assert teg(*arguments).exit_code == (2 if stage == "draft" else 1)
    (folder / "log/checkpoint").write_bytes(b"")
    assert teg(*arguments).exit_code == 1
    (folder / "log/checkpoint").unlink()
    assert teg(*arguments).exit_code == 3
    assert not out.exists()


def test_a_trustee_shuffles(tmp_path: Path) -> None:
    out = tmp_path / "shuffle.json"
    folder = hold_election(plan=EVERY_FORM, until="closed").write(tmp_path / "record")
    arguments = ("trustee", "shuffle", folder, "--election", ELECTION, "--out", out)
    result = teg(*arguments)
    assert result.exit_code == 0, result.output
    shuffles = json.loads(out.read_text())
    assert list(shuffles) == list(BOXES.values())
    assert all(set(shuffle) == {"shuffle"} for shuffle in shuffles.values())
    assert teg(*arguments).exit_code == 2  # the file is there
    assert teg("trustee", "shuffle", folder, "--election", "2" * 14, "--out", out).exit_code == 2


def test_one_of_several_trustees_opens_with_her_seed_and_her_sealed_share(tmp_path: Path) -> None:
    ceremony = hold_ceremony()
    key, sealed, out = tmp_path / "mine.key", tmp_path / "mine.dkey", tmp_path / "share.json"
    key.write_text(ceremony.seeds[0].text)
    sealed.write_text(ceremony.keys[0].sealed)
    folder = hold_election(plan=EVERY_FORM, until="shuffled").write(tmp_path / "record")
    arguments = ("trustee", "decrypt", folder, "--election", ELECTION, "--key", key, "--out", out)
    result = teg(*arguments)
    assert result.exit_code == 2
    assert "--decryption-key" in result.stderr
    result = teg(*arguments, "--decryption-key", sealed)
    assert result.exit_code == 0, result.output
    made = json.loads(out.read_text())

    kept, again = tmp_path / "kept", tmp_path / "again.json"
    kept.mkdir()
    for box, share in made.items():
        (kept / f"{box}.json").write_text(share["decryption"])
    beside = (*arguments[:-1], again, "--decryption-key", sealed, "--use")
    assert teg(*beside, kept).exit_code == 0
    found = json.loads(again.read_text())
    assert [share["decryption"] for share in found.values()] == [
        share["decryption"] for share in made.values()
    ]
    again.unlink()
    assert teg(*beside, tmp_path / "none").exit_code == 2
