import json
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from audit.cli import add_installed, app, main
from audit.merkle import EMPTY_ROOT
from ballots.archive import ArchiveBuilder
from tests.assembly import (
    BOXES,
    ELECTION,
    SIGNER,
    bending,
    hold_election,
)
from tests.ballots.box import TIMESTAMP, make_box


def teg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hold_election().write(tmp_path_factory.mktemp("record"))


def test_a_right_record_in_words(folder: Path) -> None:
    result = teg("verify", folder)
    assert result.exit_code == 0
    assert "✓ 1. The log's key" in result.stdout
    assert "Everything in this record is right." in result.stdout
    assert "contest 1: passed" in result.stdout
    assert "supported: 3 of 4 members have voted" in result.stdout
    assert SIGNER.key.fingerprint in result.stdout


def test_a_right_record_for_machines(folder: Path) -> None:
    result = teg("verify", folder, "--json", "--key", SIGNER.vkey)
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert (report["verdict"], report["error"], report["key_given"]) == ("right", None, True)
    assert report["elections"][0]["outcomes"] == [["1", "passed"]]
    assert [step["number"] for step in report["steps"]] == list(range(1, len(report["steps"]) + 1))


def test_a_wrong_record_is_named_in_one_sentence(tmp_path: Path) -> None:
    bend = bending("archived:employees", lambda found: found[:-1])
    folder = hold_election(bend).write(tmp_path)
    result = teg("verify", folder, "--key", SIGNER.vkey)
    assert result.exit_code == 1
    (last,) = [line for line in result.stdout.splitlines() if line.startswith("Check ")]
    assert "The ballot box of employees" in last
    assert f"elections/{ELECTION}/boxes/employees.bel" in last
    assert "lacks the ballot" in last
    report = json.loads(teg("verify", folder, "--json").stdout)
    assert report["verdict"] == "failed"
    assert report["error"]["name"] == "DroppedBallotError"
    assert report["error"]["check"] == "box"


def test_a_record_with_a_hole_is_incomplete(tmp_path: Path) -> None:
    folder = hold_election().write(tmp_path)
    (folder / f"elections/{ELECTION}/proofs.json").unlink()
    result = teg("verify", folder)
    assert result.exit_code == 3
    assert "could not be finished" in result.stdout
    assert json.loads(teg("verify", folder, "--json").stdout)["verdict"] == "incomplete"


@pytest.mark.parametrize(
    "arguments",
    [
        ["/no/such/folder"],
        ["file:///etc"],
        ["."],
        [],
        ["--nonsense"],
    ],
)
def test_wrong_use(arguments: list[str], tmp_path: Path) -> None:
    if arguments == ["."]:
        result = teg("verify", tmp_path, "--key", "no key")
    else:
        result = teg("verify", *arguments)
    assert result.exit_code == 2


def test_an_election_that_the_record_has_not_is_wrong_use(folder: Path) -> None:
    result = teg("verify", folder, "--election", "AnotherELection")
    assert result.exit_code == 2
    assert "AnotherELection" in result.stderr


def test_the_checkpoint_is_kept_and_compared(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    early = hold_election(until="open").write(tmp_path / "early")
    late = hold_election().write(tmp_path / "late")
    assert teg("verify", early, "--keep-checkpoint", kept).exit_code == 0
    first = kept.read_bytes()
    assert first == (early / "log/checkpoint").read_bytes()
    assert "grown from" in teg("verify", late, "--keep-checkpoint", kept).stdout
    assert kept.read_bytes() == (late / "log/checkpoint").read_bytes()

    # Back to the short log: refused, and both signed heads are kept as evidence.
    result = teg("verify", early, "--keep-checkpoint", kept)
    assert result.exit_code == 1
    assert kept.read_bytes() == (late / "log/checkpoint").read_bytes()
    assert (tmp_path / "kept.contradiction").read_bytes() == first


def test_a_wrong_record_does_not_replace_the_kept_checkpoint(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    folder = hold_election(bending("result", lambda raw: raw + b" ")).write(tmp_path / "wrong")
    assert teg("verify", folder, "--keep-checkpoint", kept).exit_code == 1
    assert not kept.exists()


def test_a_kept_checkpoint_that_cannot_be_read_is_wrong_use(folder: Path, tmp_path: Path) -> None:
    assert teg("verify", folder, "--keep-checkpoint", tmp_path).exit_code == 2
    (tmp_path / "damaged").write_bytes(EMPTY_ROOT)
    assert teg("verify", folder, "--keep-checkpoint", tmp_path / "damaged").exit_code == 1


def test_a_record_is_downloaded_and_verified_offline(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine"
    result = teg("mirror", folder, target)
    assert result.exit_code == 0, result.output
    assert str(target) in result.stdout
    assert teg("verify", target, "--key", SIGNER.vkey).exit_code == 0
    assert teg("mirror", folder, target, "--election", "2" * 14).exit_code == 2
    assert teg("mirror", "http://127.0.0.1:1", target).exit_code == 3
    assert teg("mirror", folder, folder / "key" / "below").exit_code == 2


def test_help_names_every_command() -> None:
    result = teg("--help")
    assert result.exit_code == 0
    assert "verify" in result.stdout
    assert "trustee" in result.stdout


def add_commands(app: typer.Typer) -> None:
    """What another package adds, as an entry point names it."""

    @app.command("greet")
    def greet() -> None:
        typer.echo("hello")


def point(value: str) -> EntryPoint:
    return EntryPoint("service", value, "teg.commands")


def test_installed_packages_add_their_commands() -> None:
    add_installed([point("tests.audit.test_cli:add_commands")])
    result = teg("greet")
    assert (result.exit_code, result.stdout) == (0, "hello\n")


def test_without_the_server_its_commands_are_not_there(tmp_path: Path) -> None:
    # A package whose own dependency is missing is passed over, as the small core does.
    add_installed([point("a_server_that_is_not_installed:add_commands")])


def test_a_fault_of_our_own_is_not_passed_over() -> None:
    with pytest.raises(ModuleNotFoundError):
        add_installed([point("audit.no_such_module:add_commands")])


def test_the_program_runs_with_what_is_installed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["teg", "--help"])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 0
    assert "verify" in capsys.readouterr().out


def test_for_observers_no_other_package_is_loaded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def load(**_: str) -> None:
        raise AssertionError

    monkeypatch.setattr("audit.cli.entry_points", load)
    for command in ("verify", "mirror"):
        monkeypatch.setattr(sys, "argv", ["teg", command, "--help"])
        with pytest.raises(SystemExit) as caught:
            main()
        assert caught.value.code == 0
        assert command in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["teg", "trustee", "--help"])
    with pytest.raises(AssertionError):
        main()


def test_an_archive_loads_no_more_than_it_needs(folder: Path) -> None:
    college = next(iter(BOXES))
    path = folder / f"elections/{ELECTION}/boxes/{college}.bel"
    program = (
        "import sys\n"
        "from audit.cli import main\n"
        "try: main()\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "verify", path], capture_output=True, text=True, check=True
    )
    loaded = set(done.stderr.split())
    assert "ballots.verification" in loaded
    # Records, the log and its signatures, manifests and counting, trustees' rounds.
    for other in ("audit.verifier", "cryptography", "voting.charter", "ballots.rounds", "web"):
        assert other not in loaded


def test_an_interrupted_verification_is_incomplete(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("audit.verify_record.verify_record", interrupt)
    result = teg("verify", folder)
    assert result.exit_code == 3
    assert "interrupted" in result.stderr


# --- one archive ------------------------------------------------------------------------


def test_one_archive_in_words_and_for_machines(folder: Path) -> None:
    college = next(iter(BOXES))
    path = folder / f"elections/{ELECTION}/boxes/{college}.bel"
    proofs = folder / f"elections/{ELECTION}/proofs.json"
    result = teg("verify", path)
    assert result.exit_code == 0
    assert "This archive is right." in result.stdout
    assert "second decryption proofs were not given" in result.stdout
    assert "question 1: " in result.stdout
    result = teg("verify", path, "--strict", "--proofs", proofs)
    assert result.exit_code == 0
    assert "as the service makes them" in result.stdout
    report = json.loads(teg("verify", path, "--json").stdout)
    assert (report["verdict"], report["error"]) == ("right", None)


def test_one_archive_that_is_wrong_is_named(folder: Path, tmp_path: Path) -> None:
    college = next(iter(BOXES))
    path = folder / f"elections/{ELECTION}/boxes/{college}.bel"
    result = teg("verify", path, "--strict")
    assert result.exit_code == 1
    assert "without giving the second proof" in result.stdout
    bent = tmp_path / "bent.bel"
    bent.write_bytes(path.read_bytes() + bytes(1024))
    result = teg("verify", bent, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]["name"] == "RecordHeaderError"


@pytest.mark.parametrize(
    "options",
    [
        ["--key", SIGNER.vkey],
        ["--election", ELECTION],
        ["--keep-checkpoint", "kept"],
        ["--proofs", "/no/such/file"],
    ],
)
def test_wrong_use_with_one_archive(folder: Path, options: list[str]) -> None:
    college = next(iter(BOXES))
    path = folder / f"elections/{ELECTION}/boxes/{college}.bel"
    assert teg("verify", path, *options).exit_code == 2


def test_a_record_has_no_options_of_an_archive(folder: Path) -> None:
    assert teg("verify", folder, "--strict").exit_code == 2
    assert teg("verify", folder, "--proofs", "proofs.json").exit_code == 2


def test_a_running_box_has_no_result_to_show(tmp_path: Path) -> None:
    box = make_box()
    builder = ArchiveBuilder(TIMESTAMP)
    builder.setup(box.election.raw, box.trustees, box.credentials)
    path = tmp_path / "box.bel"
    path.write_bytes(builder.to_bytes())
    result = teg("verify", path)
    assert result.exit_code == 0
    assert "The box is open" in result.stdout
    assert "question 1" not in result.stdout


# --- means of a verification ------------------------------------------------------------


def test_a_state_is_kept_and_gone_on_from(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    state = tmp_path / "state"
    box = folder / f"elections/{ELECTION}/boxes/supported.bel"
    for place in (folder, box):
        first = teg("verify", place, "--resume", state, "--cores", "1")
        assert first.exit_code == 0
        assert "went on from there" in teg("verify", place, "--resume", state).stdout
    (key,) = tmp_path.rglob("state.key")
    assert key.stat().st_mode & 0o077 == 0
    key.write_bytes(bytes(32))
    assert "not made by a run of yours" in teg("verify", box, "--resume", state).stdout


def test_means_that_cannot_be_had_are_wrong_use(folder: Path, tmp_path: Path) -> None:
    assert teg("verify", folder, "--cores", "0").exit_code == 2
    both = teg("verify", folder, "--cores", "2", "--dask", "tcp://127.0.0.1:1")
    assert both.exit_code == 2
    assert "--cores and --dask" in both.stderr
    assert teg("verify", folder, "--dask", "nonsense").exit_code == 2
    (tmp_path / "text").write_text("my notes")
    for place in (folder, folder / f"elections/{ELECTION}/boxes/supported.bel"):
        assert teg("verify", place, "--resume", tmp_path / "text").exit_code == 2
    assert (tmp_path / "text").read_text() == "my notes"
