"""BLT files: what is read comes back when written, and every fault has its line and its reason."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voting.counting import blt
from voting.counting.blt import Blt, Preferences, format_blt, parse_blt
from voting.counting.election_file import from_blt
from voting.errors import BltError
from voting.texts import find_line_problem

EXAMPLE = """\
# From the source, with what others added to it
4 2  # four candidates, two seats
-2

3 1 3 4 0
4 1 3 2 0 # a comment
\t2  4 1=3 0
1 2 0
2 2=4=3 1 0
1 3 - 4 0
5 0
1 9 1 0
3 1 3 4 0
0
"Adam"
  "Ba "the cat" sil"   # who withdrew
Charlotte O'Neil # no quotation marks
"Dônald #4"
"Title"
"""


def test_everything_in_a_file_is_read() -> None:
    assert parse_blt(EXAMPLE.encode()) == Blt(
        candidates=("Adam", 'Ba "the cat" sil', "Charlotte O'Neil", "Dônald #4"),
        seats=2,
        ballots={
            (1, 3, 4): 6,
            (1, 3, 2): 4,
            (4, 1, -3): 2,
            (2,): 1,
            (2, -4, -3, 1): 2,
            (3, 0, 4): 1,
            (): 5,
            (9, 1): 1,
        },
        withdrawn=frozenset({2}),
        title="Title",
    )


def test_a_file_is_written_in_one_way() -> None:
    assert format_blt(parse_blt(EXAMPLE.encode())).decode() == (
        "4 2\n-2\n6 1 3 4 0\n4 1 3 2 0\n2 4 1=3 0\n1 2 0\n2 2=4=3 1 0\n1 3 - 4 0\n5 0\n1 9 1 0\n0\n"
        '"Adam"\n"Ba "the cat" sil"\n"Charlotte O\'Neil"\n"Dônald #4"\n"Title"\n'
    )


def test_line_ends_and_a_mark_of_byte_order_are_as_they_come() -> None:
    expected = parse_blt(EXAMPLE.encode())
    assert parse_blt(b"\xef\xbb\xbf" + EXAMPLE.replace("\n", "\r\n").encode()) == expected
    assert parse_blt(EXAMPLE.removesuffix("\n").encode()) == expected


NAMES = (
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
    | st.sampled_from(['"', '"Jo"', "#", 'a "b" c', "- 1", "0", "\\", "2 1"])
).filter(lambda name: find_line_problem(name) is None and not re.search(r'"\s*#', name))


@st.composite
def written_preferences(draw: st.DrawFn) -> Preferences:
    preferences: list[int] = []
    for _ in range(draw(st.integers(0, 6))):
        each = draw(st.integers(0, 12))
        is_shared = bool(preferences) and preferences[-1] != 0 and each and draw(st.booleans())
        preferences.append(-each if is_shared else each)
    return tuple(preferences)


@st.composite
def elections(draw: st.DrawFn) -> Blt:
    names = draw(st.lists(NAMES, min_size=1, max_size=6, unique=True))
    withdrawn = draw(st.sets(st.integers(1, len(names)), max_size=len(names) - 1))
    return Blt(
        candidates=tuple(names),
        seats=draw(st.integers(1, len(names))),
        ballots=draw(
            st.dictionaries(written_preferences(), st.integers(1, blt.MAX_NUMBER), max_size=6)
        ),
        withdrawn=frozenset(withdrawn),
        title=draw(st.just("") | NAMES),
    )


@given(elections())
@settings(max_examples=60)
def test_what_is_written_is_read_again(election: Blt) -> None:
    assert parse_blt(format_blt(election)) == election


def read_or_refuse(text: str) -> Blt | BltError:
    try:
        return parse_blt(text.encode(errors="replace"))
    except BltError as error:
        return error


@given(st.text(alphabet='0123456789 -="#\nAé\t', max_size=80) | st.text(max_size=30))
@settings(max_examples=100)
def test_anything_else_has_a_line_and_a_reason(text: str) -> None:
    found = read_or_refuse(text)
    if isinstance(found, BltError):
        assert 0 <= found.line <= text.count("\n") + 1
        assert found.reason
    else:
        assert parse_blt(format_blt(found)) == found


WRONG = {
    "nothing": ("", 0, "the numbers of candidates and seats are missing"),
    "comments only": ("# no\n\n", 2, "the numbers of candidates and seats are missing"),
    "no seats": ("3\n0\n", 1, "this is not the number of candidates, then that of seats"),
    "seats of 0": ("3 0\n0\n", 1, "this is not the number of candidates, then that of seats"),
    "another script's digits": ("٣ 1\n0\n", 1, "this is not the number of candidates"),
    "too many seats": ("2 3\n0\nA\nB\n", 1, "3 seats are more than 2 candidates"),
    "too many candidates": ("121 1\n0\n", 1, "121 candidates are more than 120"),
    "nothing behind": ("2 1\n", 1, "the ballots do not end with a line that holds 0 alone"),
    "no end": ("2 1\n1 1 0\n", 2, "the ballots do not end with a line that holds 0 alone"),
    "a ballot's end": ("2 1\n1 1 2\n0\nA\nB\n", 2, "a ballot does not end with 0"),
    "no number": ("2 1\n0 1 0\n0\nA\nB\n", 2, "a line does not begin with a number of ballots"),
    "two ends": ("2 1\n0 0\nA\nB\n", 2, "a line does not begin with a number of ballots"),
    "half a ballot": ("2 1\n0.5 1 0\n0\n", 2, "a line does not begin with a number of ballots"),
    "too many": ("2 1\n9999999999999999999 1 0\n0\n", 2, "a line does not begin with a number of"),
    "a plus": ("2 1\n1 +1 0\n0\nA\nB\n", 2, "'+1' is no preference"),
    "a minus": ("2 1\n1 -1 0\n0\nA\nB\n", 2, "'-1' is no preference"),
    "nobody shared": ("2 1\n1 1= 0\n0\nA\nB\n", 2, "'1=' is no preference"),
    "a gap shared": ("2 1\n1 -=1 0\n0\nA\nB\n", 2, "'-=1' is no preference"),
    "an id": ("2 1\n(x) 1 0\n0\nA\nB\n", 2, "a line does not begin with a number of ballots"),
    "a long ballot": (f"2 1\n1{' 1' * 1000} 0\n0\n", 2, "a ballot is longer than 2000 characters"),
    "no one to withdraw": ("2 1\n-3\n0\nA\nB\n", 2, "there is no candidate 3 left to withdraw"),
    "withdrawn twice": ("3 1\n-1\n-1\n0\n", 3, "there is no candidate 1 left to withdraw"),
    "twice in a line": ("3 1\n-1 -1\n0\n", 2, "there is no candidate 1 left to withdraw"),
    "not withdrawn": ("3 1\n-1 2\n0\n", 2, "those who withdrew are written -1 -2"),
    "all withdrawn": ("2 1\n-1 -2\n0\nA\nB\n", 2, "all candidates withdrew"),
    "a name missing": ("2 1\n0\nA\n", 3, "the name of candidate 2 of 2 is missing"),
    "a name twice": ("2 1\n0\nA\nA\n", 4, "two candidates have the name 'A'"),
    "a name's end": ('2 1\n0\n"A\nB\n', 3, "a name in quotation marks does not end with one"),
    "only a mark": ('2 1\n0\n"\nB\n', 3, "a name in quotation marks does not end with one"),
    "no name": ('2 1\n0\n""\nB\n', 3, "a name cannot be used: there is nothing to be seen in it"),
    "a long name": (f"1 1\n0\n{'A' * 201}\n", 3, "a name cannot be used: it is longer than 200"),
    "a turning mark": ("1 1\n0\nA\u202e\n", 3, "a name cannot be used: it holds characters"),
    "a comment or a name": ('1 1\n0\n"A"# "B"\n', 3, "a name holds a quotation mark with # behind"),
    "behind the title": ("1 1\n0\nA\nT\nmore\n", 5, "there is something behind the title"),
}


@pytest.mark.parametrize(("text", "line", "reason"), WRONG.values(), ids=WRONG)
def test_a_fault_has_its_line_and_its_reason(text: str, line: int, reason: str) -> None:
    with pytest.raises(BltError) as caught:
        parse_blt(text.encode())
    assert caught.value.line == line
    assert caught.value.reason.startswith(reason)
    assert str(caught.value).startswith(f"line {line}: " if line else reason)


def test_other_bytes_than_text_have_their_line() -> None:
    with pytest.raises(BltError, match=r"^line 3: this is not UTF-8 text$"):
        parse_blt(b"2 1\n0\n\xff\n")


def test_files_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blt, "MAX_DIFFERENT", 2)
    assert len(parse_blt(b"3 1\n1 1 0\n1 2 0\n1 1 0\n0\nA\nB\nC\n").ballots) == 2
    with pytest.raises(BltError, match=r"^line 4: there are more than 2 different ballots$"):
        parse_blt(b"3 1\n1 1 0\n1 2 0\n1 3 0\n0\nA\nB\nC\n")
    monkeypatch.setattr(blt, "MAX_BLT", 9)
    with pytest.raises(BltError, match=r"^the file is longer than 9 bytes$"):
        parse_blt(b"2 1\n0\nA\nB\n")


UNWRITABLE = {
    "nobody": ((), 1, {}, ()),
    "no seat": (("A",), 0, {}, ()),
    "more seats": (("A",), 2, {}, ()),
    "a stranger withdrew": (("A", "B"), 1, {}, (3,)),
    "all withdrew": (("A",), 1, {}, (1,)),
    "two alike": (("A", "A"), 1, {}, ()),
    "an untidy name": (("A ",), 1, {}, ()),
    "a name like a comment": (('A" #',), 1, {}, ()),
    "no ballots": (("A",), 1, {(1,): 0}, ()),
    "shared with none": (("A",), 1, {(-1,): 1}, ()),
    "shared with a gap": (("A",), 1, {(0, -1): 1}, ()),
    "a long number": (("A",), 1, {(10_000,): 1}, ()),
}


@pytest.mark.parametrize(
    ("names", "seats", "ballots", "withdrawn"), UNWRITABLE.values(), ids=UNWRITABLE
)
def test_what_no_file_can_hold_cannot_be(
    names: tuple[str, ...],
    seats: int,
    ballots: dict[Preferences, int],
    withdrawn: tuple[int, ...],
) -> None:
    with pytest.raises(BltError) as caught:
        Blt(names, seats, ballots, frozenset(withdrawn))
    assert caught.value.line == 0


def test_who_withdrew_is_taken_off_every_ballot() -> None:
    election = from_blt(parse_blt(EXAMPLE.encode()))
    assert election.candidates == ("Adam", "Charlotte O'Neil", "Dônald #4")
    assert election.withdrawn == ('Ba "the cat" sil',)
    (college,) = election.colleges
    assert college.ballots == {bytes((0, 1, 2)): 6, bytes((0, 1)): 4}
    # One ranked nobody else; ranks that are shared or empty, and strangers, are invalid.
    assert (college.counted, college.blank, college.invalid) == (10, 6, 6)
