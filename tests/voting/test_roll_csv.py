"""Reading a roll from CSV: all or nothing, every problem with its line."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting.examples import COMMUNITY, SUPPORTED, make_charter
from voting import roll_csv
from voting.members import Member
from voting.roll import RollError, RollProblem, read_roll
from voting.roll_csv import split_fields
from voting.texts import tidy_line

HEADER = "number,name,email,college,language,format\n"
SIAN = Member("7", "Siân Example-Jones", "member7@one.example", SUPPORTED, "cy", "easy-read")
CHARTER = make_charter()


def problems(text: str | bytes) -> list[tuple[int, str, str, str, int]]:
    with pytest.raises(RollError) as error:
        read_roll(text, CHARTER)
    return [(p.line, p.column, p.problem, p.value, p.other_line) for p in error.value.problems]


def row(number: int, /, **fields: str) -> str:
    values = {
        "number": str(number),
        "name": f"Example Member {number}",
        "email": f"member{number}@one.example",
        "college": "supported",
        "language": "en",
        "format": "standard",
        **fields,
    }
    return ",".join(values.values()) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            HEADER + "7,Siân Example-Jones,member7@one.example,supported,cy,easy-read\n", id="plain"
        ),
        pytest.param(
            HEADER + "7,Siân Example-Jones,member7@one.example,supported,cy,easy-read", id="no end"
        ),
        pytest.param(
            "\ufeff" + HEADER + '"7","Siân Example-Jones","member7@one.example","supported","cy",'
            '"easy-read"\n',
            id="byte order mark and quotes",
        ),
        pytest.param(
            (HEADER + "7,Siân Example-Jones,member7@one.example,supported,cy,easy-read\n").replace(
                "\n", "\r\n"
            ),
            id="CRLF",
        ),
        pytest.param(
            (HEADER + "7,Siân Example-Jones,member7@one.example,supported,cy,easy-read\n").replace(
                "\n", "\r"
            ),
            id="CR",
        ),
        pytest.param(
            "Format, College ,E-MAIL,Name,Language,Number\n".replace("E-MAIL", "EMAIL")
            + "easy-read,supported,member7@one.example, Sia\u0302n \u00a0Example-Jones,cy,7 \n",
            id="other order, case, spaces, composed letters",
        ),
        pytest.param(
            "\n"
            + HEADER
            + "\n,,,,,\n7,Siân Example-Jones,member7@one.example,supported,cy,easy-read\n"
            " , ,,,,\n\n",
            id="lines of nothing",
        ),
    ],
)
def test_one_member_however_it_is_written(text: str) -> None:
    assert read_roll(text, CHARTER).members == (SIAN,)
    assert read_roll(text.encode(), CHARTER).members == (SIAN,)


def test_numbers_may_be_left_out() -> None:
    text = "name,email,college,language,format\nExample One,one@one.example,community,en,standard\n"
    (member,) = read_roll(text, CHARTER).members
    assert (member.number, member.key, member.college) == ("", "one@one.example", COMMUNITY)


def test_an_associate_says_so() -> None:
    (member,) = read_roll(HEADER + row(1, college="associate"), CHARTER).members
    assert member.college is None


def test_quotes_hold_commas_and_quotes() -> None:
    text = HEADER + row(1, name='"Example ""Em"", Member"')
    assert read_roll(text, CHARTER).members[0].name == 'Example "Em", Member'


def test_the_order_of_the_file_changes_nothing() -> None:
    rows = [row(number) for number in range(1, 6)]
    assert read_roll(HEADER + "".join(rows), CHARTER) == read_roll(
        HEADER + "".join(reversed(rows)), CHARTER
    )


def test_every_problem_is_listed_and_nothing_is_read() -> None:
    text = (
        HEADER
        + row(1)
        + row(2, name="", email="nobody", college="board")
        + '3,"Example Member,three@one.example,supported,en,standard\n'
        + row(1, email="MEMBER1@one.example", language="fr")
        + "\n"
        + row(5, college="", language="", format="")
        + "6,Example Member 6,six@one.example,supported,en\n"
        + "7,Example, Member 7,seven@one.example,supported,en,standard\n"
        + row(8, format="braille", name="=1+1")
    )
    assert problems(text) == [
        (3, "name", "missing-name", "", 0),
        (3, "email", "bad-email", "nobody", 0),
        (3, "college", "unknown-college", "board", 0),
        (4, "", "bad-quotes", '3,"Example Member,three@one.example,supported,en,standard', 0),
        (5, "number", "duplicate-number", "1", 2),
        (5, "email", "duplicate-email", "MEMBER1@one.example", 2),
        (5, "language", "unknown-language", "fr", 0),
        (7, "college", "missing-college", "", 0),
        (7, "language", "missing-language", "", 0),
        (7, "format", "missing-format", "", 0),
        (8, "", "too-few-fields", "5", 0),
        (9, "", "too-many-fields", "7", 0),
        (10, "name", "formula", "=1+1", 0),
        (10, "format", "unknown-format", "braille", 0),
    ]


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("number", "1" * 33, "too-long"),
        ("number", "@1", "bad-number"),
        ("name", "a" * 201, "too-long"),
        ("name", "a\x00b", "bad-character"),
        ("name", "a\u202eb", "bad-character"),
        ("name", "=cmd|' /C calc'!A0", "formula"),
        ("name", "@SUM(A1)", "formula"),
        ("email", "", "missing-email"),
        ("email", "+1@one.example", "formula"),
        ("email", "a@one.example;b@one.example", "bad-email"),
        ("email", "a" * 255, "too-long"),
        ("college", "Supported", "unknown-college"),
        ("language", "EN", "unknown-language"),
        ("format", "easy read", "unknown-format"),
    ],
)
def test_refused_fields(column: str, value: str, problem: str) -> None:
    assert problems(HEADER + row(1) + row(2, **{column: value})) == [
        (3, column, problem, value[:100], 0)
    ]


def test_numbers_that_differ_in_case_are_one_number() -> None:
    text = HEADER + row(1, number="a1") + row(2, number="A1")
    assert problems(text) == [(3, "number", "duplicate-number", "A1", 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(b"", [(0, "", "no-header", "", 0)], id="nothing"),
        pytest.param(b"\n,,\n", [(0, "", "no-header", "", 0)], id="lines of nothing"),
        pytest.param(HEADER, [(0, "", "no-members", "", 0)], id="no members"),
        pytest.param(
            "\nnumber;name;email\n",
            [(2, "", "wrong-separator", "number;name;email", 0)],
            id="semicolons",
        ),
        pytest.param("name\temail", [(1, "", "wrong-separator", "name\temail", 0)], id="tabs"),
        pytest.param('"name,email', [(1, "", "bad-quotes", '"name,email', 0)], id="header quotes"),
        pytest.param(
            "name,e-mail,email,language,name\n",
            [
                (1, "college", "missing-column", "", 0),
                (1, "format", "missing-column", "", 0),
                (1, "e-mail", "unknown-column", "e-mail", 0),
                (1, "name", "duplicate-column", "name", 0),
            ],
            id="columns",
        ),
        pytest.param(
            HEADER.encode() + b"1,Example\n2,Si\xe2n,\n",
            [(3, "", "not-utf-8", "e2", 0)],
            id="another encoding",
        ),
        pytest.param("name\r\na\ud800", [(2, "", "not-utf-8", "ed", 0)], id="half a pair"),
        pytest.param(HEADER.encode("utf-16"), [(1, "", "not-utf-8", "ff", 0)], id="UTF-16"),
        pytest.param(
            HEADER + "," * 4_000 + "x\n", [(2, "", "line-too-long", "4001", 0)], id="endless line"
        ),
    ],
)
def test_refused_files(text: str | bytes, expected: list[tuple[int, str, str, str, int]]) -> None:
    assert problems(text) == expected


def test_too_many_bytes_are_refused() -> None:
    size = roll_csv.MAX_CSV + 1
    assert problems(b"a" * size) == [(0, "", "too-large", str(size), 0)]


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roll_csv, "MAX_MEMBERS", 2)
    text = HEADER + row(1) + row(2)
    assert len(read_roll(text, CHARTER).members) == 2
    assert problems(text + row(3)) == [(0, "", "too-many-members", "3", 0)]


def test_the_message_names_lines() -> None:
    error = RollError((RollProblem(3, "email", "bad-email", "x"), RollProblem(0, "", "no", "")))
    assert str(error) == "line 3: email bad-email 'x'\nline 0:  no ''"


@given(st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]))))
def test_fields_are_split_as_the_standard_reader_does(fields: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(["", *fields])
    tidy = [tidy_line(value) for value in fields]
    assert split_fields(out.getvalue()) == ["", *tidy]


@given(st.text(st.sampled_from('",a\n\r;'), max_size=40) | st.binary(max_size=80))
def test_any_file_is_read_or_refused_by_name(text: str | bytes) -> None:
    for prefix in ("", HEADER):
        whole = prefix + text if isinstance(text, str) else prefix.encode() + text
        assert problems(whole)
