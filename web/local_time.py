"""Local dates and times as an officer types and reads them, on a page or a command line.

People write local times, the record holds UTC seconds. When clocks go back an hour
comes twice, when they go forward one never comes: such a time is refused, never
guessed, because it could move the moment at which votes stop counting.

Source: design 8, section 0, decision 5 (one closing rule).
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = "Europe/London"

_NUMBER = re.compile(r"[0-9]{1,4}")
# 18:00, 18.00, 6pm, 6.30 pm; Welsh yb (y bore) and yh (yr hwyr) as well.
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?\s*([ap]\.?m\.?|yb|yh)?", re.IGNORECASE)


class LocalTimeError(Exception):
    """A date and time that name no single moment.

    Attributes:
        part: the field to mend, "day" or "time".
    """

    part = "day"


class NoDateError(LocalTimeError):
    """Day, month and year are not a date of the calendar."""


class NoTimeError(LocalTimeError):
    """The words are not a time of day."""

    part = "time"


class TimeComesTwiceError(LocalTimeError):
    """The clocks go back over this time: it names two moments."""

    part = "time"


class TimeNeverComesError(LocalTimeError):
    """The clocks go forward over this time: it names none."""

    part = "time"


@dataclass(frozen=True, slots=True)
class TypedTime:
    """A date and time as typed, kept for showing it again.

    Attributes:
        day: day of the month.
        month: month as a number.
        year: year with four digits.
        time: time of day, as 18:00 or 6pm.
    """

    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""


def read_local(typed: TypedTime, zone: str = ZONE) -> int:
    """The one moment that a typed local time names, in UTC seconds.

    Raises:
        LocalTimeError: it names none, or two.
        ValueError, OSError, KeyError: there is no such zone.
    """
    hour, minute = _read_time(typed.time)
    fields = (typed.day.strip(), typed.month.strip(), typed.year.strip())
    if not all(_NUMBER.fullmatch(field) for field in fields):
        raise NoDateError
    day, month, year = map(int, fields)
    place = ZoneInfo(zone)  # its own errors are not about the date
    try:
        local = datetime(year, month, day, hour, minute, tzinfo=place)
    except ValueError:
        raise NoDateError from None
    # Years outside these are slips of the finger, and outside what calendars agree on.
    if not 2000 <= year <= 2199:
        raise NoDateError

    back = local.astimezone(UTC).astimezone(local.tzinfo)
    if back.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise TimeNeverComesError
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise TimeComesTwiceError
    return int(local.timestamp())


def write_local(moment: int) -> TypedTime:
    """The fields that a moment fills, for a form that is opened again."""
    local = datetime.fromtimestamp(moment, ZoneInfo(ZONE))
    return TypedTime(str(local.day), str(local.month), str(local.year), f"{local:%H:%M}")


def _read_time(text: str) -> tuple[int, int]:
    found = _TIME.fullmatch(text.strip())
    if not found or not (found[2] or found[3]):
        raise NoTimeError
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise NoTimeError
        hour = hour % 12 + (12 if half[0] == "p" or half == "yh" else 0)
    if hour > 23 or minute > 59:
        raise NoTimeError
    return hour, minute
