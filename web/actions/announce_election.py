"""Announce an election: freeze the roll, make credentials, write the set-up into the log."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from voting.guarantee import GuaranteeStatement

from web.service import Service


@dataclass(frozen=True, slots=True)
class Announced:
    """What was announced.

    Attributes:
        boxes: college to box uuid.
        credentials: box uuid to its private credentials, sorted; empty unless asked for and
            allowed by the settings.
    """

    manifest: str
    boxes: Mapping[str, str]
    credentials: Mapping[str, tuple[str, ...]] = field(repr=False)


def preview_guarantee(service: Service, election: str) -> tuple[GuaranteeStatement, ...]:
    """What the protected college is guaranteed, per contest, on the roll of this moment."""
    raise NotImplementedError


def announce_election(
    service: Service, election: str, reason: str = "", *, return_credentials: bool = False
) -> Announced:
    """Move draft to announced.

    Each voter's private credential is made here, and kept only in her sealed message until
    that is handed to the mail server after opening.

    Args:
        service: the service.
        election: its uuid.
        reason: may be given; it is shown, not logged.
        return_credentials: hand the private credentials to the caller (simulation).

    Raises:
        UnknownElectionError, WrongStateError
        NotReadyError: something is still missing.
        GuaranteeDoesNotHoldError: the protected college's majority is not safe.
        SettingsError: credentials were asked for where the settings do not allow it.
    """
    raise NotImplementedError
