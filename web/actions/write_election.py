"""Write an election while it is a draft: title, motion, calendar, rules."""

from collections.abc import Mapping

from voting.contests import Motion

from web.service import Service


def create_election(service: Service, title: Mapping[str, str]) -> str:
    """Begin a draft with a title in both languages; returns its uuid.

    Raises:
        NotSetUpError: there is no charter yet.
        MissingTitleError: a language lacks its title.
    """
    raise NotImplementedError


def write_title(service: Service, election: str, title: Mapping[str, str]) -> None:
    """Change a draft's title.

    Raises:
        UnknownElectionError, ElectionNotDraftError, MissingTitleError
    """
    raise NotImplementedError


def write_motion(service: Service, election: str, motion: Motion) -> None:
    """Set the draft's one motion.

    Raises:
        UnknownElectionError, ElectionNotDraftError
    """
    raise NotImplementedError


def set_calendar(
    service: Service, election: str, opens: int, closes: int, zone: str = "Europe/London"
) -> None:
    """Set the draft's opening and closing times, UTC seconds.

    Raises:
        UnknownElectionError, ElectionNotDraftError
        VotingError: closing is not after opening, or no such zone.
    """
    raise NotImplementedError


def set_rules(service: Service, election: str, *, open_small_boxes: bool) -> None:
    """Say whether boxes with fewer than five voters may be opened; voters are told.

    Raises:
        UnknownElectionError, ElectionNotDraftError
    """
    raise NotImplementedError
