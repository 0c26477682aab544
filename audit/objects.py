"""The small public objects that entries name by digest, and the list of elections.

    reason      {"v":1,"reason":"…","second_officer":null}
    scripts     {"v":1,"files":[["page.js","<sha256>"],…]}   sorted by name
    elections   {"v":1,"elections":["<uuid>",…]}
    proofs      {"v":1,"election":…,"proofs":[{"box":…,"trustee":1,"proofs":{…}},…]}
    commitments {"v":1,"election":…,"needed":2,"commitments":["<64 hex digits>",…]}

Source: docs/formats/record.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from audit import forms
from audit.forms import FormError
from audit.record_errors import ObjectFormError
from voting.canonical import format_canonical, parse_canonical
from voting.errors import CanonicalError

REASON_LIMIT = 65_536
LIST_LIMIT = 1024 * 1024
PROOFS_LIMIT = 256 * 1024 * 1024


def format_reason(reason: str) -> bytes:
    """The public reason of an act; it stands in for a second officer."""
    return format_canonical({"v": 1, "reason": reason, "second_officer": None})


def parse_reason(path: str, raw: bytes) -> str:
    """Read a reason; path names it in errors.

    Raises:
        ObjectFormError: the bytes are not the one form of a reason.
    """
    members = _read_members(path, raw, REASON_LIMIT, ("v", "reason", "second_officer"))
    reason = members["reason"]
    if not isinstance(reason, str) or format_reason(reason) != raw:
        raise ObjectFormError(path, "it is not a reason")
    return reason


def format_scripts(files: Iterable[tuple[str, str]]) -> bytes:
    """The page scripts that are served: names and digests."""
    return format_canonical({"v": 1, "files": [list(pair) for pair in sorted(files)]})


def parse_scripts(path: str, raw: bytes) -> tuple[tuple[str, str], ...]:
    """Read a list of page scripts; path names it in errors.

    Raises:
        ObjectFormError: the bytes are not the one form of such a list.
    """
    members = _read_members(path, raw, LIST_LIMIT, ("v", "files"))
    try:
        files = [_read_pair(item) for item in forms.require_list(members["files"])]
    except FormError as error:
        raise ObjectFormError(path, f"its files {error}") from None
    if any(one[0] >= other[0] for one, other in pairwise(files)) or format_scripts(files) != raw:
        raise ObjectFormError(path, "its files are not sorted, each once")
    return tuple(files)


def format_elections(uuids: Iterable[str]) -> bytes:
    """The list of a record's elections."""
    return format_canonical({"v": 1, "elections": list(uuids)})


def parse_elections(path: str, raw: bytes) -> tuple[str, ...]:
    """Read the list of a record's elections; path names it in errors.

    Raises:
        ObjectFormError: the bytes are not the one form of such a list.
    """
    members = _read_members(path, raw, LIST_LIMIT, ("v", "elections"))
    try:
        uuids = forms.require_list(members["elections"])
        for uuid in uuids:
            forms.UUID.check(uuid)
    except FormError as error:
        raise ObjectFormError(path, f"its elections {error}") from None
    found = tuple(str(uuid) for uuid in uuids)
    if len(set(found)) != len(found) or format_elections(found) != raw:
        raise ObjectFormError(path, "it is not a list of elections, each once")
    return found


def format_proof_list(election: str, proofs: Iterable[tuple[str, int, bytes]]) -> bytes:
    """The second proofs of an election, as proofs.json holds them.

    Args:
        election: its uuid.
        proofs: box, trustee's number and raw second proofs, ordered by box as in the
            manifest, then by trustee.
    """
    items = b",".join(
        b'{"box":"%b","trustee":%d,"proofs":%b}' % (box.encode(), trustee, raw)
        for box, trustee, raw in proofs
    )
    return b'{"v":1,"election":"%b","proofs":[%b]}' % (election.encode(), items)


def parse_proof_list(path: str, raw: bytes) -> dict[str, dict[int, bytes]]:
    """Raw second proofs by box, and by the trustee's number.

    Raises:
        ObjectFormError: the bytes are not the one form of such a list.
    """
    members = _read_members(path, raw, PROOFS_LIMIT, ("v", "election", "proofs"))
    try:
        items = [_read_proofs(item) for item in forms.require_list(members["proofs"])]
    except FormError as error:
        raise ObjectFormError(path, f"its proofs {error}") from None
    election = members["election"]
    if not isinstance(election, str) or format_proof_list(election, items) != raw:
        raise ObjectFormError(path, "it is not a list of second proofs")
    found: dict[str, dict[int, bytes]] = {}
    for box, trustee, proofs in items:
        if found.setdefault(box, {}).setdefault(trustee, proofs) is not proofs:
            raise ObjectFormError(path, "its proofs must be each there once")
    return found


@dataclass(frozen=True, slots=True)
class CommitmentList:
    """What the trustees of an election committed to.

    Attributes:
        needed: how many of them are to be enough.
        commitments: of each, in the order of their numbers (`ballots.seeds.commit_to`).
    """

    election: str
    needed: int
    commitments: tuple[str, ...]


def format_commitments_list(listed: CommitmentList) -> bytes:
    """The trustees' commitments, as they are logged before anyone shows her polynomial."""
    return format_canonical(
        {
            "v": 1,
            "election": listed.election,
            "needed": listed.needed,
            "commitments": list(listed.commitments),
        }
    )


def parse_commitments_list(path: str, raw: bytes) -> CommitmentList:
    """Read the trustees' commitments; path names them in errors.

    Raises:
        ObjectFormError: the bytes are not the one form of such a list.
    """
    members = _read_members(path, raw, LIST_LIMIT, ("v", "election", "needed", "commitments"))
    try:
        forms.UUID.check(members["election"])
        forms.NUMBER.check(members["needed"])
        digests = forms.require_list(members["commitments"])
        for digest in digests:
            forms.DIGEST.check(digest)
    except FormError as error:
        raise ObjectFormError(path, f"its commitments {error}") from None
    listed = CommitmentList(
        str(members["election"]),
        cast("int", members["needed"]),
        tuple([str(digest) for digest in digests]),
    )
    if format_commitments_list(listed) != raw:
        raise ObjectFormError(path, "it is not a list of commitments")
    return listed


def _read_proofs(value: object) -> tuple[str, int, bytes]:
    if not isinstance(value, dict):
        raise FormError("must be objects")
    fields = cast("dict[str, object]", value)
    box, trustee = fields.get("box"), fields.get("trustee")
    if not isinstance(box, str) or type(trustee) is not int:
        raise FormError("must say whose they are")
    return box, trustee, format_canonical(fields.get("proofs"))


def _read_pair(value: object) -> tuple[str, str]:
    pair = forms.require_list(value)
    if len(pair) != 2 or not isinstance(pair[0], str):
        raise FormError("must be names with digests")
    forms.DIGEST.check(pair[1])
    return pair[0], str(pair[1])


def _read_members(path: str, raw: bytes, limit: int, names: tuple[str, ...]) -> dict[str, object]:
    try:
        value = parse_canonical(raw, limit=limit)
    except CanonicalError as error:
        raise ObjectFormError(path, str(error)) from None
    if not isinstance(value, dict) or tuple(cast("dict[str, object]", value)) != names:
        raise ObjectFormError(path, "its members are not the right ones in their order")
    return cast("dict[str, object]", value)
