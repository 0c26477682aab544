"""What the commands print for people: states, turnout, guarantee and result."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from voting.charter.thresholds import Threshold
from voting.contests import Contest, OptionContest
from voting.counting.count import ContestResult
from voting.counting.motion import CollegeResult, MotionResult
from voting.counting.option_result import OptionCollege, OptionResult, Tie
from voting.guarantee import GuaranteeStatement, OptionGuarantee, Statement
from web.trustee_values import TrusteeStep
from web.views import ElectionView

_OUTCOMES = {
    "passed": "The motion is passed.",
    "lost": "The motion is lost.",
    "tied": "For and Against are equal: the motion is lost.",
    "void": "The count is void.",
}


def console() -> Console:
    """Where tables go; wide enough for a uuid beside a name where no terminal says its width."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=160)


def percent(share: Fraction) -> str:
    """A share of 1 in hundredths, cut off after two digits; the exact one stands beside it."""
    hundredths = share.numerator * 10_000 // share.denominator
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def print_guarantee(statement: Statement) -> None:
    """What the protected college is promised for one contest."""
    out = console()
    if statement.protected is None:
        out.print(f"Contest {statement.contest}: no college is protected.")
    else:
        holds = "holds" if statement.holds else "does NOT hold"
        out.print(f"Contest {statement.contest}: the guarantee for {statement.protected} {holds}.")
        out.print(f"  share {statement.share}, at least {statement.floor} of its votes needed")
        if isinstance(statement, OptionGuarantee):
            _print_seats(out, statement)
        else:
            _print_control(out, statement)
    for code in statement.reasons:
        out.print(f"  reason: {code}")
    for code in statement.warnings:
        out.print(f"  warning: {code}")


def _print_control(out: Console, statement: GuaranteeStatement) -> None:
    out.print(f"  passes the motion alone: {_yes(statement.control)}")
    out.print(f"  can stop the motion alone: {_yes(statement.veto)}")
    if statement.cohesion_needed is not None:
        out.print(f"  part of it that must agree to pass alone: {statement.cohesion_needed}")


def _print_seats(out: Console, statement: OptionGuarantee) -> None:
    out.print(f"  counted by {statement.method}: {statement.seats} to be elected")
    agreed = "agrees on as many"
    if statement.scheme == "bloc":
        agreed = "marks one more than any other"
    elif statement.scheme == "seats":
        agreed = "is alone asked, whoever wins"
    out.print(f"  elects alone, when it {agreed}: {statement.seats_guaranteed}")
    out.print(f"  elects more than half of them alone: {_yes(statement.controls)}")
    if statement.least_share is not None:
        out.print(f"  share that must be exceeded for that: {statement.least_share}")


_STEPS: Final[Mapping[TrusteeStep, str]] = {
    "key": "makes a key next",
    "certificate": "begins making the key next",
    "commitment": "commits to a polynomial next",
    "polynomial": "sends each other trustee a secret next",
    "verification-key": "finishes making the key next",
    "rehearse": "rehearses next",
    "shuffle": "may shuffle next",
    "open": "may open the tally next",
    "wait": "waits",
    "done": "has nothing more to do",
}


def print_status(view: ElectionView) -> None:
    """An election at a glance."""
    out = console()
    out.print(f"{view.title['en']} / {view.title['cy']}", markup=False)
    out.print(f"{view.uuid}: {view.state}")
    table = Table("college", "members", "voted", "ballots in the box")
    for box in view.boxes:
        table.add_row(box.college, str(box.members), str(box.voted), str(box.ballots))
    out.print(table)
    for contest in view.contests:
        kind = contest.method if isinstance(contest, OptionContest) else f"{contest.rule} motion"
        title = contest.texts["en"]["standard"].title
        out.print(f"contest {contest.id} ({kind}): {title}", markup=False)
    if view.trustees:
        out.print(f"{view.trustees_needed} of {len(view.trustees)} trustees open the tally")
    for trustee in view.trustees:
        done = [
            words
            for is_done, words in (
                (trustee.has_key, "has a key"),
                (trustee.rehearsed, "rehearsed"),
                (trustee.has_shuffled, "shuffled"),
                (trustee.has_shared, "gave a share"),
            )
            if is_done
        ]
        said = ", ".join([*(done or ["no key yet"]), _STEPS[trustee.step]])
        out.print(f"trustee {trustee.number}, {trustee.name}: {said}", markup=False)
    if view.tally_started and view.shuffled:
        out.print(f"shuffles: {view.shuffles_given} of {view.trustees_needed}")
    for code in view.missing:
        out.print(f"still missing: {code}")
    if view.messages_waiting or view.messages_problem:
        out.print(f"messages waiting: {view.messages_waiting} {view.messages_problem}".rstrip())


def print_result(result: ContestResult, contest: Contest) -> None:
    """A result with its arithmetic; the exact fractions are what counts."""
    out = console()
    out.print(f"Contest {contest.id}: {contest.texts['en']['standard'].title}", markup=False)
    if isinstance(result, MotionResult):
        _print_motion(out, result)
    elif isinstance(contest, OptionContest):
        _print_choice(out, result, [option.names["en"] for option in contest.options])


def _print_motion(out: Console, result: MotionResult) -> None:
    table = Table("college", "roll", "voted", "blank", "for", "against", "share", "weight of one")
    for college in result.colleges:
        table.add_row(
            college.id,
            *(str(number) for number in (college.roll, college.cast, college.blank)),
            *(str(number) for number in (college.for_, college.against)),
            str(college.share),
            _say_weight(college),
        )
    out.print(table)
    whole = result.counted_share
    for word, weight in (("For", result.total_for), ("Against", result.total_against)):
        out.print(f"{word}: {weight} ({percent(weight / whole if whole else weight)})")
    out.print(f"Needed: {_say_threshold(result.threshold)} of {whole}")
    for each in result.agreements:
        agreed = "not asked" if each.agreed is None else _yes(each.agreed)
        out.print(f"{each.college} agrees ({_say_threshold(each.threshold)} of its own): {agreed}")
    heads = result.head_count
    if heads is not None:
        out.print(
            f"Members: {heads.for_} for, {heads.against} against, of {heads.roll}; needed "
            f"{_say_threshold(heads.threshold)}, and {heads.turnout} of all: {_yes(heads.reached)}"
        )
    out.print(_OUTCOMES[result.outcome])


def _say_weight(college: CollegeResult | OptionCollege) -> str:
    if not college.is_counted:
        return "lapsed"
    weight = "whole college" if college.weight is None else str(college.weight)
    return f"{weight} (capped)" if college.capped else weight


def _say_threshold(threshold: Threshold) -> str:
    return f"{'more than' if threshold.strict else 'at least'} {threshold.share}"


def _print_choice(out: Console, result: OptionResult, names: list[str]) -> None:
    table = Table("college", "roll", "voted", "blank", "invalid", "share", "weight of one")
    for college in result.colleges:
        numbers = (college.roll, college.cast, college.blank, college.invalid)
        table.add_row(college.id, *map(str, numbers), str(college.share), _say_weight(college))
    out.print(table)
    if result.colleges[0].marks is not None:
        out.print(_mark_table(result.colleges, names))
    quota = "" if result.quota is None else f", quota {result.quota}"
    out.print(f"Counted by {result.method}: {result.seats} to be elected{quota}")
    for tie in result.ties:
        out.print(_describe_tie(tie, names), markup=False)
    for each in result.elected:
        stage = f", stage {each.stage}" if result.stages else ""
        out.print(f"Elected: {names[each.option - 1]} ({each.on}{stage})", markup=False)
    if result.vacant:
        out.print(f"Vacant: {result.vacant}")
    if result.outcome == "void":
        out.print(_OUTCOMES["void"])


def _mark_table(colleges: tuple[OptionCollege, ...], names: list[str]) -> Table:
    table = Table("option", *(college.id for college in colleges))
    for place, name in enumerate(names):
        table.add_row(escape(name), *(str((one.marks or ())[place]) for one in colleges))
    return table


def _describe_tie(tie: Tie, names: list[str]) -> str:
    tied = ", ".join(names[number - 1] for number in tie.options)
    chosen = ", ".join(names[number - 1] for number in tie.chosen)
    return f"Tie at stage {tie.stage} ({tie.kind}) among {tied}: {chosen}, by {tie.resolved_by}"


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"
