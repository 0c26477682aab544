"""The operator's interface: the contests of a draft, in the form in which a manifest has them.

Source: issue 3, "RO sets ranked, scored or graded contests"; docs/running/api.md.
"""

from typing import Any

from anyio import to_thread
from pydantic import RootModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from voting.contests import Contest, read_contest
from web.access import declare
from web.actions.write_contests import remove_contest, write_contest
from web.api.answers import json_answer
from web.api.bodies import read_model
from web.http_errors import MalformedRequestError
from web.service import Service

MOST_CONTEST = 1024 * 1024


class ContestBody(RootModel[dict[str, Any]]):
    """A contest as it stands in a manifest (docs/formats/manifest.md)."""

    def contest(self) -> Contest:
        """The value of the rules.

        Raises:
            VotingError: it is none.
        """
        return read_contest(self.root)


def operator_contest_routes(service: Service) -> list[Route]:
    """The routes of contests."""

    @declare("operator")
    async def take_contest(request: Request) -> Response:
        body = await read_model(request, ContestBody, limit=MOST_CONTEST)
        contest, uuid = body.contest(), request.path_params["election"]
        if contest.id != request.path_params["contest"]:
            raise MalformedRequestError("id")
        await to_thread.run_sync(write_contest, service, uuid, contest)
        return json_answer({})

    @declare("operator")
    async def drop_contest(request: Request) -> Response:
        uuid, contest = request.path_params["election"], request.path_params["contest"]
        await to_thread.run_sync(remove_contest, service, uuid, contest)
        return json_answer({})

    path = "/api/operator/elections/{election}/contests/{contest}"
    return [
        Route(path, take_contest, methods=["PUT"]),
        Route(path, drop_contest, methods=["DELETE"]),
    ]
