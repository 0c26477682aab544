"""Write messages: templates in both languages, and Easy Read where members asked for it.

The first line of a template is the subject. Nothing is left out silently: an unknown value
in a template is an error.
"""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import babel.dates
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlmodel import Session

from audit.note import VerifierKey
from voting.members import Language
from web.errors import BadAddressError
from web.local_time import ZONE
from web.messages.outbox import Letter
from web.service import Service
from web.settings import Settings
from web.store.load import (
    calendar_of,
    load_charter,
    load_election,
    load_organisation,
    load_trustees,
    needed_of,
    title_of,
)
from web.trustee_steps import is_threshold

TEMPLATES = Path(__file__).parent / "templates"
BOTH: tuple[Language, ...] = ("en", "cy")

# Before and after noon, noon, midnight, and the zone of the United Kingdom: as the pages say them.
_TIMES: dict[Language, tuple[str, str, str, str, str]] = {
    "en": ("am", "pm", "12 noon", "midnight at the start of the day", "UK time"),
    "cy": ("yb", "yh", "12 hanner dydd", "hanner nos ar ddechrau'r dydd", "amser y DU"),
}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  plain text: nothing reads it as HTML
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def say_time(time: int, zone: str, language: Language) -> str:
    """A time in words, in the zone that members are told."""
    moment = datetime.fromtimestamp(time, ZoneInfo(zone))
    day = babel.dates.format_date(moment, "EEEE d MMMM y", locale=language)
    before, after, noon, midnight, here = _TIMES[language]
    if (moment.hour, moment.minute) == (0, 0):
        clock = midnight
    elif (moment.hour, moment.minute) == (12, 0):
        clock = noon
    else:
        minutes = f":{moment.minute:02}" if moment.minute else ""
        clock = f"{moment.hour % 12 or 12}{minutes}{before if moment.hour < 12 else after}"
    return f"{day}, {clock} {here if zone == ZONE else f'({zone})'}"


def write_text(
    session: Session, settings: Settings, letter: Letter, language: Language
) -> tuple[str, str]:
    """Subject and body of a message in one language."""
    form = ".easy-read" if letter.kind == "vote" and letter.text_format == "easy-read" else ""
    vkey = load_organisation(session).vkey
    values: dict[str, str | int | bool] = {
        "name": letter.name,
        "organisation": load_charter(session).name[language],
        "vkey": vkey,
        "fingerprint": VerifierKey.parse(vkey).fingerprint,
        "link": f"{settings.base_url}/{language}/start#{letter.secret}",
    }
    if letter.election is not None:
        row = load_election(session, letter.election)
        calendar = calendar_of(row)
        trustees = load_trustees(session, letter.election)
        values["title"] = title_of(row)[language]
        values["trustees"], values["needed"] = len(trustees), needed_of(row, trustees)
        values["together"] = is_threshold(row, trustees)
        values["page"] = f"{settings.base_url}/{language}/elections/{letter.election}"
        if calendar is not None:
            values["closes"] = say_time(calendar.closes, calendar.zone, language)
    text = _environment().get_template(f"{letter.kind}{form}.{language}.txt").render(values)
    subject, _, body = text.partition("\n\n")
    return subject, body


def write_message(session: Session, service: Service, letter: Letter) -> EmailMessage:
    """The whole e-mail.

    Raises:
        BadAddressError: an address that cannot be one.
    """
    settings = service.settings
    languages = BOTH if letter.language is None else (letter.language,)
    texts = [write_text(session, settings, letter, language) for language in languages]
    sender = load_charter(session).name[languages[0]]
    message = EmailMessage()
    try:
        message["From"] = Address(_spell_out(sender), addr_spec=settings.mail_from)
        message["To"] = Address(_spell_out(letter.name), addr_spec=letter.email)
    except ValueError:
        # The cause would carry the address.
        raise BadAddressError(1) from None
    message["Subject"] = _spell_out(" / ".join(subject for subject, _ in texts))
    now = datetime.fromtimestamp(service.clock(), ZoneInfo("UTC"))
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = ", ".join(languages)
    message.set_content("\n\n* * *\n\n".join(body for _, body in texts))
    return message


def _spell_out(text: str) -> str:
    """A text for a header, without anything that stands there for other signs.

    An encoded word (RFC 2047) in a name may stand for a line's end; the library decodes it
    and writes the end of line, so that the rest of the name would be a header of its own.
    """
    return text.replace("=?", "= ?")
