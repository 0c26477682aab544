"""Void an election before it is certified."""

from web.service import Service


def void_election(
    service: Service, election: str, reason: str, *, officer_id: int | None = None
) -> None:
    """Move any state before certified to void.

    Raises:
        UnknownElectionError, WrongStateError, MissingReasonError, ReasonTooLongError
    """
    raise NotImplementedError
