"""The test data for other programs: they say what this program does, and no more drift apart."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from ballots.ballot import parse_ballot, tracker, verify_ballot
from ballots.credentials import public_credential
from ballots.decryption import open_shares, open_tally, verify_decryption, verify_second_proof
from ballots.election import parse_election
from ballots.errors import BallotError
from ballots.mixing import shuffled_tally, verify_shuffle
from ballots.rounds import open_private_key, parse_verification_key
from ballots.seeds import Seed, make_commitment, parse_certificates, seed_random
from ballots.trustees import joint_key, parse_trustees
from tests.vectors import make_ballots, make_trustees
from tests.vectors.make_ballots import FOLDER

MADE = {**make_ballots.make_all(), **make_trustees.make_all()}


def _load(name: str) -> Any:
    return json.loads((FOLDER / name).read_bytes())


def _outcome(check: Callable[[bytes], None], text: str) -> str:
    try:
        check(text.encode())
    except BallotError as error:
        return type(error).__name__
    return "accepted"


@pytest.mark.parametrize("name", MADE)
def test_making_them_again_gives_the_same_files(name: str) -> None:
    assert MADE[name] == (FOLDER / name).read_text(encoding="utf-8")


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


def test_a_key_made_together_is_what_the_file_says() -> None:
    vector = _load("trustees.json")
    threshold, election = vector["threshold"], vector["election"]
    parse_certificates(threshold, [one["certificate"].encode() for one in vector["trustees"]])
    for one in vector["trustees"]:
        seed = Seed(one["seed"])
        assert seed_random(seed, election, threshold)(64).hex() == one["stream"]
        assert make_commitment(seed, threshold, election) == one["commitment"]
        key = parse_verification_key(one["verification_key"].encode())
        assert str(open_private_key(seed, key.sealed)) == one["private_key"]
    assert joint_key(parse_trustees(vector["record"].encode())) == vector["joint_key"]


def test_shuffles_come_to_what_the_file_says() -> None:
    vector = _load("shuffles.json")
    election = parse_election(vector["election"].encode())
    started = tally = vector["encrypted_tally"].encode()
    for _, raw in vector["shuffles"]:
        tally = shuffled_tally(election, tally, raw.encode())
    assert tally.decode() == vector["shuffled_tally"]
    trustees = parse_trustees(vector["trustees"].encode())
    shares = {number: raw.encode() for number, raw in vector["decryptions"]}
    assert open_shares(election, trustees, tally, shares, 3).decode() == vector["result"]

    def check(raw: bytes) -> None:
        verify_shuffle(election, started, raw)

    for case in vector["cases"]:
        assert _outcome(check, case["shuffle"]) == case["expect"], case["name"]
