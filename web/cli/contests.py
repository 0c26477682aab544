"""`teg election motion` and `contest`: what the members of a draft's election will be asked."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Final

import typer

from voting.contests import Contest, Motion, Rule, Text, read_contest
from voting.members import Language, TextFormat
from web.actions.write_contests import remove_contest, write_contest
from web.cli.common import DEFAULT_DATA, WRONG_USE, DataOption, fail, opened, read_file
from web.cli.election import ElectionArgument
from web.service import Service

TextOption = Annotated[Path, typer.Option(help="Text file: first line the title, then the text.")]
MaybeTextOption = Annotated[Path | None, typer.Option(help="The same in Easy Read.")]


def motion(
    election: ElectionArgument,
    *,
    en: TextOption,
    cy: TextOption,
    easy_en: MaybeTextOption = None,
    easy_cy: MaybeTextOption = None,
    rule: Annotated[str, typer.Option(help="ordinary or special.")] = "ordinary",
    contest_id: Annotated[
        str, typer.Option("--id", help="Its id; a contest of this id is replaced.")
    ] = "1",
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Write a motion, in up to four texts."""
    if rule not in ("ordinary", "special"):
        fail("A motion is ordinary or special.", WRONG_USE)
    files: dict[Language, dict[TextFormat, Path | None]] = {
        "en": {"standard": en, "easy-read": easy_en},
        "cy": {"standard": cy, "easy-read": easy_cy},
    }
    with opened(data) as service:
        texts = {
            language: {form: _read_text(path) for form, path in twins.items() if path}
            for language, twins in files.items()
        }
        kind: Rule = "special" if rule == "special" else "ordinary"
        _write(service, election, Motion(contest_id, kind, texts))


def contest(
    election: ElectionArgument,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="JSON of one contest, as a manifest has it."),
    ] = None,
    remove: Annotated[
        str | None, typer.Option(metavar="ID", help="Take this contest out of the draft.")
    ] = None,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Write a contest of any kind, or remove one; one with its id is replaced."""
    if (file is None) is (remove is None):
        fail("Give a file, or --remove with the id of a contest.", WRONG_USE)
    with opened(data) as service:
        if file is not None:
            _write(service, election, read_contest(_read_json(file)))
        elif remove is not None:
            remove_contest(service, election, remove)


CONTESTS: Final[Mapping[str, Callable[..., None]]] = {"motion": motion, "contest": contest}


def _write(service: Service, election: str, written: Contest) -> None:
    write_contest(service, election, written)
    for language in written.missing_easy_read:
        typer.echo(f"There is no Easy Read text in {language}.", err=True)


def _read_json(path: Path) -> object:
    try:
        return json.loads(read_file(path))
    except (ValueError, RecursionError):
        fail(f"{path} is not JSON.", WRONG_USE)


def _read_text(path: Path) -> Text:
    try:
        title, _, body = read_file(path).decode("utf-8").lstrip("\ufeff\r\n ").partition("\n")
    except UnicodeDecodeError:
        fail(f"{path} is not UTF-8 text.", WRONG_USE)
    return Text.tidy(title, body)
