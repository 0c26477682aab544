"""Ballots at the door: one byte form, and any other is refused."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.ballot import largest_ballot, parse_ballot, tracker, verify_ballot
from ballots.credentials import public_credential
from ballots.encoding import base64_digest, format_json, hex_digest
from ballots.errors import (
    BallotError,
    IdentityPointError,
    MalformedJsonError,
    OversizedError,
    PointFormError,
    ScalarFormError,
    WrongElectionError,
    WrongFieldsError,
    WrongFingerprintError,
    WrongLengthError,
    WrongValueError,
)
from ballots.group import ORDER
from tests.ballots.ballot_edits import BOX, CHOICE_0, RAW, RESPONSE, at, to
from tests.ballots.box import Edit, accept, edit, make_box, some

IDENTITY = "0" * 63 + "1"
ALPHA = at("answers", 0, "choices", 0, "alpha")


def test_an_honest_ballot_is_accepted() -> None:
    accept(BOX, RAW)
    ballot = parse_ballot(BOX.election, RAW)
    assert ballot.credential == public_credential(BOX.election.uuid, BOX.secrets[0])
    assert ballot.digest == hex_digest(RAW)
    assert tracker(RAW) == base64_digest(RAW)
    assert [len(choices) for choices in ballot.choices] == [3, 3]


def test_format_and_parse_agree() -> None:
    assert format_json(json.loads(RAW)) == RAW
    verify_ballot(BOX.election, parse_ballot(BOX.election, format_json(json.loads(RAW))))


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


@some
@given(st.binary(max_size=60))
def test_no_bytes_escape_with_another_error(raw: bytes) -> None:
    with pytest.raises(BallotError):
        parse_ballot(BOX.election, raw)
