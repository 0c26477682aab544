"""A trustee's shares of every box, made with her private key where she is played."""

import os
from collections.abc import Iterable

from ballots.decryption import decrypt_share
from ballots.election import parse_election


def make_shares(
    boxes: Iterable[tuple[str, str, str]], private: int
) -> dict[str, tuple[bytes, bytes]]:
    """Her share of each box, with both proofs.

    Args:
        boxes: box uuid, election and encrypted tally, as raw JSON text.
        private: her private key.
    """
    shares: dict[str, tuple[bytes, bytes]] = {}
    for box, election, encrypted_tally in boxes:
        parsed = parse_election(election.encode())
        share = decrypt_share(parsed, encrypted_tally.encode(), private, os.urandom)
        shares[box] = (share.decryption, share.proofs)
    return shares
