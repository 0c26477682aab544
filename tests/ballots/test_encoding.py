"""Readers of JSON: one form per value."""

import pytest

from ballots import encoding
from ballots.errors import (
    FormError,
    MalformedJsonError,
    OversizedError,
    ScalarFormError,
    UuidFormError,
    WrongFieldsError,
    WrongLengthError,
    WrongValueError,
)
from ballots.group import ORDER


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        pytest.param(b"[1]" + b" " * 100, OversizedError, id="oversized"),
        pytest.param(b"[1, 2]", MalformedJsonError, id="space"),
        pytest.param(b"[1]\n", MalformedJsonError, id="line-feed"),
        pytest.param(b'{"a":1,"a":1}', MalformedJsonError, id="field-twice"),
        pytest.param(b"[1.0]", MalformedJsonError, id="float"),
        pytest.param(b"[1e1]", MalformedJsonError, id="exponent"),
        pytest.param(b"[NaN]", MalformedJsonError, id="nan"),
        pytest.param(b"[-0]", MalformedJsonError, id="minus-zero"),
        pytest.param(b"[\xff]", MalformedJsonError, id="not-utf-8"),
        pytest.param(b'["\xed\xa0\x80"]', MalformedJsonError, id="surrogate"),
        pytest.param(b'["\\ud800"]', MalformedJsonError, id="escaped-surrogate"),
        pytest.param(b'["\\u0041"]', MalformedJsonError, id="needless-escape"),
        pytest.param(b'["\\/"]', MalformedJsonError, id="escaped-slash"),
        pytest.param(b"\xef\xbb\xbf[]", MalformedJsonError, id="byte-order-mark"),
        pytest.param(b"[" * 40 + b"]" * 40, MalformedJsonError, id="deep"),
        pytest.param(b"", MalformedJsonError, id="empty"),
        pytest.param(b"[", MalformedJsonError, id="cut"),
    ],
)
def test_other_than_canonical_json_is_refused(raw: bytes, error: type[FormError]) -> None:
    with pytest.raises(error):
        encoding.parse_json(raw, 100)


def test_very_deep_json_and_very_long_numbers_are_refused() -> None:
    for raw in (b"[" * 100_000, b"[" * 100_000 + b"]" * 100_000, b"9" * 100_000):
        with pytest.raises(MalformedJsonError):
            encoding.parse_json(raw, 10**6)


@pytest.mark.parametrize(
    "text",
    ["+1", "-1", "01", "00", "1_0", "0x1", " 1", "1 ", "", "\u0661", "1.0", str(ORDER), "9" * 78],
)
def test_a_scalar_has_one_text(text: str) -> None:
    with pytest.raises(ScalarFormError):
        encoding.read_scalar(text)


def test_scalars_from_0_to_the_order() -> None:
    assert [encoding.read_scalar(text) for text in ("0", "7", str(ORDER - 1))] == [0, 7, ORDER - 1]


@pytest.mark.parametrize("value", [1, None, True, ["1"]])
def test_a_scalar_is_a_text(value: object) -> None:
    with pytest.raises(WrongValueError):
        encoding.read_scalar(value)


@pytest.mark.parametrize(
    ("value", "error"),
    [
        pytest.param([], WrongValueError, id="list"),
        pytest.param({"a": 1}, WrongFieldsError, id="missing"),
        pytest.param({"b": 1, "a": 1}, WrongFieldsError, id="order"),
        pytest.param({"a": 1, "b": 1, "c": 1}, WrongFieldsError, id="extra"),
    ],
)
def test_fields_are_exact(value: object, error: type[FormError]) -> None:
    with pytest.raises(error):
        encoding.read_fields(value, "a", "b")


def test_optional_fields_keep_their_place() -> None:
    optional = frozenset({"b"})
    assert encoding.present_fields({"a": 1, "c": 1}, ("a", "b", "c"), optional) == ["a", "c"]
    assert encoding.present_fields({"b": 1}, ("a", "b", "c"), optional) == ["a", "b", "c"]
    with pytest.raises(WrongValueError):
        encoding.present_fields("a", ("a",), optional)


def test_lists_have_their_length() -> None:
    with pytest.raises(WrongValueError):
        encoding.read_list({}, "items", str)
    with pytest.raises(WrongLengthError):
        encoding.read_list(["a"], "items", str, count=2)
    with pytest.raises(OversizedError):
        encoding.read_list(["a", "b"], "items", str, most=1)
    assert encoding.read_list(["a", 1], "items", str, count=2) == ("a", "1")


def test_numbers_are_numbers() -> None:
    for value in (True, "1", 2, -1, None):
        with pytest.raises(WrongValueError):
            encoding.read_number(value, 0, 1)
    assert encoding.read_number(1, 0, 1) == 1


@pytest.mark.parametrize(
    ("count", "written"), [(0, 0), (2**30 - 1, 2**30 - 1), (2**30, "1073741824")]
)
def test_large_counts_are_texts(count: int, written: object) -> None:
    assert encoding.format_count(count) == written
    assert encoding.read_count(written) == count


@pytest.mark.parametrize("value", [2**30, "5", "1073741823", "01073741824", "9" * 79, True])
def test_a_count_has_one_form(value: object) -> None:
    with pytest.raises(WrongValueError):
        encoding.read_count(value)


@pytest.mark.parametrize("text", ["short", "0" * 14, "l" * 14, "A" * 65, "A" * 13 + "\n"])
def test_uuids_are_base58(text: str) -> None:
    with pytest.raises((UuidFormError, OversizedError)):
        encoding.read_uuid(text)


def test_digests_have_their_form() -> None:
    digest = encoding.hex_digest(b"")
    assert encoding.read_hex_digest(digest) == digest
    assert digest.startswith("e3b0c442")
    with pytest.raises(WrongValueError):
        encoding.read_hex_digest(digest.upper())
    short = encoding.base64_digest(b"")
    assert short == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"
    assert encoding.read_base64_digest(short) == short
    # The last character carries two spare bits, which must be zero: else two texts, one digest.
    for text in (short[:-1] + "V", short + "=", short.replace("+", "-")):
        with pytest.raises(WrongValueError):
            encoding.read_base64_digest(text)


def test_lengths_keep_parts_apart() -> None:
    assert encoding.hash_with_lengths(b"t", [b"ab", b"c"]) != encoding.hash_with_lengths(
        b"t", [b"a", b"bc"]
    )
