"""Whole elections made by the independent tool: accepted, replayed, refused by name."""

import json
from pathlib import Path
from typing import Any

import pytest

from ballots.archive import Archive, ArchiveBuilder, read_archive
from ballots.ballot import parse_ballot, tracker
from ballots.credentials import parse_credentials, public_credential
from ballots.decryption import decrypt_share, open_tally
from ballots.election import parse_election
from ballots.encoding import base64_digest, hex_digest
from ballots.errors import (
    BallotError,
    BallotSignatureError,
    EventOrderError,
    ResultError,
    ShuffleProofError,
)
from ballots.sealing import seal_ballot
from ballots.tally import tally_box
from ballots.trustees import (
    format_trustees,
    joint_key,
    parse_private_key,
    parse_trustees,
    verify_public_key,
)
from ballots.verification import verify_archive
from tests.ballots.box import seeded
from tests.shared import require_shared


def _folder(name: str) -> Path:
    return require_shared("vectors", "ballots", name)


def _raw(name: str) -> bytes:
    (path,) = _folder(name).glob("*.bel")
    return path.read_bytes()


def _json(name: str, file: str) -> Any:
    return json.loads((_folder(name) / file).read_bytes())


def _archive(name: str) -> Archive:
    return read_archive(_raw(name))


def _write_again(archive: Archive) -> bytes:
    builder = ArchiveBuilder(archive.timestamp)
    builder.setup(archive.election, archive.trustees, archive.credentials)
    for ballot in archive.ballots:
        builder.ballot(ballot)
    builder.end_ballots()
    assert archive.encrypted_tally is not None
    assert archive.sized is not None
    builder.encrypted_tally(archive.encrypted_tally, archive.sized)
    for owner, shuffle in archive.shuffles:
        builder.shuffle(owner, shuffle)
    if archive.is_shuffled:
        builder.end_shuffles()
    for owner, decryption in archive.decryptions:
        builder.partial_decryption(owner, decryption)
    assert archive.result is not None
    builder.result(archive.result)
    return builder.to_bytes()


ACCEPTED = [
    "ed25519-h-5",
    "ed25519-pedersen-2of3",
    "ed25519-nh-20",
    "ed25519-mixed-12",
    pytest.param("ed25519-h1q-200", marks=pytest.mark.slow),
]
ALL = ["ed25519-h-5", "ed25519-h1q-200", "ed25519-nh-20", "ed25519-mixed-12"]
ALL += ["ed25519-pedersen-2of3"]


@pytest.mark.parametrize("name", ACCEPTED)
def test_the_archive_is_accepted_with_its_result(name: str) -> None:
    summary = verify_archive(_archive(name))
    result = _json(name, "result.json")["result"]
    assert summary.result is not None
    for counts, opened, recorded in zip(summary.result, summary.opened, result, strict=True):
        # Every recorded ballot was made by an honest program: none is left out as inexact.
        assert [list(numbers or ()) for numbers in opened] + list(counts) == recorded
    assert summary.counted == len(_json(name, "ballot_summary.json"))
    checksums = _json(name, "checksums.json")
    assert summary.voters == checksums["num_voters"]
    assert hex_digest(_archive(name).election) == checksums["election"]


@pytest.mark.parametrize("name", ALL)
def test_the_archive_is_written_again_byte_for_byte(name: str) -> None:
    assert _write_again(_archive(name)) == _raw(name)


@pytest.mark.parametrize("name", ["ed25519-h-5", "ed25519-h1q-200"])
def test_credentials_derive_to_the_public_list(name: str) -> None:
    archive = _archive(name)
    uuid = parse_election(archive.election).uuid
    secrets = _json(name, "private_creds.json").values()
    listed = parse_credentials(archive.credentials)
    assert {public_credential(uuid, secret) for secret in secrets} == set(listed.weights)


def test_weights_are_those_of_the_voters() -> None:
    archive = _archive("ed25519-h-5")
    uuid = parse_election(archive.election).uuid
    secrets = _json("ed25519-h-5", "private_creds.json")
    listed = parse_credentials(archive.credentials)
    weights = [listed.weights[public_credential(uuid, secrets[f"voter{n}"])] for n in range(1, 6)]
    assert weights == [2, 3, 4, 5, 1]
    assert (listed.weighted, listed.total_weight) == (True, 15)


@pytest.mark.parametrize("name", ["ed25519-h-5", "ed25519-h1q-200"])
def test_trustees_and_election_are_read_as_written(name: str) -> None:
    archive = _archive(name)
    election = parse_election(archive.election)
    assert election.fingerprint == base64_digest(archive.election)
    lines = (_folder(name) / "public_keys.jsons").read_bytes().splitlines()
    assert format_trustees(lines) == archive.trustees
    assert joint_key(parse_trustees(archive.trustees)) == election.public_key


@pytest.mark.parametrize("name", ALL)
def test_the_tally_is_the_same_bytes(name: str) -> None:
    archive = _archive(name)
    election = parse_election(archive.election)
    ballots = [parse_ballot(election, raw) for raw in archive.ballots]
    weights = parse_credentials(archive.credentials).weights
    tally = tally_box(election, ballots, weights)
    assert (tally.encrypted, tally.sized) == (archive.encrypted_tally, archive.sized)


def test_private_keys_open_the_same_result() -> None:
    name = "ed25519-h-5"
    archive = _archive(name)
    election = parse_election(archive.election)
    assert archive.encrypted_tally is not None
    shares = {}
    for path in _folder(name).glob("*.privkey"):
        private = parse_private_key(path.read_bytes())
        public = verify_public_key(path.with_suffix(".pubkey").read_bytes().rstrip(b"\n"))
        share = decrypt_share(election, archive.encrypted_tally, private, seeded(1))
        shares[public.public_key] = json.loads(share.decryption)["decryption_factors"]
        assert share.proofs.startswith(
            b'{"v":1,"box":"FWi5qm6BERThWw","public_key":"%s"' % public.public_key.encode()
        )
    keys = parse_trustees(archive.trustees).keys
    for owner, raw in archive.decryptions:
        assert json.loads(raw)["decryption_factors"] == shares[keys[owner - 1].public_key]
    raws = [raw for _, raw in archive.decryptions]
    assert open_tally(election, archive.encrypted_tally, raws, 15) == archive.result


def test_the_recorded_votes_sealed_by_us_open_to_the_same_result() -> None:
    name = "ed25519-h-5"
    archive = _archive(name)
    election = parse_election(archive.election)
    secrets = _json(name, "private_creds.json")
    ballots = [
        parse_ballot(
            election, seal_ballot(election, secrets[cast["voter"]], cast["vote"], seeded(index))
        )
        for index, cast in enumerate(_json(name, "votes.json"))
    ]
    tally = tally_box(election, ballots, parse_credentials(archive.credentials).weights)
    shares = [
        decrypt_share(
            election, tally.encrypted, parse_private_key(path.read_bytes()), seeded(9)
        ).decryption
        for path in _folder(name).glob("*.privkey")
    ]
    assert open_tally(election, tally.encrypted, shares, tally.total_weight) == archive.result


def test_trackers_are_the_digests_the_tool_printed() -> None:
    for raw, cast in zip(
        _archive("ed25519-h-5").ballots, _json("ed25519-h-5", "votes.json"), strict=True
    ):
        assert hex_digest(raw) == cast["ballot_sha256"]
        assert len(tracker(raw)) == 43


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("bad-signature", BallotSignatureError),
        ("bad-late-ballot", EventOrderError),
        ("bad-result", ResultError),
        ("bad-shuffle", ShuffleProofError),
    ],
)
def test_the_bad_ones_end_in_a_named_error(name: str, error: type[BallotError]) -> None:
    with pytest.raises(error) as caught:
        verify_archive(_archive(name))
    assert type(caught.value) is error
    if name == "bad-signature":
        assert caught.value.ballot in {hex_digest(raw) for raw in _archive(name).ballots}
