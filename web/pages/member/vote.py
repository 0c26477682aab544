"""The journey of a vote, one thing per page.

No page here takes a choice: the choice stays in the browser until it is sent to the
ballot box itself, which is not part of the pages.

Source: design 6, section 0.2 (Vote).
"""

from urllib.parse import urlencode

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import declare
from web.pages.member.blueprint import blueprint
from web.pages.member.journey import Question, ask, find_question
from web.pages.member.place import Place, find_place, require_open
from web.pages.pictures import draw_hundred, draw_qr
from web.pages.problems import Problem
from web.pages.public.blueprint import the_service
from web.pages.sessions import current_person
from web.pages.translations import current_language
from web.views import elections_of_member

# In the address of a question that is answered again from the check page.
CHANGE = "change"


@blueprint.get("/vote")
@declare("member")
def votes() -> ResponseReturnValue:
    """Her list: each vote with what she can do now."""
    person = current_person()
    assert person is not None
    places = [find_place(uuid) for uuid in elections_of_member(the_service(), person.id)]
    return render_template("member/votes.html", person=person, places=places)


@blueprint.get("/vote/<uuid>")
@declare("member")
def vote(uuid: str) -> ResponseReturnValue:
    """The short address of an election leads to its first page."""
    return redirect(url_for("member.about", uuid=uuid))


@blueprint.get("/vote/<uuid>/about")
@declare("member")
def about(uuid: str) -> ResponseReturnValue:
    """What the vote is about."""
    return _page("member/about.html", find_place(uuid))


@blueprint.get("/vote/<uuid>/weight")
@declare("member")
def weight(uuid: str) -> ResponseReturnValue:
    """How her vote counts."""
    place = find_place(uuid)
    return _page("member/weight.html", place, marks=draw_hundred(place.colleges))


@blueprint.get("/vote/<uuid>/contest/<contest_id>")
@declare("member")
def contest(uuid: str, contest_id: str) -> ResponseReturnValue:
    """Choose. There is no form on this page, so that nothing can be posted."""
    place = find_place(uuid)
    question = find_question(_questions(place), contest_id)
    require_open(place)
    template = f"member/forms/{question.form}.html"
    return _page(template, place, question=question, is_change=CHANGE in request.args)


@blueprint.get("/vote/<uuid>/check")
@declare("member")
def check(uuid: str) -> ResponseReturnValue:
    """Check the answers and send them."""
    place = find_place(uuid)
    require_open(place)
    return _page("member/check.html", place)


@blueprint.get("/vote/<uuid>/done")
@declare("member")
def done(uuid: str) -> ResponseReturnValue:
    """It is in the box: only said when it is."""
    place = find_place(uuid)
    tracker = place.member.last_tracker
    if tracker is None:
        require_open(place)
        raise Problem("not-in-the-box", 409, place=place)
    if place.election.state == "void":
        raise Problem("called-off", 409, place=place)
    where = url_for("public.box", uuid=uuid)
    address = f"{the_service().settings.base_url}{where}?{urlencode({'tracker': tracker})}"
    return _page("member/done.html", place, tracker=tracker, qr=draw_qr(address))


def _questions(place: Place) -> tuple[Question, ...]:
    return ask(place, current_language(), place.text_format(request.args.get("text")))


def _page(template: str, place: Place, **values: object) -> ResponseReturnValue:
    return render_template(
        template,
        place=place,
        questions=_questions(place),
        text_format=place.text_format(request.args.get("text")),
        # Kept in every link, so that a text she switched to stays switched.
        asked_text=request.args.get("text"),
        **values,
    )
