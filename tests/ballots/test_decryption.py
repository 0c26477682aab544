"""Opening: both proofs of every factor, and counts that the shares really give."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.decryption import (
    SECOND_PROOF_TAG,
    add_second_proofs,
    decrypt_share,
    format_box_result,
    open_tally,
    parse_box_result,
    verify_box_result,
    verify_decryption,
    verify_second_proof,
)
from ballots.encoding import format_json, hash_with_lengths
from ballots.errors import (
    BallotError,
    CountOutOfRangeError,
    DecryptionProofError,
    IdentityPointError,
    MalformedJsonError,
    OversizedError,
    PointFormError,
    PointOutsideGroupError,
    ResultError,
    ScalarFormError,
    SecondProofBindingError,
    SecondProofError,
    WrongFieldsError,
    WrongLengthError,
    WrongValueError,
)
from ballots.group import BASE, ORDER, combine, format_point, hash_to_scalar, read_point
from ballots.tally import tally_box
from tests.ballots.box import (
    SMALL_ORDER,
    Edit,
    edit,
    few,
    make_box,
    open_box,
    seeded,
    some,
    text_of,
)

OPENED = open_box()
ELECTION = OPENED.box.election
ENCRYPTED = OPENED.tally.encrypted
KEY, OTHER_KEY = OPENED.box.public_keys
SHARE, OTHER_SHARE = OPENED.shares
RAW_SHARES = [share.decryption for share in OPENED.shares]


def test_both_proofs_of_an_honest_share_hold() -> None:
    for key, share in zip(OPENED.box.public_keys, OPENED.shares, strict=True):
        verify_decryption(ELECTION, ENCRYPTED, key, share.decryption)
        verify_second_proof(ELECTION, ENCRYPTED, key, share.decryption, share.proofs)


def test_an_empty_box_is_opened_with_both_proofs() -> None:
    box = make_box()
    empty = tally_box(box.election, [])
    shares = box.shares(empty)
    for key, share in zip(box.public_keys, shares, strict=True):
        verify_decryption(box.election, empty.encrypted, key, share.decryption)
        verify_second_proof(box.election, empty.encrypted, key, share.decryption, share.proofs)
    opened = open_tally(box.election, empty.encrypted, [s.decryption for s in shares], 0)
    assert opened == b'{"result":[[0,0,0]]}'


def test_the_example_in_the_documentation() -> None:
    public, alpha, factor, a, b = combine([[(BASE, n)] for n in (5, 11, 55, 7, 77)])
    challenge = hash_with_lengths(SECOND_PROOF_TAG, [b"A" * 43, public, BASE, alpha, factor, a, b])
    assert format_point(alpha).startswith("ad9082313f21ab97")
    assert challenge == (
        1015398496930507634519029700945384554257413015732753319471041895251734927317
    )
    assert (7 - 5 * challenge) % ORDER == (
        2160013092679724041378038058316071469570051280716141008646741462026779614411
    )


def test_the_two_proofs_never_share_a_nonce() -> None:
    # With one nonce under two challenges anyone could compute the private key.
    first = json.loads(SHARE.decryption)["decryption_proofs"][0]
    second = json.loads(SHARE.proofs)["proofs"][0]
    private = OPENED.box.private_keys[0]
    nonces = {
        (int(proof["response"]) + private * int(proof["challenge"])) % ORDER
        for proof in (*first, *second)
    }
    assert len(nonces) == 6


def _to(*path: Any) -> Edit:
    *way, last, value = path

    def change(thing: Any) -> None:
        for step in way:
            thing = thing[step]
        thing[last] = deepcopy(value(thing[last]) if callable(value) else value)

    return change


def _swap(items: list[Any]) -> list[Any]:
    return [items[1], items[0], *items[2:]]


def _bump(text: str) -> str:
    return str((int(text) + 1) % ORDER)


OTHER_DECRYPTION = json.loads(OTHER_SHARE.decryption)
FACTOR = ("decryption_factors", 0, 1)
PROOF = ("decryption_proofs", 0, 1)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param(_to(*FACTOR, format_point(BASE)), DecryptionProofError, id="other-factor"),
        pytest.param(_to(*FACTOR, "0" * 63 + "1"), DecryptionProofError, id="identity-factor"),
        pytest.param(
            _to(*FACTOR, text_of(SMALL_ORDER["order-8"])), PointOutsideGroupError, id="small-order"
        ),
        pytest.param(_to(*FACTOR, str.upper), PointFormError, id="upper-case"),
        pytest.param(_to("decryption_proofs", 0, _swap), DecryptionProofError, id="swapped-proofs"),
        pytest.param(
            _to("decryption_factors", 0, _swap), DecryptionProofError, id="swapped-factors"
        ),
        pytest.param(_to(*PROOF, "response", _bump), DecryptionProofError, id="response"),
        pytest.param(_to(*PROOF, "challenge", _bump), DecryptionProofError, id="challenge"),
        pytest.param(_to(*PROOF, "challenge", "+1"), ScalarFormError, id="plus"),
        pytest.param(
            _to("decryption_proofs", OTHER_DECRYPTION["decryption_proofs"]),
            DecryptionProofError,
            id="another-trustee's-proofs",
        ),
        pytest.param(_to("decryption_factors", 0, lambda r: r[:2]), WrongLengthError, id="short"),
        pytest.param(_to("decryption_proofs", lambda r: r * 2), WrongLengthError, id="long"),
        pytest.param(lambda d: d.pop("decryption_proofs"), WrongFieldsError, id="missing"),
        pytest.param(lambda d: d.update(extra=1), WrongFieldsError, id="extra"),
    ],
)
def test_a_bent_decryption_is_refused(change: Edit, error: type[BallotError]) -> None:
    with pytest.raises(error):
        verify_decryption(ELECTION, ENCRYPTED, KEY, edit(SHARE.decryption, change))


def test_a_share_is_of_one_trustee_one_box_one_tally() -> None:
    with pytest.raises(DecryptionProofError):
        verify_decryption(ELECTION, ENCRYPTED, OTHER_KEY, SHARE.decryption)
    with pytest.raises(DecryptionProofError):
        verify_decryption(make_box(seed=2).election, ENCRYPTED, KEY, SHARE.decryption)
    other = OPENED.box.tally(OPENED.ballots[:2]).encrypted
    with pytest.raises(DecryptionProofError):
        verify_decryption(ELECTION, other, KEY, SHARE.decryption)


SECOND = ("proofs", 0, 1)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param(_to(*SECOND, "response", _bump), SecondProofError, id="response"),
        pytest.param(_to(*SECOND, "challenge", _bump), SecondProofError, id="challenge"),
        pytest.param(_to("proofs", 0, _swap), SecondProofError, id="swapped"),
        pytest.param(
            _to("proofs", json.loads(SHARE.decryption)["decryption_proofs"]),
            SecondProofError,
            id="first-proofs-again",
        ),
        pytest.param(
            _to("proofs", json.loads(OTHER_SHARE.proofs)["proofs"]),
            SecondProofError,
            id="another-trustee's",
        ),
        pytest.param(_to("box", "2" * 14), SecondProofBindingError, id="other-box"),
        pytest.param(_to("public_key", OTHER_KEY), SecondProofBindingError, id="other-key"),
        pytest.param(_to("public_key", KEY.upper()), PointFormError, id="key-upper-case"),
        pytest.param(_to("v", 2), WrongValueError, id="version"),
        pytest.param(_to("v", True), WrongValueError, id="version-true"),
        pytest.param(_to("proofs", 0, lambda r: r[:2]), WrongLengthError, id="short"),
        pytest.param(lambda p: p.pop("box"), WrongFieldsError, id="missing"),
        pytest.param(_to(*SECOND, "response", "00"), ScalarFormError, id="leading-zero"),
    ],
)
def test_bent_second_proofs_are_refused(change: Edit, error: type[BallotError]) -> None:
    with pytest.raises(error):
        verify_second_proof(ELECTION, ENCRYPTED, KEY, SHARE.decryption, edit(SHARE.proofs, change))


def test_second_proofs_of_another_tally_are_refused() -> None:
    other = OPENED.box.tally(OPENED.ballots[:2])
    share = OPENED.box.shares(other)[0]
    with pytest.raises(SecondProofError):
        verify_second_proof(ELECTION, ENCRYPTED, KEY, SHARE.decryption, share.proofs)


def _forge() -> tuple[bytes, bytes]:
    """A wrong share with a first proof that holds, and second proofs that cannot.

    The first proof hashes neither alpha nor factor. So choose A and B first, then solve f:
    the proof holds of a factor that is not alpha to the x.
    """
    private = OPENED.box.private_keys[0]
    nonce, other = 41, 42
    a, b = combine([[(BASE, nonce)], [(BASE, other)]])
    prefix = f"decrypt|{ELECTION.fingerprint}|{KEY}|"
    challenge = hash_to_scalar(prefix, [a, b])
    response = (nonce - private * challenge) % ORDER
    tally = json.loads(ENCRYPTED)
    factors, proofs, second = [], [], []
    for choice in tally[0]:
        # alpha^response · f^challenge = B
        alpha = read_point(choice["alpha"])
        inverse = pow(challenge, -1, ORDER)
        (factor,) = combine([[(b, inverse), (alpha, -response * inverse)]])
        factors.append(format_point(factor))
        proofs.append({"challenge": str(challenge), "response": str(response)})
        second.append({"challenge": str(challenge), "response": str(response)})
    forged = format_json({"decryption_factors": [factors], "decryption_proofs": [proofs]})
    beside = format_json({"v": 1, "box": ELECTION.uuid, "public_key": KEY, "proofs": [second]})

    assert factors != json.loads(SHARE.decryption)["decryption_factors"][0]
    return forged, beside


def test_the_second_proof_stops_what_the_first_lets_pass() -> None:
    forged, beside = _forge()
    verify_decryption(ELECTION, ENCRYPTED, KEY, forged)
    with pytest.raises(SecondProofError):
        verify_second_proof(ELECTION, ENCRYPTED, KEY, forged, beside)


def test_second_proofs_are_added_to_what_another_program_decrypted() -> None:
    private = OPENED.box.private_keys[0]
    share = add_second_proofs(ELECTION, ENCRYPTED, private, SHARE.decryption, seeded(3))
    assert share.decryption == SHARE.decryption
    verify_second_proof(ELECTION, ENCRYPTED, KEY, share.decryption, share.proofs)


def test_second_proofs_are_not_added_to_what_is_wrong() -> None:
    mine, other = OPENED.box.private_keys
    forged, _ = _forge()
    for private, decryption in ((other, SHARE.decryption), (mine, forged)):
        with pytest.raises(DecryptionProofError):
            add_second_proofs(ELECTION, ENCRYPTED, private, decryption, seeded(3))


def test_keys_are_checked() -> None:
    with pytest.raises(PointOutsideGroupError):
        verify_decryption(ELECTION, ENCRYPTED, text_of(SMALL_ORDER["order-2"]), SHARE.decryption)
    with pytest.raises(IdentityPointError):
        verify_decryption(ELECTION, ENCRYPTED, "0" * 63 + "1", SHARE.decryption)


@few
@given(st.integers(1, ORDER - 1), st.integers(0, 2**32))
def test_any_private_key_makes_shares_that_hold_for_its_public_key(private: int, seed: int) -> None:
    public = format_point(combine([[(BASE, private)]])[0])
    share = decrypt_share(ELECTION, ENCRYPTED, private, seeded(seed))
    verify_decryption(ELECTION, ENCRYPTED, public, share.decryption)
    verify_second_proof(ELECTION, ENCRYPTED, public, share.decryption, share.proofs)


@some
@given(st.integers(0, len(SHARE.proofs) - 1), st.integers(0, 255))
def test_no_byte_of_the_second_proofs_is_free(at: int, byte: int) -> None:
    raw = SHARE.proofs[:at] + bytes([byte]) + SHARE.proofs[at + 1 :]
    if raw != SHARE.proofs:
        with pytest.raises(BallotError):
            verify_second_proof(ELECTION, ENCRYPTED, KEY, SHARE.decryption, raw)


# --- counts -----------------------------------------------------------------------------


def test_the_counts_are_those_of_the_last_ballots() -> None:
    # Voter 1 against; voter 0 changed to blank.
    assert open_tally(ELECTION, ENCRYPTED, RAW_SHARES, 2) == b'{"result":[[1,0,1]]}'
    counts = verify_box_result(ELECTION, ENCRYPTED, RAW_SHARES, 2, OPENED.result)
    assert counts == ((1, 0, 1),)


def test_a_missing_share_opens_nothing() -> None:
    with pytest.raises(CountOutOfRangeError):
        open_tally(ELECTION, ENCRYPTED, RAW_SHARES[:1], 2)


@pytest.mark.parametrize(
    ("counts", "error"),
    [
        pytest.param([[1, 1, 1]], ResultError, id="one-more"),
        pytest.param([[0, 1, 1]], ResultError, id="moved"),
        pytest.param([[1, 0, 3]], CountOutOfRangeError, id="above-the-weight"),
        pytest.param([[1, 0]], WrongLengthError, id="short"),
        pytest.param([[1, 0, 1], []], WrongLengthError, id="extra-question"),
        pytest.param([[1, 0, -1]], WrongValueError, id="negative"),
        pytest.param([[1, 0, "1"]], WrongValueError, id="text"),
        pytest.param([[True, 0, 1]], WrongValueError, id="true"),
        pytest.param([1], WrongValueError, id="flat"),
    ],
)
def test_another_result_is_refused(counts: object, error: type[BallotError]) -> None:
    with pytest.raises(error):
        verify_box_result(ELECTION, ENCRYPTED, RAW_SHARES, 2, format_json({"result": counts}))


def test_results_have_one_form() -> None:
    large = ((2**30 - 1, 2**30),)
    assert parse_box_result(format_box_result(large)) == large
    with pytest.raises(MalformedJsonError):
        parse_box_result(b'{"result": [[1]]}')
    with pytest.raises(WrongFieldsError):
        parse_box_result(b'{"result":[[1]],"x":1}')
    with pytest.raises(OversizedError):
        parse_box_result(b" " * (2**17 + 1))
