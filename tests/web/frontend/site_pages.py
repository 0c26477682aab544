"""What the pages of the tests' small site hold: every hook of the page scripts."""

import json
from collections.abc import Callable, Mapping
from html import escape

from ballots.election import Election, Question, ShuffledQuestion
from ballots.encoding import hex_digest
from tests.web.frontend.elections import MOTION, UUID, make_election

NAMES = ("Ann Example", "Bob Example", "Cai Example", "Dee Example")
GRADES = ("Good", "Fair", "Poor")
MOST, TOP = 2, 3

FORMS = ("motion", "one", "several", "approval", "ranked", "scored", "graded")
"""In the order of their contests, which are numbered from 1."""

EVERY = make_election(
    MOTION,
    Question("One", NAMES, 1, 1, blank=True),
    Question("Several", NAMES, 1, MOST, blank=True),
    Question("Approval", NAMES, 1, len(NAMES), blank=True),
    ShuffledQuestion("Ranked", NAMES, '{"method":"STV","blank":true,"seats":2}'),
    ShuffledQuestion("Scored", NAMES),
    ShuffledQuestion("Graded", NAMES),
)

_START = """
<div class="teg-notice" data-teg-no-secret role="alert" hidden>
<p class="govuk-body">No link</p></div>
<form data-teg-start method="post" action="/begun" novalidate>
<input type="hidden" name="code" value="">
<button class="govuk-button" type="submit" disabled>Start</button></form>
<p class="govuk-body" data-teg-needs-script>This browser cannot open your link.</p>"""


# --- choosing ---------------------------------------------------------------------------


def _control(kind: str, name: str, value: str, words: str, identifier: str = "") -> str:
    identifier = identifier or f"{name}-{value}"
    return f"""<div class="govuk-{kind}__item teg-choice">
<input class="govuk-{kind}__input" id="{identifier}" name="{name}"
 type="{"radio" if kind == "radios" else "checkbox"}" value="{value}">
<label class="govuk-label govuk-{kind}__label teg-choice__label" for="{identifier}">
<span>{words}</span></label></div>"""


_BLANK = _control("checkboxes", "blank", "blank", "I do not choose")


def _radios(values: list[tuple[str, str]]) -> str:
    controls = "".join([_control("radios", "choice", value, words) for value, words in values])
    return f'<div class="govuk-radios teg-choices">{controls}</div>'


def _boxes() -> str:
    controls = [_control("checkboxes", "option", f"{n}", name) for n, name in _OPTIONS]
    return f'<div class="govuk-checkboxes teg-choices">{"".join(controls)}{_BLANK}</div>'


_OPTIONS = list(enumerate(NAMES, 1))


def _ranks() -> str:
    controls = [
        f"""<div class="teg-option"><label class="govuk-label" for="rank-{n}">{name}</label>
<input class="govuk-input teg-number" id="rank-{n}" name="rank-{n}" inputmode="numeric">
<button class="govuk-button" type="button" data-teg-higher="{n}">Higher: {name}</button>
<button class="govuk-button" type="button" data-teg-lower="{n}">Lower: {name}</button></div>"""
        for n, name in _OPTIONS
    ]
    return f'{"".join(controls)}<div class="govuk-checkboxes teg-choices">{_BLANK}</div>'


def _marks(words: dict[int, str]) -> str:
    options = []
    for n, name in _OPTIONS:
        marks = [
            _control("radios", f"mark-{n}", f"{mark}", f"{name}: {said}")
            for mark, said in words.items()
        ]
        options.append(f'<div class="govuk-radios teg-choices">{"".join(marks)}</div>')
    return f'{"".join(options)}<div class="govuk-checkboxes teg-choices">{_BLANK}</div>'


_CONTROLS = {
    "motion": _radios([("for", "For"), ("against", "Against"), ("blank", "I do not choose")]),
    "one": _radios([*[(f"{n}", name) for n, name in _OPTIONS], ("blank", "I do not choose")]),
    "several": _boxes(),
    "approval": _boxes(),
    "ranked": _ranks(),
    "scored": _marks({mark: f"{mark}" for mark in range(TOP + 1)}),
    "graded": _marks(dict(enumerate(GRADES, 1))),
}

_FAULTS = {
    "none": "data-teg-none",
    "too many": "data-teg-too-many",
    "blank too": "data-teg-blank-too",
    "gap": 'data-teg-rank-error="gap"',
    "repeat": 'data-teg-rank-error="repeat"',
    "no number": 'data-teg-rank-error="not-a-number"',
}


def _faults(tag: str, names: list[str], link: str = "") -> str:
    begin, end = (f'<a href="#{link}">', "</a>") if link else ("", "")
    return "".join(
        [f"<{tag} {_FAULTS[name]} hidden>{begin}{tag} {name}{end}</{tag}>" for name in names]
    )


def choose_page(form: str, contest: int, following: str) -> str:
    """The page of one contest."""
    controls = _CONTROLS[form]
    first = controls.split('id="')[1].split('"')[0]
    return f"""
<div data-teg-choose data-form="{form}" data-election="election-1" data-contest="{contest}"
 data-options="{len(NAMES)}" data-most="{MOST if form == "several" else ""}" data-top="{TOP}"
 data-grades="{len(GRADES)}" data-next="{following}" data-error-title="Error: choose">
<div class="govuk-error-summary" data-teg-error tabindex="-1" hidden>
<h2 class="govuk-error-summary__title">There is a problem</h2>
<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">
{_faults("li", list(_FAULTS), first)}</ul></div></div>
<div class="govuk-form-group">
<fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend">Shall we?</legend>
<p class="govuk-error-message" id="choice-error" data-teg-field-error hidden>
{_faults("span", list(_FAULTS))}</p>{controls}</fieldset></div>
<p class="govuk-body" data-teg-count data-words="You chose {{n}}." role="status"></p>
<div role="status">{_faults("b", ["too many", "blank too"])}
<b data-teg-left-out hidden>b left out</b></div>
<p class="govuk-body" data-teg-moved data-none="no number" role="status"></p>
<button class="govuk-button" type="button" data-teg-clear>Begin again</button>
<button class="govuk-button" type="button" data-teg-continue>Continue</button></div>"""


# --- checking and sending ---------------------------------------------------------------


def check_page(election: Election, public: str) -> str:
    """The page on which all choices of an election are shown, and sent."""
    contests = [f"{n}" for n, _ in enumerate(election.questions, 1)]
    answers = "".join([_answer(n, form) for n, form in zip(contests, FORMS, strict=False)])
    states = "".join(
        f'<span data-state="{state}" hidden>state {state}</span>'
        for state in ("working", "retry", "closed", "refused", "wrong-device")
    )
    return f"""
<div data-teg-check data-election="election-1" data-college-box="{UUID}"
 data-election-object="{hex_digest(election.raw)}"
 data-contests="{escape(json.dumps(contests))}" data-public-credential="{public}"
 data-post="/api/box" data-done="/done">{answers}
<button class="govuk-button" type="button" data-teg-send>Send my vote</button>
<div class="teg-status" data-teg-status role="status">{states}</div></div>"""


def _answer(contest: str, form: str) -> str:
    choices = ("for", "against", "blank", "none") if form == "motion" else ("blank", "none")
    words = "".join(
        f'<span data-choice="{choice}" hidden>you said {choice}</span>' for choice in choices
    )
    number = " <i data-number></i>" if form in ("ranked", "scored", "graded") else ""
    options = "".join(
        [f'<li data-option="{n}" hidden>{name}{number}</li>' for n, name in _OPTIONS]
        if form != "motion"
        else []
    )
    grades = f' data-grades="{escape(json.dumps(GRADES))}"' if form == "graded" else ""
    return f"""<div class="teg-answer" data-teg-answer="{contest}" data-form="{form}"{grades}>
{options and f"<ul>{options}</ul>"}{words}</div>"""


def done_page(shown: str) -> str:
    """The page after a ballot was sent, with the tracker it speaks of."""
    return f"""
<p class="teg-tracker" data-teg-tracker="{shown}" data-college-box="{UUID}">
<code class="teg-code">{shown}</code></p>
<p class="govuk-body" data-teg-tracker-differs hidden>This is not the ballot you sent</p>"""


# --- trustees ---------------------------------------------------------------------------


def _states(*names: str) -> str:
    said = "".join([f'<span data-state="{name}" hidden>state {name}</span>' for name in names])
    return f'<div data-teg-status role="status">{said}</div>'


def _key_page(kind: str, fields: tuple[str, ...], file: str, more: str = "") -> str:
    hidden = "".join([f'<input type="hidden" name="{name}" value="">' for name in fields])
    links, proofs = (
        "".join([part.format(n=n) for n in (1, 2)])
        for part in (
            """<a class="govuk-button" role="button" data-teg-download="{n}" hidden download>
Save copy {n}</a>""",
            """<label class="govuk-label" for="proof-{n}">The saved copy {n}</label>
<input class="govuk-file-upload" id="proof-{n}" type="file" data-teg-proof-file="{n}">""",
        )
    )
    return f"""
<div data-teg-make-key data-kind="{kind}" data-name="Example Trustee 1" data-file="{file}" {more}>
<button class="govuk-button" type="button" data-teg-make>Make my key</button>{links}
<form data-teg-key-form method="post" action="/given" hidden novalidate>{hidden}{proofs}
<button class="govuk-button" type="submit" disabled>Send the public half</button></form>
{_states("working", "made", "proved-one", "proved", "wrong-file", "failed")}</div>"""


def _certificate_page(given: Mapping[str, object]) -> str:
    seat = escape(json.dumps(given["context"]))
    more = f'data-election="{UUID}" data-context="{seat}"'
    return _key_page("threshold", ("certificate", "commitment"), "teg-key-example-1.key", more)


def _act_page(
    hook: str, field: str, data: str, *states: str, key: bool = True
) -> Callable[[Mapping[str, object]], str]:
    chosen = """<label class="govuk-label" for="key">Your key</label>
<input class="govuk-file-upload" id="key" type="file" data-teg-key-file>"""

    def page(given: Mapping[str, object]) -> str:
        # As in HTML: an end tag inside the JSON must not end it.
        text = json.dumps(given).replace("<", "\\u003c")
        return f"""
<form {hook} method="post" action="/given" novalidate>
<input type="hidden" name="{field}" value="">{chosen if key else ""}
<button class="govuk-button" type="button" data-teg-give>Give</button>
<progress class="teg-progress" aria-label="Done" value="0" max="1"></progress>
{_states("working", *states, "failed")}
<p class="govuk-body">It was trustee <b data-teg-sender></b></p>
<script type="application/json" {data}>{text}</script></form>"""

    return page


TRUSTEE_PAGES: dict[str, Callable[[Mapping[str, object]], str]] = {
    "key": lambda _given: _key_page("single", ("public_key",), "teg-key-example-1.privkey"),
    "certificate": _certificate_page,
    "polynomial": _act_page(
        "data-teg-make-polynomial", "polynomial", "data-teg-ceremony", "wrong-file"
    ),
    "verification-key": _act_page(
        "data-teg-make-verification-key",
        "key",
        "data-teg-ceremony",
        *("wrong-file", "bad-secret", "not-committed"),
    ),
    "open": _act_page("data-teg-open-tally", "shares", "data-teg-tally", "wrong-file"),
    "shuffle": _act_page("data-teg-shuffle", "shuffles", "data-teg-tally", key=False),
}


# --- what every page may have -----------------------------------------------------------

_FORM = """
<div class="govuk-error-summary" data-teg-focus tabindex="-1"><div role="alert">
<h2 class="govuk-error-summary__title">There is a problem</h2>
<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">
<li><a href="#name">Type a name</a></li></ul></div></div></div>
<form method="post" action="/given" novalidate><label class="govuk-label" for="name">Name</label>
<input class="govuk-input" id="name" name="name"><button class="govuk-button">Save</button></form>
<form method="post" action="/given" data-teg-leave novalidate>
<button class="govuk-button govuk-button--secondary">Leave</button></form>
<button class="govuk-button" type="button" data-teg-print hidden>Print</button>"""


def _parts() -> str:
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


PAGES = {
    "start": _START,
    **{
        f"choose-{form}": choose_page(form, contest, "/check-every")
        for contest, form in enumerate(FORMS, 1)
    },
    "choose": choose_page("motion", 1, "/check"),
    "form": _FORM,
    "parts": _parts(),
    "begun": "<p class='govuk-body'>begun</p>",
    "given": "<p class='govuk-body'>given</p>",
    "other": "<p class='govuk-body'>other</p>",
}
