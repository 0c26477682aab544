import pytest

from audit.errors import AuditError
from audit.record_errors import RecordMissingError
from audit.report import Progress as Quiet
from audit.report import Report, Steps, VerificationError, format_report, show_plainly
from voting.canonical import parse_canonical


def make_steps() -> Steps:
    return Steps(Report("a record"), Quiet())


def fail(steps: Steps, error: Exception, where: str = "log entry 7") -> VerificationError:
    with pytest.raises(VerificationError) as caught, steps.step("order", "The order", where):
        raise error
    return caught.value


def test_steps_are_numbered_and_kept() -> None:
    steps = make_steps()
    for number in (1, 2, 3):
        with steps.step("box", f"Box {number}", "."):
            steps.detail = f"found {number}"
    assert [(step.number, step.detail, step.status) for step in steps.report.steps] == [
        (1, "found 1", "ok"),
        (2, "found 2", "ok"),
        (3, "found 3", "ok"),
    ]


def test_a_failure_names_check_and_place_in_one_sentence() -> None:
    error = fail(make_steps(), AuditError("two ballots are one"))
    assert str(error) == "Check 1 (The order) failed: log entry 7: two ballots are one"
    assert not error.is_incomplete


def test_the_place_is_not_said_twice() -> None:
    error = fail(make_steps(), RecordMissingError("log/checkpoint"), "log/checkpoint")
    assert str(error) == "Check 1 (The order) could not be finished: log/checkpoint is not there"
    assert error.is_incomplete


def test_a_slip_of_ours_is_no_failure_of_the_record() -> None:
    steps = make_steps()
    with pytest.raises(ZeroDivisionError), steps.step("order", "The order", "."):
        _ = 1 // len(steps.report.steps)


@pytest.mark.parametrize("text", ["\x1b[2J", "a\nb", "\u202eabc", "\x07", "a\u2028b"])
def test_nothing_from_a_record_steers_the_terminal(text: str) -> None:
    error = fail(make_steps(), AuditError(text))
    assert str(error).isprintable()
    assert error.step.detail.isprintable()
    assert show_plainly("Ŵyn, “ŷd” — 5") == "Ŵyn, “ŷd” — 5"


def test_the_report_for_machines() -> None:
    error = fail(make_steps(), AuditError("x"))
    found = parse_canonical(format_report(error.report, error), limit=10_000)
    assert isinstance(found, dict)
    assert list(found) == [
        *("v", "verdict", "record", "key", "key_given", "size", "checkpoint"),
        *("steps", "elections", "remarks", "error"),
    ]
    assert found["error"] == {
        "check": "order",
        "where": "log entry 7",
        "name": "AuditError",
        "sentence": "Check 1 (The order) failed: log entry 7: x",
    }
