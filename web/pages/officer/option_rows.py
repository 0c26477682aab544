"""Rows of a form, each with a name in both languages: options, and the words of grades.

Rows are added and taken out by buttons that send the form, so that no script is needed;
what was typed moves with its row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voting.members import Language
from voting.texts import LANGUAGES, MAX_LINE
from web.pages.officer.forms import Form
from web.pages.officer.texts import _


@dataclass(frozen=True, slots=True)
class Rows:
    """What kind of rows they are.

    Attributes:
        name: "option" or "grade"; fields are NAME-LANGUAGE-NUMBER, and NAMEs counts them.
        least, most: how many there must and may be.
        start: how many empty ones a new page has.
    """

    name: str
    least: int
    most: int
    start: int

    def count(self, form: Form) -> int:
        """How many rows the page has."""
        typed = form.value(f"{self.name}s")
        # Read by its first digits: a number of thousands of them is not worth reading.
        number = int(typed[:3]) if typed.isascii() and typed.isdigit() else self.start
        return max(self.least, min(number, self.most))

    def field(self, language: Language, number: int) -> str:
        """Name of one field."""
        return f"{self.name}-{language}-{number}"

    def fill(self, names: Sequence[Mapping[Language, str]]) -> dict[str, str]:
        """The fields of rows that were written before."""
        fields = {
            self.field(language, number): each[language]
            for number, each in enumerate(names, 1)
            for language in LANGUAGES
        }
        return {**fields, f"{self.name}s": str(len(names))}

    def press(self, form: Form) -> bool:
        """Do what a button for rows asks; whether it was one."""
        pressed = form.value("do")
        if pressed == f"more-{self.name}s":
            _set(form, {f"{self.name}s": str(min(self.count(form) + 1, self.most))})
            return True
        number = pressed.removeprefix(f"remove-{self.name}-")
        if number != pressed and number in map(str, range(1, self.count(form) + 1)):
            self._remove(form, int(number))
            return True
        return False

    def read(self, form: Form) -> list[dict[Language, str]]:
        """The names of every row that is not left empty; what is wrong stands at its field."""
        found: list[dict[Language, str]] = []
        seen: set[tuple[Language, str]] = set()
        for number in range(1, self.count(form) + 1):
            fields: dict[Language, str] = {
                language: self.field(language, number) for language in LANGUAGES
            }
            if not any(form.value(field).strip() for field in fields.values()):
                continue
            names = {
                language: form.line(field, most=MAX_LINE, missing=_missing(language))
                for language, field in fields.items()
            }
            for language, name in names.items():
                if name and (language, name.casefold()) in seen:
                    form.fail(fields[language], _("This stands here twice. Take one of them out."))
                seen.add((language, name.casefold()))
            found.append(names)
        if len(found) < self.least:
            form.fail(self._first_empty(form), self._too_few())
        return found

    def _remove(self, form: Form, number: int) -> None:
        count = self.count(form)
        moved = {
            self.field(language, at): form.value(self.field(language, at + 1))
            for language in LANGUAGES
            for at in range(number, count)
        }
        emptied = {self.field(language, count): "" for language in LANGUAGES}
        rest = {f"{self.name}s": str(max(count - 1, self.least))}
        _set(form, {**moved, **emptied, **rest})

    def _too_few(self) -> str:
        if self.name == "grade":
            return _("Write at least %(least)d grades.", least=self.least)
        return _("Write at least %(least)d options.", least=self.least)

    def _first_empty(self, form: Form) -> str:
        for number in range(1, self.count(form) + 1):
            field = self.field("en", number)
            if not form.value(field).strip():
                return field
        return self.field("en", 1)


def _set(form: Form, changes: Mapping[str, str]) -> None:
    form.typed = {**form.typed, **changes}


def _missing(language: Language) -> str:
    if language == "cy":
        return _("Write it in Welsh, too. A person's name is the same in both languages.")
    return _("Write it in English, too. A person's name is the same in both languages.")
