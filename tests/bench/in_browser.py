"""What browsers work at in an election with many options: sealing one ballot, shuffling a box.

Measured in the tests' own browser, on the built workers, under the service's own headers; the
same in Python beside it.
"""

import hashlib
import json
import os
import statistics
import sys
import time
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import sync_playwright

from ballots.election import Election, Question, ShuffledQuestion
from ballots.group import BASE, Row, combine, embed_numbers, random_scalar
from ballots.mixing import shuffle_tally
from ballots.proofs import pair_points
from ballots.sealing import seal_ballot
from ballots.tally import format_counts
from tests.browser import launch
from tests.web.frontend.elections import CREDENTIAL, PUBLIC, make_election
from tests.web.frontend.node import built
from tests.web.frontend.site import running

OPTIONS = tuple(f"Option {number}" for number in range(1, 11))
ONE = make_election(Question("Who shall chair?", OPTIONS, 1, 1, blank=True))
RANKED = make_election(ShuffledQuestion("Rank the ten", OPTIONS))

# Requests one after the other, in one worker: milliseconds of each.
_WORK = """async ([name, requests]) => {
  const worker = new Worker('/assets/' + name, { type: 'module' });
  const taken = [];
  for (const { id, task, takes } of requests) {
    const raw = new TextEncoder().encode(takes.election);
    const request = { id, task, takes: task === 'seal' ? { ...takes, election: raw } : takes };
    const began = performance.now();
    await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => {
        if ('error' in data) reject(new Error(data.error));
        else if ('gives' in data) resolve();
      };
      worker.postMessage(request);
    });
    taken.push(performance.now() - began);
  }
  worker.terminate();
  return taken;
}"""


def ranked_tally(count: int) -> bytes:
    """The encrypted tally of so many ranked ballots, without the ballots."""
    rows: list[Row] = []
    for voter in range(count):
        ranks = [(option + voter) % len(OPTIONS) + 1 for option in range(len(OPTIONS))]
        nonce = random_scalar(os.urandom)
        rows += [[(BASE, nonce)], [(RANKED.key, nonce), (embed_numbers(ranks), 1)]]
    row = sorted(pair_points(combine(rows)), key=lambda one: one.alpha + one.beta)
    return format_counts(RANKED, (tuple(row),))


def _seal(election: Election, vote: Sequence[int]) -> dict[str, Any]:
    takes = {
        "box": election.uuid,
        "election": election.raw.decode(),
        "sha256": hashlib.sha256(election.raw).hexdigest(),
        "credential": CREDENTIAL,
        "publicCredential": PUBLIC,
        "choices": [vote],
    }
    return {"id": 1, "task": "seal", "takes": takes}


def _shuffle(tally: bytes) -> dict[str, Any]:
    box = {
        "box": RANKED.uuid,
        "election": RANKED.raw.decode(),
        "encrypted_tally": tally.decode(),
    }
    return {"id": 1, "task": "shuffle", "takes": {"boxes": [box]}}


def measure_in_browser(ballots: int = 500, times: int = 20) -> list[tuple[str, str]]:
    """Rows of what and how long."""
    chosen, ranks = [0, 1] + [0] * 9, list(range(1, 11))
    tally = ranked_tally(ballots)
    with running() as site, sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        page = browser.new_page()
        page.goto(f"{site.root}/other")

        def work(script: str, requests: Sequence[dict[str, Any]]) -> list[float]:
            taken: list[float] = page.evaluate(_WORK, [built(script).name, requests])
            return taken

        one = work("worker.js", [_seal(ONE, chosen)] * times)
        ranked = work("worker.js", [_seal(RANKED, ranks)] * times)
        shuffled = work("trustee-worker.js", [_shuffle(tally)])[0]
        browser.close()
    return [
        ("sealing one of 10 options", _compare(one, ONE, chosen)),
        ("sealing a ranking of 10 options", _compare(ranked, RANKED, ranks)),
        (
            f"shuffling {ballots} ranked ballots",
            f"Chromium {shuffled / 1000:.1f} s; Python {_time_shuffle(tally):.1f} s",
        ),
    ]


def _compare(taken: Sequence[float], election: Election, vote: Sequence[int]) -> str:
    python: list[float] = []
    for _ in taken:
        began = time.perf_counter()
        seal_ballot(election, CREDENTIAL, [vote], os.urandom)
        python.append(1000 * (time.perf_counter() - began))
    return (
        f"Chromium {statistics.median(taken[1:]):.0f} ms (the first {taken[0]:.0f} ms); "
        f"Python {statistics.median(python):.0f} ms"
    )


def _time_shuffle(tally: bytes) -> float:
    began = time.perf_counter()
    shuffle_tally(RANKED, tally, os.urandom)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.stdout.write(json.dumps(dict(measure_in_browser()), indent=1) + "\n")
