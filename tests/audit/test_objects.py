from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.objects import (
    CommitmentList,
    format_commitments_list,
    format_elections,
    format_proof_list,
    format_reason,
    format_scripts,
    parse_commitments_list,
    parse_elections,
    parse_proof_list,
    parse_reason,
    parse_scripts,
)
from audit.record_errors import ObjectFormError
from tests.audit.examples import BOX_A, ELECTION, digest
from voting.canonical import parse_canonical

A, B = digest("a"), digest("b")


def test_the_bytes_of_each() -> None:
    assert format_reason("Pam lai?") == b'{"v":1,"reason":"Pam lai?","second_officer":null}'
    assert format_scripts([("b.js", B), ("a.js", A)]) == (
        f'{{"v":1,"files":[["a.js","{A}"],["b.js","{B}"]]}}'.encode()
    )
    assert format_elections([ELECTION]) == b'{"v":1,"elections":["ExampLeELectioN1"]}'
    assert format_proof_list(ELECTION, [(BOX_A, 1, b'{"x":1}'), (BOX_A, 2, b"{}")]) == (
        b'{"v":1,"election":"ExampLeELectioN1","proofs":['
        b'{"box":"ExampLeBoxAAAA1","trustee":1,"proofs":{"x":1}},'
        b'{"box":"ExampLeBoxAAAA1","trustee":2,"proofs":{}}]}'
    )


def test_each_is_read_back() -> None:
    assert parse_reason("p", format_reason("ŵ")) == "ŵ"
    assert parse_scripts("p", format_scripts([("b", B), ("a", A)])) == (("a", A), ("b", B))
    assert parse_scripts("p", format_scripts([])) == ()
    assert parse_elections("p", format_elections([ELECTION, BOX_A])) == (ELECTION, BOX_A)
    assert parse_elections("p", format_elections([])) == ()


def test_a_list_of_proofs_is_canonical() -> None:
    raw = format_proof_list(ELECTION, [(BOX_A, 1, b'{"x":1}')])
    assert parse_canonical(raw, limit=1000)


@pytest.mark.parametrize(
    ("parse", "raw"),
    [
        (parse_reason, b""),
        (parse_reason, b"[]"),
        (parse_reason, format_reason("x") + b"\n"),
        (parse_reason, b'{"v":2,"reason":"x","second_officer":null}'),
        (parse_reason, b'{"v":1,"reason":7,"second_officer":null}'),
        (parse_reason, b'{"v":1,"reason":"x","second_officer":"y"}'),
        (parse_reason, b'{"v":1,"reason":"x"}'),
        (parse_reason, format_reason("x" * 70_000)),
        (parse_scripts, format_scripts([("a", A), ("a", A)])),
        (parse_scripts, b'{"v":1,"files":{}}'),
        (parse_scripts, b'{"v":1,"files":[["a"]]}'),
        (parse_scripts, b'{"v":1,"files":[[1,"%b"]]}' % A.encode()),
        (parse_scripts, b'{"v":1,"files":["a"]}'),
        (parse_scripts, format_scripts([("a", "x")])),
        (parse_scripts, b'{"v":2,"files":[]}'),
        (parse_elections, b'{"v":1,"elections":["../../etc"]}'),
        (parse_elections, b'{"v":1,"elections":{}}'),
        (parse_elections, b'{"v":1,"elections":[7]}'),
        (parse_elections, b'{"v":true,"elections":[]}'),
        (parse_elections, format_elections([ELECTION, ELECTION])),
    ],
)
def test_what_has_not_its_one_form_is_refused(
    parse: Callable[[str, bytes], object], raw: bytes
) -> None:
    with pytest.raises(ObjectFormError, match="objects/x"):
        parse("objects/x", raw)


@given(st.text(max_size=50).filter(lambda text: text.isprintable()))
def test_any_reason_is_read_back(text: str) -> None:
    assert parse_reason("p", format_reason(text)) == text


PROOF_LIST = format_proof_list(ELECTION, [(BOX_A, 1, b'{"x":1}'), (BOX_A, 2, b"{}")])


def test_second_proofs_are_found_by_box_and_trustee() -> None:
    assert parse_proof_list("p", PROOF_LIST) == {BOX_A: {1: b'{"x":1}', 2: b"{}"}}
    assert parse_proof_list("p", format_proof_list(ELECTION, [])) == {}


@pytest.mark.parametrize(
    "raw",
    [
        b"{}",
        b"[" * 100,
        PROOF_LIST + b" ",
        PROOF_LIST.replace(b'"v":1', b'"v":2'),
        PROOF_LIST.replace(b'"ExampLeELectioN1"', b"1"),
        PROOF_LIST.replace(b'"trustee":2', b'"trustee":1'),
        PROOF_LIST.replace(b'"trustee":2', b'"trustee":true'),
        PROOF_LIST.replace(b'"trustee":2', b'"trustee":"2"'),
        PROOF_LIST.replace(b'"trustee":2,', b'"trustee":2,"x":1,'),
        PROOF_LIST.replace(b'"box":"ExampLeBoxAAAA1","trustee":2', b'"trustee":2'),
        b'{"v":1,"election":"a","proofs":[1]}',
        b'{"v":1,"election":"a","proofs":{}}',
    ],
)
def test_other_lists_of_proofs_are_refused(raw: bytes) -> None:
    with pytest.raises(ObjectFormError):
        parse_proof_list("p", raw)


COMMITTED = CommitmentList(ELECTION, 2, (A, B, A))
COMMITMENTS = format_commitments_list(COMMITTED)


def test_commitments_are_read_back() -> None:
    assert (
        b'{"v":1,"election":"ExampLeELectioN1","needed":2,"commitments":["%b","%b","%b"]}'
        % (A.encode(), B.encode(), A.encode())
    ) == COMMITMENTS
    assert parse_commitments_list("p", COMMITMENTS) == COMMITTED


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[" * 100,
        COMMITMENTS + b" ",
        COMMITMENTS.replace(b'"v":1', b'"v":2'),
        COMMITMENTS.replace(b'"needed":2', b'"needed":0'),
        COMMITMENTS.replace(b'"needed":2', b'"needed":"2"'),
        COMMITMENTS.replace(b'"ExampLeELectioN1"', b"null"),
        COMMITMENTS.replace(b"[", b"[[").replace(b"]", b"]]"),
        COMMITMENTS.replace(A.encode(), A.upper().encode()),
        COMMITMENTS[: COMMITMENTS.index(b"[")] + b"{}}",
    ],
    ids=lambda raw: raw[:60].decode(),
)
def test_other_lists_of_commitments_are_refused(raw: bytes) -> None:
    with pytest.raises(ObjectFormError, match="objects/x"):
        parse_commitments_list("objects/x", raw)
