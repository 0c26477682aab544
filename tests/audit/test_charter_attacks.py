"""Another charter in the log: elections are held to the one in force when they were announced."""

from dataclasses import replace
from pathlib import Path
from typing import Literal, cast

import pytest

from audit.entries import CharterEntry, Entry
from audit.objects import format_reason
from audit.record_errors import ObjectFormError
from tests.assembly import SIGNER, Stage, bending, digest, hold_election
from tests.audit.verifying import refuse, verify
from voting.charter.charter_format import format_charter, parse_charter
from voting.charter.motion_rules import MotionRule
from voting.charter.thresholds import MORE_THAN_HALF

Side = Literal["before", "after"]
REASON = format_reason("The members decided so.")


def make_other(raw: bytes) -> bytes:
    """The same charter, but three quarters of the votes are no longer needed for anything."""
    return format_charter(replace(parse_charter(raw), special=MotionRule(MORE_THAN_HALF)))


def write(folder: Path, until: Stage, side: Side, kind: str, *, reason: bytes = REASON) -> Path:
    """An honest record, with an entry of another charter before or after one of a kind."""
    kept: list[bytes] = []

    def see(raw: bytes) -> bytes:
        kept.append(raw)
        return raw

    def insert(entries: list[Entry]) -> list[Entry]:
        first = cast("CharterEntry", entries[0])
        place = next(at for at, entry in enumerate(entries) if entry.type == kind)
        time = cast("CharterEntry", entries[place]).time
        other = make_other(kept[0])
        entry = replace(first, time=time, charter=digest(other), reason=digest(reason))
        place += side == "after"
        return [*entries[:place], entry, *entries[place:]]

    def bend(name: str, value: object) -> object:
        changed = bending("charter", see)(name, value)
        return bending("entries", insert)(name, changed)

    made = hold_election(bend, until=until)
    for raw in (make_other(kept[0]), reason):
        made.files[f"objects/{digest(raw)}"] = raw
    return made.write(folder)


@pytest.mark.parametrize(
    ("until", "side", "kind"),
    [
        pytest.param("announced", "after", "setup", id="announced"),
        pytest.param("open", "after", "opening", id="open"),
        pytest.param("certified", "after", "certificate", id="certified"),
    ],
)
def test_a_charter_that_is_logged_later_changes_nothing_that_was_announced(
    tmp_path: Path, until: Stage, side: Side, kind: str
) -> None:
    verify(write(tmp_path, until, side, kind), key=SIGNER.key)


@pytest.mark.parametrize("kind", ["setup", "roll", "trustee-key"])
def test_an_election_announced_under_a_charter_that_was_replaced_before_is_refused(
    tmp_path: Path, kind: str
) -> None:
    error = refuse(write(tmp_path, "announced", "before", kind), key=SIGNER.key)
    assert (error.step.check, type(error.cause).__name__) == ("set-up", "ManifestMismatchError")
    assert "charter" in str(error)


@pytest.mark.parametrize(
    "reason", [pytest.param(b"", id="nothing"), pytest.param(REASON + b"\n", id="no reason")]
)
def test_what_is_given_as_the_reason_must_be_one(tmp_path: Path, reason: bytes) -> None:
    folder = write(tmp_path, "announced", "after", "setup", reason=reason)
    error = refuse(folder, key=SIGNER.key)
    assert error.step.check == "objects"
    assert isinstance(error.cause, ObjectFormError)


def test_a_reason_that_is_not_shown_is_missed(tmp_path: Path) -> None:
    folder = write(tmp_path, "announced", "after", "setup")
    (folder / "objects" / digest(REASON)).unlink()
    error = refuse(folder, key=SIGNER.key)
    assert (error.step.check, error.is_incomplete) == ("objects", True)


def test_a_reason_other_than_the_logged_one_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path, "announced", "after", "setup")
    (folder / "objects" / digest(REASON)).write_bytes(format_reason("Nobody decided."))
    assert refuse(folder, key=SIGNER.key).step.check == "objects"
