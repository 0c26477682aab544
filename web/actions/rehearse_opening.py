"""Take a trustee's share of the practice tally, while everything can still be put right.

Source: design 3, section 0 ("with a rehearsed decryption before opening").
"""

from web.service import Service


def rehearse_opening(service: Service, trustee_id: int, decryption: bytes, proofs: bytes) -> None:
    """Take one trustee's decryption of the practice tally, with both proofs.

    With the last one the practice tally is really opened: every set of trustees who are enough
    must open the numbers that were sealed. Rehearsing again is fine.

    Raises:
        UnknownTrusteeError, ElectionNotDraftError
        WrongStepError: the key is not made yet.
        BallotError: a proof is wrong.
        RehearsalFailedError: the practice tally opened to other numbers.
    """
    raise NotImplementedError(service, trustee_id, decryption, proofs)
