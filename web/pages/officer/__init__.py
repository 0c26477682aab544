"""The returning officer's pages: prepare an election, run it, certify its result.

Everything here works without scripts. Every act that cannot be taken back has a page of
its own, which says what follows from it and asks for a public reason.

Source: design 6, section 0.2 ("RO"); design 8, section 0, decisions 5 to 7.
"""

from web.pages.officer import (
    acts,
    asked,
    calendar,
    charter,
    dashboard,
    elections,
    motion,
    options,
    prepare,
    questions,
    roll,
    tally_acts,
    trustees,
)
from web.pages.officer.desk import blueprint

__all__ = [
    "acts",
    "asked",
    "blueprint",
    "calendar",
    "charter",
    "dashboard",
    "elections",
    "motion",
    "options",
    "prepare",
    "questions",
    "roll",
    "tally_acts",
    "trustees",
]
