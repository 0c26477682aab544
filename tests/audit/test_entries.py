from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.entries import (
    TYPES,
    BallotEntry,
    CharterEntry,
    Entry,
    RollEntry,
    SetupBox,
    format_entry,
    parse_entry,
)
from audit.errors import EntryFormError
from tests.audit.examples import (
    BALLOT_1,
    BOX_A,
    CHARTER,
    CLOSING,
    COMMITMENTS,
    ELECTION,
    KEY_1,
    ROLL,
    SETUP,
    SHUFFLES,
    VOID,
    WHOLE,
    digest,
)


def test_a_ballot_entry_byte_by_byte() -> None:
    assert format_entry(BALLOT_1) == (
        b'{"v":1,"type":"ballot","election":"ExampLeELectioN1","box":"ExampLeBoxAAAA1",'
        b'"ballot":"' + digest("ballot 1").encode() + b'"}'
    )


def test_a_closing_and_a_setup_entry_byte_by_byte() -> None:
    assert format_entry(CLOSING) == (
        b'{"v":1,"type":"closing","time":140,"election":"ExampLeELectioN1","reason":"'
        + digest("reason").encode()
        + b'","seed":"'
        + digest("seed").encode()
        + b'","ballots":[["ExampLeBoxAAAA1",2],["ExampLeBoxBBBB1",0]]}'
    )
    assert format_entry(SETUP).endswith(
        b'{"college":"members","box":"ExampLeBoxBBBB1","shuffled":true,"election":"'
        + digest("election b").encode()
        + b'","trustees":"'
        + digest("t").encode()
        + b'","credentials":"'
        + digest("c b").encode()
        + b'"}]}'
    )
    assert b'","needed":2,"boxes":[{"college":"employees",' in format_entry(SETUP)


def test_a_shuffle_and_commitments_byte_by_byte() -> None:
    assert format_entry(SHUFFLES[0]) == (
        b'{"v":1,"type":"shuffle","time":155,"election":"ExampLeELectioN1",'
        b'"box":"ExampLeBoxAAAA1","trustee":2,"shuffle":"%b"}'
        % digest("sExampLeBoxAAAA12").encode()
    )
    assert format_entry(COMMITMENTS) == (
        b'{"v":1,"type":"commitments","time":110,"election":"ExampLeELectioN1",'
        b'"commitments":"%b"}' % digest("commitments").encode()
    )


@pytest.mark.parametrize("entry", [*WHOLE, VOID], ids=lambda entry: entry.type)
def test_every_type_is_read_back(entry: Entry) -> None:
    raw = format_entry(entry)
    assert raw.startswith(b'{"v":1,"type":"%b"' % entry.type.encode())
    assert parse_entry(raw) == entry


def test_the_examples_cover_every_type() -> None:
    assert {entry.type for entry in (*WHOLE, VOID)} == TYPES.keys()


def test_a_ballot_bears_no_time() -> None:
    assert b"time" not in format_entry(BALLOT_1)


GOOD = format_entry(KEY_1)
LONG = format_entry(SETUP)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"[]",
        b"7",
        b"null",
        GOOD + b"\n",
        b" " + GOOD,
        b"\xef\xbb\xbf" + GOOD,
        GOOD.replace(b'"v":1', b'"v":2'),
        GOOD.replace(b'"v":1', b'"v":true'),
        GOOD.replace(b'"v":1,"type":"trustee-key"', b'"type":"trustee-key","v":1'),
        GOOD.replace(b"trustee-key", b"trustee-keys"),
        GOOD.replace(b'"trustee-key"', b'["trustee-key"]'),
        GOOD.replace(b'"trustee-key"', b"7"),
        GOOD.replace(b'"trustee":1', b'"trustee":0'),
        GOOD.replace(b'"trustee":1', b'"trustee":-1'),
        GOOD.replace(b'"trustee":1', b'"trustee":1.0'),
        GOOD.replace(b'"trustee":1', b'"trustee":1e0'),
        GOOD.replace(b'"trustee":1', b'"trustee":"1"'),
        GOOD.replace(b'"trustee":1', b'"trustee":true'),
        GOOD.replace(b'"trustee":1', b'"trustee":NaN'),
        GOOD.replace(b'"trustee":1', b'"trustee":9007199254740992'),
        GOOD.replace(b'"trustee":1', b'"trustee":' + b"9" * 5000),
        GOOD.replace(b'"trustee":1', b'"trustee":1,"trustee":1'),
        GOOD.replace(b'"time":111', b'"time":-1'),
        GOOD.replace(b'"time":111,', b""),
        GOOD.replace(digest("key 1").encode(), digest("key 1").upper().encode()),
        GOOD.replace(digest("key 1").encode(), digest("key 1")[:-1].encode()),
        GOOD.replace(digest("key 1").encode(), b"../" + digest("key 1")[3:].encode()),
        GOOD.replace(b"ExampLeELectioN1", b"short"),
        GOOD.replace(b"ExampLeELectioN1", b"ExampleElection0"),
        GOOD.replace(b"ExampLeELectioN1", b"ExampLeELectioN1/.."),
        GOOD[:-1] + b',"note":"free text"}',
        GOOD.replace(b'"election":"ExampLeELectioN1"', b'"election":null'),
        b'{"v":1,"type":' + b"[" * 30_000 + b"]" * 30_000 + b"}",
        b'{"v":1,"type":"' + b"x" * 70_000 + b'"}',
        LONG.replace(b'"boxes":[', b'"boxes":[[],'),
        LONG.replace(b'"shuffled":true', b'"shuffled":1'),
        LONG.replace(b'"shuffled":true,', b""),
        LONG.replace(b'"needed":2', b'"needed":0'),
        LONG[: LONG.index(b'"boxes"')] + b'"boxes":[]}',
        LONG[: LONG.index(b'"boxes"')] + b'"boxes":{}}',
        LONG.replace(b'"college":"members"', b'"college":"Members"'),
        LONG.replace(b'"college":"members",', b""),
        format_entry(ROLL).replace(b'["employees",3]', b'["employees"]'),
        format_entry(ROLL).replace(b'["employees",3]', b'["members",3]'),
        format_entry(ROLL).replace(b'["employees",3]', b'["employees",-3]'),
        format_entry(ROLL).replace(b'["employees",3]', b"3"),
        format_entry(ROLL).replace(b'[["employees",3],["members",0]]', b"[]"),
        format_entry(ROLL).replace(b'[["employees",3],["members",0]]', b"{}"),
    ],
    ids=lambda raw: raw[-40:].decode(errors="replace"),
)
def test_what_is_not_the_one_form_of_an_entry_is_refused(raw: bytes) -> None:
    assert raw not in {GOOD, LONG, format_entry(ROLL)}
    with pytest.raises(EntryFormError):
        parse_entry(raw)


def test_an_entry_with_wrong_values_cannot_exist() -> None:
    with pytest.raises(EntryFormError, match="charter: certifier"):
        replace(CHARTER, certifier="x")
    with pytest.raises(EntryFormError, match="ballot: box"):
        BallotEntry(ELECTION, "box", digest("b"))
    with pytest.raises(EntryFormError, match="box: college"):
        SetupBox("no college", BOX_A, False, digest("e"), digest("t"), digest("c"))
    with pytest.raises(EntryFormError, match="setup: boxes"):
        replace(SETUP, boxes=())
    with pytest.raises(EntryFormError, match="setup: boxes"):
        replace(SETUP, boxes=cast("Any", [SETUP.boxes[0]]))
    with pytest.raises(EntryFormError, match="roll: members"):
        replace(ROLL, members=(("employees", 3), ("employees", 4)))


def test_an_entry_that_no_bundle_can_carry_is_refused() -> None:
    many = tuple((f"college-{i}", i) for i in range(4000))
    with pytest.raises(EntryFormError, match="longer than 65535"):
        format_entry(RollEntry(1, ELECTION, digest("roll"), many))


@given(st.binary(max_size=200))
def test_any_bytes_are_an_entry_or_a_named_error(raw: bytes) -> None:
    with pytest.raises(EntryFormError):
        parse_entry(raw)


@given(st.sampled_from([*WHOLE, VOID]), st.data())
def test_a_bent_entry_is_another_one_or_refused(entry: Entry, data: st.DataObject) -> None:
    raw = bytearray(format_entry(entry))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    try:
        found = parse_entry(bytes(raw))
    except EntryFormError:
        return
    assert found != entry
    assert format_entry(found) == raw


@given(st.integers(0, 2**53 - 1), st.binary(min_size=32, max_size=32))
def test_entries_of_any_values_are_read_back(time: int, raw: bytes) -> None:
    entry = CharterEntry(time, raw.hex(), raw[::-1].hex(), raw.hex())
    assert parse_entry(format_entry(entry)) == entry
