"""Start: the personal link leads here.

The link's secret is in its fragment, which browsers do not send. Opening the page
changes nothing, so that a mail scanner can neither use a link up nor start a vote; the
page's script derives a code from the secret and posts only that.

Source: design 8, section 0, decision 8; design 2, "The personal link".
"""

import re
from typing import Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import declare
from web.actions.sign_in import sign_in, sign_out
from web.errors import UnknownCodeError
from web.pages.problems import Problem
from web.pages.public.blueprint import blueprint, the_service
from web.pages.sessions import current_session

_CODE: Final = re.compile(r"[0-9a-f]{64}")
# Addresses, not endpoints: officers' and trustees' pages are their own blueprints' matter.
_FIRST_PAGES: Final = {"member": "vote", "officer": "officer", "trustee": "trustee"}


@blueprint.get("/start")
@declare("public")
def start() -> ResponseReturnValue:
    """Ask whether it is really a person who came."""
    return render_template("public/start.html")


@blueprint.post("/start")
@declare("public")
def begin() -> ResponseReturnValue:
    """Sign in with the code that the page's script derived from the link."""
    code = request.form.get("code", "")
    if not _CODE.fullmatch(code):
        raise Problem("no-code", 400)
    service = the_service()
    try:
        signed_in = sign_in(service, code)
    except UnknownCodeError:
        raise Problem("unknown-link", 403) from None
    session = current_session()
    if session.person is not None:
        sign_out(service, session.token)
    session.become(signed_in.session_token)
    # 303: reloading the page that follows must not post the code again.
    return redirect(url_for("public.home") + _FIRST_PAGES[signed_in.role], 303)


@blueprint.post("/leave")
@declare("public")
def leave() -> ResponseReturnValue:
    """End the session; the browser gets a new id that belongs to nobody."""
    service = the_service()
    session = current_session()
    if session.person is not None:
        sign_out(service, session.token)
    session.become(service.random(24).hex())
    return redirect(url_for("public.left"), 303)


@blueprint.get("/left")
@declare("public")
def left() -> ResponseReturnValue:
    """Say that she is out."""
    return render_template("public/left.html")
