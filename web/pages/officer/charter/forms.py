"""The form of a charter of one's own: read into a charter, or every fault at its field."""

from collections.abc import Mapping, Sequence
from typing import Final

from voting.charter.charter import Charter
from voting.charter.errors import CollegeSharesError
from voting.charter.schemes import SCHEMES
from voting.errors import VotingError
from voting.members import Language
from web.pages.officer.charter.numbers import parse_part
from web.pages.officer.charter.refusals import college_of, say_refusal
from web.pages.officer.charter.rows import CollegeRow, count_rows, fill_rows, is_used, read_rows
from web.pages.officer.charter.rule_fields import fill_rules, read_rules, start_rules
from web.pages.officer.forms import Form
from web.pages.officer.texts import _

_NONE: Final = "none"


def start_form() -> Form:
    """An empty form, with what most co-ops have where a field must have something."""
    return Form({"scheme": "turnout", "protected": _NONE, **start_rules()})


def fill_form(charter: Charter) -> Form:
    """The form of a charter that was written before."""
    return Form(
        {
            **start_rules(),
            **fill_rows(charter),
            **fill_rules(charter),
            "scheme": charter.scheme,
            "statute": "yes" if charter.statute else "",
        }
    )


def read_charter_form(form: Form, name: Mapping[Language, str]) -> Charter | None:
    """The charter as it was typed; None where something in it is wrong.

    Args:
        form: what was typed.
        name: the co-op's, which is kept.
    """
    rows = read_rows(form)
    used = [n for n in range(1, count_rows(form) + 1) if is_used(form, n)]
    if not used:
        form.fail("college-id-1", _("Write at least one college."))
    _check_sum(form, used)
    chosen = tuple(str(number) for number in used)
    protected = form.choice(
        "protected", (_NONE, *chosen), missing=_("Choose the protected college, or “No college”.")
    )
    scheme = form.choice("scheme", SCHEMES, missing=_("Choose how the votes are weighed."))
    rules = read_rules(form, rows)
    if form.errors:
        return None
    try:
        return Charter(
            name=name,
            colleges=tuple(row.college for row in rows),
            protected=college_of(rows, protected),
            floors={row.college.id: row.floor for row in rows if row.floor},
            scheme=next(each for each in SCHEMES if each == scheme),
            ordinary=rules.pop("ordinary"),
            special=rules.pop("special"),
            statutory=rules,
            caps=tuple(row.cap for row in rows if row.cap),
            council={row.college.id: row.seats for row in rows if row.seats},
            statute="scic" if form.value("statute") == "yes" else None,
        )
    except VotingError as error:
        _note(form, error, rows)
        return None


def _check_sum(form: Form, used: Sequence[int]) -> None:
    """Say what the shares add up to, whatever else is wrong, if each is one."""
    shares = [parse_part(form.value(f"college-share-{number}")) for number in used]
    known = tuple(share for share in shares if share is not None)
    if known and len(known) == len(shares) and sum(known) != 1:
        refusal = say_refusal(CollegeSharesError(known))
        form.fail(f"college-share-{used[0]}", refusal.sentence)


def _note(form: Form, error: VotingError, rows: list[CollegeRow]) -> None:
    refusal = say_refusal(error, rows)
    form.fail(refusal.field, refusal.sentence)
