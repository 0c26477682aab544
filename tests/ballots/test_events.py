"""Events: each fits on the one before it, or is refused by name."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.encoding import hex_digest
from ballots.errors import (
    BallotError,
    EventChainError,
    EventOrderError,
    MalformedJsonError,
    OversizedError,
    WrongFieldsError,
    WrongValueError,
)
from ballots.events import FOLLOWERS, START, Event, EventChain
from tests.ballots.box import Edit, edit, some

PAYLOAD = hex_digest(b"payload")


def _chain(*kinds: str) -> EventChain:
    chain = EventChain()
    for kind in kinds:
        chain.append(kind, PAYLOAD)
    return chain


def test_the_first_event_has_no_parent() -> None:
    raw = EventChain().append("Setup", PAYLOAD)
    assert raw == b'{"height":0,"type":"Setup","payload":"%s"}' % PAYLOAD.encode()
    assert EventChain().follow(raw) == Event("Setup", 0, PAYLOAD)


def test_later_events_name_their_parent() -> None:
    first = EventChain().append("Setup", PAYLOAD)
    raw = _chain("Setup").append("EndBallots", None)
    assert json.loads(raw) == {"parent": hex_digest(first), "height": 1, "type": "EndBallots"}
    assert _chain("Setup").follow(raw) == Event("EndBallots", 1, None)


ALL = [
    *("Setup", "Ballot", "EndBallots", "EncryptedTally"),
    *("Shuffle", "EndShuffles", "PartialDecryption", "Result"),
]
WAYS = {
    START: [],
    "Setup": ALL[:1],
    "Ballot": ALL[:2],
    "EndBallots": ALL[:3],
    "EncryptedTally": ALL[:4],
    "Shuffle": ALL[:5],
    "EndShuffles": ALL[:6],
    "PartialDecryption": ALL[:7],
    "Result": ALL,
}
# Written out by hand, apart from the table in the code.
ALLOWED = {
    (START, "Setup"),
    ("Setup", "Ballot"),
    ("Setup", "EndBallots"),
    ("Ballot", "Ballot"),
    ("Ballot", "EndBallots"),
    ("EndBallots", "EncryptedTally"),
    ("EncryptedTally", "Shuffle"),
    ("EncryptedTally", "EndShuffles"),
    ("EncryptedTally", "PartialDecryption"),
    ("Shuffle", "Shuffle"),
    ("Shuffle", "EndShuffles"),
    ("EndShuffles", "PartialDecryption"),
    ("PartialDecryption", "PartialDecryption"),
    ("PartialDecryption", "Result"),
}


@pytest.mark.parametrize("last", WAYS)
@pytest.mark.parametrize("kind", [*ALL, "Nonsense"])
def test_only_the_allowed_order_is_written_or_read(last: str, kind: str) -> None:
    chain = _chain(*WAYS[last])
    assert chain.last == last
    if (last, kind) in ALLOWED:
        assert _chain(*WAYS[last]).follow(chain.append(kind, PAYLOAD)).kind == kind
        return
    with pytest.raises(EventOrderError) as caught:
        chain.append(kind, PAYLOAD)
    assert caught.value.args == (last, kind)
    follower = min(FOLLOWERS[last], default=None)
    if follower is not None:
        raw = edit(_chain(*WAYS[last]).append(follower, PAYLOAD), lambda e: e.update(type=kind))
        with pytest.raises(EventOrderError):
            _chain(*WAYS[last]).follow(raw)


def _set(name: str, value: Any) -> Edit:
    def change(event: Any) -> None:
        event[name] = value

    return change


RAW = _chain("Setup").append("Ballot", PAYLOAD)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param(_set("parent", hex_digest(b"other")), EventChainError, id="other-parent"),
        pytest.param(_set("parent", None), EventChainError, id="parent-null"),
        pytest.param(lambda e: e.pop("parent"), WrongFieldsError, id="no-parent"),
        pytest.param(_set("height", 2), EventChainError, id="height"),
        pytest.param(_set("height", True), WrongValueError, id="height-true"),
        pytest.param(_set("type", 1), WrongValueError, id="type-number"),
        pytest.param(_set("payload", PAYLOAD.upper()), WrongValueError, id="payload-upper-case"),
        pytest.param(_set("payload", None), WrongValueError, id="payload-null"),
        pytest.param(_set("extra", 1), WrongFieldsError, id="extra"),
        pytest.param(_set("type", "x" * 2000), OversizedError, id="oversized"),
    ],
)
def test_a_bent_event_is_refused(change: Edit, error: type[BallotError]) -> None:
    with pytest.raises(error):
        _chain("Setup").follow(edit(RAW, change))


def test_a_parent_of_the_first_is_refused() -> None:
    first = EventChain().append("Setup", PAYLOAD)
    raw = b'{"parent":null,' + first[1:]
    with pytest.raises(WrongFieldsError):
        EventChain().follow(raw)


def test_other_json_is_refused() -> None:
    with pytest.raises(MalformedJsonError):
        _chain("Setup").follow(RAW + b"\n")
    with pytest.raises(WrongValueError):
        EventChain().follow(b"[]")


@some
@given(st.integers(0, len(RAW) - 1), st.integers(0, 255))
def test_no_byte_is_free_but_those_of_the_payload(at: int, byte: int) -> None:
    raw = RAW[:at] + bytes([byte]) + RAW[at + 1 :]
    try:
        event = _chain("Setup").follow(raw)
    except BallotError:
        return
    assert (event.kind, event.height) == ("Ballot", 1)
    assert event.payload is not None
    assert raw == _chain("Setup").append("Ballot", event.payload)
