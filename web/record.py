"""The public record: what is served under fixed paths, and its export to a folder.

Paths as in design 2, "Public record"; of the log only what the newest signed checkpoint
covers. A path has one spelling, and nothing is looked up by any other.

Source: design 5, sections 0.1 ("Serving") and 4.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sqlmodel import Session, col, select

from audit.errors import TilePathError
from audit.objects import format_elections
from audit.tiles import bundle_paths, parse_tile_path, tile_paths
from web.archives import build_archive
from web.service import Service
from web.store.rows import BallotRow, BoxRow, CheckpointRow, ElectionRow, ObjectRow, OrganisationRow
from web.store.tiles import read_bundle, read_tile
from web.vault import write_durably

TEXT = "text/plain; charset=utf-8"
JSON = "application/json"
BYTES = "application/octet-stream"
ARCHIVE = "application/x-belenios"

_OBJECT = re.compile(r"objects/([0-9a-f]{64})", re.ASCII)
_OF_ELECTION = re.compile(
    r"elections/([1-9A-HJ-NP-Za-km-z]{14,64})/(manifest|result|proofs|certificate)\.json", re.ASCII
)
_OF_BOX = re.compile(
    r"elections/([1-9A-HJ-NP-Za-km-z]{14,64})/boxes/([a-z][a-z0-9-]{0,31})\.bel", re.ASCII
)


class Published(NamedTuple):
    """One file of the record; `immutable` when its bytes never change."""

    content: bytes
    content_type: str
    immutable: bool


def fetch(service: Service, path: str) -> Published | None:
    """The file at a path without a leading slash; None when there is none."""
    with service.store.read() as session:
        return _find(session, service.keeper.published(session), path)


def _find(session: Session, published: CheckpointRow | None, path: str) -> Published | None:
    """The file at a path in a record that ends with this checkpoint."""
    if published is None:
        return None
    if path.startswith("log/"):
        return _find_in_log(session, published, path.removeprefix("log/"))
    if match := _OBJECT.fullmatch(path):
        return _find_object(session, match[1])
    if match := _OF_ELECTION.fullmatch(path):
        return _find_of_election(session, match[1], match[2])
    if match := _OF_BOX.fullmatch(path):
        return _find_archive(session, published, match[1], match[2])
    return _find_general(session, path)


def _find_general(session: Session, path: str) -> Published | None:
    row = session.get(OrganisationRow, 1)
    if path == "key" and row is not None:
        return Published(row.vkey.encode() + b"\n", TEXT, immutable=False)
    if path == "elections.json":
        return Published(format_elections(_announced(session)), JSON, immutable=False)
    return None


def _find_in_log(session: Session, published: CheckpointRow, path: str) -> Published | None:
    if path == "checkpoint":
        return Published(published.note, TEXT, immutable=False)
    try:
        tile = parse_tile_path(path)
    except TilePathError:
        return None
    # A tile beyond the signed size could still change: it is not there yet.
    if not tile.is_implied_by(published.size):
        return None
    content = read_bundle(session, tile) if tile.level is None else read_tile(session, tile)
    return Published(content, BYTES, immutable=True)


def _find_object(session: Session, digest: str) -> Published | None:
    row = session.get(ObjectRow, digest)
    if row is not None:
        return Published(row.content, _type_of(row.content), immutable=True)
    ballot = select(BallotRow.content).where(BallotRow.digest == digest)
    content = session.exec(ballot).first()
    return None if content is None else Published(content, JSON, immutable=True)


def _type_of(content: bytes) -> str:
    return JSON if content[:1] in (b"{", b"[") else BYTES


def _announced(session: Session) -> list[str]:
    """The elections of which the record tells, in the order of their making."""
    rows = select(ElectionRow.uuid).where(col(ElectionRow.manifest_object).is_not(None))
    return list(session.exec(rows.order_by(col(ElectionRow.place))).all())


def _find_of_election(session: Session, election: str, name: str) -> Published | None:
    row = session.get(ElectionRow, election)
    if row is None:
        return None
    digest = {
        "manifest": row.manifest_object,
        "result": row.result_object,
        "proofs": row.proofs_object,
        "certificate": row.certificate_object,
    }[name]
    kept = session.get(ObjectRow, digest) if digest else None
    return None if kept is None else Published(kept.content, JSON, immutable=False)


def _find_archive(
    session: Session, published: CheckpointRow, election: str, college: str
) -> Published | None:
    row = session.get(ElectionRow, election)
    found = select(BoxRow).where(BoxRow.election == election, BoxRow.college == college)
    box = session.exec(found).first()
    if row is None or box is None:
        return None
    final = session.get(ObjectRow, box.archive_object) if box.archive_object else None
    if final is not None:
        return Published(final.content, ARCHIVE, immutable=False)
    content = build_archive(session, row, box, size=published.size)
    return Published(content, ARCHIVE, immutable=False)


# Export


def export_record(service: Service, folder: Path, *, election: str | None = None) -> int:
    """Write the whole record into a folder, checkpoint last; returns the number of files.

    Args:
        service: the service.
        folder: made when missing; files already there and equal are left alone.
        election: also put this election's files at the top (default: the only one there is).

    Raises:
        NotSetUpError: there is nothing to export.
        LogFrozenError: the log does not extend what was signed.
    """
    service.keeper.publish()
    # One state of the database for all files, so that the record fits together.
    with service.store.read() as session:
        published = service.keeper.published(session)
        assert published is not None
        elections = _announced(session)
        if election is None and len(elections) == 1:
            (election,) = elections
        count = 0
        for path in _paths(session, published.size, elections):
            found = _find(session, published, path)
            if found is None:
                continue
            _write_file(folder / path, found.content)
            count += 1
            at_top = path.removeprefix(f"elections/{election}/")
            if at_top != path:
                _write_file(folder / at_top, found.content)
                count += 1
    # Whoever finds the new checkpoint must find everything under it, also after a power cut.
    os.sync()
    write_durably(folder / "log" / "checkpoint", published.note, mode=0o644)
    return count + 1


def _paths(session: Session, size: int, elections: list[str]) -> Iterator[str]:
    yield "key"
    yield "elections.json"
    yield from (f"log/{tile}" for tile in (*tile_paths(size), *bundle_paths(size)))
    digests = set(session.exec(select(ObjectRow.digest)).all())
    digests.update(session.exec(select(BallotRow.digest).where(BallotRow.entry < size)).all())
    yield from (f"objects/{digest}" for digest in sorted(digests))
    for election in elections:
        for name in ("manifest", "result", "proofs", "certificate"):
            yield f"elections/{election}/{name}.json"
        boxes = select(BoxRow.college).where(BoxRow.election == election)
        for college in session.exec(boxes.order_by(col(BoxRow.place))):
            yield f"elections/{election}/boxes/{college}.bel"


def _write_file(path: Path, content: bytes) -> None:
    """Write unless the very same bytes are there; a kill leaves the old file or the new."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".new")
    aside.write_bytes(content)
    aside.replace(path)
