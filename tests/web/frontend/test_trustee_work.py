"""A trustee's key and shares: the browser's bytes are Python's."""

import hashlib
import json
from typing import Any

import pytest

from ballots.ballot import parse_ballot
from ballots.decryption import decrypt_share, verify_decryption, verify_second_proof
from ballots.election import Question
from ballots.sealing import seal_ballot
from ballots.tally import tally_box
from ballots.trustees import (
    format_private_key,
    make_private_key,
    make_public_key,
    parse_private_key,
    verify_public_key,
)
from tests.web.frontend.elections import CREDENTIAL, MOTION, make_election
from tests.web.frontend.node import stream, work

PRIVATE = 12345
PUBLIC = verify_public_key(make_public_key(PRIVATE, stream("any"))).public_key
ELECTION = make_election(MOTION, Question("Some", ("a", "b", "c"), 0, 2))


def encrypted_tally(*, empty: bool = False) -> bytes:
    raw = seal_ballot(ELECTION, CREDENTIAL, [[0, 1, 0], [1, 0, 1]], stream("one ballot"))
    return tally_box(ELECTION, [] if empty else [parse_ballot(ELECTION, raw)]).encrypted


def takes(**changes: Any) -> dict[str, Any]:
    box = {
        "box": ELECTION.uuid,
        "election": ELECTION.raw.decode(),
        "encrypted_tally": changes.pop("encrypted_tally", encrypted_tally().decode()),
    }
    file = format_private_key(PRIVATE).decode()
    key = {"publicKey": PUBLIC, "keyFile": file, "sealedKey": None}
    return {**key, "boxes": [box]} | changes


@pytest.mark.parametrize("name", [None, "Example Trustee 1, Siôn"])
def test_the_browser_makes_the_key_that_python_makes(name: str | None) -> None:
    made = work("makeKey", {"name": name} if name else {}, seed="key").gives
    random = stream("key")
    private = make_private_key(random)
    assert made["file"].encode() == format_private_key(private)
    assert made["publicKey"].encode() == make_public_key(private, random, name)
    assert parse_private_key(made["file"].encode()) == private
    assert verify_public_key(made["publicKey"].encode()).name == name


@pytest.mark.parametrize("empty", [False, True])
def test_the_browser_opens_a_tally_as_python_does(*, empty: bool) -> None:
    encrypted = encrypted_tally(empty=empty)
    worked = work("openTally", takes(encrypted_tally=encrypted.decode()), seed="share")
    share = worked.gives[ELECTION.uuid]
    expected = decrypt_share(ELECTION, encrypted, PRIVATE, stream("share"))
    assert share["decryption"].encode() == expected.decryption
    assert share["proofs"].encode() == expected.proofs
    verify_decryption(ELECTION, encrypted, PUBLIC, expected.decryption)
    verify_second_proof(ELECTION, encrypted, PUBLIC, expected.decryption, expected.proofs)


def test_progress_is_told_after_each_ciphertext() -> None:
    replies = work("openTally", takes(), seed="share").replies
    assert [(r["done"], r["of"]) for r in replies[:-1]] == [(n, 6) for n in range(1, 7)]


@pytest.mark.parametrize(
    "random", ["broken", "constant", hashlib.shake_256(b"r").hexdigest(64) * 20]
)
def test_a_bad_source_of_randomness_stops_a_trustee(random: str) -> None:
    assert work("makeKey", {}, random=random).error == "RandomnessError"
    assert work("openTally", takes(), random=random).error == "RandomnessError"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("12345", "KeyFileError"),
        ('"012345"', "KeyFileError"),
        ('"0"', "KeyFileError"),
        ('"-5"', "KeyFileError"),
        ('"12345" ', "KeyFileError"),
        ('"12345"\n\n', "KeyFileError"),
        (f'"{2**252 + 27742317777372353535851937790883648493}"', "KeyFileError"),
        ("A letter to Example Member 7", "KeyFileError"),
        ("", "KeyFileError"),
        ('"67890"', "WrongKeyError"),
    ],
)
def test_a_wrong_key_file_is_named_as_wrong(content: str, error: str) -> None:
    assert work("openTally", takes(keyFile=content)).error == error


def test_a_key_file_of_the_independent_tool_is_read() -> None:
    content = format_private_key(PRIVATE).decode() + "\n"
    assert ELECTION.uuid in work("openTally", takes(keyFile=content), seed="share").gives


def _bend(change: str) -> str:
    rows = json.loads(encrypted_tally())
    match change:
        case "a row less":
            rows.pop()
        case "a ciphertext less":
            rows[0].pop()
        case "other fields":
            rows[0][0]["gamma"] = ""
        case "not on the curve":
            rows[0][0]["alpha"] = "0" * 63 + "2"
        case "small-order part":
            # The point of order 2, (0, -1): a share of it tells whether the key is odd.
            rows[0][0]["alpha"] = "7f" + "f" * 60 + "ec"
    return json.dumps(rows, separators=(",", ":"))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ("a row less", "FormError"),
        ("a ciphertext less", "FormError"),
        ("other fields", "FormError"),
        ("not on the curve", "PointError"),
        ("small-order part", "PointError"),
    ],
)
def test_a_bent_tally_is_not_opened(change: str, error: str) -> None:
    assert work("openTally", takes(encrypted_tally=_bend(change))).error == error
