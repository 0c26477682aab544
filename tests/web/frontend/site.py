"""A small site with every hook of the page scripts, under the service's own headers.

It stands in for the service, so that a test can make it fail at a chosen moment; ballots and
shares that reach it are kept as they came.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from ballots.ballot import tracker
from ballots.encoding import hex_digest
from tests.web.frontend.elections import PUBLIC, UUID, make_election
from tests.web.frontend.node import built
from tests.web.frontend.site_pages import EVERY, PAGES, TRUSTEE_PAGES, check_page, done_page
from tests.web.serving import serving
from web.assets import load_assets, serve_assets
from web.security_headers import SecurityHeaders

ELECTION = make_election()
OBJECTS = {hex_digest(election.raw): election.raw for election in (ELECTION, EVERY)}

Answer = Callable[[bytes], Response]


def accept(raw: bytes) -> Response:
    """The answer to a ballot that was put in the box."""
    return JSONResponse({"tracker": tracker(raw), "box": UUID}, 201)


def refuse(status: int, code: str) -> Answer:
    """The answer to a ballot that was not."""
    return lambda _raw: JSONResponse({"error": code}, status)


@dataclass(slots=True)
class Site:
    """What the site does and what came to it.

    Attributes:
        root: its address.
        answers: how the next ballots are answered; then they are accepted.
        objects: what is handed out under /objects/, by digest.
        ballots: bodies that were posted to the box.
        forms: forms that were posted, with their path.
        asked: every path and query that was asked for.
        trustee: what the trustee's pages are given.
        public: the credential that the service knows for this member.
    """

    root: str
    answers: list[Answer] = field(default_factory=list)
    objects: dict[str, bytes] = field(default_factory=lambda: dict(OBJECTS))
    ballots: list[bytes] = field(default_factory=list)
    forms: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    trustee: dict[str, object] = field(default_factory=dict)
    public: str = PUBLIC

    def begin_anew(self) -> None:
        """Forget whatever a test has told it, and what came to it."""
        fresh = Site(root=self.root)
        for one in fields(self):
            setattr(self, one.name, getattr(fresh, one.name))


@contextmanager
def running() -> Iterator[Site]:
    """The site on a free port."""
    built("page.js")
    site = Site(root="")
    app = Starlette(
        routes=[
            Route("/assets/{name:path}", serve_assets(load_assets(built("page.js").parent))),
            Route("/objects/{digest}", _object(site)),
            Route("/api/box", _cast(site), methods=["POST"]),
            Route("/{page}", _page(site), methods=["GET", "POST"]),
        ]
    )
    with serving(SecurityHeaders(app, secure=False)) as port:
        site.root = f"http://127.0.0.1:{port}"
        yield site


def _object(site: Site) -> Callable[[Request], Response]:
    return lambda request: Response(site.objects[request.path_params["digest"]])


def _cast(site: Site) -> Callable[[Request], Awaitable[Response]]:
    async def cast(request: Request) -> Response:
        raw = await request.body()
        site.ballots.append(raw)
        return (site.answers.pop(0) if site.answers else accept)(raw)

    return cast


def _page(site: Site) -> Callable[[Request], Awaitable[Response]]:
    async def page(request: Request) -> Response:
        name = request.path_params["page"]
        site.asked.append(str(request.url))
        if request.method == "POST":
            site.forms.append(
                (name, dict(parse_qsl((await request.body()).decode(), keep_blank_values=True)))
            )
        return HTMLResponse(_frame(name, _content(site, name)))

    return page


def _content(site: Site, name: str) -> str:
    if name in TRUSTEE_PAGES:
        return TRUSTEE_PAGES[name](site.trustee)
    if name in PAGES:
        return PAGES[name]
    if name == "done":
        return done_page(tracker(site.ballots[-1]) if site.ballots else "none")
    return check_page(EVERY if name == "check-every" else ELECTION, site.public)


def _frame(name: str, content: str) -> str:
    assets = load_assets(built("page.js").parent)
    more = (
        f"""<meta name="teg-trustee-worker" content="{assets.url("trustee-worker.js")}">
<script type="module" src="{assets.url("trustee.js")}"></script>"""
        if name in TRUSTEE_PAGES
        else ""
    )
    return f"""<!DOCTYPE html>
<html lang="en" class="govuk-template"><head><meta charset="utf-8"><title>{name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="teg-worker" content="{assets.url("worker.js")}"><link rel="icon" href="data:,">
<link rel="stylesheet" href="{assets.url("page.css")}">
<script type="module" src="{assets.url("page.js")}"></script>{more}</head>
<body class="govuk-template__body"><a href="#main-content-of-page" class="govuk-skip-link">Skip</a>
<header class="teg-header"><div class="govuk-width-container teg-header__row">
<a class="teg-header__name" href="/other">Example Co-operative</a>
<a class="teg-header__language" href="/{name}" lang="cy" hreflang="cy">Cymraeg</a></div></header>
<div class="govuk-width-container"><main class="govuk-main-wrapper" id="main-content-of-page">
<div class="teg-column"><h1 class="govuk-heading-l">{name}</h1>{content}</div></main></div>
</body></html>"""
