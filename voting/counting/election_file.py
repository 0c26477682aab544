"""An election in a file, to be counted by anybody: from BLT, or from JSON with its colleges.

    {"seats":2, "candidates":["A","B","C"], "protected":"supported",
     "colleges":[{"name":"supported","share":"51/100","ballots":[[6,[0,2]],[1,[]]]}, …]}

Six ballots that rank candidate 0 first and then 2, and one that is blank. With a field `top`
(the highest score) or `grades` (their words, best first), a ballot is not a ranking: it
holds a score, or a grade from 0, for each candidate. With `"scheme":"none"` each ballot weighs
1, whatever the shares. Other fields are not looked at.

Ballots that the rules call invalid are numbered, not refused. Everything else that is
wrong with a file is, with its place and its reason.

Source: docs/formats/counting.md; docs/rules/contests.md for what is invalid.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, cast

from voting.charter.charter import MAX_COLLEGES
from voting.counting.blt import MAX_CANDIDATES, MAX_NUMBER, Blt
from voting.counting.file_fields import Fields, is_whole, load_json
from voting.errors import ElectionFileError
from voting.option_contests import MAX_GRADES, MAX_TOP, MIN_GRADES
from voting.reading import MAX_DENOMINATOR
from voting.texts import find_line_problem

MAX_JSON: Final = 32 * 1024 * 1024

FileForm = Literal["ranked", "scored", "graded"]

_SHARE: Final = re.compile(r"([0-9]{1,7})(?:/([0-9]{1,7}))?")


@dataclass(frozen=True, slots=True)
class FileCollege:
    """The ballots of one college.

    Attributes:
        name: of the college.
        share: of the whole vote.
        ballots: how many counted ballots hold the same: candidates from 0 in order of
            preference; or for each candidate its score or its grade, both from 1.
        blank: ballots that hold nothing.
        invalid: ballots that the rules call so.
        stated: how many valid ballots the file says there are, if it does.
    """

    name: str
    share: Fraction
    ballots: Mapping[bytes, int]
    blank: int
    invalid: int
    stated: int | None = None

    @property
    def counted(self) -> int:
        """T_c: ballots that are valid and not blank."""
        return sum(self.ballots.values())

    @property
    def cast(self) -> int:
        """All ballots."""
        return self.counted + self.blank + self.invalid


@dataclass(frozen=True, slots=True)
class ElectionFile:
    """An election as a file has it.

    Attributes:
        candidates: names of those who stand.
        withdrawn: names of those who withdrew.
        seats: as the file says.
        colleges: one or several, their shares together 1.
        form: what its ballots are.
        highest: the highest score, or the number of grades; 0 for rankings.
        is_weighed: whether ballots weigh by the shares of their colleges; else each weighs 1.
        protected: the name of the protected college, if any.
        title: of the election; may be empty.
    """

    candidates: tuple[str, ...]
    withdrawn: tuple[str, ...]
    seats: int
    colleges: tuple[FileCollege, ...]
    form: FileForm
    highest: int
    is_weighed: bool
    protected: str | None
    title: str


# --- from BLT -----------------------------------------------------------------------------


def from_blt(blt: Blt) -> ElectionFile:
    """The election of a BLT file: ballots of one college, each of weight 1.

    Who withdrew is taken off every ballot first; a ballot that ranks nobody else is blank.
    """
    everybody = range(1, len(blt.candidates) + 1)
    standing = [number for number in everybody if number not in blt.withdrawn]
    places = bytes.maketrans(bytes(standing), bytes(range(len(standing))))
    withdrawn = bytes(sorted(blt.withdrawn))
    ballots: dict[bytes, int] = {}
    blank = invalid = 0
    for preferences, number in blt.ballots.items():
        if not _ranks_properly(preferences, 1, len(blt.candidates)):
            invalid += number
            continue
        order = bytes(preferences).translate(places, withdrawn)
        if order:
            ballots[order] = ballots.get(order, 0) + number
        else:
            blank += number
    return ElectionFile(
        candidates=tuple(blt.candidates[number - 1] for number in standing),
        withdrawn=tuple(blt.candidates[number - 1] for number in sorted(blt.withdrawn)),
        seats=blt.seats,
        colleges=(FileCollege("all", Fraction(1), ballots, blank, invalid),),
        form="ranked",
        highest=0,
        is_weighed=False,
        protected=None,
        title=blt.title,
    )


def _ranks_properly(order: Sequence[int], first: int, last: int) -> bool:
    """Whether each is a candidate, and none is there twice."""
    return not order or (
        len(set(order)) == len(order) and min(order) >= first and max(order) <= last
    )


# --- from JSON ----------------------------------------------------------------------------


def parse_election(raw: bytes) -> ElectionFile:
    """Read a JSON file of colleges and ballots.

    Raises:
        ElectionFileError: it is none; with the place in it and the reason.
    """
    if len(raw) > MAX_JSON:
        raise ElectionFileError("the file", f"it is longer than {MAX_JSON} bytes")
    fields = Fields("", load_json(raw))
    candidates = _read_names(fields, "candidates", 1, MAX_CANDIDATES)
    seats = fields.integer("seats", 1, len(candidates))
    form, highest = _read_form(fields)
    colleges = [
        _read_college(Fields(f"colleges[{place}]", each), len(candidates), form, highest)
        for place, each in enumerate(fields.array("colleges"))
    ]
    names = [college.name for college in colleges]
    if not 1 <= len(names) <= MAX_COLLEGES or len(set(names)) < len(names):
        raise fields.wrong("colleges", f"they are not 1 to {MAX_COLLEGES} with different names")
    whole = sum((college.share for college in colleges), Fraction())
    if whole != 1:
        raise fields.wrong("colleges", f"their shares add up to {whole}, not to 1")
    protected = fields.optional_text("protected")
    if protected is not None and protected not in names:
        raise fields.wrong("protected", "there is no such college")
    is_weighed = _read_scheme(fields) == "turnout"
    if protected is not None and not is_weighed:
        raise fields.wrong("protected", "with one vote each no college is sure of a majority")
    for college in colleges:
        if college.name == protected and college.share <= Fraction(1, 2):
            raise fields.wrong("protected", f"its share {college.share} is not more than half")
    return ElectionFile(
        candidates=candidates,
        withdrawn=(),
        seats=seats,
        colleges=tuple(colleges),
        form=form,
        highest=highest,
        is_weighed=is_weighed,
        protected=protected,
        title=fields.optional_text("id") or "",
    )


def _read_names(fields: Fields, name: str, least: int, most: int) -> tuple[str, ...]:
    names: list[str] = []
    for place, each in enumerate(fields.array(name)):
        if not isinstance(each, str) or find_line_problem(each) is not None:
            raise fields.wrong(f"{name}[{place}]", "it is not a line of text")
        if each in names:
            raise fields.wrong(f"{name}[{place}]", f"{each!r} is there twice")
        names.append(each)
    if not least <= len(names) <= most:
        raise fields.wrong(name, f"they are not {least} to {most}")
    return tuple(names)


def _read_scheme(fields: Fields) -> str:
    scheme = fields.optional_text("scheme") or "turnout"
    if scheme not in {"turnout", "none"}:
        raise fields.wrong("scheme", "it is neither turnout nor none")
    return scheme


def _read_form(fields: Fields) -> tuple[FileForm, int]:
    if fields.has("top") and fields.has("grades"):
        raise fields.wrong("grades", "a file with top has scores, not grades")
    if fields.has("top"):
        return "scored", fields.integer("top", 1, MAX_TOP)
    if fields.has("grades"):
        return "graded", len(_read_names(fields, "grades", MIN_GRADES, MAX_GRADES))
    return "ranked", 0


def _read_college(fields: Fields, size: int, form: FileForm, highest: int) -> FileCollege:
    ballots: dict[bytes, int] = {}
    blank = invalid = 0
    for place, each in enumerate(fields.array("ballots")):
        number, holds = _read_ballot(fields.path(f"ballots[{place}]"), each)
        if not holds:
            blank += number
        elif form == "ranked" and _ranks_properly(holds, 0, size - 1):
            order = bytes(holds)
            ballots[order] = ballots.get(order, 0) + number
        elif form != "ranked" and _marks_properly(holds, size, highest, form):
            marks = bytes([mark + 1 for mark in holds])
            ballots[marks] = ballots.get(marks, 0) + number
        else:
            invalid += number
    stated = fields.integer("valid_ballots", 0, 10**18) if fields.has("valid_ballots") else None
    name, share = fields.text("name"), _read_share(fields)
    return FileCollege(name, share, ballots, blank, invalid, stated)


def _marks_properly(marks: Sequence[int], size: int, highest: int, form: FileForm) -> bool:
    most = highest if form == "scored" else highest - 1
    return len(marks) == size and min(marks) >= 0 and max(marks) <= most


def _read_ballot(path: str, value: object) -> tuple[int, list[int]]:
    """How many, and what they hold; -1 in the place of what no valid ballot can hold."""
    number, holds = _take_pair(value)
    if not is_whole(number) or not 1 <= number <= MAX_NUMBER or not isinstance(holds, list):
        raise ElectionFileError(path, f"it is not [how many, 1 to {MAX_NUMBER}, [what]]")
    return number, list(_read_holds(path, cast("list[object]", holds)))


def _take_pair(value: object) -> tuple[object, object]:
    items = cast("list[object]", value) if isinstance(value, list) else []
    return (items[0], items[1]) if len(items) == 2 else (None, None)


def _read_holds(path: str, holds: Iterable[object]) -> Iterable[int]:
    for place, each in enumerate(holds):
        if is_whole(each):
            yield each
        elif each is None or isinstance(each, list):  # a rank that is empty, or shared
            yield -1
        else:
            raise ElectionFileError(f"{path}[1][{place}]", "it is not a whole number")


def _read_share(fields: Fields) -> Fraction:
    found = _SHARE.fullmatch(fields.text("share"))
    if found is None or int(found[2] or 1) == 0:
        raise fields.wrong("share", 'it is not a fraction such as "51/100"')
    share = Fraction(int(found[1]), int(found[2] or 1))
    if not 0 < share <= 1 or share.denominator > MAX_DENOMINATOR:
        raise fields.wrong("share", "it is not above 0 and at most 1")
    return share
