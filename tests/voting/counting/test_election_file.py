"""JSON files of colleges and ballots: what is read, and what is refused with its place."""

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voting.counting import election_file
from voting.counting.election_file import ElectionFile, FileCollege, parse_election
from voting.errors import ElectionFileError


def make(**changed: Any) -> dict[str, Any]:
    return {
        "id": "x1",
        "seats": 1,
        "candidates": ["A", "B", "C"],
        "colleges": [
            {"name": "supported", "share": "51/100", "ballots": [[6, [0, 2]], [1, []]]},
            {"name": "others", "share": "49/100", "ballots": [[2, [1]]], "valid_ballots": 3},
        ],
        "anything": [0.5, {"else": None}],
        **changed,
    }


def parse(election: object) -> ElectionFile:
    return parse_election(json.dumps(election).encode())


def college(**changed: Any) -> list[dict[str, Any]]:
    return [{"name": "all", "share": "1", "ballots": [[1, [0]]], **changed}]


def test_a_file_is_read() -> None:
    assert parse(make(protected="supported")) == ElectionFile(
        candidates=("A", "B", "C"),
        withdrawn=(),
        seats=1,
        colleges=(
            FileCollege("supported", Fraction(51, 100), {bytes((0, 2)): 6}, 1, 0),
            FileCollege("others", Fraction(49, 100), {bytes((1,)): 2}, 0, 0, 3),
        ),
        form="ranked",
        highest=0,
        is_weighed=True,
        protected="supported",
        title="x1",
    )
    spaced = b"\xef\xbb\xbf \n" + json.dumps(make(id=None), indent=1).encode()
    assert parse_election(spaced).title == ""


INVALID_RANKINGS = {
    "a repeat": [0, 0],
    "a stranger": [3],
    "a negative": [-1],
    "a gap": [0, None, 1],
    "a shared rank": [0, [1, 2]],
    "an enormous number": [10**30],
}


@pytest.mark.parametrize("ballot", INVALID_RANKINGS.values(), ids=INVALID_RANKINGS)
def test_an_invalid_ranking_is_counted_as_such(ballot: list[Any]) -> None:
    (read,) = parse(make(colleges=college(ballots=[[4, ballot], [2, [0]]]))).colleges
    assert (read.counted, read.blank, read.invalid) == (2, 0, 4)


def test_equal_ballots_are_added_up() -> None:
    (read,) = parse(make(colleges=college(ballots=[[4, [0]], [2, [0]]]))).colleges
    assert read.ballots == {b"\0": 6}


def test_scores_and_grades() -> None:
    ballots = [
        [1, [4, 0, 2]],
        [2, [4, 0]],
        [3, []],
        [4, [5, 0, 0]],
        [5, [-1, 0, 0]],
        [6, [4, 0, 2]],
    ]
    scored = parse(make(top=4, colleges=college(ballots=ballots)))
    assert (scored.form, scored.highest) == ("scored", 4)
    assert scored.colleges[0].ballots == {bytes((5, 1, 3)): 7}
    assert (scored.colleges[0].blank, scored.colleges[0].invalid) == (3, 11)
    graded = parse(
        make(grades=["Good", "Fair"], colleges=college(ballots=[[1, [1, 0, 1]], [2, [2, 0, 0]]]))
    )
    assert (graded.form, graded.highest) == ("graded", 2)
    assert graded.colleges[0].ballots == {bytes((2, 1, 2)): 1}
    assert graded.colleges[0].invalid == 2


WRONG = {
    "a list": ([], "the file", "it is not an object"),
    "no candidates": (make(candidates=None), "candidates", "it is not a list"),
    "no candidate": (make(candidates=[]), "candidates", "they are not 1 to 120"),
    "a number for a name": (make(candidates=["A", 7]), "candidates[1]", "it is not a line of text"),
    "an untidy name": (make(candidates=["A\n"]), "candidates[0]", "it is not a line of text"),
    "a name twice": (make(candidates=["A", "A"]), "candidates[1]", "'A' is there twice"),
    "no seats": (make(seats=0), "seats", "it is not a whole number from 1 to 3"),
    "more seats": (make(seats=4), "seats", "it is not a whole number from 1 to 3"),
    "true": (make(seats=True), "seats", "it is not a whole number from 1 to 3"),
    "no colleges": (make(colleges=[]), "colleges", "they are not 1 to 16 with different names"),
    "a college twice": (
        make(colleges=college(share="1/2") * 2),
        "colleges",
        "they are not 1 to 16",
    ),
    "no whole": (make(colleges=college(share="1/2")), "colleges", "their shares add up to 1/2"),
    "no college": (make(colleges=[7]), "colleges[0]", "it is not an object"),
    "a float": (make(colleges=college(share=0.5)), "colleges[0].share", "it is not a line of text"),
    "a decimal": (make(colleges=college(share="0.5")), "colleges[0].share", "it is not a fraction"),
    "of nothing": (
        make(colleges=college(share="1/0")),
        "colleges[0].share",
        "it is not a fraction",
    ),
    "nothing": (make(colleges=college(share="0")), "colleges[0].share", "it is not above 0"),
    "more than all": (
        make(colleges=college(share="3/2")),
        "colleges[0].share",
        "it is not above 0",
    ),
    "tiny": (make(colleges=college(share="1/1000001")), "colleges[0].share", "it is not above 0"),
    "a stranger": (make(protected="x"), "protected", "there is no such college"),
    "a scheme": (make(scheme="roll"), "scheme", "it is neither turnout nor none"),
    "a scheme that is a number": (make(scheme=1), "scheme", "it is not a line of text"),
    "protected with one vote each": (
        make(scheme="none", protected="others"),
        "protected",
        "with one vote each",
    ),
    "protected with less than half": (
        make(protected="others"),
        "protected",
        "its share 49/100 is not more than half",
    ),
    "both": (make(top=4, grades=["A", "B"]), "grades", "a file with top has scores, not grades"),
    "a top": (make(top=101), "top", "it is not a whole number from 1 to 100"),
    "one grade": (make(grades=["A"]), "grades", "they are not 2 to 10"),
    "valid": (
        make(colleges=college(valid_ballots="3")),
        "colleges[0].valid_ballots",
        "it is not a whole",
    ),
    "no ballots": (make(colleges=college(ballots={})), "colleges[0].ballots", "it is not a list"),
    "a ballot": (
        make(colleges=college(ballots=[7])),
        "colleges[0].ballots[0]",
        "it is not [how many",
    ),
    "a triple": (
        make(colleges=college(ballots=[[1, [], 2]])),
        "colleges[0].ballots[0]",
        "it is not [",
    ),
    "none of them": (
        make(colleges=college(ballots=[[0, []]])),
        "colleges[0].ballots[0]",
        "it is not [",
    ),
    "half": (make(colleges=college(ballots=[[0.5, []]])), "colleges[0].ballots[0]", "it is not ["),
    "for one": (make(colleges=college(ballots=[[1, 0]])), "colleges[0].ballots[0]", "it is not ["),
    "a name in it": (
        make(colleges=college(ballots=[[1, [0, "B"]]])),
        "colleges[0].ballots[0][1][1]",
        "it is not a whole number",
    ),
}


@pytest.mark.parametrize(("election", "path", "reason"), WRONG.values(), ids=WRONG)
def test_a_fault_has_its_place_and_its_reason(election: Any, path: str, reason: str) -> None:
    with pytest.raises(ElectionFileError) as caught:
        parse(election)
    assert caught.value.path == path
    assert caught.value.reason.startswith(reason)


TEXTS = {
    "no JSON": (b"{\n,}", "the file: line 2: it is not JSON"),
    "not UTF-8": (b"\xff", "the file: it is not UTF-8 text"),
    "a field twice": (b'{"seats":1,"seats":2}', "the file: an object has a field twice"),
    "too deep": (b"[" * 100_000, "the file: it nests too deep, or has too long a number"),
    "a long number": (b"1" * 10_000, "the file: it nests too deep, or has too long a number"),
}


@pytest.mark.parametrize(("raw", "sentence"), TEXTS.values(), ids=TEXTS)
def test_other_bytes_are_refused(raw: bytes, sentence: str) -> None:
    with pytest.raises(ElectionFileError) as caught:
        parse_election(raw)
    assert str(caught.value) == sentence


def test_a_file_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(election_file, "MAX_JSON", 9)
    with pytest.raises(ElectionFileError, match="longer than 9 bytes"):
        parse(make())


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 200) | st.text(max_size=3) | st.just(0.5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=6,
)


FIELDS = ("seats", "candidates", "colleges", "protected", "scheme", "top", "grades")


@given(st.sampled_from(FIELDS), JUNK)
@settings(max_examples=100)
def test_whatever_stands_in_a_field_is_read_or_refused(field: str, junk: Any) -> None:
    found = read_or_refuse(make(**{field: junk}))
    if isinstance(found, ElectionFileError):
        assert found.path.startswith((field, "colleges", "seats"))
    else:
        assert found.candidates


def read_or_refuse(election: object) -> ElectionFile | ElectionFileError:
    try:
        return parse(election)
    except ElectionFileError as error:
        return error
