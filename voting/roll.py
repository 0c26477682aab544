"""The roll: who may vote, fixed at an election's record date.

Its canonical form is sorted, so that the order of a file changes nothing. The public
record holds only a salted commitment to it: nothing personal.

Source: design 4, section 1, and 2, "Entry"; docs/formats/roll.md.
"""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voting.canonical import format_canonical, parse_canonical
from voting.charter.charter import Charter
from voting.charter.errors import DuplicateCollegeError
from voting.errors import CanonicalError, DuplicateMemberError, LimitError, SaltLengthError
from voting.members import CollegeId, Member
from voting.reading import read_choice, read_list, read_object, read_text, require_version
from voting.roll_csv import MAX_MEMBERS, RollError, RollProblem, read_rows
from voting.texts import LANGUAGES, TEXT_FORMATS, require_college_id, require_digest

__all__ = [
    "MAX_MEMBERS",
    "Roll",
    "RollChanges",
    "RollError",
    "RollProblem",
    "RollSummary",
    "commit_roll",
    "compare_rolls",
    "format_roll",
    "parse_roll",
    "read_roll",
    "summarise_roll",
]

MAX_ROLL = 128 * 1024 * 1024
SALT_LENGTH = 32

_LABEL = b"teg roll v1\0"
_FIELDS = ("number", "name", "email", "college", "language", "format")


@dataclass(frozen=True, slots=True)
class Roll:
    """Every member, in the canonical order: by number, then those without one by address.

    Attributes:
        members: up to 100,000; no two with the same number or the same e-mail address.

    Raises:
        DuplicateMemberError: two members cannot be told apart.
        LimitError: there are too many.
    """

    members: tuple[Member, ...]

    def __post_init__(self) -> None:
        if len(self.members) > MAX_MEMBERS:
            raise LimitError("members", len(self.members))
        seen: set[str] = set()
        for member in self.members:
            # One person on two lines would hold two credentials, and two votes.
            for value in {member.key, member.email.lower()}:
                if value in seen:
                    raise DuplicateMemberError(value)
                seen.add(value)
        ordered = sorted(self.members, key=lambda member: (member.number == "", member.key))
        object.__setattr__(self, "members", tuple(ordered))

    @property
    def by_college(self) -> Mapping[CollegeId, tuple[Member, ...]]:
        """The members of each college that has some; associates are in none."""
        groups: dict[CollegeId, list[Member]] = {}
        for member in self.members:
            if member.college is not None:
                groups.setdefault(member.college, []).append(member)
        return {college: tuple(group) for college, group in groups.items()}

    @property
    def associates(self) -> tuple[Member, ...]:
        """The members who have no vote."""
        return tuple(member for member in self.members if member.college is None)


@dataclass(frozen=True, slots=True)
class RollSummary:
    """What the public record says of a roll.

    Attributes:
        commitment: HMAC-SHA-256 of the roll under a secret salt, lower-case hex.
        members: how many each college has, for every college in the charter's order.

    Raises:
        IdentifierError, DuplicateCollegeError, LimitError: a value is out of its bounds.
    """

    commitment: str
    members: tuple[tuple[CollegeId, int], ...]

    def __post_init__(self) -> None:
        require_digest("commitment", self.commitment)
        seen: set[CollegeId] = set()
        for college, number in self.members:
            require_college_id(college)
            if college in seen:
                raise DuplicateCollegeError(college)
            if not 0 <= number <= MAX_MEMBERS:
                raise LimitError(college, number)
            seen.add(college)


@dataclass(frozen=True, slots=True)
class RollChanges:
    """What a new roll would change: shown before it is imported."""

    added: tuple[Member, ...]
    removed: tuple[Member, ...]
    changed: tuple[tuple[Member, Member], ...]


def read_roll(text: str | bytes, charter: Charter) -> Roll:
    """Read a roll from CSV; either every line is right, or nothing is read.

    Raises:
        RollError: with every problem found, each with its line (docs/formats/roll.md).
    """
    return Roll(read_rows(text, frozenset(college.id for college in charter.colleges)))


def compare_rolls(old: Roll, new: Roll) -> RollChanges:
    """Who would be added, removed or changed.

    A member is the same when the number is; where either roll has no number for her, when
    the e-mail address is.
    """
    before = {member.key: member for member in old.members}
    unmatched = {member.email.lower(): member for member in old.members}
    pairs: list[tuple[Member, Member]] = []
    strangers: list[Member] = []
    for member in new.members:
        earlier = before.get(member.key)
        if earlier is None:
            strangers.append(member)
        else:
            pairs.append((earlier, member))
            del unmatched[earlier.email.lower()]
    added: list[Member] = []
    for member in strangers:
        earlier = unmatched.get(member.email.lower())
        if earlier is None or (earlier.number and member.number):
            added.append(member)
        else:
            pairs.append((earlier, member))
            del unmatched[earlier.email.lower()]
    return RollChanges(
        added=tuple(added),
        removed=tuple(unmatched.values()),
        changed=tuple(pair for pair in pairs if pair[0] != pair[1]),
    )


def format_roll(roll: Roll) -> bytes:
    """The roll's canonical bytes (docs/formats/roll.md); they are personal data."""
    return format_canonical({"v": 1, "members": [_member_object(m) for m in roll.members]})


def parse_roll(raw: bytes) -> Roll:
    """Read a roll from its canonical bytes.

    Raises:
        VotingError: the bytes are not those of a roll.
    """
    version, members = read_object("roll", parse_canonical(raw, limit=MAX_ROLL), "v", "members")
    require_version("roll.v", version)
    roll = Roll(tuple(_read_member(member) for member in read_list("roll.members", members)))
    if format_roll(roll) != raw:
        raise CanonicalError("not-canonical")
    return roll


def commit_roll(roll: Roll, salt: bytes) -> str:
    """The commitment that is published: it binds the roll and, while the salt is secret, hides it.

    Args:
        roll: the whole roll, associates too.
        salt: 32 random bytes; destroying them erases the link to the persons.
    """
    if len(salt) != SALT_LENGTH:
        raise SaltLengthError(len(salt))
    return hmac.digest(salt, _LABEL + format_roll(roll), "sha256").hex()


def summarise_roll(roll: Roll, charter: Charter, salt: bytes) -> RollSummary:
    """The commitment, and how many members each college of the charter has.

    Raises:
        UnknownCollegeError: a member is in a college that the charter lacks.
    """
    groups = roll.by_college
    for college in groups:
        charter.college(college)
    return RollSummary(
        commitment=commit_roll(roll, salt),
        members=_count_groups((college.id for college in charter.colleges), groups),
    )


def _count_groups(
    colleges: Iterable[CollegeId], groups: Mapping[CollegeId, tuple[Member, ...]]
) -> tuple[tuple[CollegeId, int], ...]:
    return tuple((college, len(groups.get(college, ()))) for college in colleges)


def _member_object(member: Member) -> dict[str, object]:
    return {
        "number": member.number,
        "name": member.name,
        "email": member.email,
        "college": member.college,
        "language": member.language,
        "format": member.text_format,
    }


def _read_member(value: object) -> Member:
    number, name, email, college, language, form = read_object("roll.members", value, *_FIELDS)
    return Member(
        number=read_text("roll.members.number", number),
        name=read_text("roll.members.name", name),
        email=read_text("roll.members.email", email),
        college=None if college is None else CollegeId(read_text("roll.members.college", college)),
        language=read_choice("roll.members.language", language, LANGUAGES),
        text_format=read_choice("roll.members.format", form, TEXT_FORMATS),
    )
