"""Certify a result: the returning officer's signature over result, record and checkpoint."""

from web.service import Service


def certify_election(
    service: Service,
    election: str,
    passphrase: str,
    reason: str,
    *,
    officer_id: int | None = None,
) -> None:
    """Move tallied to certified.

    Raises:
        UnknownElectionError, WrongStateError, MissingReasonError, ReasonTooLongError
        WrongPassphraseError: it does not open the certifying key.
        NoCheckpointError: no signed checkpoint covers the result.
    """
    raise NotImplementedError
