"""Canonical JSON: one byte form for each value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.canonical import MAX_DEPTH, format_canonical, parse_canonical, parse_json
from voting.errors import CanonicalError

LEAVES = (
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]))
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


def test_fields_keep_their_order_and_letters_stay_letters() -> None:
    value = {"v": 1, "name": "Tŷ Gwyn\n", "of": [True, None, -3], "a": {}}
    expected = '{"v":1,"name":"Tŷ Gwyn\\n","of":[true,null,-3],"a":{}}'.encode()
    assert format_canonical(value) == expected
    assert parse_canonical(expected, limit=100) == value


def test_a_tuple_is_a_list() -> None:
    assert format_canonical(("a", 1)) == b'["a",1]'


@given(VALUES)
def test_what_was_written_is_read(value: object) -> None:
    assert parse_canonical(format_canonical(value), limit=1_000_000) == value


@given(
    st.binary(max_size=60)
    | st.text('{}[]",:0123456789.eE-truefalsn \\u', max_size=60).map(str.encode)
)
def test_bytes_from_outside_are_canonical_or_refused(raw: bytes) -> None:
    try:
        value = parse_canonical(raw, limit=100)
    except CanonicalError:
        return
    assert format_canonical(value) == raw


def _nest(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        pytest.param(b"[" + b"1," * 60 + b"1]", "too-large", id="larger than the limit"),
        pytest.param(b'"\xff"', "not-utf-8", id="not UTF-8"),
        pytest.param(b'"\xed\xa0\x80"', "not-utf-8", id="half a surrogate pair"),
        pytest.param(b"", "not-json", id="nothing"),
        pytest.param(b"{", "not-json", id="cut off"),
        pytest.param(b"\xef\xbb\xbf1", "not-json", id="byte order mark"),
        pytest.param(b'{"a":1,"a":2}', "duplicate-key", id="a field twice"),
        pytest.param(b"1.0", "not-integer", id="float"),
        pytest.param(b"1e2", "not-integer", id="exponent"),
        pytest.param(b"NaN", "not-integer", id="not a number"),
        pytest.param(b"-Infinity", "not-integer", id="infinity"),
        pytest.param(b"-0", "not-canonical", id="minus zero"),
        pytest.param(b'{"a": 1}', "not-canonical", id="space"),
        pytest.param(b"1\n", "not-canonical", id="newline at the end"),
        pytest.param(b'"\\u0041"', "not-canonical", id="needless escape"),
        pytest.param(b'"\\ud800"', "not-utf-8", id="escaped half of a pair"),
        pytest.param(_nest(MAX_DEPTH + 1), "too-deep", id="nested one too deep"),
    ],
)
def test_refused(raw: bytes, problem: str) -> None:
    with pytest.raises(CanonicalError) as error:
        parse_canonical(raw, limit=100)
    assert error.value.problem == problem


def test_nesting_up_to_the_limit_is_read() -> None:
    assert format_canonical(parse_canonical(_nest(MAX_DEPTH), limit=100)) == _nest(MAX_DEPTH)


def test_endless_nesting_is_refused_by_name() -> None:
    with pytest.raises(CanonicalError, match="too-deep"):
        parse_canonical(_nest(200_000), limit=1_000_000)


def test_an_endless_number_is_refused_by_name() -> None:
    with pytest.raises(CanonicalError, match="not-json"):
        parse_canonical(b"9" * 100_000, limit=1_000_000)


@pytest.mark.parametrize("value", [1.5, {1: "a"}, b"bytes", {"a": [object()]}])
def test_what_has_no_form_is_a_slip_of_the_programmer(value: object) -> None:
    with pytest.raises(TypeError):
        format_canonical(value)


@pytest.mark.parametrize("raw", [b'{"a":[1,"x"]}', b' {"a" :\n\t[ 1, "\\u0078" ] } \n'])
def test_what_a_person_laid_out_is_the_same_value(raw: bytes) -> None:
    assert parse_json(raw, limit=100) == {"a": [1, "x"]}


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        pytest.param(b'{"a":1.0}', "not-integer", id="a float"),
        pytest.param(b'{"a":1,"a":2}', "duplicate-key", id="a key twice"),
        pytest.param(b"[" * 40 + b"]" * 40, "too-deep", id="deep"),
        pytest.param(b"[1,]", "not-json", id="no JSON"),
        pytest.param(b" " * 101, "too-large", id="long"),
    ],
)
def test_of_any_layout_it_is_as_strict_beside(raw: bytes, problem: str) -> None:
    with pytest.raises(CanonicalError) as error:
        parse_json(raw, limit=100)
    assert error.value.problem == problem
