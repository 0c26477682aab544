"""What anybody's program may read about the organisation and its elections."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.access import declare
from web.api.answers import json_answer
from web.api.shapes import election_shape, organisation_shape
from web.errors import UnknownElectionError
from web.service import Service
from web.views import ElectionView, election_view, list_elections, organisation


def election_routes(service: Service) -> list[Route]:
    """The routes of the public view."""

    @declare("public")
    async def show_organisation(_request: Request) -> Response:
        view = await to_thread.run_sync(organisation, service)
        simulates = service.settings.return_credentials
        return json_answer(organisation_shape(view, returns_credentials=simulates))

    @declare("public")
    async def show_elections(_request: Request) -> Response:
        views = await to_thread.run_sync(list_elections, service)
        shown: list[dict[str, object]] = [
            {"election": view.uuid, "state": view.state, "title": dict(view.title)}
            for view in views
            if _is_public(view)
        ]
        return json_answer({"elections": shown})

    @declare("public")
    async def show_election(request: Request) -> Response:
        uuid = request.path_params["election"]
        view = await to_thread.run_sync(election_view, service, uuid)
        if not _is_public(view):
            raise UnknownElectionError(uuid)
        return json_answer(election_shape(view))

    return [
        Route("/api/organisation", show_organisation, methods=["GET"]),
        Route("/api/elections", show_elections, methods=["GET"]),
        Route("/api/elections/{election}", show_election, methods=["GET"]),
    ]


def _is_public(view: ElectionView) -> bool:
    # A draft, or one that was given up as a draft, was never announced to anybody.
    return view.manifest is not None
