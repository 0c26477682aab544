"""A whole installation for the end-to-end tests: set up and served by the program itself."""

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from itertools import chain
from pathlib import Path

import httpx
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.ports import free_port
from tests.web.cooperative import CHARTER
from voting.charter.charter_format import format_charter

PASSPHRASE = "plainly made up words"
TEG = (sys.executable, "-c", "from audit.cli import main; main()")


@dataclass
class PostOffice:
    """A real SMTP server that keeps what it was given, by recipient."""

    letters: dict[str, list[str]] = field(default_factory=dict)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        message = message_from_bytes(bytes(envelope.original_content or b""), policy=default)
        body = message.get_body(("plain",))
        assert body is not None
        with self.arrived:
            for recipient in envelope.rcpt_tos:
                self.letters.setdefault(recipient, []).append(body.get_content())
            self.arrived.notify_all()
        return "250 taken"

    def link_of(self, recipient: str, letter: int = 0) -> str:
        """The personal link in somebody's letter, once it has come."""
        with self.arrived:
            came = self.arrived.wait_for(
                lambda: len(self.letters.get(recipient, ())) > letter, timeout=30
            )
            assert came, f"no letter for {recipient}"
            text = self.letters[recipient][letter]
        found = re.search(r"https?://\S+/start#\S+", text)
        assert found, text
        return found[0]


@dataclass(frozen=True)
class Installation:
    """A running service."""

    url: str
    data: Path
    officer_link: str
    post: PostOffice

    def teg(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run the program beside the service."""
        return subprocess.run(
            [*TEG, *arguments], capture_output=True, text=True, timeout=120, check=False
        )


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A co-op that was just set up, with an SMTP server for its letters."""
    folder = tmp_path_factory.mktemp("installation")
    post = PostOffice()
    smtp = Controller(post, hostname="127.0.0.1", port=free_port())
    smtp.start()
    port = free_port()
    url = f"http://localhost:{port}"
    (folder / "charter.json").write_bytes(format_charter(CHARTER))
    (folder / "passphrase").write_text(PASSPHRASE + "\n")
    data = folder / "data"
    made = subprocess.run(
        [
            *TEG,
            *("init", "--data", str(data), "--charter", str(folder / "charter.json")),
            *("--officer-name", "Example Officer", "--officer-email", "officer@care.example"),
            *("--base-url", url, "--port", str(port)),
            *("--passphrase-file", str(folder / "passphrase")),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    link = re.search(r"http\S+#\S+", made.stdout)
    assert link, made.stdout + made.stderr
    settings = {"TEG_SMTP_HOST": "127.0.0.1", "TEG_SMTP_PORT": str(smtp.port), "TEG_WORKERS": "1"}
    log = (folder / "service.log").open("wb")
    serving = subprocess.Popen(
        [*TEG, "serve", "--data", str(data)],
        env={**os.environ, **settings, "TEG_HELP_PHONE": "01632 960 001"},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        _await_service(url, serving)
        yield Installation(url, data, link[0], post)
    finally:
        serving.terminate()
        assert serving.wait(15) == 0, (folder / "service.log").read_text()
        smtp.stop()
        log.close()
    written = (folder / "service.log").read_text()
    secrets = [
        line
        for text in chain.from_iterable(post.letters.values())
        for line in re.findall(r"#(\S+)", text)
    ]
    assert not [secret for secret in secrets if secret in written], "a link reached the log"
    assert "Traceback" not in written, written


def _await_service(url: str, serving: "subprocess.Popen[bytes]") -> None:
    for _ in range(150):
        assert serving.poll() is None, "the service ended at once"
        try:
            if httpx.get(f"{url}/elections.json").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    pytest.fail("the service did not start")


def read_json(text: str) -> object:
    """What a command printed with --json."""
    value: object = json.loads(text)
    return value
