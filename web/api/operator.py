"""The operator's interface: everything a returning officer does, for scripts.

Behind the operator's bearer token, and only where the settings hold one. Each route calls
the action that page and command line call.

Source: issue 2, "RO (page and command line alike)"; docs/running/api.md.
"""

from typing import Annotated

from anyio import to_thread
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.access import declare
from web.actions.announce_election import preview_draft
from web.actions.appoint_trustees import appoint_trustees
from web.actions.import_roll import import_roll, preview_roll
from web.actions.write_election import create_election, set_calendar, set_rules
from web.api.answers import json_answer
from web.api.bodies import Body, read_model
from web.api.shapes import election_shape
from web.local_time import ZONE
from web.service import Service
from web.views import election_view, organisation

MOST_ROLL = 32 * 1024 * 1024
MOST_TEXT = 256 * 1024


class RollBody(Body):
    """A roll as CSV; with the digest of its preview it is imported, without it is compared."""

    csv: str
    digest: str | None = None


class TitleBody(Body):
    """A title in both languages."""

    title: dict[str, str]


class CalendarBody(Body):
    """Opening and closing, in UTC seconds."""

    opens: int
    closes: int
    zone: str = ZONE


class RulesBody(Body):
    """Rules that the returning officer chooses."""

    open_small_boxes: bool


class TrusteeBody(Body):
    """Somebody who is to hold a share of the key."""

    name: str
    email: str


class TrusteesBody(Body):
    """All of them."""

    trustees: Annotated[list[TrusteeBody], Field(max_length=100)]
    needed: int | None = None


def operator_routes(service: Service) -> list[Route]:
    """The routes that prepare an election; `operator_acts` has those that run it."""

    @declare("operator")
    async def show_roll(_request: Request) -> Response:
        view = await to_thread.run_sync(organisation, service)
        counts = [[college, members] for college, members in view.roll_counts]
        return json_answer({"members": counts, "associates": view.associates})

    @declare("operator")
    async def take_roll(request: Request) -> Response:
        body = await read_model(request, RollBody, limit=MOST_ROLL)
        csv = body.csv.encode()
        if body.digest is None:
            preview = await to_thread.run_sync(preview_roll, service, csv)
            changes, digest = preview.changes, preview.digest
        else:
            digest = body.digest
            changes = await to_thread.run_sync(import_roll, service, csv, digest)
        numbers = {
            "added": len(changes.added),
            "removed": len(changes.removed),
            "changed": len(changes.changed),
        }
        return json_answer({"digest": digest, "imported": body.digest is not None, **numbers})

    @declare("operator")
    async def create(request: Request) -> Response:
        body = await read_model(request, TitleBody, limit=MOST_TEXT)
        uuid = await to_thread.run_sync(create_election, service, body.title)
        return json_answer({"election": uuid}, 201)

    @declare("operator")
    async def show(request: Request) -> Response:
        uuid = request.path_params["election"]
        # Before the rest is read: what changes after this was not seen.
        seen = await to_thread.run_sync(preview_draft, service, uuid)
        view = await to_thread.run_sync(election_view, service, uuid)
        private = {
            "seen": seen,
            "missing": list(view.missing),
            "messages_waiting": view.messages_waiting,
            "messages_problem": view.messages_problem,
        }
        return json_answer({**election_shape(view), **private})

    @declare("operator")
    async def take_calendar(request: Request) -> Response:
        body = await read_model(request, CalendarBody, limit=MOST_TEXT)
        uuid = request.path_params["election"]
        await to_thread.run_sync(set_calendar, service, uuid, body.opens, body.closes, body.zone)
        return json_answer({})

    @declare("operator")
    async def take_rules(request: Request) -> Response:
        body = await read_model(request, RulesBody, limit=MOST_TEXT)
        uuid = request.path_params["election"]
        await to_thread.run_sync(
            lambda: set_rules(service, uuid, open_small_boxes=body.open_small_boxes)
        )
        return json_answer({})

    @declare("operator")
    async def take_trustees(request: Request) -> Response:
        body = await read_model(request, TrusteesBody, limit=MOST_TEXT)
        uuid = request.path_params["election"]
        people = [(each.name, each.email) for each in body.trustees]
        appointed = await to_thread.run_sync(appoint_trustees, service, uuid, people, body.needed)
        # Their links go out by e-mail; a script gets them only where it may vote for all anyway.
        told = [
            {"number": each.number, "link_secret": each.link_secret}
            if service.settings.return_credentials
            else {"number": each.number}
            for each in appointed
        ]
        return json_answer({"trustees": told}, 201)

    election = "/api/operator/elections/{election}"
    return [
        Route("/api/operator/roll", show_roll, methods=["GET"]),
        Route("/api/operator/roll", take_roll, methods=["POST"]),
        Route("/api/operator/elections", create, methods=["POST"]),
        Route(election, show, methods=["GET"]),
        Route(f"{election}/calendar", take_calendar, methods=["PUT"]),
        Route(f"{election}/rules", take_rules, methods=["PUT"]),
        Route(f"{election}/trustees", take_trustees, methods=["PUT"]),
    ]
