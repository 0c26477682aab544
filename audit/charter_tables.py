"""Showing charters to a person: the ready-made ones, and what one guarantees.

Source: docs/running/command-line.md.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from audit.charter_words import (
    SCHEMES,
    say_agreements,
    say_heads,
    say_limits,
    say_reasons,
    say_threshold,
    say_warnings,
)
from audit.report import show_plainly
from voting.charter.caps import Cap
from voting.charter.charter import Charter
from voting.charter.motion_rules import MotionRule
from voting.charter.presets import PRESETS, Preset
from voting.members import CollegeId, Language
from voting.motion_guarantee import GuaranteeStatement
from voting.outlook import Outlook, SeatsOutlook

_EXAMPLE: Final[Mapping[Language, str]] = {
    "en": "Example Co-operative",
    "cy": "Cydweithfa Enghreifftiol",
}


def show_presets(console: Console, *, as_json: bool) -> None:
    """The ready-made charters: what they are called, their colleges, where they come from."""
    if as_json:
        typer.echo(json.dumps(list_presets(), ensure_ascii=False, indent=2))
        return
    for number, preset in enumerate(PRESETS.values()):
        if number:
            console.print()
        console.print(f"[bold]{preset.id}[/]: {_plain(preset.names['en'])}")
        for line in (_say_colleges(preset), preset.source):
            # Indented, and broken between words only: nothing is cut off in a narrow window.
            console.print(Padding.indent(_plain(line), 2))


def list_presets() -> list[dict[str, object]]:
    """The ready-made charters for programs."""
    return [
        {"id": preset.id, "names": dict(preset.names), "source": preset.source}
        for preset in PRESETS.values()
    ]


def show_outlook(
    console: Console,
    charter: Charter,
    members: Mapping[CollegeId, int],
    outlook: Outlook,
    *,
    is_assumed: bool,
) -> None:
    """What a charter guarantees, and what not."""
    console.print(f"[bold]{_plain(charter.name['en'])}[/] / {_plain(charter.name['cy'])}")
    console.print(_table_colleges(charter, members))
    if is_assumed:
        console.print("The members are made up; say how many there are with --members.")
    console.print(SCHEMES[charter.scheme])
    if charter.statute is not None:
        console.print("The shares are within what the law of the French SCIC allows.")
    console.print(_table_motions(charter, outlook.motions))
    if outlook.protected is not None:
        console.print(_table_winners(outlook))
        if outlook.councils:
            console.print(_table_seats(outlook.councils))
    _say_all(console, "Not promised", say_limits(outlook.not_guaranteed, charter))
    _say_all(console, "Know that", say_warnings(outlook.warnings, charter))
    _say_all(console, "In the way", say_reasons(outlook.reasons, charter))
    if not outlook.holds:
        console.print("[bold red]With this roll nothing can be put to the vote.[/]")
    elif outlook.protected is None:
        console.print("[bold]It is a charter; it protects no college.[/]")
    else:
        console.print(f"[bold green]It is a charter; it protects {outlook.protected}.[/]")


def _say_all(console: Console, heading: str, sentences: Iterator[str]) -> None:
    said = list(sentences)
    if said:
        console.print(f"[bold]{heading}[/]")
    for sentence in said:
        console.print(f"  • {_plain(sentence)}", soft_wrap=True)


def _say_colleges(preset: Preset) -> str:
    charter = preset.make(_EXAMPLE)
    return ", ".join(f"{each.id} {each.share}" for each in charter.colleges)


def _table_colleges(charter: Charter, members: Mapping[CollegeId, int]) -> Table:
    table = Table("college", "called", title="Colleges", title_justify="left")
    for heading in ("share", "members", "floor", "cap", "reserved seats"):
        table.add_column(heading, justify="right")
    for each in charter.colleges:
        mark = " (protected)" if each.id == charter.protected else ""
        table.add_row(
            f"{each.id}{mark}",
            _plain(each.names["en"]),
            str(each.share),
            str(members[each.id]),
            str(charter.floor(each.id)),
            _say_cap(charter.cap(each.id)),
            str(charter.council.get(each.id, "")),
        )
    return table


def _say_cap(cap: Cap | None) -> str:
    if cap is None:
        return ""
    said: list[str] = []
    if cap.ballots is not None:
        said.append(f"one vote at most {cap.ballots} times a protected one")
    if cap.part is not None:
        said.append(f"at most {cap.part} of the weight")
    return "\n".join(said)


def _table_motions(charter: Charter, motions: Sequence[GuaranteeStatement]) -> Table:
    table = Table("motion", "needs", title="Motions", title_justify="left")
    if charter.protected is not None:
        table.title = f"Motions, and the part of {charter.protected} that alone is enough"
    rules = list(zip(motions, _list_rules(charter), strict=True))
    agree = any(rule.agree for _, rule in rules)
    heads = any(rule.heads for _, rule in rules)
    if agree:
        table.add_column("must agree too")
    if heads:
        table.add_column("heads")
    if charter.protected is not None:
        table.add_column("to pass it")
        table.add_column("to stop it")
    for stated, rule in rules:
        row = [stated.contest, say_threshold(rule.threshold)]
        row += [say_agreements(rule)] if agree else []
        row += [say_heads(rule.heads)] if heads else []
        if charter.protected is not None:
            row += [
                _say_power(stated.control, stated.cohesion_needed, strict=stated.cohesion_strict),
                _say_power(stated.veto, stated.blocking_needed, strict=stated.blocking_strict),
            ]
        table.add_row(*row)
    return table


def _list_rules(charter: Charter) -> list[MotionRule]:
    return [charter.ordinary, charter.special, *charter.statutory.values()]


def _say_power(has: bool, needed: Fraction | None, *, strict: bool) -> str:  # noqa: FBT001
    if not has or needed is None:
        return "cannot"
    return f"{'more than' if strict else 'at least'} {needed}"


def _table_winners(outlook: Outlook) -> Table:
    table = Table("method", "the protected college, if solid, elects", title="One winner")
    table.title_justify = "left"
    # T5: of a whole college that is level between two options neither is certain.
    surely = "for certain, if one option leads in it" if outlook.scheme == "bloc" else "for certain"
    for each in outlook.one_winner:
        table.add_row(each.method, surely if each.controls else "not for certain")
    return table


def _table_seats(councils: Sequence[SeatsOutlook]) -> Table:
    table = Table(title="Several seats by exact STV", title_justify="left")
    for heading in ("seats", "sure of", "a majority is", "share must exceed"):
        table.add_column(heading, justify="right")
    table.add_column("")
    for each in councils:
        table.add_row(
            *map(str, (each.seats, each.seats_guaranteed, each.majority_needed, each.least_share)),
            "" if each.allowed else "refused",
        )
    return table


def _plain(text: str) -> str:
    return escape(show_plainly(text))
