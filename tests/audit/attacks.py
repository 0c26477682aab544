"""What a dishonest service with all its keys could bend, one thing at a time."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.certificate import (
    Certificate,
    format_certificate,
    parse_certificate,
    sign_certificate,
)
from audit.entries import BallotEntry, Entry, SetupEntry
from ballots.archive import ArchiveBuilder, read_archive
from ballots.ballot import parse_ballot
from ballots.credentials import format_credentials, make_credential, public_credential
from ballots.decryption import Share, decrypt_share, format_box_result
from ballots.election import ShuffledQuestion, parse_election
from ballots.group import ORDER
from ballots.mixing import shuffle_tally, take_shuffle
from ballots.sealing import seal_ballot
from ballots.tally import parse_encrypted_tally, tally_box
from ballots.trustees import format_trustees, make_public_key
from tests.assembly import (
    BOXES,
    ELECTION,
    EVERY_FORM,
    FOR,
    MEMBERS,
    Bend,
    Source,
    bending,
    digest,
    hold_election,
)
from tests.ballots.assembly import hold_ceremony
from voting.canonical import parse_canonical
from voting.counting.motion import CollegeTally
from voting.counting.parts import CollegeBallots

RANDOM = Source(b"an attacker")


def without(place: int) -> Callable[[list[Any]], list[Any]]:
    return lambda items: items[:place] + items[place + 1 :]


def add_late_ballot(entries: list[Entry]) -> list[Entry]:
    place = next(at for at, entry in enumerate(entries) if entry.type == "closing") + 1
    late = BallotEntry(ELECTION, BOXES["community"], digest(b"a late ballot"))
    return [*entries[:place], late, *entries[place:]]


def swap_entries(one: str, two: str) -> Callable[[list[Entry]], list[Entry]]:
    def swap(entries: list[Entry]) -> list[Entry]:
        first = next(at for at, entry in enumerate(entries) if entry.type == one)
        second = next(at for at, entry in enumerate(entries) if entry.type == two)
        found = list(entries)
        found[first], found[second] = found[second], found[first]
        return found

    return swap


def repeat(kind: str) -> Callable[[list[Entry]], list[Entry]]:
    def again(entries: list[Entry]) -> list[Entry]:
        place = next(at for at, entry in enumerate(entries) if entry.type == kind)
        return [*entries[: place + 1], entries[place], *entries[place + 1 :]]

    return again


def change_entry(kind: str, **values: Any) -> Callable[[list[Entry]], list[Entry]]:
    return lambda entries: [
        replace(entry, **values) if entry.type == kind else entry for entry in entries
    ]


def more_votes_for(rows: list[CollegeTally]) -> list[CollegeTally]:
    return [replace(rows[0], cast=4, for_=3), *rows[1:]]


def restate(change: Callable[[Any], Any]) -> Bend:
    return bending("statement", change)


def stranger_certifies(raw: bytes) -> bytes:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    statement = replace(
        parse_certificate(raw).statement, key=key.public_key().public_bytes_raw().hex()
    )
    return format_certificate(sign_certificate(statement, key))


def unsign(raw: bytes) -> bytes:
    return format_certificate(Certificate(parse_certificate(raw).statement, bytes(64)))


def extra_credential(raw: bytes) -> bytes:
    listed = parse_canonical(raw, limit=10_000)
    assert isinstance(listed, list)
    extra = public_credential(BOXES["community"], make_credential(RANDOM))
    return format_credentials([*listed, extra])


def replace_credential(raw: bytes) -> bytes:
    """Someone else's credential in the place of a member's, the count unchanged."""
    listed = parse_canonical(raw, limit=10_000)
    assert isinstance(listed, list)
    return format_credentials(
        [public_credential(BOXES["employees"], make_credential(RANDOM)) for _ in listed]
    )


def share_credentials() -> Bend:
    """The same public credential on the lists of two boxes."""
    first: list[bytes] = []

    def bend(name: str, value: Any) -> Any:
        if name == "credentials:employees":
            first.append(value)
        if name == "credentials:community":
            listed = parse_canonical(first[0], limit=10_000)
            assert isinstance(listed, list)
            return format_credentials(listed[: MEMBERS["community"]])
        return value

    return bend


def stranger_trustees(_: bytes) -> bytes:
    return format_trustees([make_public_key(number, RANDOM) for number in (5, 7)])


def reword_question(raw: bytes) -> bytes:
    return raw.replace(b"buy a boat", b"sell a boat")


def drop_last_vote(ballots: list[bytes]) -> list[bytes]:
    return ballots[:-1]


def count_wrongly(name: str, skip: int) -> Bend:
    """The sum leaves out one ballot that is in the box."""
    kept: dict[str, bytes] = {}

    def bend(found: str, value: Any) -> Any:
        if found == f"election:{name}":
            kept["election"] = value
        if found == f"ballots:{name}":
            kept.update({str(at): raw for at, raw in enumerate(value)})
        if found in {f"tally:{name}", f"sized:{name}"}:
            election = parse_election(kept["election"])
            raws = [kept[str(at)] for at in range(len(kept) - 1) if at != skip]
            tally = tally_box(election, [parse_ballot(election, raw) for raw in raws])
            return tally.encrypted if found.startswith("tally") else tally.sized
        return value

    return bend


def bad_ballot(ballots: list[bytes]) -> list[bytes]:
    """A ballot whose proof was bent, but which is signed by nobody else."""
    text = ballots[0].decode()
    place = text.index('"response":"') + len('"response":"')
    other = "2" if text[place] == "1" else "1"
    return [*ballots, (text[:place] + other + text[place + 1 :]).encode()]


def stuffed(ballots: list[bytes]) -> list[bytes]:
    """A ballot by a credential that is on no list."""
    election = next(iter(honest_elections()))
    return [*ballots, seal_ballot(election, make_credential(RANDOM), [FOR], RANDOM)]


def honest_elections() -> list[Any]:
    found: list[Any] = []

    def bend(name: str, value: Any) -> Any:
        if name == "election:supported":
            found.append(parse_election(value))
        return value

    hold_election(bend, until="announced")
    return found


def bend_share(change: Callable[[Share], Share]) -> Bend:
    return bending("share:employees:2", change)


def proofs_of_another_box() -> Bend:
    seen: list[Share] = []

    def bend(name: str, value: Any) -> Any:
        if name == "share:supported:2":
            seen.append(value)
        if name == "share:employees:2":
            return Share(value.decryption, seen[0].proofs)
        return value

    return bend


def flip_digit(raw: bytes) -> bytes:
    """Change one digit of the first response."""
    place = raw.index(b'"response":"') + len(b'"response":"')
    other = b"2" if raw[place : place + 1] == b"1" else b"1"
    return raw[:place] + other + raw[place + 1 :]


def swap_for_and_against(_: bytes) -> bytes:
    return format_box_result(((0, 0, 1),))


def rename_trustees(raw: bytes) -> bytes:
    """The same archive, under another list of trustees."""
    archive = read_archive(raw)
    assert archive.encrypted_tally is not None
    assert archive.sized is not None
    assert archive.result is not None
    builder = ArchiveBuilder(archive.timestamp)
    builder.setup(archive.election, stranger_trustees(b""), archive.credentials)
    for ballot in archive.ballots:
        builder.ballot(ballot)
    builder.end_ballots()
    builder.encrypted_tally(archive.encrypted_tally, archive.sized)
    for number, share in archive.decryptions:
        builder.partial_decryption(number, share)
    builder.result(archive.result)
    return builder.to_bytes()


def cut_result(raw: bytes) -> bytes:
    archive = read_archive(raw)
    builder = ArchiveBuilder(archive.timestamp)
    builder.setup(archive.election, archive.trustees, archive.credentials)
    for ballot in archive.ballots:
        builder.ballot(ballot)
    builder.end_ballots()
    return builder.to_bytes()


# --- trustees who made a key together, and shuffles -------------------------------------


def drop_entries(kind: str, **values: Any) -> Callable[[list[Entry]], list[Entry]]:
    """Leave out the entries of a kind with these values."""

    def is_dropped(entry: Entry) -> bool:
        return entry.type == kind and all(getattr(entry, n) == v for n, v in values.items())

    return lambda entries: [entry for entry in entries if not is_dropped(entry)]


def move_before(kind: str, other: str) -> Callable[[list[Entry]], list[Entry]]:
    """The last entry of a kind, before the first of another, at its time."""

    def move(entries: list[Entry]) -> list[Entry]:
        moved = [entry for entry in entries if entry.type == kind][-1]
        rest = [entry for entry in entries if entry is not moved]
        place = next(at for at, entry in enumerate(rest) if entry.type == other)
        earlier = replace(moved, time=rest[place].time)  # type: ignore[call-arg, attr-defined]
        return [*rest[:place], earlier, *rest[place:]]

    return move


def shuffle_of(change: Callable[[list[Any]], list[Any]]) -> Bend:
    """The first shuffle starts from other ciphertexts than those of the tally."""
    kept: dict[str, Any] = {}

    def bend(name: str, value: Any) -> Any:
        if name == "election:employees":
            kept["election"] = parse_election(value)
        if name == "tally:employees":
            kept["tally"] = value
        if name == "shuffle:employees:3":
            election = kept["election"]
            rows = [list(row) for row in parse_encrypted_tally(election, kept["tally"])]
            changed = tuple(
                tuple(change(row) if isinstance(question, ShuffledQuestion) else row)
                for question, row in zip(election.questions, rows, strict=True)
            )
            return shuffle_tally(election, changed, RANDOM)
        return value

    return bend


def skip_the_first_shuffle() -> Bend:
    """The second trustee shuffles the tally, not what the first one gave."""
    kept: dict[str, Any] = {}

    def bend(name: str, value: Any) -> Any:
        kept[name] = value
        if name == "shuffle:employees:1":
            election = parse_election(kept["election:employees"])
            return shuffle_tally(election, kept["tally:employees"], RANDOM)
        return value

    return bend


def bend_response(raw: bytes) -> bytes:
    """One more in the first response of a shuffle's proof."""
    shuffle = json.loads(raw)
    responses = shuffle["proofs"][0][1]
    responses[0] = str((int(responses[0]) + 1) % ORDER)
    return json.dumps(shuffle, separators=(",", ":")).encode()


def open_with(number: int, *, before_shuffles: bool = False) -> Bend:
    """Trustee 2's share is made with another's key, or of the tally before its shuffles."""
    kept: dict[str, Any] = {}

    def bend(name: str, value: Any) -> Any:
        kept[name] = value
        if name == "share:employees:2":
            election = parse_election(kept["election:employees"])
            tally: Any = kept["tally:employees"]
            if not before_shuffles:
                for trustee in EVERY_FORM.shufflers:
                    tally = take_shuffle(election, tally, kept[f"shuffle:employees:{trustee}"])
            private = hold_ceremony().private_keys[number - 1]
            return decrypt_share(election, tally, private, RANDOM)
        return value

    return bend


def say_nothing_is_shuffled(entries: list[Entry]) -> list[Entry]:
    """Ballots could then be opened in the order in which they were cast."""
    return [
        replace(entry, boxes=tuple(replace(box, shuffled=False) for box in entry.boxes))
        if isinstance(entry, SetupEntry)
        else entry
        for entry in entries
    ]


def name_other_trustees(entries: list[Entry]) -> list[Entry]:
    """The second box names a list of trustees that the others do not."""
    return [
        replace(
            entry,
            boxes=(
                entry.boxes[0],
                replace(entry.boxes[1], trustees=digest(b"others")),
                entry.boxes[2],
            ),
        )
        if isinstance(entry, SetupEntry)
        else entry
        for entry in entries
    ]


def open_ballot(change: Callable[[list[int]], list[int]]) -> Callable[[bytes], bytes]:
    """Another ranking in the place of the first one that was opened."""

    def edit(raw: bytes) -> bytes:
        result = json.loads(raw)
        result["result"][2][0] = change(result["result"][2][0])
        return json.dumps(result, separators=(",", ":")).encode()

    return edit


def drop_opened(rows: list[CollegeBallots]) -> list[CollegeBallots]:
    """Count as if one ranked ballot were none."""
    first = rows[0]
    return [replace(first, opened=(None, *first.opened[1:])), *rows[1:]]
