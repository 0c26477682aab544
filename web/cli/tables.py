"""What the commands print for people: states, turnout, guarantee and result."""

from fractions import Fraction

from rich.console import Console
from rich.table import Table

from voting.counting.motion import MotionResult
from voting.guarantee import GuaranteeStatement
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


def print_guarantee(statement: GuaranteeStatement) -> None:
    """What the protected college is promised for one contest."""
    out = console()
    if statement.protected is None:
        out.print(f"Contest {statement.contest}: no college is protected.")
        return
    holds = "holds" if statement.holds else "does NOT hold"
    out.print(f"Contest {statement.contest}: the guarantee for {statement.protected} {holds}.")
    out.print(f"  share {statement.share}, at least {statement.floor} of its votes needed")
    out.print(f"  passes the motion alone: {_yes(statement.control)}")
    out.print(f"  can stop the motion alone: {_yes(statement.veto)}")
    if statement.cohesion_needed is not None:
        out.print(f"  part of it that must agree to pass alone: {statement.cohesion_needed}")
    for code in statement.reasons:
        out.print(f"  reason: {code}")
    for code in statement.warnings:
        out.print(f"  warning: {code}")


def print_status(view: ElectionView) -> None:
    """An election at a glance."""
    out = console()
    out.print(f"{view.title['en']} / {view.title['cy']}")
    out.print(f"{view.uuid}: {view.state}")
    table = Table("college", "members", "voted", "ballots in the box")
    for box in view.boxes:
        table.add_row(box.college, str(box.members), str(box.voted), str(box.ballots))
    out.print(table)
    for trustee in view.trustees:
        key = "has given a key" if trustee.has_key else "no key yet"
        share = ", has given a share" if trustee.has_shared else ""
        out.print(f"trustee {trustee.number}, {trustee.name}: {key}{share}")
    for code in view.missing:
        out.print(f"still missing: {code}")
    if view.messages_waiting or view.messages_problem:
        out.print(f"messages waiting: {view.messages_waiting} {view.messages_problem}".rstrip())


def print_result(result: MotionResult) -> None:
    """A motion's result with its arithmetic; the exact fractions are what counts."""
    out = console()
    table = Table("college", "roll", "voted", "blank", "for", "against", "share", "weight of one")
    for college in result.colleges:
        table.add_row(
            college.id,
            *(str(number) for number in (college.roll, college.cast, college.blank)),
            *(str(number) for number in (college.for_, college.against)),
            str(college.share),
            "lapsed" if college.weight is None else str(college.weight),
        )
    out.print(table)
    for word, share in (("For", result.total_for), ("Against", result.total_against)):
        out.print(f"{word}: {share} ({percent(share)})")
    threshold = result.threshold
    kind = "more than" if threshold.strict else "at least"
    out.print(f"Needed: {kind} {threshold.share} of {result.counted_share}")
    out.print(_OUTCOMES[result.outcome])


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"
