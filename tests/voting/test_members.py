"""Members on the roll."""

import dataclasses

import pytest

from tests.voting.examples import make_member
from voting.errors import IdentifierError, MemberError
from voting.members import CollegeId, Member


def test_a_member_is_known_by_number_or_address() -> None:
    member = Member("A7", "Siân Example", "Sian@Example.example", None, "cy", "easy-read")
    assert member.key == "a7"
    assert dataclasses.replace(member, number="").key == "sian@example.example"


@pytest.mark.parametrize("number", ["", "7", "A/7", "Aelod 7", "2026-007", "Ŵ7", "a" * 32])
def test_numbers(number: str) -> None:
    assert dataclasses.replace(make_member(1), number=number).number == number


@pytest.mark.parametrize(
    "email",
    [
        "a@b.example",
        "first.last+vote@mail.b.example",
        "_under_@b-c.example",
        "o'example@b.example",
        "a" * 64 + "@b.example",
    ],
)
def test_addresses(email: str) -> None:
    assert dataclasses.replace(make_member(1), email=email).email == email


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("number", "a" * 33, "too-long"),
        ("number", "a@b", "bad-number"),
        ("number", "-1", "bad-number"),
        ("number", "=1+1", "bad-number"),
        ("number", "7 ", "bad-number"),
        ("number", "7\n", "bad-number"),
        ("name", "", "missing"),
        ("name", "a" * 201, "too-long"),
        ("name", "a\tb", "bad-character"),
        ("name", "=HYPERLINK(1)", "formula"),
        ("name", "+Example", "formula"),
        ("name", "-Example", "formula"),
        ("name", "@Example", "formula"),
        ("email", "", "missing"),
        ("email", "a", "bad-email"),
        ("email", "a@b", "bad-email"),
        ("email", "a b@c.example", "bad-email"),
        ("email", "a@b@c.example", "bad-email"),
        ("email", "a..b@c.example", "bad-email"),
        ("email", ".a@c.example", "bad-email"),
        ("email", "a@-c.example", "bad-email"),
        ("email", "a@c-.example", "bad-email"),
        ("email", "a@c..example", "bad-email"),
        ("email", "a@c.example\nBcc: x@d.example", "bad-email"),
        ("email", "siân@c.example", "bad-email"),
        ("email", '"a"@c.example', "bad-email"),
        ("email", "a" * 65 + "@c.example", "bad-email"),
        ("email", "a@" + "b." * 122 + "example.xy", "too-long"),
        ("email", "=a@c.example", "formula"),
        ("email", "+a@c.example", "formula"),
    ],
)
def test_refused(field: str, value: str, problem: str) -> None:
    with pytest.raises(MemberError) as error:
        dataclasses.replace(make_member(1), **{field: value})  # type: ignore[arg-type]
    assert (error.value.field, error.value.problem) == (field, problem)


def test_a_college_must_be_one() -> None:
    with pytest.raises(IdentifierError):
        make_member(1, college=CollegeId("associate"))
