"""Every error has its row, and every row something to say in both languages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ballots.errors import BallotError
from voting.errors import GuaranteeDoesNotHoldError, VotingError
from voting.roll import RollError, RollProblem
from web.assets import AssetsMissingError
from web.error_messages import MESSAGES, OUR_FAULT, details_of, message_for
from web.errors import NotReadyError, ServiceError
from web.http_errors import RequestError
from web.server import PortTakenError

# These end a start, before there is anybody to be answered.
AT_THE_START = {AssetsMissingError, PortTakenError}
ROWS = [pytest.param(kind, id=f"{kind.__module__}.{kind.__qualname__}") for kind in MESSAGES]


def leaves(base: type[Exception]) -> Iterator[type[Exception]]:
    for kind in base.__subclasses__():
        yield kind
        yield from leaves(kind)


def is_ours(kind: type[Exception]) -> bool:
    return kind.__module__ in ("web.errors", "web.http_errors", "web.assets", "web.server")


@pytest.mark.parametrize(
    "kind", [kind for kind in leaves(ServiceError) if is_ours(kind)], ids=lambda kind: kind.__name__
)
def test_every_refusal_of_the_service_has_a_row_of_its_own(kind: type[Exception]) -> None:
    assert kind in MESSAGES or kind in AT_THE_START


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_says_it_plainly_in_english_and_in_welsh(kind: type[Exception]) -> None:
    row = MESSAGES[kind]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", row.code)
    assert 400 <= row.status <= 503
    for sentence in (row.en, row.cy):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "{" not in sentence
        longest = max(len(part.split()) for part in re.split(r"[.!?] ", sentence))
        assert longest <= 24, "too long a sentence"
    assert row.en != row.cy


def test_every_code_is_listed_with_its_status_where_programmers_look() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "running" / "api.md"
    listed = dict(
        re.findall(r"^\| `([a-z-]+)` \| ([0-9]{3}) \|", page.read_text("utf-8"), re.MULTILINE)
    )
    assert listed == {row.code: str(row.status) for row in (*MESSAGES.values(), OUR_FAULT)}


def test_a_code_means_one_status() -> None:
    statuses: dict[str, set[int]] = {}
    for row in MESSAGES.values():
        statuses.setdefault(row.code, set()).add(row.status)
    assert {code: found for code, found in statuses.items() if len(found) > 1} == {}


@pytest.mark.parametrize("base", [VotingError, BallotError, RequestError])
def test_what_comes_from_outside_is_never_our_fault(base: type[Exception]) -> None:
    for kind in (base, *leaves(base)):
        rows = [MESSAGES[each] for each in kind.__mro__ if each in MESSAGES]
        assert rows, kind
        assert rows[0].status < 500, kind


@pytest.mark.parametrize("error", [ValueError("secret"), RuntimeError(), KeyError("x"), OSError()])
def test_what_nobody_foresaw_is_our_fault(error: Exception) -> None:
    assert message_for(error) is OUR_FAULT
    assert details_of(error) == {}


def test_a_class_without_a_row_has_that_of_its_base() -> None:
    class FreshError(VotingError):
        pass

    assert message_for(FreshError()) is MESSAGES[VotingError]


def test_details_are_codes_and_places_and_never_what_was_typed() -> None:
    problem = RollProblem(line=7, column="email", problem="bad-email", value="somebody@home")
    assert details_of(RollError((problem,))) == {
        "problems": [{"line": 7, "column": "email", "problem": "bad-email"}]
    }
    assert details_of(NotReadyError(("no-roll",))) == {"missing": ["no-roll"]}
    assert details_of(GuaranteeDoesNotHoldError(("floor-above-roll",))) == {
        "reasons": ["floor-above-roll"]
    }
