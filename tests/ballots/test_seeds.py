"""Seeds, certificates and digests given before anything is shown."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.credentials import BASE58
from ballots.encoding import format_json
from ballots.errors import NotASeatError, RevealedError, SeedFormError
from ballots.group import BASE, ORDER, combine
from ballots.messages import format_signed, is_signed
from ballots.pedersen import Context
from ballots.seeds import (
    Seed,
    commit_to,
    find_seat,
    make_certificate,
    make_commitment,
    make_commitments,
    make_seed,
    parse_certificates,
    seed_random,
    verify_revealed,
)
from tests.ballots.assembly import hold_ceremony
from tests.ballots.box import few, seeded
from tests.shared import require_shared

CEREMONY = hold_ceremony()


def test_the_keys_of_the_vectors_follow_from_their_seeds() -> None:
    folder = require_shared("vectors", "ballots", "ed25519-pedersen-2of3")
    lines = (folder / "certs.jsons").read_bytes().splitlines()
    certificates = parse_certificates(2, lines)
    seats = [find_seat(Seed(path.read_text().strip()), certificates) for path in
             folder.glob("*.key")]  # fmt: skip
    assert sorted(seats) == [1, 2, 3]


@few
@given(st.integers(0, 2**32))
def test_a_seed_is_22_characters_and_not_shown(number: int) -> None:
    seed = make_seed(seeded(number))
    assert len(seed.text) == 22
    assert set(seed.text) <= set(BASE58)
    assert seed.text not in repr(seed)
    assert seed.signing != seed.decryption


@pytest.mark.parametrize("text", ["", "1" * 21, "1" * 23, "0" * 22, "1" * 22 + "\n"])
def test_other_texts_are_no_seeds_and_are_not_repeated(text: str) -> None:
    with pytest.raises(SeedFormError) as caught:
        Seed(text)
    assert caught.value.args == ()


def test_a_certificate_has_the_keys_of_its_seed() -> None:
    seed = Seed("1" * 22)
    (certificate,) = parse_certificates(1, [make_certificate(seed, Context(1, 1, 1), seeded(1))])
    digest = hashlib.sha256(b"sk|" + b"1" * 22).hexdigest()
    assert certificate.verification == combine([[(BASE, int(digest, 16))]])[0]
    assert find_seat(seed, [certificate]) == 1
    assert [find_seat(s, CEREMONY.certificates) for s in CEREMONY.seeds] == [1, 2, 3]
    with pytest.raises(NotASeatError):
        find_seat(seed, CEREMONY.certificates)


def test_what_was_committed_to_can_be_shown_and_nothing_else() -> None:
    digest = commit_to(b"mine")
    assert digest == hashlib.sha256(b"teg/commit/v1\0\0\0\x04mine").hexdigest()
    verify_revealed(digest, b"mine")
    for committed, shown in ((digest, b"other"), (digest.upper(), b"mine"), ("\ud800", b"mine")):
        with pytest.raises(RevealedError):
            verify_revealed(committed, shown)


ONES, ELECTION = Seed("1" * 22), "ExampLeELection"


def test_the_bytes_that_follow_from_a_seed_written_out() -> None:
    start = b"teg/polynomial/v1\0\0\0\x16" + b"1" * 22 + b"\0\0\0\x0fExampLeELection\0\0\0\x02"
    blocks = b"".join(hashlib.sha256(start + bytes([0, 0, 0, n])).digest() for n in range(4))
    random = seed_random(ONES, ELECTION, 2)
    assert b"".join([random(5), random(0), random(64), random(59)]) == blocks
    coefficients, _ = make_commitments(ONES, 2, ELECTION)
    halves = blocks[:64], blocks[64:]
    assert coefficients == tuple(int.from_bytes(half) % ORDER for half in halves)


def test_a_polynomial_is_the_same_every_time_it_is_made_and_another_for_another() -> None:
    coefficients, signed = make_commitments(ONES, 3, ELECTION)
    points = combine([[(BASE, coefficient)] for coefficient in coefficients])
    listed = ",".join(f'"{point[::-1].hex()}"' for point in points)
    assert signed.message == f'{{"coefexps":[{listed}]}}'
    verification = combine([[(BASE, ONES.signing)]])[0]
    assert is_signed(signed.message, verification, signed.signature)
    # The example in docs/formats/trustees.md.
    assert make_commitment(ONES, 2, ELECTION) == (
        "017eea44d334210ff06ab76578839a8f169656a99966b1c71cc1606841b3317f"
    )
    assert make_commitments(ONES, 3, ELECTION) == (coefficients, signed)
    assert make_commitment(ONES, 3, ELECTION) == commit_to(format_json(format_signed(signed)))
    for seed, threshold, election in (
        (Seed("2" * 22), 3, ELECTION),
        (ONES, 2, ELECTION),
        (ONES, 3, "AnotherELection"),
    ):
        assert make_commitments(seed, threshold, election)[1] != signed


def test_a_trustee_asked_for_two_thresholds_gives_her_signing_key_to_nobody() -> None:
    """The nonce of the shorter one's signature would be the longer one's next coefficient."""
    _, signed = make_commitments(ONES, 2, ELECTION)
    longer, _ = make_commitments(ONES, 3, ELECTION)
    proof = signed.signature
    for nonce in longer:
        assert (nonce - proof.response) % ORDER != proof.challenge * ONES.signing % ORDER


@few
@given(st.lists(st.integers(0, 100), max_size=8), st.text(BASE58, min_size=14, max_size=20))
def test_how_the_bytes_are_asked_for_does_not_matter(lengths: list[int], election: str) -> None:
    parts = seed_random(ONES, election, 2)
    whole = seed_random(ONES, election, 2)
    assert b"".join(parts(length) for length in lengths) == whole(sum(lengths))
