"""Close an election: by its calendar, or early by the returning officer."""

from web.service import Service


def close_election(
    service: Service, election: str, reason: str = "", *, officer_id: int | None = None
) -> None:
    """Move open to closed; ballots complete before this moment are let in first.

    A reason is required before the closing time of the calendar.

    Raises:
        UnknownElectionError, WrongStateError, MissingReasonError, ReasonTooLongError
    """
    raise NotImplementedError


def close_due_elections(service: Service) -> tuple[str, ...]:
    """Close every open election whose closing time has come; returns their uuids."""
    raise NotImplementedError
