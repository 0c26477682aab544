"""The whole application on a real port, before made-up co-operatives."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.web.cooperative import Cooperative, found
from tests.web.serving import Answer, get, post, send, serving
from web.app import build_app
from web.assets import Asset, Assets

TOKEN = "a-token-that-only-the-operator-knows"
JSON = "Content-Type: application/json"

# The build is another matter: here a page needs only names to point at.
ASSETS = Assets(
    {name: name for name in ("page.js", "worker.js", "page.css")},
    {
        name: Asset(name, b"/* built elsewhere */", None, "text/javascript")
        for name in ("page.js", "worker.js", "page.css")
    },
)


@dataclass
class Site:
    """A co-operative and the port at which it is served."""

    coop: Cooperative
    port: int

    def get(self, path: str, *headers: str) -> Answer:
        return get(self.port, path, *headers)

    def post(self, path: str, body: bytes, *headers: str) -> Answer:
        return post(self.port, path, body, *headers)

    def send(self, method: str, path: str, body: bytes, *headers: str) -> Answer:
        length = f"Content-Length: {len(body)}"
        return send(self.port, method, path, body, length, *headers)

    def cast(self, college: str, raw: bytes) -> Answer:
        return self.post(f"/api/boxes/{self.coop.box(college)}/ballots", raw, JSON)


def error_of(answer: Answer) -> tuple[int, str]:
    """The status and the code of a refusal."""
    return answer.status, json.loads(answer.body)["error"]


Opener = Callable[..., Site]


@pytest.fixture
def site_of(tmp_path: Path) -> Iterator[Opener]:
    """Serves co-operatives with the settings that a test wants."""
    with ExitStack() as stack:

        def serve(**settings: Any) -> Site:
            settings.setdefault("operator_token", TOKEN)
            coop = found(tmp_path / "data", colleges=None, **settings)
            stack.callback(coop.service.close)
            port = stack.enter_context(serving(build_app(coop.service, assets=ASSETS)))
            return Site(coop, port)

        yield serve


@pytest.fixture
def site(site_of: Opener) -> Site:
    """A co-operative with an open election, served."""
    opened = site_of()
    opened.coop.open()
    return opened


@pytest.fixture(scope="module")
def steady_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One for all tests of a module that change nothing."""
    coop = found(tmp_path_factory.mktemp("steady") / "data", operator_token=TOKEN)
    coop.open()
    coop.vote("supported", 1, "for")
    coop.service.keeper.publish()
    with serving(build_app(coop.service, assets=ASSETS)) as port:
        yield Site(coop, port)
    coop.service.close()
