"""States, calendar, rules and trustees."""

import itertools
from typing import Any, get_args

import pytest

from voting.elections import (
    TRANSITIONS,
    Calendar,
    Rules,
    State,
    TrusteeRule,
    calendar_object,
    move,
    read_calendar,
    read_rules,
    read_trustees,
    rules_object,
    trustees_object,
)
from voting.errors import (
    CalendarError,
    IdentifierError,
    LimitError,
    MalformedError,
    TrusteesNeededError,
    WrongStateError,
)

ALLOWED = {
    ("draft", "announced"),
    ("announced", "open"),
    ("open", "closed"),
    ("closed", "tallied"),
    ("tallied", "certified"),
    ("certified", "archived"),
    ("draft", "void"),
    ("announced", "void"),
    ("open", "void"),
    ("closed", "void"),
    ("tallied", "void"),
}


@pytest.mark.parametrize(("state", "to"), [*itertools.product(get_args(State), repeat=2)])
def test_only_these_moves_are_made(state: State, to: State) -> None:
    if (state, to) in ALLOWED:
        assert move(state, to) == to
        return
    with pytest.raises(WrongStateError) as error:
        move(state, to)
    assert (error.value.state, error.value.to) == (state, to)


def test_the_table_has_every_state() -> None:
    assert set(TRANSITIONS) == set(get_args(State))


def test_a_calendar() -> None:
    calendar = Calendar(1_000, 2_000)
    assert calendar.zone == "Europe/London"
    assert read_calendar(calendar_object(calendar)) == calendar
    assert Calendar(0, 1, "America/Argentina/Buenos_Aires").closes == 1


@pytest.mark.parametrize(
    ("opens", "closes"), [(2, 2), (3, 2), (-1, 2), (1, 253_402_300_799)], ids=str
)
def test_refused_times(opens: int, closes: int) -> None:
    with pytest.raises(CalendarError) as error:
        Calendar(opens, closes)
    assert (error.value.opens, error.value.closes) == (opens, closes)


@pytest.mark.parametrize("zone", ["", "/", "Europe/", "../etc", "Europe London", "a" * 65, "UTC\n"])
def test_refused_zones(zone: str) -> None:
    with pytest.raises(IdentifierError):
        Calendar(1, 2, zone)


@pytest.mark.parametrize(
    ("opened", "voters", "may"),
    [
        (False, 0, True),
        (False, 1, False),
        (False, 4, False),
        (False, 5, True),
        (True, 1, True),
        (True, 0, True),
    ],
)
def test_a_small_box_stays_shut_unless_the_rules_say_so(
    voters: int, *, opened: bool, may: bool
) -> None:
    assert Rules(open_small_boxes=opened).may_open(voters, shuffled=False) is may


@pytest.mark.parametrize(
    ("opened", "voters", "may"),
    [
        (False, 0, True),
        (False, 1, False),
        (False, 49, False),
        (False, 50, True),
        (True, 1, True),
        (True, 0, True),
    ],
)
def test_ballots_are_opened_one_by_one_only_among_many(
    voters: int, *, opened: bool, may: bool
) -> None:
    assert Rules(open_small_boxes=opened).may_open(voters, shuffled=True) is may


@pytest.mark.parametrize(
    ("count", "needed", "threshold"),
    [(1, 1, False), (2, 2, False), (3, 2, True), (3, 3, False), (20, 2, True), (20, 20, False)],
)
def test_trustees(count: int, needed: int, *, threshold: bool) -> None:
    rule = TrusteeRule(count, needed)
    assert rule.is_threshold is threshold
    assert trustees_object(rule) == {"count": count, "needed": needed}
    assert read_trustees(trustees_object(rule)) == rule


@pytest.mark.parametrize("count", [-1, 0, 21])
def test_refused_numbers_of_trustees(count: int) -> None:
    with pytest.raises(LimitError) as error:
        TrusteeRule(count, count)
    assert (error.value.where, error.value.number) == ("trustees", count)


@pytest.mark.parametrize(
    ("count", "needed"),
    [
        pytest.param(1, 0, id="nobody opens"),
        pytest.param(1, 2, id="more than there is"),
        pytest.param(2, 1, id="one of two alone"),
        pytest.param(3, 1, id="one of three alone"),
        pytest.param(3, 4, id="more than there are"),
        pytest.param(3, -2, id="less than nobody"),
    ],
)
def test_refused_rules_of_trustees(count: int, needed: int) -> None:
    with pytest.raises(TrusteesNeededError) as error:
        TrusteeRule(count, needed)
    assert (error.value.count, error.value.needed) == (count, needed)


@pytest.mark.parametrize(
    "value",
    [2, None, {"count": 2}, {"needed": 2, "count": 3}, {"count": True, "needed": 1}],
    ids=str,
)
def test_what_is_no_rule_of_trustees_is_refused(value: object) -> None:
    with pytest.raises(MalformedError):
        read_trustees(value)


def test_rules_are_read_as_they_were_written() -> None:
    for small in (True, False):
        assert read_rules(rules_object(Rules(open_small_boxes=small))) == Rules(
            open_small_boxes=small
        )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("revote", "first-counts"),
        ("open_small_boxes", 1),
        ("server_sealing", True),
        ("server_sealing", 0),
        ("credentials_by", "registrar"),
    ],
)
def test_refused_rules(field: str, value: Any) -> None:
    with pytest.raises(MalformedError):
        read_rules({**rules_object(Rules()), field: value})
