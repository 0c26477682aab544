"""Replaying a count whose ballots are not in its result: what follows from the rest of it.

Totals at each stage, pairs and grades decide who is elected or excluded, and that is decided
again here. Only how the protected college voted is in no result: where it may have resolved a
tie, what is recorded is believed, provided that the options were tied there and that the rules
were tried in their order. Where no such college is counted every tie is resolved again.

Source: docs/formats/result.md, "Reading".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from voting.counting.majority_judgment import rank_grades
from voting.counting.method import Matrix, choose_largest, list_elected
from voting.counting.option_result import Elected, On, OptionResult, Tie, TieKind
from voting.counting.ranked_pairs import choose_ranked
from voting.counting.replay_stages import replay_stages
from voting.counting.schulze import choose_schulze
from voting.counting.ties import Rule, TieLog, lot_seed
from voting.errors import ResultMismatchError
from voting.option_contests import MAX_GRADES, MAX_TOP, MIN_GRADES, Method

_ON: Final[dict[Method, On]] = {
    "score": "most",
    "majority-judgment": "best-grades",
    "schulze": "strongest-paths",
    "ranked-pairs": "locked",
}


@dataclass(slots=True)
class RecordedTies(TieLog):
    """Resolves ties as they are recorded, where they could have been resolved so.

    Attributes:
        recorded: in a result.
    """

    recorded: Sequence[Tie] = ()

    def choose(
        self,
        options: Sequence[int],
        *,
        stage: int,
        kind: TieKind,
        rules: Sequence[Rule],
        pairs: Sequence[tuple[int, int]] = (),
    ) -> int:
        """What is recorded of this tie.

        Raises:
            ResultMismatchError: it is not, or it cannot be that.
        """
        if len(self.ties) == len(self.recorded):
            raise ResultMismatchError
        tie = self.recorded[len(self.ties)]
        names = (*(name for name, _ in rules), "lot")
        level = [option for place in options for option in pairs[place]] if pairs else options
        falls: dict[tuple[int, ...], int] = {
            (pairs[place] if pairs else (place,)): place for place in options
        }
        chosen = tuple(option - 1 for option in tie.chosen)
        same = (tie.stage, tie.kind) == (stage, kind)
        tied = tie.options == tuple(sorted({option + 1 for option in level}))
        tried = tie.tried == names[: len(tie.tried)]
        if not (same and tied and tried) or chosen not in falls:
            raise ResultMismatchError
        self.ties.append(tie)
        return falls[chosen]


def replay_count(result: OptionResult) -> None:
    """Decide again what a count decided.

    Args:
        result: not void, and its numbers fit together (`voting.counting.option_checks`).

    Raises:
        ResultMismatchError: something else is in it.
    """
    lots = lot_seed(result.digest, result.seed)
    log = TieLog(lots)
    if result.guarantee.effective_share:
        log = RecordedTies(lots, recorded=result.ties)
    if _replay(result, log) != result.elected or tuple(log.ties) != result.ties:
        raise ResultMismatchError


def _replay(result: OptionResult, log: TieLog) -> tuple[Elected, ...]:
    filled = min(result.seats, result.options)
    if result.method not in _ON:
        return replay_stages(result, filled, log)
    if result.pairwise is not None:
        choose = choose_schulze if result.method == "schulze" else choose_ranked
        chosen = [choose(result.pairwise, _nothing(result.options), log)]
    else:
        values = _rank(result.grades) if result.grades is not None else _take_means(result)
        rules: list[Rule] = [("protected-college", [[Fraction()] * result.options])]
        chosen = choose_largest(values, filled, log, rules)
    return list_elected([(option, 1, _ON[result.method]) for option in chosen])


def _nothing(options: int) -> Matrix:
    return ((Fraction(),) * options,) * options


def _rank(grades: Matrix) -> Sequence[Fraction]:
    if not MIN_GRADES <= len(grades[0]) <= MAX_GRADES:
        raise ResultMismatchError
    return rank_grades(grades)


def _take_means(result: OptionResult) -> Sequence[Fraction]:
    stage = result.stages[0]
    plain = stage.action == "count" and stage.option is None and "excluded" not in stage.status
    nothing_lost = not stage.non_transferable and not stage.lost
    if len(result.stages) > 1 or not plain or not nothing_lost or max(stage.totals) > MAX_TOP:
        raise ResultMismatchError
    return stage.totals
