"""Start the tally: publish each box's encrypted sum for the trustees to open."""

from web.service import Service


def start_tally(service: Service, election: str, *, officer_id: int | None = None) -> None:
    """Compute and log the encrypted tally of every box, and write to the trustees.

    The state stays closed until the last share is given.

    Raises:
        UnknownElectionError
        WrongStateError: not closed.
        TallyStartedError: it was started already.
        SmallBoxError: a box with fewer than five voters, and the rules do not let it be opened.
    """
    raise NotImplementedError
