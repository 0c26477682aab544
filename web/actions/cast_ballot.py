"""Cast a sealed ballot: everything a verifier would refuse is refused at the door.

Checked in the order cheapest first: size, exact form, known credential, open election,
signature, proofs (design 3, section 13).
"""

from dataclasses import dataclass

from web.service import Service


@dataclass(frozen=True, slots=True)
class CastReceipt:
    """What the voter is told once the ballot and its entry are on disk.

    Attributes:
        repeated: these bytes are her newest ballot already; nothing was changed.
        log_index: of the ballot's entry.
    """

    tracker: str
    box: str
    election: str
    repeated: bool
    log_index: int


def cast_ballot(
    service: Service, box: str, raw: bytes, *, received: int | None = None
) -> CastReceipt:
    """Put a ballot into its box; returns after it is durable.

    Blocks for the proof check (tens of milliseconds); call it from a thread.

    Args:
        service: the service.
        box: uuid of the box.
        raw: the ballot's bytes, as sealed.
        received: when the request was complete, UTC seconds; now by default.

    Raises:
        UnknownBoxError, BallotTooLargeError, UnknownCredentialError, ElectionNotOpenError
        ReplayedBallotError: bytes that a later ballot has replaced.
        BallotError: form, signature or a proof is wrong.
        LogFrozenError: the log may not grow.
    """
    raise NotImplementedError
