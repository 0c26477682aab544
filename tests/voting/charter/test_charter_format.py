"""The charter's byte form: every field there and back, and what is no charter."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from tests.voting.charter.charters import any_charters
from tests.voting.examples import make_charter
from voting.canonical import format_canonical
from voting.charter.charter import Charter
from voting.charter.charter_format import (
    charter_object,
    format_charter,
    parse_charter,
    parse_written_charter,
)
from voting.charter.errors import (
    CapError,
    CouncilSeatsError,
    HeadCountError,
    StatutoryHeadCountError,
    ThresholdError,
)
from voting.charter.presets import PRESETS
from voting.errors import CanonicalError, MalformedError, VotingError


@given(any_charters())
@settings(max_examples=40)
def test_every_charter_is_read_as_it_was_written_with_every_field(charter: Charter) -> None:
    raw = format_charter(charter)
    assert parse_charter(raw) == charter
    assert format_charter(parse_charter(raw)) == raw
    laid_out = json.dumps(charter_object(charter), indent=3)
    assert parse_written_charter(laid_out.encode()) == charter


FULL = PRESETS["council-reserved"].make({"en": "Example", "cy": "Enghraifft"})
CAP = {"college": "employees", "ballots": None, "part": "1/4"}


def bend(change: Callable[[dict[str, Any]], object], charter: Charter = FULL) -> bytes:
    value: Any = json.loads(format_charter(charter))
    change(value)
    return format_canonical(value)


def motion(place: int, **changes: object) -> bytes:
    return bend(lambda c: c["motions"][place].update(changes))


HEADS = {"threshold": {"share": "2/3", "strict": False}, "turnout": "0"}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(bend(lambda c: c.update(statute="loi")), MalformedError, id="a statute"),
        pytest.param(bend(lambda c: c.update(caps={})), MalformedError, id="caps of a kind"),
        pytest.param(bend(lambda c: c.update(caps=[["employees"]])), MalformedError, id="a cap"),
        pytest.param(
            bend(lambda c: c.update(caps=[{**CAP, "part": None}])), CapError, id="caps nothing"
        ),
        pytest.param(
            bend(lambda c: c.update(caps=[{**CAP, "part": 1}])),
            MalformedError,
            id="a part that is a number",
        ),
        pytest.param(
            bend(lambda c: c.update(caps=[{**CAP, "ballots": True}])),
            MalformedError,
            id="ballots that are a truth",
        ),
        pytest.param(
            bend(
                lambda c: c.update(
                    caps=[
                        {**CAP, "college": "community"},
                        {"college": "employees", "ballots": "1", "part": None},
                    ]
                )
            ),
            CanonicalError,
            id="caps in another order",
        ),
        pytest.param(
            bend(lambda c: c.update(motions=c["motions"][:1])), MalformedError, id="no special"
        ),
        pytest.param(
            bend(lambda c: c.update(motions=c["motions"][1:])), MalformedError, id="no ordinary"
        ),
        pytest.param(
            bend(lambda c: c.update(motions=[*c["motions"], c["motions"][0]])),
            CanonicalError,
            id="a rule twice",
        ),
        pytest.param(
            bend(lambda c: c.update(motions=c["motions"][::-1])),
            CanonicalError,
            id="rules in another order",
        ),
        pytest.param(motion(0, rule="merger"), MalformedError, id="a rule of another name"),
        pytest.param(motion(2, heads=None), StatutoryHeadCountError, id="no heads by law"),
        pytest.param(motion(4, heads=HEADS), StatutoryHeadCountError, id="too few heads by law"),
        pytest.param(motion(0, heads=[]), MalformedError, id="heads of a kind"),
        pytest.param(
            motion(0, heads={**HEADS, "turnout": "3/2"}), HeadCountError, id="more than the roll"
        ),
        pytest.param(
            motion(0, heads={**HEADS, "turnout": 1}), MalformedError, id="turnout of a kind"
        ),
        pytest.param(
            motion(0, heads={**HEADS, "threshold": {"share": "1/2", "strict": False}}),
            ThresholdError,
            id="heads tied",
        ),
        pytest.param(motion(0, agree={"supported": None}), MalformedError, id="agree of a kind"),
        pytest.param(motion(0, agree=[["supported"]]), MalformedError, id="agree to nothing"),
        pytest.param(
            motion(0, agree=[["employees", HEADS["threshold"]], ["supported", HEADS["threshold"]]]),
            CanonicalError,
            id="agreements in another order",
        ),
        pytest.param(
            bend(lambda c: c["council"].append(["supported", 8])), CanonicalError, id="seats twice"
        ),
        pytest.param(
            bend(lambda c: c["council"].reverse()), CanonicalError, id="seats in another order"
        ),
        pytest.param(
            bend(lambda c: c["council"][0].__setitem__(1, 7)), CouncilSeatsError, id="T12"
        ),
        pytest.param(
            bend(lambda c: c["council"][0].__setitem__(1, True)), MalformedError, id="a truth"
        ),
    ],
)
def test_bytes_refused(raw: bytes, expected: type[VotingError]) -> None:
    with pytest.raises(expected):
        parse_charter(raw)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        pytest.param(b"", "not-json", id="nothing"),
        pytest.param(format_charter(FULL) * 2, "not-json", id="two"),
        pytest.param(bend(lambda c: c["floors"].append(["supported", 1])), "not-canonical", id="2"),
        pytest.param(b" " * 65_537, "too-large", id="long"),
    ],
)
def test_written_by_hand_it_may_have_spaces_and_nothing_else(raw: bytes, problem: str) -> None:
    with pytest.raises(CanonicalError) as error:
        parse_written_charter(raw)
    assert error.value.problem == problem


def test_what_is_guessed_at_nowhere() -> None:
    charter = make_charter()
    spaced = format_charter(charter).replace(b",", b" ,\n\t")
    assert parse_written_charter(spaced.replace(b"{", b"{ ")) == charter
