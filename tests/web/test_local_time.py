"""Local times: one moment, or a refusal that says why."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.local_time import (
    LocalTimeError,
    NoDateError,
    NoTimeError,
    TimeComesTwiceError,
    TimeNeverComesError,
    TypedTime,
    read_local,
    write_local,
)

HOUR = 3600


def test_winter_and_summer_by_hand() -> None:
    # 2027-01-15 12:00 UTC is 1 800 014 400; London has no summer time then.
    assert read_local(TypedTime("15", "1", "2027", "12:00")) == 1_800_014_400
    summer = read_local(TypedTime("15", "7", "2027", "12:00"))
    winter = read_local(TypedTime("15", "1", "2027", "12:00"))
    # 181 days later, one hour less because of summer time.
    assert summer - winter == 181 * 24 * HOUR - HOUR


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("6pm", "18:00"),
        ("6.30 pm", "18:30"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("9 a.m.", "09:00"),
        ("9:05", "09:05"),
        ("18.00", "18:00"),
        ("6yh", "18:00"),
        ("9yb", "09:00"),
    ],
)
def test_one_time_in_many_hands(written: str, same: str) -> None:
    assert read_local(TypedTime("1", "3", "2027", written)) == read_local(
        TypedTime("1", "3", "2027", same)
    )


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        pytest.param(TypedTime("28", "3", "2027", "01:30"), TimeNeverComesError, id="forward"),
        pytest.param(TypedTime("31", "10", "2027", "01:30"), TimeComesTwiceError, id="back"),
        pytest.param(TypedTime("31", "10", "2027", "1.00"), TimeComesTwiceError, id="back, first"),
        pytest.param(TypedTime("30", "2", "2027", "12:00"), NoDateError, id="no such day"),
        pytest.param(TypedTime("", "2", "2027", "12:00"), NoDateError, id="empty day"),
        pytest.param(TypedTime("1", "March", "2027", "12:00"), NoDateError, id="month in words"),
        pytest.param(TypedTime("1", "3", "27", "12:00"), NoDateError, id="year of two digits"),
        pytest.param(TypedTime("1", "3", "0", "12:00"), NoDateError, id="year nought"),
        pytest.param(TypedTime("٣", "3", "2027", "12:00"), NoDateError, id="foreign digit"),
        pytest.param(TypedTime("1", "3", "2027", ""), NoTimeError, id="no time"),
        pytest.param(TypedTime("1", "3", "2027", "6"), NoTimeError, id="six, but which"),
        pytest.param(TypedTime("1", "3", "2027", "24:00"), NoTimeError, id="hour 24"),
        pytest.param(TypedTime("1", "3", "2027", "12:60"), NoTimeError, id="minute 60"),
        pytest.param(TypedTime("1", "3", "2027", "13pm"), NoTimeError, id="13pm"),
        pytest.param(TypedTime("1", "3", "2027", "0am"), NoTimeError, id="0am"),
        pytest.param(TypedTime("1", "3", "2027", "noon"), NoTimeError, id="words"),
    ],
)
def test_times_that_name_no_one_moment_are_refused(
    typed: TypedTime, error: type[LocalTimeError]
) -> None:
    with pytest.raises(error):
        read_local(typed)


@pytest.mark.parametrize("time", ["00:59", "02:00"])
def test_times_beside_the_gap_and_the_fold_are_taken(time: str) -> None:
    read_local(TypedTime("28", "3", "2027", time))
    read_local(TypedTime("31", "10", "2027", time))


@given(st.integers(min_value=946_684_800 // 60, max_value=7_226_582_400 // 60 - 60))
def test_what_is_written_is_read_back_or_was_ambiguous(minutes: int) -> None:
    moment = minutes * 60
    try:
        assert read_local(write_local(moment)) == moment
    except TimeComesTwiceError:
        # The other moment of the same clock face is an hour away.
        assert write_local(moment) in (write_local(moment - HOUR), write_local(moment + HOUR))


@given(st.builds(TypedTime, *[st.text(max_size=8)] * 4))
def test_whatever_is_typed_gives_a_moment_or_a_named_refusal(typed: TypedTime) -> None:
    with contextlib.suppress(LocalTimeError):
        read_local(typed)
