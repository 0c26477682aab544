"""The test data for other programs: they say what this program does, and no more drift apart."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from ballots.ballot import parse_ballot, tracker, verify_ballot
from ballots.credentials import public_credential
from ballots.decryption import open_tally, verify_decryption, verify_second_proof
from ballots.election import parse_election
from ballots.errors import BallotError
from tests.vectors.make_ballots import FOLDER, make_all


def _load(name: str) -> Any:
    return json.loads((FOLDER / name).read_bytes())


def _outcome(check: Callable[[bytes], None], text: str) -> str:
    try:
        check(text.encode())
    except BallotError as error:
        return type(error).__name__
    return "accepted"


@pytest.mark.parametrize("name", ["ballots.json", "shares.json"])
def test_making_them_again_gives_the_same_files(name: str) -> None:
    assert make_all()[name] == (FOLDER / name).read_text(encoding="utf-8")


def test_ballots_come_to_what_the_file_says() -> None:
    vector = _load("ballots.json")
    election = parse_election(vector["election"].encode())
    assert election.fingerprint == vector["fingerprint"]
    assert public_credential(election.uuid, vector["credential"]) == vector["public_credential"]
    assert tracker(vector["cases"][0]["ballot"].encode()) == vector["tracker"]

    def check(raw: bytes) -> None:
        verify_ballot(election, parse_ballot(election, raw))

    for case in vector["cases"]:
        assert _outcome(check, case["ballot"]) == case["expect"], case["name"]


def test_shares_come_to_what_the_file_says() -> None:
    vector = _load("shares.json")
    election = parse_election(vector["election"].encode())
    encrypted, decryption = vector["encrypted_tally"].encode(), vector["decryption"].encode()
    verify_decryption(election, encrypted, vector["public_key"], decryption)
    raws = [raw.encode() for raw in vector["all_decryptions"]]
    assert open_tally(election, encrypted, raws, 2).decode() == vector["result"]

    def check(proofs: bytes) -> None:
        verify_second_proof(election, encrypted, vector["public_key"], decryption, proofs)

    for case in vector["cases"]:
        assert _outcome(check, case["proofs"]) == case["expect"], case["name"]
