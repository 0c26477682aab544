"""Trustees' keys: proved, in one form, each once."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.encoding import format_json
from ballots.errors import (
    BallotError,
    IdentityPointError,
    OversizedError,
    PointFormError,
    PointOutsideGroupError,
    PrivateKeyFormError,
    RepeatedTrusteeError,
    ScalarFormError,
    TrusteeProofError,
    WrongFieldsError,
    WrongLengthError,
    WrongValueError,
)
from ballots.group import BASE, ORDER, combine, format_point
from ballots.trustees import (
    format_private_key,
    format_trustees,
    joint_key,
    make_private_key,
    make_public_key,
    parse_private_key,
    parse_trustees,
    verify_public_key,
)
from tests.ballots.box import SMALL_ORDER, Edit, edit, few, seeded, some, text_of

KEY = make_public_key(12345, seeded(1), "Example Trustee 1")
OTHER = make_public_key(67890, seeded(2))


@few
@given(st.integers(0, 2**32), st.none() | st.text("abc é", max_size=20))
def test_a_made_key_is_proved_and_keeps_its_form(seed: int, name: str | None) -> None:
    draw = seeded(seed)
    private = make_private_key(draw)
    raw = make_public_key(private, draw, name)
    key = verify_public_key(raw)
    assert key.name == name
    assert key.public_key == format_point(combine([[(BASE, private)]])[0])
    trustees = format_trustees([raw])
    assert trustees == b'[["Single",' + raw + b"]]"
    assert parse_trustees(trustees).keys == (key,)
    assert joint_key(parse_trustees(trustees)) == key.public_key


def test_the_joint_key_is_the_product() -> None:
    trustees = parse_trustees(format_trustees([KEY, OTHER]))
    assert joint_key(trustees) == format_point(combine([[(BASE, 12345 + 67890)]])[0])


def _to(name: str, value: Any) -> Edit:
    def change(key: Any) -> None:
        key[name] = value

    return change


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param(
            _to("public_key", json.loads(OTHER)["public_key"]), TrusteeProofError, id="key"
        ),
        pytest.param(_to("pok", json.loads(OTHER)["pok"]), TrusteeProofError, id="other-proof"),
        pytest.param(lambda k: k["pok"].update(response="1"), TrusteeProofError, id="response"),
        pytest.param(lambda k: k["pok"].update(challenge="01"), ScalarFormError, id="zero-first"),
        pytest.param(_to("public_key", "0" * 63 + "1"), IdentityPointError, id="identity"),
        pytest.param(
            _to("public_key", text_of(SMALL_ORDER["order-4"])), PointOutsideGroupError, id="small"
        ),
        pytest.param(
            _to("public_key", json.loads(KEY)["public_key"].upper()), PointFormError, id="upper"
        ),
        pytest.param(_to("signature", json.loads(OTHER)["pok"]), WrongFieldsError, id="extra"),
        pytest.param(lambda k: k.pop("pok"), WrongFieldsError, id="missing"),
        pytest.param(_to("name", None), WrongValueError, id="name-null"),
        pytest.param(_to("name", "x" * 201), OversizedError, id="name-long"),
    ],
)
def test_a_bent_key_is_refused(change: Edit, error: type[BallotError]) -> None:
    with pytest.raises(error):
        verify_public_key(edit(KEY, change))


def test_a_key_that_undoes_another_is_not_proved() -> None:
    # The last trustee publishes X / X1, to be the only one who opens the tally.
    victim = verify_public_key(KEY).point
    rogue = combine([[(BASE, 5), (victim, -1)]])[0]
    forged = edit(make_public_key(5, seeded(3)), _to("public_key", format_point(rogue)))
    with pytest.raises(TrusteeProofError):
        format_trustees([KEY, forged])


def test_the_proof_is_bound_to_its_own_prefix() -> None:
    # A proof for a key X says nothing for the key X to the k.
    key = json.loads(KEY)
    squared = combine([[(verify_public_key(KEY).point, 2)]])[0]
    key["public_key"] = format_point(squared)
    with pytest.raises(TrusteeProofError):
        verify_public_key(format_json(key))


@pytest.mark.parametrize(
    ("value", "error"),
    [
        pytest.param([], WrongValueError, id="none"),
        pytest.param({}, WrongValueError, id="object"),
        pytest.param([["Single", json.loads(KEY)]] * 2, RepeatedTrusteeError, id="twice"),
        pytest.param([["Pedersen", {}]], WrongFieldsError, id="threshold"),
        pytest.param([["single", json.loads(KEY)]], WrongValueError, id="kind"),
        pytest.param([["Single"]], WrongLengthError, id="short"),
        pytest.param([["Single", json.loads(KEY)]] * 101, OversizedError, id="many"),
    ],
)
def test_other_trustees_are_refused(value: object, error: type[BallotError]) -> None:
    with pytest.raises(error):
        parse_trustees(format_json(value))


def test_a_private_key_comes_back_from_its_file() -> None:
    private = make_private_key(seeded(5))
    raw = format_private_key(private)
    assert raw == f'"{private}"'.encode()
    assert parse_private_key(raw) == parse_private_key(raw + b"\n") == private


@pytest.mark.parametrize(
    "raw",
    [b"", b"5", b'"0"', b'"05"', b'"+5"', b'"5"\n\n', b'"5" ', b"{}", b"\xff", b'"' + b"9" * 200,
     f'"{ORDER}"'.encode()],
)  # fmt: skip
def test_other_files_are_no_private_keys_and_are_not_repeated(raw: bytes) -> None:
    with pytest.raises(PrivateKeyFormError) as caught:
        parse_private_key(raw)
    assert caught.value.args == ()


@some
@given(st.integers(0, len(KEY) - 1), st.integers(0, 255))
def test_no_byte_is_free_but_those_of_the_name(at: int, byte: int) -> None:
    raw = KEY[:at] + bytes([byte]) + KEY[at + 1 :]
    try:
        name = verify_public_key(raw).name
    except BallotError:
        return
    assert name is not None
    assert raw == edit(KEY, _to("name", name))
