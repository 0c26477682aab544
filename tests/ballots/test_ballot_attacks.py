"""Ballots at the door: well formed, but not what this voter signed, or outside the group."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_core_ed25519_add

from ballots.ballot import check_ballots
from ballots.credentials import public_credential
from ballots.encoding import hex_digest
from ballots.errors import (
    BallotError,
    BallotHashError,
    BallotProofError,
    BallotSignatureError,
    PointOutsideGroupError,
)
from ballots.group import format_point, read_point
from tests.ballots.ballot_edits import BOX, OTHER, RAW, RESPONSE, at, to
from tests.ballots.box import SMALL_ORDER, Edit, accept, edit, point_of, sign_again, some, text_of


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param(
            at("answers")(to(json.loads(OTHER)["answers"])), BallotHashError, id="other-answers"
        ),
        pytest.param(RESPONSE(to("5")), BallotHashError, id="other-response"),
        pytest.param(
            at("credential")(to(json.loads(OTHER)["credential"])),
            BallotHashError,
            id="other-credential",
        ),
        pytest.param(
            at("signature")(to(json.loads(OTHER)["signature"])),
            BallotHashError,
            id="other-signature",
        ),
        pytest.param(
            at("signature", "proof")(to(json.loads(OTHER)["signature"]["proof"])),
            BallotSignatureError,
            id="other-proof",
        ),
        pytest.param(
            at("signature", "proof", "response")(to("1")), BallotSignatureError, id="response"
        ),
        pytest.param(
            at("signature", "proof", "challenge")(to("0")), BallotSignatureError, id="challenge-0"
        ),
    ],
)
def test_what_was_not_signed_is_refused(change: Edit, error: type[BallotError]) -> None:
    with pytest.raises(error):
        accept(BOX, edit(RAW, change))


def test_a_ballot_signed_by_another_voter_is_refused() -> None:
    # The hash is right, the signer is not the credential.
    raw = sign_again(BOX, 1, RAW, lambda _: None)
    with pytest.raises(BallotSignatureError) as caught:
        accept(BOX, raw)
    assert caught.value.args == (public_credential(BOX.election.uuid, BOX.secrets[0]),)


def test_a_copied_ballot_is_refused_under_another_credential() -> None:
    # Mallory takes another's sealed answers and signs them herself.
    credential = json.loads(OTHER)["credential"]
    raw = sign_again(BOX, 1, RAW, at("credential")(to(credential)))
    with pytest.raises(BallotProofError):
        accept(BOX, raw)


MIXED = format_point(
    type(point_of("00"))(
        crypto_core_ed25519_add(
            read_point(json.loads(RAW)["answers"][0]["choices"][0]["alpha"]),
            point_of(SMALL_ORDER["order-2"]),
        )
    )
)


@pytest.mark.parametrize(
    "text",
    [*[text_of(packed) for packed in SMALL_ORDER.values()], MIXED, f"{2:064x}"],
    ids=[*SMALL_ORDER, "shifted-by-small-order", "off-the-curve"],
)
@pytest.mark.parametrize("half", ["alpha", "beta"])
def test_a_point_outside_the_group_is_refused_though_signed(text: str, half: str) -> None:
    raw = sign_again(BOX, 0, RAW, at("answers", 0, "choices", 0, half)(to(text)))
    with pytest.raises(PointOutsideGroupError):
        accept(BOX, raw)


def test_a_credential_outside_the_group_is_refused() -> None:
    raw = sign_again(BOX, 0, RAW, at("credential")(to(text_of(SMALL_ORDER["order-8"]))))
    with pytest.raises(PointOutsideGroupError):
        accept(BOX, raw)


@some
@given(st.integers(0, len(RAW) - 1), st.integers(0, 255))
def test_no_byte_is_free_to_change(where: int, byte: int) -> None:
    raw = RAW[:where] + bytes([byte]) + RAW[where + 1 :]
    if raw != RAW:
        with pytest.raises(BallotError):
            accept(BOX, raw)


def test_many_are_checked_and_the_wrong_one_is_named() -> None:
    assert [ballot.raw for ballot in check_ballots(BOX.election.raw, [RAW, OTHER])] == [RAW, OTHER]
    wrong = sign_again(BOX, 1, RAW, lambda _: None)
    with pytest.raises(BallotSignatureError) as caught:
        check_ballots(BOX.election.raw, [RAW, wrong, OTHER])
    assert caught.value.ballot == hex_digest(wrong)
