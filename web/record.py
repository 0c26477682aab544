"""The public record: what is served under fixed paths, and its export to a folder.

Paths as in design 2, "Public record"; only what the newest signed checkpoint covers.
"""

from pathlib import Path
from typing import NamedTuple

from web.service import Service


class Published(NamedTuple):
    """One file of the record; `immutable` when its bytes never change."""

    content: bytes
    content_type: str
    immutable: bool


def fetch(service: Service, path: str) -> Published | None:
    """The file at a path without a leading slash; None when there is none."""
    raise NotImplementedError


def export_record(service: Service, folder: Path, *, election: str | None = None) -> int:
    """Write the whole record into a folder, checkpoint last; returns the number of files.

    Args:
        service: the service.
        folder: made when missing; files already there and equal are left alone.
        election: also put this election's files at the top (default: the only one there is).
    """
    raise NotImplementedError
