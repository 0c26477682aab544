"""Import the roll from CSV: the difference first, then all of it or nothing."""

import hashlib
from dataclasses import dataclass, field

from sqlmodel import Session

from voting.members import Member
from voting.roll import Roll, RollChanges, compare_rolls, read_roll
from web.errors import StalePreviewError
from web.service import Service
from web.store.load import EMAIL, load_charter, load_organisation, load_roll
from web.store.rows import MemberRow


@dataclass(frozen=True, slots=True)
class RollPreview:
    """What an import would do; `digest` stands for this file against this current roll."""

    roll: Roll = field(repr=False)
    changes: RollChanges = field(repr=False)
    digest: str


def preview_roll(service: Service, csv: bytes) -> RollPreview:
    """Read a file and compare it with the current roll; changes nothing.

    Raises:
        NotSetUpError: there is no charter to read it by.
        RollError: the file has faults; all of them are listed.
    """
    with service.store.read() as session:
        return _preview(session, service, csv)


def import_roll(service: Service, csv: bytes, digest: str) -> RollChanges:
    """Make the file the current roll.

    Args:
        service: the service.
        csv: the same bytes that were previewed.
        digest: RollPreview.digest.

    Raises:
        StalePreviewError: file or current roll are not what was previewed.
        RollError: as preview_roll.
    """

    def write(session: Session) -> RollChanges:
        preview = _preview(session, service, csv)
        if preview.digest != digest:
            raise StalePreviewError(digest, preview.digest)
        _apply(session, service, preview.changes)
        return preview.changes

    return service.store.write(write)


def _preview(session: Session, service: Service, csv: bytes) -> RollPreview:
    roll = read_roll(csv, load_charter(session))
    current, _ = load_roll(session, service.vault)
    version = load_organisation(session).roll_version
    digest = hashlib.sha256(f"{version}|".encode() + csv).hexdigest()
    return RollPreview(roll, compare_rolls(current, roll), digest)


def _apply(session: Session, service: Service, changes: RollChanges) -> None:
    _, ids = load_roll(session, service.vault)
    for member in changes.removed:
        # The row stays: an announced election's roll may still speak of it.
        _row(session, ids[member.key]).removed = True
    for old, new in changes.changed:
        _fill(service, _row(session, ids[old.key]), old, new)
    for member in changes.added:
        row = MemberRow(number="", name="", email=b"", college=None, language="", text_format="")
        _fill(service, row, None, member)
        session.add(row)
    if changes.added or changes.removed or changes.changed:
        organisation = load_organisation(session)
        organisation.roll_version += 1
        session.add(organisation)


def _row(session: Session, member_id: int) -> MemberRow:
    row = session.get(MemberRow, member_id)
    assert row is not None
    session.add(row)
    return row


def _fill(service: Service, row: MemberRow, old: Member | None, new: Member) -> None:
    row.number, row.name, row.college = new.number, new.name, new.college
    row.language, row.text_format = new.language, new.text_format
    if old is None or old.email != new.email:
        row.email = service.vault.seal(EMAIL, new.email.encode())
