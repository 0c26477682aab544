"""An election's public data, as one box's archive holds it, and its fingerprint.

The fingerprint is taken of the raw bytes, and every ballot and proof is bound to it.

Source: design 3, section 3.
"""

from dataclasses import dataclass, field
from typing import Final, Literal, cast

from ballots.encoding import (
    base64_digest,
    format_json,
    parse_json,
    present_fields,
    read_fields,
    read_json_point,
    read_list,
    read_text,
    read_uuid,
)
from ballots.errors import (
    IdentityPointError,
    MalformedJsonError,
    UnsupportedError,
    WrongValueError,
)
from ballots.group import ONE, Point, check_points, format_point, read_point
from ballots.questions import (
    LONGEST_TEXT,
    AnyQuestion,
    ListsQuestion,
    Question,
    ShuffledQuestion,
    format_question,
    read_question,
)

__all__ = [
    "AnyQuestion",
    "Election",
    "ListsQuestion",
    "Question",
    "ShuffledQuestion",
    "format_election",
    "parse_election",
]

MOST_QUESTIONS: Final = 50
LARGEST_ELECTION: Final = 2**20

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Election:
    """What a box is about. `raw` and `fingerprint` follow from the rest.

    Attributes:
        public_key: the joint key of the trustees.
        raw: the bytes in the archive.
        fingerprint: Base64 SHA-256 of `raw`, without padding.
        key: the joint key as a point.
    """

    uuid: str
    name: str
    description: str
    public_key: str
    questions: tuple[AnyQuestion, ...]
    administrator: str | None = None
    credential_authority: str | None = None
    language: tuple[str, Direction] | None = None
    raw: bytes = field(init=False, repr=False)
    fingerprint: str = field(init=False)
    key: Point = field(init=False, repr=False)

    def __post_init__(self) -> None:
        read_uuid(self.uuid)
        key = read_point(self.public_key)
        if key == ONE:
            # Every ballot could be read by anyone.
            raise IdentityPointError("public_key")
        check_points([key])
        if not 1 <= len(self.questions) <= MOST_QUESTIONS:
            raise WrongValueError((1, MOST_QUESTIONS), len(self.questions))
        raw = format_json(_election_object(self))
        object.__setattr__(self, "raw", raw)
        object.__setattr__(self, "fingerprint", base64_digest(raw))
        object.__setattr__(self, "key", key)

    @property
    def options(self) -> int:
        """The number of ciphertexts in a ballot."""
        return sum(question.width for question in self.questions)

    @property
    def is_shuffled(self) -> bool:
        """Whether a question's answers are shuffled before they are opened."""
        return any(isinstance(question, ShuffledQuestion) for question in self.questions)


def format_election(election: Election) -> bytes:
    """The bytes of the archive's election record."""
    return election.raw


def parse_election(raw: bytes) -> Election:
    """Parse an election record.

    Raises:
        UnsupportedError: it has a group or version we cannot check.
        BallotError: another leaf, for whatever else is wrong.
    """
    value = parse_json(raw, LARGEST_ELECTION)
    names = present_fields(value, _ELECTION_FIELDS, _OPTIONAL_FIELDS)
    got = dict(zip(names, read_fields(value, *names), strict=True))
    if got["version"] != 1 or got["group"] != "Ed25519":
        raise UnsupportedError(f"version {got['version']} on group {got['group']}")
    election = Election(
        uuid=read_uuid(got["uuid"]),
        name=read_text(got["name"], LONGEST_TEXT),
        description=read_text(got["description"], LONGEST_TEXT),
        public_key=format_point(read_json_point(got["public_key"])),
        questions=read_list(got["questions"], "questions", read_question, most=MOST_QUESTIONS),
        administrator=_read_optional(got, "administrator"),
        credential_authority=_read_optional(got, "credential_authority"),
        language=_read_language(got["language"]) if "language" in got else None,
    )
    if election.raw != raw:
        # JSON has values that compare equal and are written differently: true is not 1.
        raise MalformedJsonError("not canonical")
    return election


_ELECTION_FIELDS = (
    "version",
    "description",
    "name",
    "group",
    "public_key",
    "questions",
    "uuid",
    "administrator",
    "credential_authority",
    "language",
)
_OPTIONAL_FIELDS = frozenset({"administrator", "credential_authority", "language"})


def _election_object(election: Election) -> dict[str, object]:
    value: dict[str, object] = {
        "version": 1,
        "description": election.description,
        "name": election.name,
        "group": "Ed25519",
        "public_key": election.public_key,
        "questions": [format_question(question) for question in election.questions],
        "uuid": election.uuid,
    }
    if election.administrator is not None:
        value["administrator"] = election.administrator
    if election.credential_authority is not None:
        value["credential_authority"] = election.credential_authority
    if election.language is not None:
        value["language"] = list(election.language)
    return value


def _read_optional(got: dict[str, object], name: str) -> str | None:
    return read_text(got[name], LONGEST_TEXT) if name in got else None


def _read_language(value: object) -> tuple[str, Direction]:
    code, direction = read_list(value, "language", lambda item: read_text(item, 20), count=2)
    if direction not in {"ltr", "rtl"}:
        raise WrongValueError("ltr or rtl", direction)
    return code, cast("Direction", direction)
