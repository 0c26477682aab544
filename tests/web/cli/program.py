"""Running the program: inside the test for its words, or as a process for its life."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import typer
from typer.testing import CliRunner

from web.cli import add_commands

# A shell's work in the background, as these tests may be, ignores Ctrl+C, and so would the program.
_STARTED = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from audit.cli import main; main()"
)
TEG = (sys.executable, "-c", _STARTED)


class Ran:
    """What a run of the program said."""

    def __init__(self, *arguments: str | Path, typed: str = "") -> None:
        app = typer.Typer()
        app.callback()(lambda: None)
        add_commands(app)
        result = CliRunner().invoke(app, [str(each) for each in arguments], input=typed)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.code = result.exit_code
        self.out = result.stdout
        self.err = result.stderr


class Process:
    """The program as a process of its own."""

    def __init__(
        self, *arguments: str | Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.process = subprocess.Popen(
            [*TEG, *(str(each) for each in arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, **(environment or {})},
        )
        self.lines: list[str] = []

    def read_until(self, words: str) -> str:
        """Everything said up to the line with these words.

        The process is ended when they do not come, so that the test fails and does not hang.
        """
        assert self.process.stdout is not None
        patience = threading.Timer(90, self.process.kill)
        patience.start()
        try:
            for line in self.process.stdout:
                self.lines.append(line)
                if words in line:
                    return "".join(self.lines)
        finally:
            patience.cancel()
        raise AssertionError("".join(self.lines))

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Send a signal; exit code, and what was said after it."""
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=30)
        return self.process.returncode, rest


@contextmanager
def running(
    *arguments: str | Path, environment: Mapping[str, str] | None = None
) -> Iterator[Process]:
    """The program as a process, killed at the end if it is still there."""
    started = Process(*arguments, environment=environment)
    try:
        yield started
    finally:
        started.process.kill()
        started.process.wait()
        assert started.process.stdout is not None
        started.process.stdout.close()
