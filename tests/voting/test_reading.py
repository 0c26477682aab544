"""Reading our formats: every value of the wrong kind is named."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from voting.errors import MalformedError
from voting.reading import (
    read_choice,
    read_fraction,
    read_integer,
    read_list,
    read_mapping,
    read_object,
    read_pair,
    read_text,
    read_truth,
    require_version,
)


def test_each_kind_is_read() -> None:
    assert read_object("x", {"a": 1, "b": None}, "a", "b") == (1, None)
    assert read_mapping("x", {"b": 1}) == {"b": 1}
    assert read_list("x", [1]) == [1]
    assert read_pair("x", [1, "a"]) == (1, "a")
    assert read_text("x", "a") == "a"
    assert read_choice("x", "b", ("a", "b")) == "b"
    assert read_integer("x", -3) == -3
    assert read_truth("x", value=False) is False
    require_version("x", 1)


@pytest.mark.parametrize("text", ["0", "1", "51/100", "1/1000000", "1000000"])
def test_fractions(text: str) -> None:
    assert read_fraction("x", text) == Fraction(text)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "2/4",
        "1/1",
        "-1",
        "+1",
        "01",
        "0.5",
        "1/0",
        "1/1000001",
        "1 /2",
        "\u0661",
        "1/2\n",
        1,
        None,
    ],
)
def test_refused_fractions(value: object) -> None:
    with pytest.raises(MalformedError):
        read_fraction("x", value)


@pytest.mark.parametrize(
    ("read", "value"),
    [
        pytest.param(lambda v: read_object("x", v, "a"), [], id="a list for an object"),
        pytest.param(lambda v: read_object("x", v, "a"), {}, id="a field missing"),
        pytest.param(lambda v: read_object("x", v, "a"), {"a": 1, "b": 2}, id="a field more"),
        pytest.param(lambda v: read_object("x", v, "a", "b"), {"b": 1, "a": 2}, id="other order"),
        pytest.param(lambda v: read_mapping("x", v), "a", id="a text for an object"),
        pytest.param(lambda v: read_list("x", v), {}, id="an object for a list"),
        pytest.param(lambda v: read_pair("x", v), [1, 2, 3], id="three for two"),
        pytest.param(lambda v: read_text("x", v), 1, id="a number for a text"),
        pytest.param(lambda v: read_choice("x", v, ("a",)), "b", id="another word"),
        pytest.param(lambda v: read_choice("x", v, ("a",)), ["a"], id="a list for a word"),
        pytest.param(lambda v: read_integer("x", v), True, id="true for a number"),
        pytest.param(lambda v: read_integer("x", v), "1", id="a text for a number"),
        pytest.param(lambda v: read_truth("x", v), 1, id="a number for true"),
        pytest.param(lambda v: require_version("x", v), 2, id="another version"),
    ],
)
def test_refused(read: Callable[[object], object], value: object) -> None:
    with pytest.raises(MalformedError) as error:
        read(value)
    assert error.value.where == "x"
