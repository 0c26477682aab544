"""How values become words: dates, fractions, trackers, lines.

Everything is written out: the day with its name, the zone with every time. Percentages
are made from exact fractions by whole numbers, and rounded ones are marked as such.

Source: design 6, sections B and C (numbers, dates and times written out).
"""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import TypeVar
from zoneinfo import ZoneInfo

from babel import Locale, dates
from flask import Flask
from markupsafe import Markup, escape

from voting.members import Language
from web.local_time import ZONE
from web.pages.translations import current_language, gettext

Value = TypeVar("Value")


def add_filters(app: Flask) -> None:
    """Let templates use the words of this module."""
    app.jinja_env.filters.update(
        capital=capital,
        decimal=decimal,
        fraction_of=fraction_of,
        in_groups=in_groups,
        line_ends=line_ends,
        local=local,
        of_hundred=of_hundred,
        percent=percent,
        percent_rounded=percent_rounded,
        whole_of_hundred=whole_of_hundred,
        when=when,
    )


def local(texts: Mapping[Language, Value]) -> Value:
    """The text in the language of the page."""
    return texts[current_language()]


def capital(text: str) -> str:
    """The same text, fit to begin a line; the rest of it stays as its author wrote it."""
    return text[:1].upper() + text[1:]


def when(moment: int, zone: str = ZONE) -> str:
    """A moment in words, with the name of its zone.

    Args:
        moment: UTC seconds.
        zone: the time zone of the co-op, as the election's calendar names it.
    """
    here = datetime.fromtimestamp(moment, ZoneInfo(zone))
    locale = Locale.parse("cy" if current_language() == "cy" else "en_GB")
    day = dates.format_date(here, "EEEE d MMMM y", locale=locale)
    return gettext("%(day)s, %(clock)s %(zone)s", day=day, clock=_clock(here), zone=_zone(zone))


def _clock(here: datetime) -> str:
    if (here.hour, here.minute) == (0, 0):
        return gettext("midnight at the start of the day")
    if (here.hour, here.minute) == (12, 0):
        return gettext("12 noon")
    hour = str(here.hour % 12 or 12) + (f":{here.minute:02}" if here.minute else "")
    if here.hour < 12:
        return gettext("%(hour)sam", hour=hour)
    return gettext("%(hour)spm", hour=hour)


def _zone(zone: str) -> str:
    if zone == ZONE:
        return gettext("UK time")
    return gettext("(time zone: %(zone)s)", zone=zone)


def percent(share: Fraction, places: int = 2) -> str:
    """A share as a percentage, with "about" where it had to be rounded."""
    scale: int = 10**places
    exact = share * 100 * scale
    whole = round(exact)  # exact on fractions: to the nearest, halves to even
    text = _decimal(whole, scale)
    return f"{text}%" if exact == whole else gettext("about %(share)s%%", share=text)


def part_exactly(share: Fraction) -> str:
    """A share that decides something: a fraction where no percentage is exactly it."""
    return percent(share) if (share * 10_000).denominator == 1 else str(share)


def percent_rounded(share: Fraction, places: int = 2) -> str:
    """The same without "about", for tables that say below that they are rounded."""
    scale: int = 10**places
    return _decimal(round(share * 100 * scale), scale) + "%"


def decimal(number: Fraction, places: int = 2) -> str:
    """A number with a few decimals, for tables that say below that they are rounded."""
    scale: int = 10**places
    return _decimal(round(number * scale), scale)


def of_hundred(share: Fraction) -> str:
    """How many of every hundred, for a sentence."""
    exact = share * 100
    if exact.denominator == 1:
        return str(exact.numerator)
    return gettext("about %(number)s", number=_decimal(round(exact * 100), 100))


def whole_of_hundred(share: Fraction) -> int:
    """How many whole ones of every hundred there are in a share."""
    return int(share * 100)


def _decimal(whole: int, scale: int) -> str:
    units, rest = divmod(whole, scale)
    digits = str(rest).zfill(len(str(scale)) - 1).rstrip("0")
    return f"{units:,}.{digits}" if digits else f"{units:,}"


def in_groups(text: str, size: int = 4) -> tuple[str, ...]:
    """A code in short groups, for reading aloud and comparing."""
    return tuple(text[start : start + size] for start in range(0, len(text), size))


def fraction_of(part: int, whole: int) -> Fraction:
    """Part of whole; nothing of nothing is nothing."""
    return Fraction(part, whole) if whole else Fraction()


def line_ends(paragraph: str) -> Markup:
    """One paragraph of plain text, its line ends kept."""
    return escape(paragraph).replace("\n", Markup("<br>"))
