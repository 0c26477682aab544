"""The lot seed: drawn and sealed when an election is announced, shown when it is closed.

Source: design 4, section 3; docs/adr/0008-lots-from-a-seed-committed-before-voting.md.
"""

from typing import Final

from web.service import Service
from web.store.load import digest_of
from web.store.rows import ElectionRow

PURPOSE: Final = "lot seed"
LENGTH: Final = 32


def draw_lot_seed(service: Service) -> tuple[str, bytes]:
    """A new seed: its SHA-256, which everybody may know, and itself sealed."""
    seed = service.random(LENGTH)
    return digest_of(seed), service.vault.seal(PURPOSE, seed)


def open_lot_seed(service: Service, row: ElectionRow) -> str:
    """The seed of an announced election in hex; to be shown to nobody before it is closed.

    Raises:
        SealedValueError: what was kept was altered.
    """
    return service.vault.open(PURPOSE, row.lot_seed or b"").hex()
