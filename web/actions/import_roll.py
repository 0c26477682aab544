"""Import the roll from CSV: the difference first, then all of it or nothing."""

from dataclasses import dataclass, field

from voting.roll import Roll, RollChanges

from web.service import Service


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
    raise NotImplementedError


def import_roll(service: Service, csv: bytes, digest: str) -> RollChanges:
    """Make the file the current roll.

    Args:
        csv: the same bytes that were previewed.
        digest: RollPreview.digest.

    Raises:
        StalePreviewError: file or current roll are not what was previewed.
        RollError: as preview_roll.
    """
    raise NotImplementedError
