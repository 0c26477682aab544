"""One row: what is answered to one kind of error."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ErrorMessage:
    """What is answered to one kind of error.

    Attributes:
        status: of the HTTP answer.
        code: for programs; it never changes.
        en: one or two plain sentences.
        cy: the same in Welsh.
    """

    status: int
    code: str
    en: str
    cy: str


OUR_FAULT: Final = ErrorMessage(
    500,
    "our-fault",
    "Something went wrong on our side. Nothing was changed. Please try again.",
    "Aeth rhywbeth o'i le ar ein hochr ni. Ni newidiwyd dim. Rhowch gynnig arall arni.",
)
