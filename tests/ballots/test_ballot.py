"""Ballots at the door: one thing is bent, one error names it."""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_core_ed25519_add

from ballots.ballot import check_ballots, largest_ballot, parse_ballot, tracker, verify_ballot
from ballots.credentials import public_credential
from ballots.encoding import base64_digest, format_json, hex_digest
from ballots.errors import (
    BallotError,
    BallotHashError,
    BallotProofError,
    BallotSignatureError,
    IdentityPointError,
    MalformedJsonError,
    OversizedError,
    PointFormError,
    PointOutsideGroupError,
    ScalarFormError,
    WrongElectionError,
    WrongFieldsError,
    WrongFingerprintError,
    WrongLengthError,
    WrongValueError,
)
from ballots.group import ORDER, format_point, read_point
from tests.ballots.box import (
    CHOICE,
    MOTION,
    SMALL_ORDER,
    Edit,
    accept,
    edit,
    few,
    make_box,
    point_of,
    sign_again,
    some,
    text_of,
)

BOX = make_box((MOTION, CHOICE))
RAW = BOX.seal(0, [[0, 1, 0], [1, 0, 1]])
OTHER = BOX.seal(1, [[0, 0, 1], [0, 0, 0]], seed=11)
IDENTITY = "0" * 63 + "1"


def at(*path: str | int) -> Callable[[Callable[[Any], Any]], Edit]:
    """An edit of the value at a path."""

    def with_value(change: Callable[[Any], Any]) -> Edit:
        def apply(thing: Any) -> None:
            for step in path[:-1]:
                thing = thing[step]
            thing[path[-1]] = change(thing[path[-1]])

        return apply

    return with_value


def to(value: Any) -> Callable[[Any], Any]:
    return lambda _: deepcopy(value)


CHOICE_0 = at("answers", 0, "choices", 0)
ALPHA = at("answers", 0, "choices", 0, "alpha")
RESPONSE = at("answers", 0, "individual_proofs", 0, 0, "response")


def test_an_honest_ballot_is_accepted() -> None:
    accept(BOX, RAW)
    ballot = parse_ballot(BOX.election, RAW)
    assert ballot.credential == public_credential(BOX.election.uuid, BOX.secrets[0])
    assert ballot.digest == hex_digest(RAW)
    assert tracker(RAW) == base64_digest(RAW)
    assert [len(choices) for choices in ballot.choices] == [3, 3]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param(ALPHA(str.upper), PointFormError, id="upper-case-point"),
        pytest.param(ALPHA(lambda text: text[1:]), PointFormError, id="short-point"),
        pytest.param(ALPHA(to(f"{2**255 - 18:064x}")), PointFormError, id="non-canonical-point"),
        pytest.param(ALPHA(to(IDENTITY)), IdentityPointError, id="identity-alpha"),
        pytest.param(
            at("answers", 0, "choices", 0, "beta")(to(IDENTITY)),
            IdentityPointError,
            id="identity-beta",
        ),
        pytest.param(at("credential")(to(IDENTITY)), IdentityPointError, id="identity-credential"),
        pytest.param(at("credential")(str.upper), PointFormError, id="upper-case-credential"),
        pytest.param(RESPONSE(lambda t: "+" + t), ScalarFormError, id="plus"),
        pytest.param(RESPONSE(lambda t: "0" + t), ScalarFormError, id="leading-zero"),
        pytest.param(RESPONSE(to("0x1")), ScalarFormError, id="hexadecimal"),
        pytest.param(RESPONSE(to("1_0")), ScalarFormError, id="underscore"),
        pytest.param(RESPONSE(to("-1")), ScalarFormError, id="minus"),
        pytest.param(RESPONSE(to("")), ScalarFormError, id="empty"),
        pytest.param(RESPONSE(to(str(ORDER))), ScalarFormError, id="order"),
        pytest.param(RESPONSE(lambda t: str(int(t) + ORDER)), ScalarFormError, id="plus-order"),
        pytest.param(RESPONSE(to(1)), WrongValueError, id="scalar-number"),
        pytest.param(lambda b: b.update(extra=1), WrongFieldsError, id="extra-field"),
        pytest.param(lambda b: b.pop("answers"), WrongFieldsError, id="missing-field"),
        pytest.param(CHOICE_0(lambda c: c | {"x": 1}), WrongFieldsError, id="extra-field-inside"),
        pytest.param(
            CHOICE_0(lambda c: dict(reversed(c.items()))), WrongFieldsError, id="reordered-inside"
        ),
        pytest.param(CHOICE_0(to([])), WrongValueError, id="choice-list"),
        pytest.param(at("answers")(lambda a: a[:1]), WrongLengthError, id="missing-answer"),
        pytest.param(at("answers")(lambda a: [*a, a[0]]), WrongLengthError, id="extra-answer"),
        pytest.param(at("answers")(lambda a: a[::-1]), WrongFieldsError, id="swapped-answers"),
        pytest.param(
            at("answers", 0, "choices")(lambda c: c[:2]), WrongLengthError, id="missing-choice"
        ),
        pytest.param(
            at("answers", 0, "individual_proofs", 0)(lambda p: p[:1]),
            WrongLengthError,
            id="missing-individual-branch",
        ),
        pytest.param(
            at("answers", 0, "individual_proofs")(lambda p: p[:2]),
            WrongLengthError,
            id="missing-individual",
        ),
        pytest.param(
            at("answers", 0, "overall_proof")(lambda p: [*p, p[0]]),
            WrongLengthError,
            id="extra-overall-branch",
        ),
        pytest.param(
            at("answers", 0, "blank_proof")(lambda p: p[:1]), WrongLengthError, id="short-blank"
        ),
        pytest.param(lambda b: b["answers"][0].pop("blank_proof"), WrongFieldsError, id="no-blank"),
        pytest.param(
            lambda b: b["answers"][1].update(blank_proof=[]), WrongFieldsError, id="extra-blank"
        ),
        pytest.param(at("election_uuid")(to("2" * 14)), WrongElectionError, id="other-uuid"),
        pytest.param(
            at("election_hash")(to(base64_digest(b""))), WrongFingerprintError, id="other-hash"
        ),
        pytest.param(at("election_hash")(to("x")), WrongValueError, id="no-hash"),
        pytest.param(at("signature", "hash")(to("x")), WrongValueError, id="no-signed-hash"),
        pytest.param(at("signature")(to(None)), WrongValueError, id="no-signature"),
    ],
)
def test_another_form_is_refused(change: Edit, error: type[BallotError]) -> None:
    with pytest.raises(error):
        parse_ballot(BOX.election, edit(RAW, change))


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        pytest.param(RAW + b"\n", MalformedJsonError, id="line-feed"),
        pytest.param(RAW.replace(b":", b": ", 1), MalformedJsonError, id="space"),
        pytest.param(b"\xef\xbb\xbf" + RAW, MalformedJsonError, id="byte-order-mark"),
        pytest.param(RAW[:-1], MalformedJsonError, id="cut"),
        pytest.param(RAW.replace(b"credential", b"\xffredential"), MalformedJsonError, id="utf-8"),
        pytest.param(
            RAW.replace(b'"credential"', b'"credential":"","credential"'),
            MalformedJsonError,
            id="field-twice",
        ),
        pytest.param(RAW.replace(b'"alpha"', b'"\\u0061lpha"', 1), MalformedJsonError, id="escape"),
        pytest.param(b"[" * 60_000, MalformedJsonError, id="deep"),
        pytest.param(b"", MalformedJsonError, id="empty"),
        pytest.param(b"null", WrongValueError, id="null"),
        pytest.param(b" " * (largest_ballot(BOX.election) + 1), OversizedError, id="oversized"),
    ],
)
def test_other_bytes_are_refused(raw: bytes, error: type[BallotError]) -> None:
    with pytest.raises(error):
        parse_ballot(BOX.election, raw)


def test_size_is_looked_at_before_form() -> None:
    limit = largest_ballot(BOX.election)
    assert limit == 65536 + 2048 * 6
    with pytest.raises(OversizedError):
        parse_ballot(BOX.election, b"\xff" * (limit + 1))
    with pytest.raises(MalformedJsonError):
        parse_ballot(BOX.election, b"\xff" * limit)


def test_a_ballot_of_another_box_is_refused() -> None:
    with pytest.raises(WrongElectionError):
        parse_ballot(make_box(seed=2).election, RAW)
    with pytest.raises(WrongFingerprintError):
        parse_ballot(replace(BOX.election, name="Other"), RAW)


# --- well formed, but not true ----------------------------------------------------------


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


def _bump(text: str) -> str:
    return str((int(text) + 1) % ORDER)


def _swap(items: list[Any]) -> list[Any]:
    return items[::-1]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        pytest.param(
            at("answers", 0, "individual_proofs", 1, 0, "response")(_bump),
            (0, "individual", 1),
            id="individual-response",
        ),
        pytest.param(
            at("answers", 1, "individual_proofs", 2, 1, "challenge")(_bump),
            (1, "individual", 2),
            id="individual-challenge",
        ),
        pytest.param(
            at("answers", 0, "individual_proofs", 0)(_swap),
            (0, "individual", 0),
            id="swapped-branches",
        ),
        pytest.param(
            at("answers", 0, "individual_proofs")(_swap), (0, "individual", 0), id="swapped-proofs"
        ),
        pytest.param(at("answers", 0, "overall_proof")(_swap), (0, "overall", 0), id="overall"),
        pytest.param(
            at("answers", 1, "overall_proof", 2, "response")(_bump),
            (1, "overall", 0),
            id="overall-response",
        ),
        pytest.param(at("answers", 0, "blank_proof")(_swap), (0, "blank", 0), id="blank"),
        pytest.param(
            at("answers", 0, "blank_proof", 1, "challenge")(to("0")), (0, "blank", 0), id="zero"
        ),
        pytest.param(
            at("answers", 1, "choices")(_swap), (1, "individual", 0), id="swapped-choices"
        ),
        pytest.param(
            CHOICE_0(lambda c: {"alpha": c["beta"], "beta": c["alpha"]}),
            (0, "individual", 0),
            id="swapped-halves",
        ),
    ],
)
def test_a_signed_ballot_with_a_false_proof_is_refused(
    change: Edit, place: tuple[int, str, int]
) -> None:
    with pytest.raises(BallotProofError) as caught:
        accept(BOX, sign_again(BOX, 0, RAW, change))
    assert caught.value.args == place


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


def test_a_vote_that_counts_twice_is_refused() -> None:
    # Sealed by the book for a question with other bounds, then moved into this one.
    lax = make_box((replace(MOTION, max=2, min=2), CHOICE))
    assert lax.election.uuid == BOX.election.uuid
    two = json.loads(lax.seal(0, [[0, 1, 1], [1, 0, 1]]))

    def change(ballot: Any) -> None:
        ballot["answers"][0]["choices"] = two["answers"][0]["choices"]

    with pytest.raises(BallotProofError):
        accept(BOX, sign_again(BOX, 0, RAW, change))


@few
@given(st.integers(0, 2**16), st.integers(0, 2**16))
def test_no_scalar_or_point_is_free_to_change(choose: int, bump: int) -> None:
    # Signed again each time, so that a proof must notice.
    places: list[tuple[Any, Any]] = []

    def walk(thing: Any) -> None:
        for key, value in list(thing.items() if isinstance(thing, dict) else enumerate(thing)):
            if isinstance(value, str):
                places.append((thing, key))
            else:
                walk(value)

    def change(ballot: Any) -> None:
        walk(ballot["answers"])
        thing, key = places[choose % len(places)]
        if key in ("alpha", "beta"):
            thing[key] = json.loads(OTHER)["answers"][0]["choices"][bump % 3]["alpha"]
        else:
            thing[key] = str((int(thing[key]) + 1 + bump) % ORDER)

    with pytest.raises(BallotProofError):
        accept(BOX, sign_again(BOX, 0, RAW, change))


@some
@given(st.integers(0, len(RAW) - 1), st.integers(0, 255))
def test_no_byte_is_free_to_change(where: int, byte: int) -> None:
    raw = RAW[:where] + bytes([byte]) + RAW[where + 1 :]
    if raw != RAW:
        with pytest.raises(BallotError):
            accept(BOX, raw)


@some
@given(st.binary(max_size=60))
def test_no_bytes_escape_with_another_error(raw: bytes) -> None:
    with pytest.raises(BallotError):
        parse_ballot(BOX.election, raw)


# --- many -------------------------------------------------------------------------------


def test_many_are_checked_and_the_wrong_one_is_named() -> None:
    assert [ballot.raw for ballot in check_ballots(BOX.election.raw, [RAW, OTHER])] == [RAW, OTHER]
    wrong = sign_again(BOX, 1, RAW, lambda _: None)
    with pytest.raises(BallotSignatureError) as caught:
        check_ballots(BOX.election.raw, [RAW, wrong, OTHER])
    assert caught.value.ballot == hex_digest(wrong)


def test_format_and_parse_agree() -> None:
    assert format_json(json.loads(RAW)) == RAW
    verify_ballot(BOX.election, parse_ballot(BOX.election, format_json(json.loads(RAW))))
