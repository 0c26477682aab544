"""A trustee's shuffle: the browser's bytes are Python's."""

import hashlib
import json
from functools import cache
from typing import Any

import pytest

from ballots.ballot import parse_ballot
from ballots.credentials import make_credential
from ballots.decryption import decrypt_share, verify_decryption, verify_second_proof
from ballots.election import Election, ListsQuestion, ShuffledQuestion
from ballots.mixing import shuffle_tally, shuffled_tally, verify_shuffle
from ballots.sealing import seal_ballot
from ballots.tally import tally_box
from ballots.trustees import format_private_key, make_public_key, verify_public_key
from tests.web.frontend.elections import MOTION, make_election
from tests.web.frontend.node import stream, work

RANKED = ShuffledQuestion("Who?", ("a", "b", "c"), '{"method":"STV","blank":true,"seats":2}')
GRADED = ShuffledQuestion("How good?", ("a", "b"))
LISTS = ListsQuestion("Which list?", (("A", "a1", "a2"), ("B", "b1")))
ELECTION = make_election(MOTION, RANKED, LISTS, GRADED)


@cache
def tally(count: int) -> bytes:
    ballots = []
    for voter in range(count):
        random = stream(f"voter {voter}")
        votes = [[0, 1, 0], [voter % 3 + 1, 0, 0], [1, 1, 0, 0, 0], [voter % 2, 1]]
        raw = seal_ballot(ELECTION, make_credential(random), votes, random)
        ballots.append(parse_ballot(ELECTION, raw))
    return tally_box(ELECTION, ballots).encrypted


def takes(encrypted: bytes, election: Election = ELECTION) -> dict[str, Any]:
    tally = encrypted.decode()
    box = {"box": election.uuid, "election": election.raw.decode(), "encrypted_tally": tally}
    return {"boxes": [box]}


def shuffle(encrypted: bytes, seed: str) -> bytes:
    given = work("shuffle", takes(encrypted), seed=seed).gives
    assert list(given) == [ELECTION.uuid]
    return str(given[ELECTION.uuid]).encode()


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_the_browser_shuffles_as_python_does(count: int) -> None:
    made = shuffle(tally(count), f"shuffle {count}")
    assert made == shuffle_tally(ELECTION, tally(count), stream(f"shuffle {count}"))
    verify_shuffle(ELECTION, tally(count), made)


def test_each_shuffle_starts_from_the_one_before() -> None:
    first = shuffled_tally(ELECTION, tally(3), shuffle(tally(3), "first"))
    second = shuffle(first, "second")
    verify_shuffle(ELECTION, first, second)
    assert json.loads(second)["ciphertexts"] != json.loads(first)[1]


def test_progress_goes_up_to_the_end() -> None:
    replies = work("shuffle", takes(tally(3)), seed="progress").replies[:-1]
    told = [reply["done"] for reply in replies]
    assert told == list(range(1, replies[0]["of"] + 1))


def test_what_was_shuffled_is_opened_as_python_does() -> None:
    mixed = shuffled_tally(ELECTION, tally(3), shuffle_tally(ELECTION, tally(3), stream("mix")))
    public = verify_public_key(make_public_key(12345, stream("any"))).public_key
    key = {"publicKey": public, "keyFile": format_private_key(12345).decode(), "sealedKey": None}
    share = work("openTally", takes(mixed) | key, seed="share").gives[ELECTION.uuid]
    expected = decrypt_share(ELECTION, mixed, 12345, stream("share"))
    assert share["decryption"].encode() == expected.decryption
    assert share["proofs"].encode() == expected.proofs
    verify_decryption(ELECTION, mixed, public, expected.decryption)
    verify_second_proof(ELECTION, mixed, public, expected.decryption, expected.proofs)


@pytest.mark.parametrize(
    "random", ["broken", "constant", hashlib.shake_256(b"r").hexdigest(32) * 99]
)
def test_a_bad_source_of_randomness_shuffles_nothing(random: str) -> None:
    assert work("shuffle", takes(tally(3)), random=random).error == "RandomnessError"


def test_a_box_with_nothing_to_shuffle_is_refused() -> None:
    motion = make_election()
    encrypted = tally_box(motion, []).encrypted
    worked = work("shuffle", takes(encrypted, motion), seed="any")
    assert worked.error == "UnexpectedShuffleError"


def _bend(change: str) -> bytes:
    rows = json.loads(tally(2))
    match change:
        case "not a list":
            rows[1] = {}
        case "a list less":
            rows[2].pop()
        case "other fields":
            rows[1][0]["gamma"] = ""
        case "small-order part":
            # A mark that would go through the shuffle and show whose ballot it is on.
            rows[1][0]["alpha"] = "7f" + "f" * 60 + "ec"
    return json.dumps(rows, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ("not a list", "FormError"),
        ("a list less", "FormError"),
        ("other fields", "FormError"),
        ("small-order part", "PointError"),
    ],
)
def test_a_bent_tally_is_not_shuffled(change: str, error: str) -> None:
    assert work("shuffle", takes(_bend(change)), seed="any").error == error
