"""The log's key, as a person gives it to a command.

Source: docs/observers.md.
"""

from audit.cli_parts import fail
from audit.errors import AuditError
from audit.note import VerifierKey


def parse_key(text: str | None) -> VerifierKey | None:
    """The log's key; one that is none is wrong use, and ends the program."""
    try:
        return None if text is None else VerifierKey.parse(text.strip())
    except AuditError as error:
        fail(error, 2)
