import io
from pathlib import Path

from rich.console import Console

from audit.progress import ShownProgress, show_report, shown_bar
from audit.record import FolderRecord
from audit.verifier import verify_record
from tests.assembly import hold_election


def test_a_terminal_shows_a_bar_that_leaves_only_the_finished_steps(tmp_path: Path) -> None:
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=100, color_system=None)
    with ShownProgress(console) as progress:
        report = verify_record(FolderRecord(hold_election().write(tmp_path)), progress=progress)
    show_report(console, report, None)
    shown = out.getvalue()
    assert shown.count("✓") == len(report.steps)
    for step in report.steps:
        assert f"✓ {step.number}. {step.title}" in shown
    assert shown.rstrip().endswith("Everything in this record is right.")


def test_the_bar_says_what_is_done(tmp_path: Path) -> None:
    out = io.StringIO()
    with ShownProgress(Console(file=out, force_terminal=True, width=100)) as progress:
        progress.begin(3, "The [ballot] box")
        progress.advance("ballots", 7, 12)
        progress._bars.refresh()
    assert "3. The [ballot] box: ballots" in out.getvalue()
    assert "7/12" in out.getvalue()


def test_a_bar_of_one_step_says_how_much_is_done() -> None:
    out = io.StringIO()
    with shown_bar(Console(file=out, force_terminal=True, width=100), "objects") as tell:
        tell(7, 12)
    assert "objects" in out.getvalue()
    assert "7/12" in out.getvalue()


def test_without_a_terminal_there_is_no_bar() -> None:
    out = io.StringIO()
    with shown_bar(Console(file=out), "objects") as tell:
        tell(7, 12)
    assert out.getvalue() == ""
