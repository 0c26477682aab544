"""A demonstration of its own for whoever needs a running service in a real browser.

It is `teg demo` on a free port in a temporary folder: a co-op with an open election, of which
everybody's personal links, the trustees' key files and the passphrase are known.
"""

import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Final

from tests.ports import free_port

ROOT: Final = Path(__file__).resolve().parents[1]
TEG: Final = (sys.executable, "-c", "from audit.cli import main; main()")


@dataclass(frozen=True)
class Demo:
    """A running demonstration and everybody's links in it."""

    url: str
    data: Path
    members: list[dict[str, str]]
    officer: dict[str, str]
    trustees: list[dict[str, str]]
    election: str
    passphrase: str

    def link(self, who: dict[str, str]) -> str:
        """Somebody's personal link."""
        return f"{self.url}/{who['language']}/start#{who['secret']}"

    def newest_link_to(self, address: str) -> str:
        """The link in the newest message to an address, once it has come."""
        for _ in range(100):
            letters = sorted(
                (self.data / "messages").glob("*.eml"), key=lambda file: file.stat().st_mtime
            )
            for path in reversed(letters):
                letter = message_from_bytes(path.read_bytes(), policy=default)
                body = letter.get_body(("plain",))
                found = re.search(r"\S+/start#\S+", body.get_content() if body else "")
                if found and address in str(letter["To"]):
                    return found[0]
            time.sleep(0.1)
        raise SystemExit(f"no message came for {address}")


@contextlib.contextmanager
def running_demo(**environment: str) -> Generator[Demo]:
    """Start a demonstration, with these variables too, and end it and its data afterwards."""
    with tempfile.TemporaryDirectory(prefix="teg-demo-") as folder:
        data = Path(folder) / "demo"
        port = free_port()
        url = f"http://localhost:{port}"
        serving = subprocess.Popen(
            [*TEG, "demo", "--data", str(data), "--port", str(port)],
            stdout=subprocess.DEVNULL,
            cwd=ROOT,
            env={**os.environ, **environment},
        )
        try:
            _wait_for(url, serving)
            made = json.loads((data / "demo.json").read_text("utf-8"))
            yield Demo(
                url=url,
                data=data,
                **{
                    name: made[name]
                    for name in ("members", "officer", "trustees", "election", "passphrase")
                },
            )
        finally:
            serving.terminate()
            serving.wait(15)


def _wait_for(url: str, serving: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if serving.poll() is not None:
            raise SystemExit("the demonstration ended at once")
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(f"{url}/elections.json", timeout=5).close()
            return
        time.sleep(0.2)
    raise SystemExit("the demonstration did not start")
