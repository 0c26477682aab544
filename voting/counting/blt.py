"""BLT: the file form in which ballots of ranked elections are passed on, read and written.

    4 2                     candidates, seats
    -3                      candidate 3 withdrew
    5 1 4 2 0               five ballots: candidate 1 first, then 4, then 2
    2 3=4 - 1 0             3 and 4 share a rank, and the next one is left empty
    0                       the end of the ballots
    "Name of candidate 1"   a name on each line, with or without quotation marks
    …
    "Title"                 at most one

From "#" to the end of a line is a comment. Every fault has its line and its reason.

Source: I. D. Hill, B. A. Wichmann and D. R. Woodall, "Algorithm 123: Single transferable vote
by Meek's method", The Computer Journal 30 (1987), section 3.1; for comments, shared and skipped
ranks, OpenSTV; docs/formats/blt.md.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

from voting.errors import BltError
from voting.texts import find_line_problem

MAX_BLT: Final = 128 * 1024 * 1024
MAX_CANDIDATES: Final = 120
MAX_NUMBER: Final = 10**18
"""The most equal ballots in one line."""

Preferences = tuple[int, ...]
"""Candidates from 1 in the order of a ballot; 0 is a rank that is left empty, and a negative
number a candidate who shares the rank of the one before."""

MAX_DIFFERENT: Final = 2_000_000

_LONGEST: Final = 2_000
_HEAD: Final = re.compile(r"([1-9][0-9]{0,3})[ \t]+([1-9][0-9]{0,3})")
_WITHDRAWN: Final = re.compile(r"-[1-9][0-9]{0,3}([ \t]+-[1-9][0-9]{0,3})*")
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,18}")
_PLACE: Final = re.compile(r"-|[1-9][0-9]{0,3}(=[1-9][0-9]{0,3})*")
_COMMENT: Final = re.compile(r"(^|[ \t]+)#.*")
_PROBLEMS: Final = {
    "missing": "there is nothing to be seen in it",
    "too-long": "it is longer than 200 characters",
    "bad-character": "it holds characters or spaces that do not belong in a name",
}


@dataclass(frozen=True, slots=True)
class Blt:
    """What a BLT file holds.

    Attributes:
        candidates: names, no two alike.
        seats: how many are elected, 1 to all of them.
        ballots: how many ballots hold these preferences; they may be wrong ones.
        withdrawn: candidates from 1 who are not to be counted; somebody is left.
        title: of the election; may be empty.

    Raises:
        BltError: with line 0, where one of these does not hold.
    """

    candidates: tuple[str, ...]
    seats: int
    ballots: Mapping[Preferences, int]
    withdrawn: frozenset[int] = frozenset()
    title: str = ""

    def __post_init__(self) -> None:
        size = len(self.candidates)
        if not 1 <= size <= MAX_CANDIDATES:
            raise BltError(0, f"{size} candidates are not 1 to {MAX_CANDIDATES}")
        if not 1 <= self.seats <= size:
            raise BltError(0, f"{self.seats} seats are not 1 to {size}, the number of candidates")
        if not self.withdrawn < frozenset(range(1, size + 1)):
            raise BltError(0, "those who withdrew are not some of the candidates")
        for place, name in enumerate(self.candidates, start=1):
            _require_name(0, name)
            if name in self.candidates[: place - 1]:
                raise BltError(0, f"two candidates have the name {name!r}")
        if self.title:
            _require_name(0, self.title)
        for preferences, number in self.ballots.items():
            if number < 1 or not _is_written(preferences):
                raise BltError(0, f"there is no way to write {number} ballots {preferences}")


def _is_written(preferences: Preferences) -> bool:
    before = 0
    for each in preferences:
        if abs(each) > 9999 or (each < 0 and before == 0):
            return False
        before = each
    return True


def _require_name(line: int, name: str) -> None:
    problem = find_line_problem(name)
    if problem is not None:
        raise BltError(line, f"a name cannot be used: {_PROBLEMS[problem]}")
    # Behind a quotation mark nobody can tell whether it begins a comment.
    if re.search(r'"[ \t]*#', name):
        raise BltError(line, "a name holds a quotation mark with # behind it")


# --- reading ------------------------------------------------------------------------------


def parse_blt(raw: bytes) -> Blt:
    """Read a BLT file.

    Raises:
        BltError: it is none; with the line and the reason.
    """
    if len(raw) > MAX_BLT:
        raise BltError(0, f"the file is longer than {MAX_BLT} bytes")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BltError(line, "this is not UTF-8 text") from None
    lines = _Lines(text)
    head = _HEAD.fullmatch(lines.take("the numbers of candidates and seats are missing"))
    if head is None:
        raise BltError(lines.number, "this is not the number of candidates, then that of seats")
    size, seats = int(head[1]), int(head[2])
    if size > MAX_CANDIDATES:
        raise BltError(lines.number, f"{size} candidates are more than {MAX_CANDIDATES}")
    if seats > size:
        raise BltError(lines.number, f"{seats} seats are more than {size} candidates")
    withdrawn: set[int] = set()
    first = lines.take(_NO_END)
    while first.startswith("-"):
        withdrawn |= _read_withdrawn(lines.number, first, size, withdrawn)
        first = lines.take(_NO_END)
    ballots = _read_ballots(lines, first, size)
    names: list[str] = []
    for place in range(1, size + 1):
        name = _read_name(lines, f"the name of candidate {place} of {size} is missing")
        if name in names:
            raise BltError(lines.number, f"two candidates have the name {name!r}")
        names.append(name)
    title = "" if lines.is_over() else _read_name(lines, "")
    if not lines.is_over():
        lines.take("")
        raise BltError(lines.number, "there is something behind the title")
    return Blt(tuple(names), seats, ballots, frozenset(withdrawn), title)


_NO_END: Final = "the ballots do not end with a line that holds 0 alone"


class _Lines:
    """The lines of a file, without comments, and without those that are empty.

    Attributes:
        number: of the line taken last.
    """

    def __init__(self, text: str) -> None:
        # Not all lines at once: a hostile file has very many of them.
        self._rest = enumerate(StringIO(text, newline="\n"), start=1)
        self._ahead: str | None = None
        self.number = 0
        self._number_ahead = 0

    def is_over(self) -> bool:
        """Whether nothing is left."""
        while not self._ahead:
            self._number_ahead, line = next(self._rest, (self._number_ahead, None))
            if line is None:
                return True
            self._ahead = _strip(line)
        return False

    def take(self, reason: str) -> str:
        """The next line; where there is none, that is wrong for this reason."""
        if self.is_over():
            raise BltError(self._number_ahead, reason)
        assert self._ahead is not None
        line, self._ahead = self._ahead, None
        self.number = self._number_ahead
        return line


def _strip(line: str) -> str:
    line = line.strip(" \t\r\n")
    if line.startswith('"'):  # a name: its comment is behind the last quotation mark
        end = line.rindex('"') + 1
        return line[:end] + _COMMENT.sub("", line[end:]).rstrip(" \t")
    return _COMMENT.sub("", line) if "#" in line else line


def _read_withdrawn(number: int, line: str, size: int, before: set[int]) -> set[int]:
    if _WITHDRAWN.fullmatch(line) is None:
        raise BltError(number, "those who withdrew are written -1 -2 …, on a line of their own")
    found = [int(word[1:]) for word in line.split()]
    for candidate in found:
        if candidate > size or candidate in before or found.count(candidate) > 1:
            raise BltError(number, f"there is no candidate {candidate} left to withdraw")
    if len(found) + len(before) == size:
        raise BltError(number, "all candidates withdrew")
    return set(found)


def _read_ballots(lines: _Lines, first: str, size: int) -> dict[Preferences, int]:
    # A word that is one of these numbers is read at once, every other one by and by.
    known = {str(candidate): candidate for candidate in range(1, size + 1)}
    ballots: dict[Preferences, int] = {}
    line = first
    while line != "0":
        preferences, number = _read_ballot(lines.number, line, known)
        ballots[preferences] = ballots.get(preferences, 0) + number
        if len(ballots) > MAX_DIFFERENT:
            raise BltError(lines.number, f"there are more than {MAX_DIFFERENT} different ballots")
        line = lines.take(_NO_END)
    return ballots


def _read_ballot(number: int, line: str, known: Mapping[str, int]) -> tuple[Preferences, int]:
    if len(line) > _LONGEST:
        raise BltError(number, f"a ballot is longer than {_LONGEST} characters")
    words = line.split()
    if words[-1] != "0":
        raise BltError(number, "a ballot does not end with 0")
    if len(words) == 1 or _NUMBER.fullmatch(words[0]) is None or int(words[0]) > MAX_NUMBER:
        raise BltError(number, f"a line does not begin with a number of ballots, 1 to {MAX_NUMBER}")
    try:
        return tuple([known[word] for word in words[1:-1]]), int(words[0])
    except KeyError:
        return _read_places(number, words[1:-1]), int(words[0])


def _read_places(number: int, words: Sequence[str]) -> Preferences:
    preferences: list[int] = []
    for word in words:
        if _PLACE.fullmatch(word) is None:
            raise BltError(number, f"{word!r} is no preference")
        first, *others = (int(one) if one != "-" else 0 for one in re.split("=", word))
        preferences += [first, *(-other for other in others)]
    return tuple(preferences)


def _read_name(lines: _Lines, reason: str) -> str:
    name = lines.take(reason)
    if name.startswith('"'):
        if len(name) == 1 or not name.endswith('"'):
            raise BltError(lines.number, "a name in quotation marks does not end with one")
        name = name[1:-1]
    _require_name(lines.number, name)
    return name


# --- writing ------------------------------------------------------------------------------


def format_blt(election: Blt) -> bytes:
    """Write a BLT file."""
    lines = [f"{len(election.candidates)} {election.seats}"]
    if election.withdrawn:
        lines.append(" ".join(f"-{candidate}" for candidate in sorted(election.withdrawn)))
    for preferences, number in election.ballots.items():
        places = "".join(_write_place(each) for each in preferences)
        lines.append(f"{number}{places} 0")
    lines.append("0")
    lines += [f'"{name}"' for name in election.candidates]
    if election.title:
        lines.append(f'"{election.title}"')
    return ("\n".join(lines) + "\n").encode()


def _write_place(each: int) -> str:
    if each < 0:
        return f"={-each}"
    return f" {each}" if each else " -"
