"""What a voter's device must load and work: bytes of the voting page, seconds of sealing.

Measured in the tests' own browser on a demonstration that is started for it.
"""

import json
import statistics
import sys

from playwright.sync_api import Page, Response, sync_playwright

from tests.browser import launch
from tests.demonstration import running_demo

# Sealing alone, in a worker that is warm, without sending: milliseconds of each ballot.
_SEAL = """async (times) => {
  const place = document.querySelector('[data-teg-check]').dataset;
  const kept = (id) => sessionStorage.getItem('teg.choice.' + place.election + '.' + id);
  const choices = JSON.parse(place.contests).map((id) =>
    kept(id).startsWith('[') ? JSON.parse(kept(id)) : kept(id));
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
      publicCredential: place.publicCredential, choices } });
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
    while "/contest/" in page.url:
        # Not to choose is an answer to every question.
        page.check("#choice-blank")
        page.get_by_role("button", name="Continue").click()
        page.wait_for_load_state()
    page.wait_for_url("**/check*")
    return sum(known.values())


def measure_voting_page(times: int = 20) -> list[tuple[str, str]]:
    """Rows of what and how much."""
    with running_demo() as demo, sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        page = browser.new_context(base_url=demo.url).new_page()
        weight = go_to_check(page, demo.link(demo.members[0]))
        plain = page.evaluate(_SEAL, times)
        browser.close()
    return [
        ("the voting page with all it loads", f"{weight:,} bytes"),
        ("sealing the demonstration's ballot in Chromium: first, then median", _say(plain)),
    ]


def _say(taken: list[float]) -> str:
    return f"{taken[0]:.0f} ms, {statistics.median(taken[1:]):.0f} ms"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(dict(measure_voting_page()), indent=1) + "\n")
