"""The first page, help, and what must be said about privacy and access."""

from flask import render_template
from flask.typing import ResponseReturnValue

from web.access import declare
from web.pages.public.blueprint import blueprint, the_service
from web.pages.sessions import current_person
from web.views import list_elections


@blueprint.get("/")
@declare("public")
def home() -> ResponseReturnValue:
    """Every announced vote of the co-op, newest first."""
    elections = [view for view in list_elections(the_service()) if view.manifest]
    return render_template("public/home.html", elections=elections, person=current_person())


@blueprint.get("/help")
@declare("public")
def help_page() -> ResponseReturnValue:
    """How to vote, and what to do when it does not work."""
    return render_template("public/help.html")


@blueprint.get("/privacy")
@declare("public")
def privacy() -> ResponseReturnValue:
    """Who can see what."""
    return render_template("public/privacy.html")


@blueprint.get("/accessibility")
@declare("public")
def accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    return render_template("public/accessibility.html")
