"""What a method hands back, and what several of them share.

Source: design 4, section 4; docs/rules/counting.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from voting.counting.option_result import Elected, On, Stage, Status, Tie
from voting.counting.ties import Rule, TieLog, Values

Matrix = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True, slots=True)
class MethodCount:
    """A count by one method; the fields are those of `OptionResult`."""

    elected: tuple[Elected, ...]
    ties: tuple[Tie, ...]
    stages: tuple[Stage, ...] = ()
    pairwise: Matrix | None = None
    grades: Matrix | None = None

    @property
    def quota(self) -> Fraction | None:
        """The quota at the first stage, if there is one."""
        return self.stages[0].quota if self.stages else None


def choose_largest(values: Values, seats: int, log: TieLog, rules: Sequence[Rule]) -> list[int]:
    """The options with the largest values, in order, counted from 0.

    Where as many options are level as there are seats left, or fewer, all of them are chosen,
    in the contest's order: nothing is decided between them.

    Args:
        values: of each option.
        seats: how many to choose.
        log: where ties are resolved.
        rules: for ties, before the lot.
    """
    chosen: list[int] = []
    while len(chosen) < min(seats, len(values)):
        left = [option for option in range(len(values)) if option not in chosen]
        most = max(values[option] for option in left)
        level = [option for option in left if values[option] == most]
        if len(level) <= seats - len(chosen):
            chosen += level
        else:
            chosen.append(log.choose(level, stage=1, kind="elect", rules=rules))
    return chosen


def elect_largest(
    totals: Sequence[Fraction],
    protected: Sequence[Fraction],
    seats: int,
    seed: str,
    on: On = "most",
) -> MethodCount:
    """Elect the options with the largest totals, in one stage.

    Args:
        totals: of each option.
        protected: of each option among the ballots of the protected college.
        seats: how many to elect.
        seed: what lots are drawn from.
        on: why an option is elected.
    """
    log = TieLog(seed)
    chosen = choose_largest(totals, seats, log, [("protected-college", [protected])])
    status: list[Status] = [
        "elected" if option in chosen else "continuing" for option in range(len(totals))
    ]
    stage = Stage(
        number=1,
        action="count",
        option=None,
        quota=None,
        totals=tuple(totals),
        transfers=tuple(totals),
        non_transferable=Fraction(),
        lost=Fraction(),
        status=tuple(status),
    )
    return MethodCount(
        list_elected([(option, 1, on) for option in chosen]), tuple(log.ties), (stage,)
    )


def list_elected(chosen: Sequence[tuple[int, int, On]]) -> tuple[Elected, ...]:
    """Elected options, from their place counted from 0, the stage and why, in order."""
    return tuple(
        Elected(option + 1, order, stage, on)
        for order, (option, stage, on) in enumerate(chosen, start=1)
    )
