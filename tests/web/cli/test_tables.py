"""What the commands print of a result, under every scheme of a charter."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.voting.counting.boxes import make_marks
from tests.voting.counting.schemes import cap_part, make_capped, make_equal, make_rule
from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    count,
    make_charter,
    make_choice,
    make_motion,
    make_roll_summary,
)
from voting.charter.charter import Charter
from voting.charter.motion_rules import HeadCount
from voting.charter.thresholds import MORE_THAN_HALF, TWO_THIRDS
from voting.counting.count import count_contest
from voting.guarantee import state_guarantee
from voting.option_contests import OptionContest
from web.cli.tables import print_guarantee, print_result

HEADS = HeadCount(TWO_THIRDS, Fraction(1, 2))


@pytest.mark.parametrize(
    ("charter", "lines"),
    [
        pytest.param(make_equal("none"), ["For: 24 (43.63%)", "more than 1/2 of 55"], id="none"),
        pytest.param(make_charter(scheme="bloc"), ["whole college", "lapsed"], id="bloc"),
        pytest.param(make_capped(cap_part(EMPLOYEES, "1/10")), ["(capped)"], id="a cap"),
        pytest.param(
            replace(make_charter(), ordinary=make_rule(MORE_THAN_HALF, EMPLOYEES, heads=HEADS)),
            [
                "employees agrees (more than 1/2 of its own): no",
                "24 for, 31 against, of 58; needed at least 2/3, and 1/2 of all: no",
                "The motion is lost.",
            ],
            id="agreement and heads",
        ),
    ],
)
def test_a_motion(charter: Charter, lines: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    print_result(count(charter, (4, 1), (20, 30), (0, 0)), make_motion())
    printed = capsys.readouterr().out
    assert [line for line in lines if line not in printed] == []


def test_reserved_seats(capsys: pytest.CaptureFixture[str]) -> None:
    charter = replace(make_charter(), council={SUPPORTED: 5, EMPLOYEES: 3, COMMUNITY: 1})
    contest = make_choice("approval", options=2, seats=3, college=EMPLOYEES)
    result = count_contest(charter, contest, [make_marks(EMPLOYEES, 3, 1, cast=3)])
    print_result(result, contest)
    printed = capsys.readouterr().out
    assert "Elected: Option 2" in printed
    assert "Vacant: 1" in printed


@pytest.mark.parametrize(
    ("charter", "choice", "line"),
    [
        pytest.param(
            make_charter(),
            make_choice("stv-exact", seats=3),
            "elects alone, when it agrees on as many: 2",
            id="agreed",
        ),
        pytest.param(
            make_charter(scheme="bloc"),
            make_choice("plurality"),
            "elects alone, when it marks one more than any other: 1",
            id="bloc",
        ),
        pytest.param(
            replace(make_charter(), council={SUPPORTED: 5}),
            make_choice("block", seats=5, options=6, college=SUPPORTED),
            "elects alone, when it is alone asked, whoever wins: 5",
            id="reserved",
        ),
    ],
)
def test_what_is_guaranteed_of_seats(
    charter: Charter, choice: OptionContest, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_guarantee(state_guarantee(charter, make_roll_summary(40, 50, 60), choice))
    assert line in capsys.readouterr().out
