"""What somebody typed into a form, and what is wrong with it.

Everything typed is kept and shown again; each problem is one sentence, shown at its
field and in the summary at the top, which links to it.

Source: design 6, section D (forms and errors).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from voting.texts import find_line_problem, tidy_line, tidy_paragraphs
from web.pages.officer.texts import _


@dataclass(slots=True)
class Form:
    """One form as it was sent.

    Attributes:
        typed: field name to what was typed, unchanged.
        errors: field name to the sentence that says what is wrong, in the order found.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """What was typed, as the page shows it again."""
        return self.typed.get(name, "")

    def line(self, name: str, *, most: int, missing: str) -> str:
        """One tidy line; with `missing` given it must not be empty."""
        text = tidy_line(self.value(name))
        self._check_length(name, text, most, missing)
        # Line by line, because a line end is no part of a line.
        if text and find_line_problem(text, len(text)):
            self.fail(name, _("There is a sign in this text that cannot be shown. Take it out."))
        return text

    def paragraphs(self, name: str, *, most: int, missing: str) -> str:
        """Tidy paragraphs divided by empty lines; with `missing` given there must be one."""
        text = tidy_paragraphs(self.value(name))
        self._check_length(name, text, most, missing)
        if any(find_line_problem(line, len(line)) for line in text.split("\n") if line):
            self.fail(name, _("There is a sign in this text that cannot be shown. Take it out."))
        return text

    def number(self, name: str, least: int, most: int, *, asked: str) -> int:
        """A whole number of this range; what is none is noted and read as the least.

        Args:
            name: of the field.
            least: that may be typed.
            most: that may be typed.
            asked: the question at the field, with which the sentence at the top begins.
        """
        typed = self.value(name).strip()
        # A number of thousands of digits is not worth reading.
        if typed.isascii() and typed.isdigit() and len(typed) <= len(str(most)):
            number = int(typed)
            if least <= number <= most:
                return number
        sentence = _("Write a number from %(least)d to %(most)d.", least=least, most=most)
        self.fail(name, f"{asked} {sentence}")
        return least

    def choice(self, name: str, allowed: tuple[str, ...], *, missing: str) -> str:
        """One of several; anything else is noted as missing."""
        chosen = self.value(name)
        if chosen in allowed:
            return chosen
        self.fail(name, missing)
        return ""

    def fail(self, name: str, sentence: str) -> None:
        """Note a problem; the first one at a field stands."""
        self.errors.setdefault(name, sentence)

    def _check_length(self, name: str, text: str, most: int, missing: str) -> None:
        if not text and missing:
            self.fail(name, missing)
        elif len(text) > most:
            self.fail(
                name,
                _(
                    "This text has %(length)d letters and signs. It may have %(most)d.",
                    length=len(text),
                    most=most,
                ),
            )
