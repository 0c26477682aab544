"""Take a trustee's share of the tally; the last one opens it."""

from collections.abc import Mapping
from dataclasses import dataclass

from web.service import Service


@dataclass(frozen=True, slots=True)
class ShareTaken:
    """Attributes: shares given and needed; `tallied` when this one completed the tally."""

    given: int
    needed: int
    tallied: bool


def give_share(
    service: Service, trustee_id: int, shares: Mapping[str, tuple[bytes, bytes]]
) -> ShareTaken:
    """Take one trustee's decryptions of every box, each with both proofs.

    With the last share the boxes are opened, the result counted, the final archives made and
    all of it logged, in one unit. Giving the same share again is fine.

    Args:
        service: the service.
        trustee_id: who gives it.
        shares: box uuid to (decryption, second proofs), raw bytes.

    Raises:
        UnknownTrusteeError
        TallyNotStartedError: nothing to open.
        WrongBoxesError: not exactly one share per box.
        BallotError: a proof is wrong.
        ShareGivenError: she gave another one already.
    """
    raise NotImplementedError
