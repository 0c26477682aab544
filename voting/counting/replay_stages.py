"""Replaying the stages of IRV and STV: who reached the quota, who was excluded, and why.

What a ballot names next is in no result, so where its weight goes is believed; all else
follows from the totals at the end of the stage before.

Source: docs/rules/counting.md, "Instant run-off" and "STV"; docs/formats/result.md, "Reading".
"""

from collections.abc import Sequence
from fractions import Fraction

from voting.counting.method import list_elected
from voting.counting.option_result import Action, Elected, On, OptionResult, Stage, TieKind
from voting.counting.ties import Rule, TieLog
from voting.errors import ResultMismatchError

_Chosen = tuple[int, int, On]


def replay_stages(result: OptionResult, filled: int, log: TieLog) -> tuple[Elected, ...]:
    """Who is elected by these stages, in order.

    Raises:
        ResultMismatchError: a stage does not follow from the one before.
    """
    elected: list[_Chosen] = []
    before: Stage | None = None
    for stage in result.stages:
        if len(elected) == filled:
            raise ResultMismatchError
        moved = _find_move(result, before, elected, log)
        if (stage.action, None if stage.option is None else stage.option - 1) != moved:
            raise ResultMismatchError
        _require_transfers(result, before, stage)
        left = [o for o in _continuing(before, result.options) if _is_in(moved, o)]
        if result.method == "stv-meek":
            elected += _take_meek(result, stage, left, filled - len(elected))
        else:
            elected += _elect(result, stage, left, filled - len(elected))
        _require_status(stage, left, elected)
        before = stage
    return list_elected(elected)


def _continuing(stage: Stage | None, options: int) -> list[int]:
    if stage is None:
        return list(range(options))
    return [option for option, status in enumerate(stage.status) if status == "continuing"]


def _is_in(moved: tuple[Action, int | None], option: int) -> bool:
    return moved != ("exclusion", option)


def _find_move(
    result: OptionResult, before: Stage | None, elected: Sequence[_Chosen], log: TieLog
) -> tuple[Action, int | None]:
    """What the next stage is: whose ballots pass on."""
    if before is None:
        return "count", None
    if result.method == "stv-meek" and before.number == 1 and elected:
        return "surplus", None
    totals = _round(result, before)
    options = _continuing(before, result.options)
    action: Action = "exclusion"
    best = min
    if result.method in {"stv-exact", "stv-scottish"}:
        waiting = [option for option, _, _ in elected if before.totals[option] > _quota(before)]
        if waiting:
            options, action, best = waiting, "surplus", max
    value = best(totals[option] for option in options)
    level = [option for option in options if totals[option] == value]
    if len(level) == 1:
        return action, level[0]
    earlier = [_round(result, each) for each in reversed(result.stages[: before.number])]
    rules: list[Rule] = [("earlier-stage", earlier)]
    if result.method != "stv-scottish":
        rules.insert(0, ("protected-college", [[Fraction()] * result.options]))
    kind: TieKind = "surplus" if action == "surplus" else "exclude"
    return action, log.choose(level, stage=before.number + 1, kind=kind, rules=rules)


def _quota(stage: Stage) -> Fraction:
    return stage.quota or Fraction()


def _round(result: OptionResult, stage: Stage) -> Sequence[Fraction]:
    """The totals as they are compared: of Meek's STV with 18 decimals."""
    return stage.totals if result.method != "stv-meek" else [_cut(each) for each in stage.totals]


def _cut(total: Fraction) -> Fraction:
    return Fraction((int(total * 10**27) + 5 * 10**8) // 10**9)


def _require_transfers(result: OptionResult, before: Stage | None, stage: Stage) -> None:
    if result.method == "stv-meek":
        return
    gone = [] if before is None else [o for o, s in enumerate(before.status) if s != "continuing"]
    own = None if stage.option is None else stage.option - 1
    fits = all(
        amount >= 0 and (not amount or option not in gone)
        for option, amount in enumerate(stage.transfers)
        if option != own
    )
    if own is not None:
        rest = _quota(stage) if stage.action == "surplus" else Fraction()
        fits = fits and stage.totals[own] == rest
    if before is not None:
        fits = fits and stage.non_transferable >= before.non_transferable
        fits = fits and stage.lost >= before.lost
    if not fits or (result.method == "irv" and stage.lost):
        raise ResultMismatchError


def _elect(
    result: OptionResult, stage: Stage, left: Sequence[int], vacancies: int
) -> list[_Chosen]:
    ordered = sorted(left, key=lambda option: -stage.totals[option])
    if result.method == "irv":
        whole = sum(stage.totals[option] for option in left)
        enough: list[_Chosen] = [
            (o, stage.number, "majority") for o in ordered if 2 * stage.totals[o] > whole
        ]
    else:
        enough = [(o, stage.number, "quota") for o in ordered if _reached(result, stage, o)]
    rest = ordered[len(enough) :]
    if 0 < len(rest) <= vacancies - len(enough):
        last: list[_Chosen] = [(option, stage.number, "last-places") for option in rest]
        enough += last
    return enough


def _reached(result: OptionResult, stage: Stage, option: int) -> bool:
    total, quota = stage.totals[option], _quota(stage)
    return total >= quota if result.method == "stv-scottish" else total > quota


def _take_meek(
    result: OptionResult, stage: Stage, left: Sequence[int], vacancies: int
) -> list[_Chosen]:
    """Who is elected in its repetitions: their order, and their totals then, are not recorded."""
    taken = [each for each in result.elected if each.stage == stage.number]
    rest = [option for option in left if option + 1 not in {each.option for each in taken}]
    vacant = vacancies - len(taken)
    last = [each.on for each in taken if each.on == "last-places"]
    done = not vacant if last else not vacant or len(rest) > vacant
    enough = [o for o in rest if vacant and _cut(stage.totals[o]) > _cut(_quota(stage))]
    known = all(e.option - 1 in left and e.on in {"quota", "last-places"} for e in taken)
    if not (done and known) or enough or (last and rest) or vacant < 0:
        raise ResultMismatchError
    return [(each.option - 1, stage.number, each.on) for each in taken]


def _require_status(stage: Stage, left: Sequence[int], elected: Sequence[_Chosen]) -> None:
    chosen = {option for option, _, _ in elected}
    for option, status in enumerate(stage.status):
        wanted = "excluded"
        if option in chosen:
            wanted = "elected"
        elif option in left:
            wanted = "continuing"
        if status != wanted:
            raise ResultMismatchError
