"""Seeds, certificates and digests given before anything is shown."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.credentials import BASE58
from ballots.errors import NotASeatError, RevealedError, SeedFormError
from ballots.group import BASE, combine
from ballots.pedersen import Context
from ballots.seeds import (
    Seed,
    commit_to,
    find_seat,
    make_certificate,
    make_seed,
    parse_certificates,
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
