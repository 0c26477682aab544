"""The roll: one line for each person, one byte form, and a commitment that tells nobody."""

import dataclasses
import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    make_charter,
    make_member,
    make_roll_summary,
)
from voting import roll as roll_module
from voting.canonical import format_canonical
from voting.charter.errors import DuplicateCollegeError, UnknownCollegeError
from voting.errors import (
    CanonicalError,
    DuplicateMemberError,
    IdentifierError,
    LimitError,
    MalformedError,
    MemberError,
    SaltLengthError,
    VotingError,
)
from voting.members import CollegeId, Member
from voting.roll import (
    Roll,
    RollChanges,
    RollSummary,
    commit_roll,
    compare_rolls,
    format_roll,
    parse_roll,
    summarise_roll,
)

SALT = bytes(range(32))
ONE = dataclasses.replace(make_member(1, name="Siân Example"), language="cy")
TWO = make_member(2, college=EMPLOYEES)
FRIEND = make_member(3, college=None)
ROLL = Roll((TWO, FRIEND, ONE))

BYTES = (
    '{"v":1,"members":[{"number":"M1","name":"Siân Example","email":"member1@example.example",'
    '"college":"supported","language":"cy","format":"standard"},{"number":"M2",'
    '"name":"Example Member 2","email":"member2@example.example","college":"employees",'
    '"language":"en","format":"standard"},{"number":"M3","name":"Example Member 3",'
    '"email":"member3@example.example","college":null,"language":"en","format":"standard"}]}'
).encode()


def without_number(member: Member) -> Member:
    return dataclasses.replace(member, number="")


def test_the_byte_form() -> None:
    assert format_roll(ROLL) == BYTES
    assert parse_roll(BYTES) == ROLL


def test_those_without_a_number_come_last() -> None:
    assert Roll((without_number(ONE), TWO)).members == (TWO, without_number(ONE))


def test_members_by_college() -> None:
    assert ROLL.by_college == {SUPPORTED: (ONE,), EMPLOYEES: (TWO,)}
    assert ROLL.associates == (FRIEND,)


@given(st.permutations([make_member(number) for number in range(5)]))
def test_order_is_irrelevant(members: list[Member]) -> None:
    assert Roll(tuple(members)) == Roll(tuple(make_member(number) for number in range(5)))


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(dataclasses.replace(TWO, number="M1"), id="number"),
        pytest.param(dataclasses.replace(TWO, number="m1"), id="number in other case"),
        pytest.param(dataclasses.replace(TWO, email="Member1@Example.example"), id="address"),
        pytest.param(without_number(dataclasses.replace(TWO, email=ONE.email)), id="no number"),
    ],
)
def test_nobody_is_on_it_twice(second: Member) -> None:
    for members in ((ONE, second), (second, ONE)):
        with pytest.raises(DuplicateMemberError):
            Roll(members)


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roll_module, "MAX_MEMBERS", 2)
    with pytest.raises(LimitError):
        Roll((ONE, TWO, FRIEND))


def _bend(**fields: object) -> bytes:
    value = json.loads(BYTES)
    value["members"][0].update(fields)
    return format_canonical(value)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(b"{}", MalformedError, id="no fields"),
        pytest.param(BYTES.replace(b'"v":1', b'"v":2'), MalformedError, id="another version"),
        pytest.param(BYTES + b" ", CanonicalError, id="a space"),
        pytest.param(_bend(number="M9"), CanonicalError, id="another order"),
        pytest.param(_bend(number="M2"), DuplicateMemberError, id="a number twice"),
        pytest.param(_bend(name=""), MemberError, id="no name"),
        pytest.param(_bend(college="associate"), IdentifierError, id="no college's id"),
        pytest.param(_bend(language="fr"), MalformedError, id="another language"),
        pytest.param(_bend(format="braille"), MalformedError, id="another format"),
        pytest.param(_bend(email=None), MalformedError, id="no address"),
        pytest.param(_bend(telephone="1"), MalformedError, id="a field more"),
    ],
)
def test_bytes_refused(raw: bytes, expected: type[VotingError]) -> None:
    with pytest.raises(expected):
        parse_roll(raw)


def test_the_commitment_is_a_keyed_digest_of_the_whole_roll() -> None:
    expected = hmac.new(SALT, b"teg roll v1\0" + BYTES, hashlib.sha256).hexdigest()
    assert commit_roll(ROLL, SALT) == expected
    assert commit_roll(ROLL, bytes(32)) != expected
    assert commit_roll(Roll((ONE, TWO)), SALT) != expected


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_salt_has_32_bytes(length: int) -> None:
    with pytest.raises(SaltLengthError) as error:
        commit_roll(ROLL, bytes(length))
    assert error.value.length == length


def test_the_summary_counts_every_college_and_no_associate() -> None:
    summary = summarise_roll(ROLL, make_charter(), SALT)
    assert summary == RollSummary(
        commit_roll(ROLL, SALT), ((SUPPORTED, 1), (EMPLOYEES, 1), (COMMUNITY, 0))
    )


def test_a_summary_under_another_charter_is_refused() -> None:
    with pytest.raises(UnknownCollegeError):
        summarise_roll(ROLL, make_charter("1"), SALT)


@pytest.mark.parametrize(
    ("commitment", "members", "expected"),
    [
        ("", ((SUPPORTED, 1),), IdentifierError),
        ("ab" * 32, ((CollegeId(""), 1),), IdentifierError),
        ("ab" * 32, ((SUPPORTED, 1), (SUPPORTED, 1)), DuplicateCollegeError),
        ("ab" * 32, ((SUPPORTED, -1),), LimitError),
        ("ab" * 32, ((SUPPORTED, 100_001),), LimitError),
    ],
)
def test_refused_summaries(
    commitment: str, members: tuple[tuple[CollegeId, int], ...], expected: type[VotingError]
) -> None:
    assert make_roll_summary(1, 2, 3).members[2] == (COMMUNITY, 3)
    with pytest.raises(expected):
        RollSummary(commitment, members)


def test_what_a_new_roll_changes() -> None:
    moved = dataclasses.replace(TWO, college=SUPPORTED)
    new = make_member(9)
    assert compare_rolls(ROLL, Roll((ONE, moved, new))) == RollChanges(
        added=(new,), removed=(FRIEND,), changed=((TWO, moved),)
    )


def test_a_first_roll_adds_everybody() -> None:
    assert compare_rolls(Roll(()), ROLL) == RollChanges(ROLL.members, (), ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(without_number(ONE), ONE, id="given a number"),
        pytest.param(ONE, without_number(ONE), id="number dropped"),
        pytest.param(
            ONE, dataclasses.replace(ONE, email="new@example.example"), id="address changed"
        ),
    ],
)
def test_the_same_member_is_recognised(before: Member, after: Member) -> None:
    assert compare_rolls(Roll((before,)), Roll((after,))) == RollChanges((), (), ((before, after),))


def test_another_number_is_another_member_even_at_the_same_address() -> None:
    other = dataclasses.replace(ONE, number="M9")
    assert compare_rolls(Roll((ONE,)), Roll((other,))) == RollChanges((other,), (ONE,), ())


def test_an_address_that_passes_on_goes_with_the_number() -> None:
    # Member 1 has a new address, and a newcomer without number took her old one.
    moved = dataclasses.replace(ONE, email="new@example.example")
    newcomer = without_number(dataclasses.replace(TWO, email=ONE.email))
    assert compare_rolls(Roll((ONE,)), Roll((moved, newcomer))) == RollChanges(
        (newcomer,), (), ((ONE, moved),)
    )


MEMBERS = st.sets(st.integers(0, 8)).map(
    lambda numbers: Roll(tuple(make_member(number) for number in numbers))
)


@given(MEMBERS, MEMBERS)
def test_changes_lead_from_the_old_roll_to_the_new(old: Roll, new: Roll) -> None:
    changes = compare_rolls(old, new)
    kept = set(old.members) - set(changes.removed) - {before for before, _ in changes.changed}
    assert kept | set(changes.added) | {after for _, after in changes.changed} == set(new.members)
    assert compare_rolls(new, new) == RollChanges((), (), ())
