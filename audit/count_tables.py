"""Showing a count to a person: who is elected, the colleges, the stages, the ties.

Source: docs/formats/counting.md.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from audit.report import show_plainly
from voting.counting.election_file import FileCollege
from voting.counting.file_count import FileCount
from voting.counting.file_result import list_elected_names, list_remarks
from voting.counting.method import Matrix
from voting.counting.option_result import Stage, Tie

_MARKS = {"elected": " [bold green]✓[/]", "excluded": " [dim]✗[/]", "continuing": ""}
_DECIMALS = 5
_NAMES, _STAGE = 26, 18
"""Columns that names, and one stage, are given."""


def show_count(console: Console, counted: FileCount) -> None:
    """Everything about a count; exact numbers are in the JSON."""
    console.print(f"[bold]{_plain(counted.election.title)}[/]" if counted.election.title else "")
    console.print(
        f"{counted.method}, {counted.seats} of {len(counted.election.candidates)} elected"
    )
    console.print(_table_colleges(counted))
    for stages in _divide(counted.count.stages, max(1, (console.width - _NAMES) // _STAGE)):
        console.print(_table_stages(counted, stages))
    if counted.count.pairwise is not None:
        console.print(_table_matrix("Pairs", counted, counted.count.pairwise))
    if counted.count.grades is not None:
        console.print(_table_matrix("Grades, best first", counted, counted.count.grades))
    for tie in counted.count.ties:
        console.print(_say_tie(counted, tie), soft_wrap=True)
    for remark in list_remarks(counted):
        console.print(f"[yellow]![/] {_plain(remark)}", soft_wrap=True)
    if counted.outcome == "void":
        console.print(f"[bold red]void[/]: {', '.join(counted.reasons)}")
    elif counted.method == "motion":
        console.print(f"[bold]{counted.outcome}[/]")
    for order, name in enumerate(list_elected_names(counted), start=1):
        console.print(f"{order}. [bold green]{_plain(name)}[/]", soft_wrap=True)


def _divide(stages: Sequence[Stage], most: int) -> Iterator[Sequence[Stage]]:
    for first in range(0, len(stages), most):
        yield stages[first : first + most]


def _plain(text: str) -> str:
    return escape(show_plainly(text))


def show_number(number: Fraction) -> str:
    """A number with five decimals at most, cut; a mark says that there are more."""
    scaled = abs(number) * 10**_DECIMALS
    cut = int(scaled)
    whole, rest = divmod(cut, 10**_DECIMALS)
    decimals = f".{rest:0{_DECIMALS}}".rstrip("0").rstrip(".")
    return f"{'-' if number < 0 else ''}{whole}{decimals}{'' if cut == scaled else '…'}"


def _table_colleges(counted: FileCount) -> Table:
    table = Table("college", title="Ballots", title_justify="left")
    for heading in ("cast", "counted", "blank", "invalid", "weight of one"):
        table.add_column(heading, justify="right")
    for college, weight in zip(counted.election.colleges, counted.weights, strict=True):
        table.add_row(_plain(college.name), *_list_ballots(college), str(weight or "not counted"))
    return table


def _list_ballots(college: FileCollege) -> Iterator[str]:
    cast = college.counted + college.blank + college.invalid
    yield from map(str, (cast, college.counted, college.blank, college.invalid))


def _table_stages(counted: FileCount, stages: Sequence[Stage]) -> Table:
    """Candidates down, stages across: what each holds, and what became of her."""
    table = Table("", title="Stages", title_justify="left")
    for stage in stages:
        table.add_column(_head(counted, stage), justify="right", vertical="bottom")
    for place, name in enumerate(counted.election.candidates):
        table.add_row(
            _plain(name),
            *(show_number(s.totals[place]) + _MARKS[s.status[place]] for s in stages),
        )
    table.add_section()
    if counted.count.quota is not None:
        table.add_row("quota", *(show_number(s.quota or Fraction()) for s in stages))
    table.add_row("no transfer", *(show_number(stage.non_transferable) for stage in stages))
    table.add_row("lost", *(show_number(stage.lost) for stage in stages))
    return table


def _head(counted: FileCount, stage: Stage) -> str:
    if stage.action == "count":
        return f"{stage.number}"
    whose = "" if stage.option is None else _plain(counted.election.candidates[stage.option - 1])
    return f"{stage.number} {stage.action}\n{whose}".rstrip()


def _table_matrix(title: str, counted: FileCount, matrix: Matrix) -> Table:
    table = Table("", title=title, title_justify="left")
    for place, _ in enumerate(matrix[0], start=1):
        table.add_column(str(place), justify="right")
    for place, row in enumerate(matrix):
        name = _plain(counted.election.candidates[place])
        table.add_row(f"{place + 1} {name}", *map(show_number, row))
    return table


def _say_tie(counted: FileCount, tie: Tie) -> str:
    names = counted.election.candidates
    tied, chosen = (
        ", ".join(_plain(names[option - 1]) for option in options)
        for options in (tie.options, tie.chosen)
    )
    return f"Tie at stage {tie.stage} ({tie.kind}) of {tied}: {tie.resolved_by} → {chosen}"
