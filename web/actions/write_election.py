"""Write an election while it is a draft: title, calendar, rules."""

import json
from collections.abc import Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session, func, select

from ballots.credentials import make_uuid
from voting.elections import Calendar
from voting.errors import IdentifierError
from voting.texts import LANGUAGES, find_line_problem, tidy_line
from web.actions.steps import load_draft
from web.errors import MissingTitleError
from web.local_time import ZONE
from web.service import Service
from web.store.load import load_organisation
from web.store.rows import ElectionRow


def create_election(service: Service, title: Mapping[str, str]) -> str:
    """Begin a draft with a title in both languages; returns its uuid.

    Raises:
        NotSetUpError: there is no charter yet.
        MissingTitleError: a language lacks its title.
    """
    text = _title_text(title)
    election = make_uuid(service.random)

    def write(session: Session) -> str:
        load_organisation(session)
        last = session.exec(select(func.max(ElectionRow.place))).one() or 0
        row = ElectionRow(
            uuid=election, created=service.clock(), place=last + 1, state="draft", title=text
        )
        session.add(row)
        return election

    return service.store.write(write)


def write_title(service: Service, election: str, title: Mapping[str, str]) -> None:
    """Change a draft's title.

    Raises:
        UnknownElectionError, ElectionNotDraftError, MissingTitleError
    """
    text = _title_text(title)

    def write(session: Session) -> None:
        load_draft(session, election).title = text

    service.store.write(write)


def set_calendar(
    service: Service, election: str, opens: int, closes: int, zone: str = ZONE
) -> None:
    """Set the draft's opening and closing times, UTC seconds.

    Raises:
        UnknownElectionError, ElectionNotDraftError
        VotingError: closing is not after opening, or no such zone.
    """
    calendar = Calendar(opens, closes, zone)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise IdentifierError("zone", zone) from None

    def write(session: Session) -> None:
        row = load_draft(session, election)
        row.opens, row.closes, row.zone = calendar.opens, calendar.closes, calendar.zone

    service.store.write(write)


def set_rules(service: Service, election: str, *, open_small_boxes: bool) -> None:
    """Say whether boxes with few voters may be opened; voters are told.

    Raises:
        UnknownElectionError, ElectionNotDraftError
    """

    def write(session: Session) -> None:
        load_draft(session, election).open_small_boxes = open_small_boxes

    service.store.write(write)


def _title_text(title: Mapping[str, str]) -> str:
    """The title in both languages, as the row keeps it."""
    tidy = {language: tidy_line(title.get(language, "")) for language in LANGUAGES}
    wrong = tuple(language for language, text in tidy.items() if find_line_problem(text))
    if wrong or title.keys() - tidy.keys():
        raise MissingTitleError(wrong or tuple(sorted(title.keys() - tidy.keys())))
    return json.dumps(tidy, ensure_ascii=False)
