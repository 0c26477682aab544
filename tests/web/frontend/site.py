"""A small site with every hook of the page scripts, under the service's own headers.

It stands in for the service, so that a test can make it fail at a chosen moment; ballots and
shares that reach it are kept as they came.
"""

import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from ballots.ballot import tracker
from ballots.encoding import hex_digest
from tests.web.frontend.elections import PUBLIC, UUID, make_election
from tests.web.frontend.node import built
from tests.web.serving import serving
from web.assets import load_assets, serve_assets
from web.security_headers import SecurityHeaders

ELECTION = make_election()

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
        answers: how the next ballots are answered; then they are accepted.
        objects: what is handed out under /objects/, by digest.
        ballots: bodies that were posted to the box.
        forms: forms that were posted, with their path.
        asked: every path and query that was asked for.
        tally: what the trustee's page is given.
        public: the credential that the service knows for this member.
    """

    answers: list[Answer] = field(default_factory=list)
    objects: dict[str, bytes] = field(default_factory=dict)
    ballots: list[bytes] = field(default_factory=list)
    forms: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    tally: dict[str, object] = field(default_factory=dict)
    public: str = PUBLIC
    root: str = ""


@contextmanager
def running() -> Iterator[Site]:
    """The site on a free port."""
    built("page.js")
    site = Site(objects={hex_digest(ELECTION.raw): ELECTION.raw})
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
        return HTMLResponse(_frame(name, PAGES[name](site)))

    return page


def _frame(name: str, content: str) -> str:
    assets = load_assets(built("page.js").parent)
    return f"""<!DOCTYPE html>
<html lang="en" class="govuk-template"><head><meta charset="utf-8"><title>{name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="teg-worker" content="{assets.url("worker.js")}"><link rel="icon" href="data:,">
<link rel="stylesheet" href="{assets.url("page.css")}">
<script type="module" src="{assets.url("page.js")}"></script></head>
<body class="govuk-template__body"><a href="#main-content-of-page" class="govuk-skip-link">Skip</a>
<header class="teg-header"><div class="govuk-width-container teg-header__row">
<a class="teg-header__name" href="/other">Example Co-operative</a>
<a class="teg-header__language" href="/{name}" lang="cy" hreflang="cy">Cymraeg</a></div></header>
<div class="govuk-width-container"><main class="govuk-main-wrapper" id="main-content-of-page">
<div class="teg-column"><h1 class="govuk-heading-l">{name}</h1>{content}</div></main></div>
</body></html>"""


def _start(_site: Site) -> str:
    return """
<div class="teg-notice" data-teg-no-secret role="alert" hidden>
<p class="govuk-body">No link</p></div>
<form data-teg-start method="post" action="/begun" novalidate>
<input type="hidden" name="code" value="">
<button class="govuk-button" type="submit" disabled>Start</button></form>
<p class="govuk-body" data-teg-needs-script>This browser cannot open your link.</p>"""


def _choose(_site: Site) -> str:
    radios = "".join(
        f"""<div class="govuk-radios__item teg-choice">
<input class="govuk-radios__input" id="choice-{value}" name="choice" type="radio" value="{value}">
<label class="govuk-label govuk-radios__label teg-choice__label" for="choice-{value}">
<span>{words}</span></label></div>"""
        for value, words in [("for", "For"), ("against", "Against"), ("blank", "I do not choose")]
    )
    return f"""
<div data-teg-choose data-election="election-1" data-contest="1" data-next="/check"
 data-error-title="Error: choose">
<div class="govuk-error-summary" data-teg-error tabindex="-1" hidden>
<h2 class="govuk-error-summary__title">There is a problem</h2>
<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">
<li><a href="#choice-for">Choose one of the 3 answers</a></li></ul></div></div>
<fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend">Shall we?</legend>
<div class="govuk-radios teg-choices">{radios}</div></fieldset>
<button class="govuk-button" type="button" data-teg-continue>Continue</button></div>"""


def _check(site: Site) -> str:
    words = "".join(
        f'<span data-choice="{choice}" hidden>you said {choice}</span>'
        for choice in ("for", "against", "blank", "none")
    )
    states = "".join(
        f'<span data-state="{state}" hidden>state {state}</span>'
        for state in ("working", "retry", "closed", "refused", "wrong-device")
    )
    return f"""
<div data-teg-check data-election="election-1" data-college-box="{UUID}"
 data-election-object="{hex_digest(ELECTION.raw)}" data-contests="[&quot;1&quot;]"
 data-public-credential="{site.public}" data-post="/api/box" data-done="/done">
<div class="teg-answer"><p class="teg-answer__words" data-teg-answer="1">{words}</p></div>
<button class="govuk-button" type="button" data-teg-send>Send my vote</button>
<div class="teg-status" data-teg-status role="status">{states}</div></div>"""


def _done(site: Site) -> str:
    shown = tracker(site.ballots[-1]) if site.ballots else "none"
    return f"""
<p class="teg-tracker" data-teg-tracker="{shown}" data-college-box="{UUID}">
<code class="teg-code">{shown}</code></p>
<p class="govuk-body" data-teg-tracker-differs hidden>This is not the ballot you sent</p>"""


def _key(_site: Site) -> str:
    return """
<div data-teg-make-key data-name="Example Trustee 1" data-file="teg-key-example-1.privkey">
<button class="govuk-button" type="button" data-teg-make>Make my key</button>
<a class="govuk-button" role="button" data-teg-download hidden download>Save</a>
<form data-teg-key-form method="post" action="/given" hidden novalidate>
<input type="hidden" name="public_key" value="">
<label class="govuk-label" for="proof">The saved file</label>
<input class="govuk-file-upload" id="proof" type="file" data-teg-proof-file>
<button class="govuk-button" type="submit" disabled>Send the public half</button></form>
<div data-teg-status role="status"><span data-state="made" hidden>made</span>
<span data-state="proved" hidden>proved</span><span data-state="wrong-file" hidden>wrong file</span>
<span data-state="failed" hidden>failed</span></div></div>"""


def _open(site: Site) -> str:
    tally = escape(json.dumps(site.tally), quote=False)
    return f"""
<form data-teg-open-tally method="post" action="/given" novalidate>
<input type="hidden" name="shares" value="">
<label class="govuk-label" for="key">Your key</label>
<input class="govuk-file-upload" id="key" type="file" data-teg-key-file>
<button class="govuk-button" type="button" data-teg-give>Give my share</button>
<div data-teg-status role="status"><progress aria-label="Done" value="0" max="1"></progress>
<span data-state="working" hidden>working</span><span data-state="wrong-file" hidden>wrong</span>
<span data-state="failed" hidden>failed</span></div>
<script type="application/json" data-teg-tally>{tally}</script></form>"""


def _form(_site: Site) -> str:
    return """
<div class="govuk-error-summary" data-teg-focus tabindex="-1"><div role="alert">
<h2 class="govuk-error-summary__title">There is a problem</h2>
<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">
<li><a href="#name">Type a name</a></li></ul></div></div></div>
<form method="post" action="/given" novalidate><label class="govuk-label" for="name">Name</label>
<input class="govuk-input" id="name" name="name"><button class="govuk-button">Save</button></form>
<form method="post" action="/given" data-teg-leave novalidate>
<button class="govuk-button govuk-button--secondary">Leave</button></form>
<button class="govuk-button" type="button" data-teg-print hidden>Print</button>"""


def _parts(_site: Site) -> str:
    tags = "".join(
        f'<strong class="govuk-tag {colour and "govuk-tag--" + colour}">Sent</strong> '
        for colour in ("", "grey", "green", "blue", "red", "yellow")
    )
    return f"""
<div class="govuk-panel govuk-panel--confirmation"><h2 class="govuk-panel__title">In the box</h2>
<div class="govuk-panel__body">Thank you</div></div>
<section class="govuk-notification-banner" aria-labelledby="banner">
<div class="govuk-notification-banner__header">
<h2 class="govuk-notification-banner__title" id="banner">Important</h2></div>
<div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading">
Voting closes <a class="govuk-notification-banner__link" href="/other">soon</a></p></div></section>
<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>
<strong class="govuk-warning-text__text">This cannot be undone</strong></div>
<p class="govuk-body">{tags}</p>
<ul class="govuk-task-list"><li class="govuk-task-list__item govuk-task-list__item--with-link">
<div class="govuk-task-list__name-and-hint">
<a class="govuk-link govuk-task-list__link" href="/other">Read</a>
<div class="govuk-task-list__hint">About two minutes</div></div>
<div class="govuk-task-list__status">Not started</div></li></ul>
<dl class="govuk-summary-list"><div class="govuk-summary-list__row">
<dt class="govuk-summary-list__key">Key</dt><dd class="govuk-summary-list__value">
<code class="teg-long">{"0123456789abcdef" * 8}</code></dd></div></dl>
<div class="teg-scroll" role="region" tabindex="0" aria-label="Turnout">
<table class="govuk-table">
<caption class="govuk-table__caption govuk-table__caption--s">Turnout</caption>
<thead><tr><th scope="col" class="govuk-table__header">College</th>
<th scope="col" class="govuk-table__header govuk-table__header--numeric">Members</th></tr></thead>
<tbody><tr><th scope="row" class="govuk-table__header">People we support</th>
<td class="govuk-table__cell govuk-table__cell--numeric">12</td></tr></tbody></table></div>
<figure class="teg-figure"><p class="govuk-body teg-bar-label">People we support: 4 of 12</p>
<svg class="teg-bar" width="100%" height="28" aria-hidden="true" focusable="false">
<rect x="0" y="2" width="33%" height="24" fill="currentColor"/></svg></figure>
<details class="govuk-details" open><summary class="govuk-details__summary">
<span class="govuk-details__summary-text">More</span></summary>
<div class="govuk-details__text">More of it</div></details>
<div class="govuk-inset-text">Set in</div><div class="teg-notice teg-notice--good">
<p class="govuk-body">It <a class="govuk-link" href="/other">counts</a></p></div>
<div class="teg-card"><p class="govuk-body teg-fact">A fact</p></div>
<pre class="teg-command" tabindex="0"><code>teg verify</code></pre>
<div class="govuk-form-group govuk-form-group--error">
<label class="govuk-label" for="few">Few</label>
<div class="govuk-hint" id="few-hint">A hint</div>
<p class="govuk-error-message" id="few-error">Type a few</p>
<textarea class="govuk-textarea" id="few" aria-describedby="few-hint few-error"></textarea></div>
<button class="govuk-button govuk-button--warning" type="button">Call off</button>
<button class="govuk-button" type="button" disabled>Not yet</button>"""


PAGES: dict[str, Callable[[Site], str]] = {
    "start": _start,
    "choose": _choose,
    "check": _check,
    "done": _done,
    "key": _key,
    "open": _open,
    "form": _form,
    "parts": _parts,
    "begun": lambda _site: "<p class='govuk-body'>begun</p>",
    "given": lambda _site: "<p class='govuk-body'>given</p>",
    "other": lambda _site: "<p class='govuk-body'>other</p>",
}
