"""A rehearsal opens like an election, with any of its trustees who are enough."""

from itertools import combinations

import pytest

from ballots.ballot import parse_ballot
from ballots.credentials import make_credential
from ballots.decryption import (
    decrypt_share,
    open_shares,
    parse_box_result,
    verify_decryption,
    verify_second_proof,
)
from ballots.election import parse_election
from ballots.errors import NotPracticeError
from ballots.rehearsal import BALLOTS, make_rehearsal, verify_practice
from ballots.sealing import seal_ballot
from ballots.tally import tally_box
from ballots.trustees import format_groups, joint_key, parse_trustees
from tests.ballots.assembly import hold_ceremony
from tests.ballots.box import seeded

CEREMONY = hold_ceremony()
TRUSTEES = parse_trustees(format_groups([CEREMONY.trustees]))


def test_any_two_of_three_open_what_was_sealed() -> None:
    rehearsal = make_rehearsal(joint_key(TRUSTEES), seeded(1))
    election = parse_election(rehearsal.election)
    assert election.name == "Rehearsal"
    assert sum(rehearsal.counts) == BALLOTS
    shares = {
        number: decrypt_share(election, rehearsal.encrypted_tally, private, seeded(number))
        for number, private in enumerate(CEREMONY.private_keys, 1)
    }
    for number, share in shares.items():
        key = TRUSTEES.keys[number - 1].public_key
        tally = rehearsal.encrypted_tally
        verify_decryption(election, tally, key, share.decryption)
        verify_second_proof(election, tally, key, share.decryption, share.proofs)
    for chosen in combinations(shares, 2):
        given = {number: shares[number].decryption for number in chosen}
        opened = open_shares(election, TRUSTEES, rehearsal.encrypted_tally, given, BALLOTS)
        assert parse_box_result(opened) == (rehearsal.counts,)


def test_two_rehearsals_are_different_elections_and_different_votes() -> None:
    found = [make_rehearsal(joint_key(TRUSTEES), seeded(seed)) for seed in range(4)]
    assert len({parse_election(one.election).uuid for one in found}) == 4
    assert len({one.counts for one in found}) > 1


def test_a_ballot_is_not_taken_for_practice() -> None:
    """Nobody but the voter knows the number with which her choice was sealed."""
    rehearsal = make_rehearsal(joint_key(TRUSTEES), seeded(1))
    election = parse_election(rehearsal.election)
    verify_practice(election, rehearsal.encrypted_tally, rehearsal.nonces)
    ballot = seal_ballot(election, make_credential(seeded(2)), [[1, 0, 0]], seeded(3))
    voted = tally_box(election, [parse_ballot(election, ballot)]).encrypted
    for tally, nonces in (
        (voted, rehearsal.nonces),
        (voted, ()),
        (rehearsal.encrypted_tally, rehearsal.nonces[:2]),
        (rehearsal.encrypted_tally, rehearsal.nonces[::-1]),
    ):
        with pytest.raises(NotPracticeError):
            verify_practice(election, tally, nonces)
