"""Fixtures that every test may ask for."""

import fcntl
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.browser_fixtures import browser, page  # noqa: F401 - fixtures
from tests.shared import require_shared

# A loaded machine is slow, which is no fault of the law under test.
settings.register_profile("teg", deadline=None)
settings.load_profile("teg")

PEERS = Path(__file__).resolve().parents[1] / ".peers"

Tool = Callable[..., "subprocess.CompletedProcess[str]"]


def _fetch_tool(suite: str) -> Tool:
    script = require_shared("tools", "get-peer")
    prefix = PEERS / suite
    PEERS.mkdir(exist_ok=True)
    # Two runs side by side must not fetch into the same folder at once.
    with (PEERS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fetched = subprocess.run(
            ["bash", str(script), "belenios-tool", str(prefix), suite],
            capture_output=True,
            text=True,
            check=False,
        )
    if fetched.returncode != 0:
        sentence = f"belenios-tool of {suite} could not be fetched"
        if os.environ.get("TEG_REQUIRE_SHARED") == "1":
            pytest.fail(sentence + ": " + fetched.stderr[-500:])
        pytest.skip(sentence)

    # With its default setting the tool may call an archive good before it looked at a ballot.
    environment = {**os.environ, "LWT_ASYNC_METHOD": "none"}

    def run(*arguments: str, cwd: Path, stdin: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(prefix / "belenios-tool"), *arguments],
            cwd=cwd,
            input=stdin,
            env=environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def belenios_tool() -> Tool:
    """The independent program, version 3.3.0."""
    return _fetch_tool("forky")


@pytest.fixture(scope="session")
def belenios_tool_3_0() -> Tool:
    """The independent program as Debian's stable release packages it, version 3.0."""
    return _fetch_tool("trixie")


@pytest.fixture(params=["3.3.0", "3.0"])
def tool(request: pytest.FixtureRequest) -> Tool:
    """The independent program, in each version in turn."""
    name = "belenios_tool" if request.param == "3.3.0" else "belenios_tool_3_0"
    found: Tool = request.getfixturevalue(name)
    return found
