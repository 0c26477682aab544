"""The entries of the log: small typed records of digests, one class per type.

An entry is canonical JSON whose members stand in the order of the class's fields, after
`"v":1` and its type. It holds digests, numbers and public keys, never a name, an address
or free text. A ballot's entry has no time, so that the log does not show when anybody voted.

Source: design 5, section 0; docs/formats/entries.md.
"""

import dataclasses
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar, cast

from audit import forms
from audit.errors import EntryFormError
from audit.forms import Form, FormError
from audit.tiles import ENTRY_LIMIT
from voting.canonical import format_canonical, parse_canonical
from voting.errors import CanonicalError

_Kind = TypeVar("_Kind", "Entry", "SetupBox")


def _as(form: Form[Any]) -> Any:
    """A field with its form: how it is checked, read and written."""
    return field(metadata={"form": form})


@dataclass(frozen=True, slots=True)
class Entry:
    """What all entries have in common.

    Raises:
        EntryFormError: a value that no entry of this type can have.
    """

    type: ClassVar[str] = ""

    def __post_init__(self) -> None:
        for item in dataclasses.fields(self):
            try:
                _form(item).check(getattr(self, item.name))
            except FormError as error:
                raise EntryFormError(f"{self.type}: {item.name} {error}") from None


@dataclass(frozen=True, slots=True)
class CharterEntry(Entry):
    """The co-operative's charter, and the key with which results are certified."""

    type: ClassVar[str] = "charter"
    time: int = _as(forms.TIME)
    charter: str = _as(forms.DIGEST)
    certifier: str = _as(forms.DIGEST)
    reason: str = _as(forms.DIGEST)


@dataclass(frozen=True, slots=True)
class ScriptsEntry(Entry):
    """The page scripts that are served from now on."""

    type: ClassVar[str] = "scripts"
    time: int = _as(forms.TIME)
    scripts: str = _as(forms.DIGEST)


@dataclass(frozen=True, slots=True)
class RollEntry(Entry):
    """The commitment to an election's roll, and the number of members per college."""

    type: ClassVar[str] = "roll"
    time: int = _as(forms.TIME)
    election: str = _as(forms.UUID)
    roll: str = _as(forms.DIGEST)
    members: tuple[tuple[str, int], ...] = _as(forms.COLLEGE_COUNTS)


@dataclass(frozen=True, slots=True)
class TrusteeKeyEntry(Entry):
    """A trustee's public key; trustees are numbered from 1."""

    type: ClassVar[str] = "trustee-key"
    time: int = _as(forms.TIME)
    election: str = _as(forms.UUID)
    trustee: int = _as(forms.NUMBER)
    key: str = _as(forms.DIGEST)


@dataclass(frozen=True, slots=True)
class CommitmentsEntry(Entry):
    """What the trustees committed to, before any of them showed her polynomial."""

    type: ClassVar[str] = "commitments"
    time: int = _as(forms.TIME)
    election: str = _as(forms.UUID)
    commitments: str = _as(forms.DIGEST)


@dataclass(frozen=True, slots=True)
class SetupBox:
    """One ballot box of an election that is announced: digests of what stands in its archive.

    Whether its ballots are shuffled follows from the manifest as well; here it lets the order
    of the entries be followed from the log alone.
    """

    college: str = _as(forms.COLLEGE)
    box: str = _as(forms.UUID)
    shuffled: bool = _as(forms.TRUTH)
    election: str = _as(forms.DIGEST)
    trustees: str = _as(forms.DIGEST)
    credentials: str = _as(forms.DIGEST)

    def __post_init__(self) -> None:
        for item in dataclasses.fields(self):
            try:
                _form(item).check(getattr(self, item.name))
            except FormError as error:
                raise EntryFormError(f"box: {item.name} {error}") from None


class _SetupBoxes(Form[tuple[SetupBox, ...]]):
    """The boxes of a set-up, as objects of fixed field order."""

    def check(self, value: object) -> None:
        boxes = forms.require_tuple(value)
        if not boxes or not all(type(box) is SetupBox for box in boxes):
            raise FormError("must list at least one box")

    def read(self, value: object) -> tuple[SetupBox, ...]:
        return tuple(_read_fields(SetupBox, item) for item in forms.require_list(value))

    def write(self, value: tuple[SetupBox, ...]) -> object:
        return [_write_fields(box) for box in value]


@dataclass(frozen=True, slots=True)
class SetupEntry(Entry):
    """The election is announced: everything that defines it is fixed.

    How many trustees are needed stands in the manifest as well; here it lets the order of the
    entries be followed from the log alone.
    """

    type: ClassVar[str] = "setup"
    time: int = _as(forms.TIME)
    election: str = _as(forms.UUID)
    manifest: str = _as(forms.DIGEST)
    needed: int = _as(forms.NUMBER)
    boxes: tuple[SetupBox, ...] = _as(_SetupBoxes())


@dataclass(frozen=True, slots=True)
class OpeningEntry(Entry):
    """Voting begins."""

    type: ClassVar[str] = "opening"
    time: int = _as(forms.TIME)
    election: str = _as(forms.UUID)
    reason: str = _as(forms.DIGEST)


@dataclass(frozen=True, slots=True)
class BallotEntry(Entry):
    """One accepted ballot."""

    type: ClassVar[str] = "ballot"
    election: str = _as(forms.UUID)
    box: str = _as(forms.UUID)
    ballot: str = _as(forms.DIGEST)


@dataclass(frozen=True, slots=True)
class ClosingEntry(Entry):
    """Voting ends, with the number of ballot entries of each box.

    From the seed lots are drawn; the manifest binds it, and until now it was shown to nobody.
    """

    type: ClassVar[str] = "closing"
    time: int = _as(forms.TIME)
    election: str = _as(forms.UUID)
    reason: str = _as(forms.DIGEST)
    seed: str = _as(forms.SEED)
    ballots: tuple[tuple[str, int], ...] = _as(forms.BOX_COUNTS)


@dataclass(frozen=True, slots=True)
class TallyEntry(Entry):
    """The sealed sum of one box."""

    type: ClassVar[str] = "tally"
    time: int = _as(forms.TIME)
    election: str = _as(forms.UUID)
    box: str = _as(forms.UUID)
    encrypted_tally: str = _as(forms.DIGEST)
    sized: str = _as(forms.DIGEST)


@dataclass(frozen=True, slots=True)
class ShuffleEntry(Entry):
    """One trustee's shuffle of one box, from what the one before her gave."""

    type: ClassVar[str] = "shuffle"
    time: int = _as(forms.TIME)
    election: str = _as(forms.UUID)
    box: str = _as(forms.UUID)
    trustee: int = _as(forms.NUMBER)
    shuffle: str = _as(forms.DIGEST)


@dataclass(frozen=True, slots=True)
class DecryptionEntry(Entry):
    """One trustee's share for one box, with the second proofs beside it."""

    type: ClassVar[str] = "decryption"
    time: int = _as(forms.TIME)
    election: str = _as(forms.UUID)
    box: str = _as(forms.UUID)
    trustee: int = _as(forms.NUMBER)
    decryption: str = _as(forms.DIGEST)
    proofs: str = _as(forms.DIGEST)


@dataclass(frozen=True, slots=True)
class ResultEntry(Entry):
    """The final archives, the result and the collected second proofs."""

    type: ClassVar[str] = "result"
    time: int = _as(forms.TIME)
    election: str = _as(forms.UUID)
    boxes: tuple[tuple[str, str], ...] = _as(forms.BOX_DIGESTS)
    result: str = _as(forms.DIGEST)
    proofs: str = _as(forms.DIGEST)


@dataclass(frozen=True, slots=True)
class CertificateEntry(Entry):
    """The returning officer's certificate."""

    type: ClassVar[str] = "certificate"
    time: int = _as(forms.TIME)
    election: str = _as(forms.UUID)
    certificate: str = _as(forms.DIGEST)


@dataclass(frozen=True, slots=True)
class VoidEntry(Entry):
    """The election is called off."""

    type: ClassVar[str] = "void"
    time: int = _as(forms.TIME)
    election: str = _as(forms.UUID)
    reason: str = _as(forms.DIGEST)


TYPES: dict[str, type[Entry]] = {
    kind.type: kind
    for kind in (
        CharterEntry,
        ScriptsEntry,
        RollEntry,
        TrusteeKeyEntry,
        CommitmentsEntry,
        SetupEntry,
        OpeningEntry,
        BallotEntry,
        ClosingEntry,
        TallyEntry,
        ShuffleEntry,
        DecryptionEntry,
        ResultEntry,
        CertificateEntry,
        VoidEntry,
    )
}


def format_entry(entry: Entry) -> bytes:
    """The one byte form of an entry.

    Raises:
        EntryFormError: it would be longer than a bundle can carry.
    """
    raw = format_canonical({"v": 1, "type": entry.type, **_write_fields(entry)})
    if len(raw) > ENTRY_LIMIT:
        raise EntryFormError(f"{entry.type}: longer than {ENTRY_LIMIT} bytes")
    return raw


def parse_entry(raw: bytes) -> Entry:
    """Read an entry.

    Raises:
        EntryFormError: the bytes are not the one form of any entry.
    """
    try:
        value = parse_canonical(raw, limit=ENTRY_LIMIT)
    except CanonicalError as error:
        raise EntryFormError(f"not canonical JSON ({error})") from None
    if not isinstance(value, dict):
        raise EntryFormError("not an object")
    members = cast("dict[str, object]", value)
    if list(members)[:2] != ["v", "type"] or type(members["v"]) is not int or members["v"] != 1:
        raise EntryFormError("it does not begin with version 1 and a type")
    name = members["type"]
    kind = TYPES.get(name) if isinstance(name, str) else None
    if kind is None:
        raise EntryFormError("its type is not known")
    rest = {key: member for key, member in members.items() if key not in {"v", "type"}}
    return _read_fields(kind, rest)


def _form(item: "dataclasses.Field[Any]") -> Form[Any]:
    return cast("Form[Any]", item.metadata["form"])


def _write_fields(value: Entry | SetupBox) -> dict[str, object]:
    return {
        item.name: _form(item).write(getattr(value, item.name))
        for item in dataclasses.fields(value)
    }


def _read_fields(kind: type[_Kind], value: object) -> _Kind:
    items = dataclasses.fields(kind)
    label = getattr(kind, "type", "box")
    if not isinstance(value, dict) or list(cast("dict[str, object]", value)) != [
        item.name for item in items
    ]:
        raise EntryFormError(f"{label}: its members are not the right ones in their order")
    members = cast("dict[str, object]", value)
    try:
        values = {item.name: _form(item).read(members[item.name]) for item in items}
    except FormError as error:
        raise EntryFormError(f"{label}: {error}") from None
    return kind(**values)
