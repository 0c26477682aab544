"""What the process writes about itself: where something failed, never with what.

The text of an exception and the lines around it can hold a name, a credential or an
address. A log line therefore has the exception's class and the places it passed, no more.
There is no access log at all.

Source: design 8, section 0, decision 10, and section 0.1, I5.
"""

import logging
import sys
import traceback
from types import TracebackType
from typing import TextIO

_Caught = tuple[type[BaseException], BaseException, TracebackType | None]


class PlacesFormatter(logging.Formatter):
    """Formats an exception as its class and the places it passed, the cause first."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name logging calls
        """The places, without values or source lines."""
        error = ei[1] if isinstance(ei, tuple) else None
        return "" if error is None else describe_places(error)

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 - the name logging calls
        """Nothing: a stack prints source lines."""
        del stack_info
        return ""


def describe_places(error: BaseException) -> str:
    """The class of an error and of what caused it, each with file, line and function."""
    lines: list[str] = []
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        here = [f"{type(now).__module__}.{type(now).__qualname__}"]
        here += [
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(now.__traceback__)
        ]
        lines = here + lines
        now = now.__cause__ or now.__context__
    return "\n".join(lines)


def configure_logs(stream: TextIO = sys.stderr, level: int = logging.WARNING) -> None:
    """Send every logger of the process to one stream, in the form above."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PlacesFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("uvicorn.access").disabled = True
