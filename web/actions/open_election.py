"""Open an announced election: members are written to, and the boxes take ballots."""

from web.service import Service


def open_election(
    service: Service, election: str, reason: str, *, officer_id: int | None = None
) -> None:
    """Move announced to open, and let the messages with the personal links go.

    Raises:
        UnknownElectionError, WrongStateError, MissingReasonError, ReasonTooLongError
        ClosingTimePassedError: it could take no ballot.
    """
    raise NotImplementedError
