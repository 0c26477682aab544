"""The lot seed: drawn and sealed when an election is announced, shown when it is closed.

Source: design 4, section 3; docs/adr/0008-lots-from-a-seed-committed-before-voting.md.
"""

from typing import Final

from web.service import Service
from web.store.load import digest_of
from web.store.rows import ElectionRow

LENGTH: Final = 32


def draw_lot_seed(service: Service, election: str) -> tuple[str, bytes]:
    """A new seed for an election: its SHA-256, which everybody may know, and itself sealed."""
    seed = service.random(LENGTH)
    return digest_of(seed), service.vault.seal(_purpose(election), seed)


def open_lot_seed(service: Service, row: ElectionRow) -> str:
    """The seed of an announced election in hex; to be shown to nobody before it is closed.

    Raises:
        SealedValueError: what was kept was altered, or is another election's.
    """
    return service.vault.open(_purpose(row.uuid), row.lot_seed or b"").hex()


def _purpose(election: str) -> str:
    # Bound to its election: put into the row of one that is closed today, the seed of one that
    # is still open would be shown to everybody.
    return f"lot seed {election}"
