"""Showing a verification to a person: each step as it ends, a bar while it runs.

Source: docs/observers.md.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
from rich.progress import Progress as Bars

from audit.archive_file import FileReport
from audit.report import Progress, Report, Step, VerificationError

_MARKS = {"ok": "[green]✓[/]", "failed": "[red]✗[/]", "incomplete": "[yellow]?[/]"}


class ShownProgress(Progress):
    """Progress on a console; on something that is no terminal only the finished steps."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bars = Bars(
            TextColumn("   {task.fields[step]} {task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal or console.quiet,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def begin(self, number: int, title: str) -> None:
        """See `Progress`."""
        self._task = self._bars.add_task("", total=None, step=escape(f"{number}. {title}:"))

    def advance(self, what: str, done: int, whole: int) -> None:
        """See `Progress`."""
        assert self._task is not None
        self._bars.update(self._task, description=escape(what), completed=done, total=whole)

    def end(self, step: Step) -> None:
        """See `Progress`."""
        assert self._task is not None
        self._bars.remove_task(self._task)
        self._task = None
        detail = f" — {step.detail}" if step.detail and step.status == "ok" else ""
        self._console.print(
            f"{_MARKS[step.status]} {step.number}. {escape(step.title)}[dim]{escape(detail)}[/]",
            soft_wrap=True,
        )


@contextmanager
def shown_bar(console: Console, what: str) -> Generator[Callable[[int, int], None]]:
    """A bar for work of one step, told how much of how much is done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    hidden = not console.is_terminal or console.quiet
    with Bars(*columns, console=console, transient=True, disable=hidden) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done, whole: bars.update(task, completed=done, total=whole)


def show_report(console: Console, report: Report, error: VerificationError | None) -> None:
    """What the steps come to."""
    console.print()
    for each in report.elections:
        console.print(f"[bold]{escape(each.title or each.election)}[/] ({each.state})")
        for college, members, counted in each.voters:
            console.print(f"   {escape(college)}: {counted} of {members} members have voted")
        for contest, outcome in each.outcomes:
            console.print(f"   contest {escape(contest)}: [bold]{escape(outcome)}[/]")
    for remark in report.remarks:
        console.print(f"[yellow]![/] {escape(remark)}", soft_wrap=True)
    if error is None:
        console.print("[bold green]Everything in this record is right.[/]")
    else:
        console.print(f"[bold red]{escape(str(error))}[/]", soft_wrap=True)


def show_file_report(console: Console, report: FileReport, error: VerificationError | None) -> None:
    """What the steps come to that were taken with one archive."""
    console.print()
    summary = report.summary
    if summary is not None and summary.result is not None:
        pairs = zip(summary.result, summary.opened, strict=True)
        for number, (counts, opened) in enumerate(pairs, 1):
            found = ", ".join(map(str, counts)) if counts else f"{len(opened)} opened ballots"
            console.print(f"   question {number}: [bold]{found}[/]")
    for remark in report.steps.remarks:
        console.print(f"[yellow]![/] {escape(remark)}", soft_wrap=True)
    if error is not None:
        console.print(f"[bold red]{escape(str(error))}[/]", soft_wrap=True)
    elif report.strict:
        console.print("[bold green]This archive is right, and as the service makes them.[/]")
    else:
        console.print("[bold green]This archive is right.[/]")
