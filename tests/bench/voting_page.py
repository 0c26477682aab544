"""What a voter's device must load and work: bytes of the voting page, seconds of sealing.

Measured in the tests' own browser on a demonstration that is started for it.
"""

import json
import re
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, Response, sync_playwright

from tests.browser import launch

TEG = (sys.executable, "-c", "from audit.cli import main; main()")

# Sealing alone, in a worker that is warm, without sending: milliseconds of each ballot.
_SEAL = """async (times) => {
  const place = document.querySelector('[data-teg-check]').dataset;
  const raw = await (await fetch('/objects/' + place.electionObject)).arrayBuffer();
  const worker = new Worker(document.querySelector('meta[name=teg-worker]').content,
    { type: 'module' });
  const seal = (id) => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if ('error' in data) reject(new Error(data.error));
      else if ('gives' in data) resolve();
    };
    worker.postMessage({ id, task: 'seal', takes: {
      box: place.collegeBox, election: new Uint8Array(raw), sha256: place.electionObject,
      credential: sessionStorage.getItem('teg.secret'),
      publicCredential: place.publicCredential, choices: ['for'] } });
  });
  const taken = [];
  for (let id = 0; id < times; id += 1) {
    const began = performance.now();
    await seal(id);
    taken.push(performance.now() - began);
  }
  worker.terminate();
  return taken;
}"""


@contextmanager
def demonstration() -> Iterator[str]:
    """A running demonstration; the personal link of one of its members."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = str(taken.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        command = [*TEG, "demo", "--data", str(Path(folder) / "demo"), "--port", port]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert running.stdout is not None
            links = (re.search(r"http\S+/start#\S+", line) for line in running.stdout)
            yield next(link[0] for link in links if link)
        finally:
            running.terminate()
            running.wait(15)


def go_to_check(page: Page, link: str) -> int:
    """Walk to the check page; returns what the contest's page weighs with all it loads."""
    page.goto(link)
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/vote")
    bodies: list[Response] = []

    def note(response: Response) -> None:  # playwright cannot listen with a built-in method
        bodies.append(response)

    page.on("response", note)
    about = str(page.get_attribute("main a[href*='/about']", "href"))
    page.goto(about.partition("/about")[0] + "/contest/1")
    page.wait_for_load_state("networkidle")
    # The worker comes from the cache of the start page: count it like a first visit.
    worker = page.request.get(str(page.get_attribute("meta[name=teg-worker]", "content")))
    known = {response.url: len(response.body()) for response in bodies}
    known[worker.url] = len(worker.body())
    page.check("#choice-for")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/check*")
    return sum(known.values())


def measure_voting_page(times: int = 20) -> list[tuple[str, str]]:
    """Rows of what and how much."""
    with demonstration() as link, sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        page = browser.new_context(base_url=link.partition("/en/")[0]).new_page()
        weight = go_to_check(page, link)
        plain = page.evaluate(_SEAL, times)
        browser.close()
    return [
        ("the voting page with all it loads", f"{weight:,} bytes"),
        ("sealing a motion in Chromium: first, then median", _say(plain)),
    ]


def _say(taken: list[float]) -> str:
    return f"{taken[0]:.0f} ms, {statistics.median(taken[1:]):.0f} ms"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(dict(measure_voting_page()), indent=1) + "\n")
