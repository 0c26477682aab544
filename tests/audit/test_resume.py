"""The state of a run: a second one verifies the rest only; nobody else's is trusted."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit.archive_file import FileVerificationError, verify_file
from audit.means_errors import NotAStateError, StateKeyError
from audit.record import FolderRecord
from audit.record_errors import UnreadableFileError, UnwritableFileError
from audit.report import Progress, Report, VerificationError
from audit.resume import KEY_SIZE, KeptState, format_state, parse_state, read_key
from audit.verifier import verify_record
from ballots.archive import read_archive
from ballots.errors import BallotSignatureError, EncryptedTallyError
from ballots.halfway import Halfway, state_halfway
from tests.assembly import hold_election
from tests.ballots.box import open_box, sign_again
from voting.canonical import format_canonical

OPENED = open_box()
RAW = OPENED.write()
WRONG = sign_again(OPENED.box, 1, OPENED.ballots[0], lambda _: None)
KEY = bytes(range(KEY_SIZE))


class Interrupted(Progress):
    """A person who presses Ctrl+C once so many ballots are done; remembers what was done."""

    def __init__(self, after: int = 1_000_000) -> None:
        self.done: list[tuple[int, int]] = []
        self._after = after

    def advance(self, what: str, done: int, whole: int) -> None:
        if what == "ballots":
            self.done.append((done, whole))
            if len(self.done) > self._after:
                raise KeyboardInterrupt


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ballots.ballot_checks.CHUNK", 1)


@pytest.fixture
def keep(tmp_path: Path) -> Callable[[], KeptState]:
    return lambda: KeptState(tmp_path / "state", tmp_path / "keys" / "state.key")


def write(folder: Path, raw: bytes = RAW) -> Path:
    (folder / "box.bel").write_bytes(raw)
    return folder / "box.bel"


def interrupt(path: Path, kept: KeptState, after: int = 2) -> None:
    with pytest.raises(KeyboardInterrupt):
        verify_file(path, kept=kept, progress=Interrupted(after))


def test_an_interrupted_file_is_gone_on_with(tmp_path: Path, keep: Callable[[], KeptState]) -> None:
    path = write(tmp_path)
    interrupt(path, keep())
    seen = Interrupted()
    report = verify_file(path, kept=keep(), progress=seen)
    assert seen.done == [(2, 3), (3, 3)]
    assert report.summary is not None
    assert report.summary.result == ((1, 0, 1),)
    assert "the first 2 of 3 ballots; this one went on" in report.steps.remarks[0]
    again = Interrupted()
    verify_file(path, kept=keep(), progress=again)
    assert again.done == [(3, 3)]


def run(folder: Path, kept: KeptState, progress: Progress | None = None) -> Report:
    return verify_record(FolderRecord(folder), kept=kept, progress=progress)


@pytest.mark.parametrize("until", ["open", "certified"])
def test_an_interrupted_record_is_gone_on_with(
    until: Any, tmp_path: Path, keep: Callable[[], KeptState]
) -> None:
    folder = hold_election(until=until).write(tmp_path / "record")
    whole = Interrupted()
    report = run(folder, KeptState(tmp_path / "other", tmp_path / "other.key"), whole)
    with pytest.raises(KeyboardInterrupt):
        run(folder, keep(), Interrupted(5))
    rest = Interrupted()
    second = run(folder, keep(), rest)
    assert len(rest.done) < len(whole.done)
    assert replace(second, remarks=report.remarks) == report
    assert any("went on from there" in remark for remark in second.remarks)


def test_a_box_that_grew_is_gone_on_with(tmp_path: Path, keep: Callable[[], KeptState]) -> None:
    early = hold_election(until="open").write(tmp_path / "early")
    late = hold_election().write(tmp_path / "late")
    run(early, keep())
    rest = Interrupted()
    assert any("went on from there" in remark for remark in run(late, keep(), rest).remarks)
    assert all(done == whole for done, whole in rest.done)


# --- attacks ----------------------------------------------------------------------------


def forge(path: Path, key: bytes = KEY) -> None:
    """A state of another user's, that calls every ballot in the archive verified."""
    archive = read_archive(path.read_bytes())
    rows = [b"".join([c.alpha + c.beta for c in row]) for row in OPENED.tally.counts]
    whole = state_halfway(archive, OPENED.box.election, len(archive.ballots), rows)
    path.with_name("state").write_bytes(format_state({whole.setup: whole}, key))


def test_a_forged_state_never_makes_a_bad_box_pass(
    tmp_path: Path, keep: Callable[[], KeptState]
) -> None:
    path = write(tmp_path, OPENED.write(ballots=[WRONG, *OPENED.ballots]))
    forge(path)
    with pytest.raises(FileVerificationError) as caught:
        verify_file(path, kept=keep())
    assert isinstance(caught.value.cause, BallotSignatureError)
    assert "not made by a run of yours" in caught.value.report.remarks[0]

    record = hold_election(until="open").write(tmp_path / "record")
    forge(path)
    assert any("not made by a run of yours" in remark for remark in run(record, keep()).remarks)

    # With the user's own key it would: that is what is trusted.
    forge(path, read_key(tmp_path / "keys" / "state.key"))
    assert verify_file(path, kept=keep()).summary is not None


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_state_is_good_for_the_ballots_it_was_made_of(
    at: int, tmp_path: Path, keep: Callable[[], KeptState]
) -> None:
    interrupt(write(tmp_path), keep(), 3)
    ballots = list(OPENED.ballots)
    ballots[at] = WRONG
    path = write(tmp_path, OPENED.write(ballots=ballots))
    with pytest.raises(FileVerificationError) as caught:
        verify_file(path, kept=keep())
    assert isinstance(caught.value.cause, BallotSignatureError)
    assert isinstance(caught.value, VerificationError)


def test_what_does_not_fit_is_verified_anew_and_said(
    tmp_path: Path, keep: Callable[[], KeptState]
) -> None:
    interrupt(write(tmp_path), keep())
    path = write(tmp_path, OPENED.write(ballots=OPENED.ballots[:2]))
    seen = Interrupted()
    with pytest.raises(FileVerificationError) as caught:
        verify_file(path, kept=keep(), progress=seen)
    assert isinstance(caught.value.cause, EncryptedTallyError)
    assert seen.done[0] == (0, 2)

    path = write(tmp_path, open_box(None).write())
    kept = keep()
    other = read_archive(path.read_bytes())
    (tmp_path / "state").unlink()
    kept.keep(replace(Halfway("0" * 64, 0, 0, "0" * 64, ()), setup=kept_setup(other)))
    report = verify_file(path, kept=keep())
    assert "does not fit it; everything was verified anew" in report.steps.remarks[0]


def kept_setup(archive: Any) -> str:
    return state_halfway(archive, OPENED.box.election, 0, [b""]).setup


def test_another_version_verifies_anew(
    tmp_path: Path, keep: Callable[[], KeptState], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path)
    with monkeypatch.context() as older:
        older.setattr("audit.resume.version", lambda _: "0.0.0")
        interrupt(path, keep())
    seen = Interrupted()
    report = verify_file(path, kept=keep(), progress=seen)
    assert seen.done[0] == (0, 3)
    assert "made by version 0.0.0: everything is verified anew" in report.steps.remarks[0]


# --- the file ---------------------------------------------------------------------------

BOX = Halfway("1" * 64, 2, 3, "2" * 64, (bytes(64), b""))
STATE = format_state({BOX.setup: BOX}, KEY)


def test_a_state_is_read_as_written(tmp_path: Path) -> None:
    state = parse_state(tmp_path, STATE, KEY)
    assert (state.boxes, state.is_sealed) == ((BOX,), True)
    assert not parse_state(tmp_path, STATE, bytes(KEY_SIZE)).is_sealed
    assert list(json.loads(STATE)) == ["v", "verifier", "boxes", "seal"]


def bend(change: Callable[[Any], object]) -> bytes:
    value = json.loads(STATE)
    change(value)
    return format_canonical(value)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"-----BEGIN PRIVATE KEY-----", id="something-else"),
        pytest.param(b"[]", id="list"),
        pytest.param(STATE + b"\n", id="line-feed"),
        pytest.param(bend(lambda s: s.pop("seal")), id="no-seal"),
        pytest.param(bend(lambda s: s.update(seal="0")), id="short-seal"),
        pytest.param(bend(lambda s: s.update(v=2)), id="version"),
        pytest.param(bend(lambda s: s.update(v=True)), id="true"),
        pytest.param(bend(lambda s: s.update(verifier=1)), id="verifier"),
        pytest.param(bend(lambda s: s.update(boxes={})), id="boxes"),
        pytest.param(bend(lambda s: s["boxes"].append(s["boxes"][0])), id="box-twice"),
        pytest.param(bend(lambda s: s["boxes"].append([])), id="box-list"),
        pytest.param(bend(lambda s: s["boxes"][0].update(extra=1)), id="extra"),
        pytest.param(bend(lambda s: s["boxes"][0].update(setup="x")), id="setup"),
        pytest.param(bend(lambda s: s["boxes"][0].update(verified=-1)), id="verified"),
        pytest.param(bend(lambda s: s["boxes"][0].update(ballots="3")), id="ballots"),
        pytest.param(bend(lambda s: s["boxes"][0].update(digest=None)), id="digest"),
        pytest.param(bend(lambda s: s["boxes"][0].update(sums=[1])), id="sum-number"),
        pytest.param(bend(lambda s: s["boxes"][0].update(sums=["00"])), id="short-sum"),
    ],
)
def test_what_is_no_state_is_refused_and_left_alone(
    raw: bytes, tmp_path: Path, keep: Callable[[], KeptState]
) -> None:
    with pytest.raises(NotAStateError):
        parse_state(tmp_path, raw, KEY)
    (tmp_path / "state").write_bytes(raw)
    with pytest.raises(NotAStateError):
        keep()
    assert (tmp_path / "state").read_bytes() == raw


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "a" / "state.key"
    key = read_key(path)
    assert (len(key), path.stat().st_mode & 0o777) == (KEY_SIZE, 0o600)
    assert read_key(path) == key
    path.chmod(0o640)
    with pytest.raises(StateKeyError, match="others"):
        read_key(path)


@pytest.mark.parametrize("content", [b"", bytes(KEY_SIZE - 1), bytes(KEY_SIZE + 1)])
def test_what_is_no_key_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "state.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(StateKeyError):
        read_key(path)


def test_where_no_key_can_be_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "file" / "state.key", tmp_path):
        with pytest.raises(StateKeyError):
            read_key(path)


def test_a_state_that_cannot_be_kept_is_wrong_use_before_the_run(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFileError):
        KeptState(tmp_path / "none" / "state", tmp_path / "state.key")
    with pytest.raises(UnreadableFileError):
        KeptState(tmp_path, tmp_path / "state.key")


def test_a_full_disk_does_not_end_the_run(tmp_path: Path, keep: Callable[[], KeptState]) -> None:
    kept = keep()
    (tmp_path / "state.new").mkdir()
    report = verify_file(write(tmp_path), kept=kept)
    assert report.summary is not None
    assert "could not be written" in report.steps.remarks[0]
