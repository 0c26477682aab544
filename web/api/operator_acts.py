"""The operator's interface, second half: the acts that move an election on.

Each cannot be undone and leaves an entry in the log (design 2, "States").
"""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.access import declare
from web.actions.announce_election import announce_election
from web.actions.certify_election import certify_election
from web.actions.close_election import close_election
from web.actions.open_election import open_election
from web.actions.start_tally import start_tally
from web.actions.void_election import void_election
from web.api.answers import json_answer
from web.api.bodies import Body, read_model
from web.service import Service

MOST_REASON = 64 * 1024


class ReasonBody(Body):
    """A reason that everyone can read."""

    reason: str = ""


class AnnounceBody(ReasonBody):
    """Announcing what was seen; the private credentials come back in a simulation only."""

    seen: str = ""
    return_credentials: bool = False


class CertifyBody(ReasonBody):
    """Certifying, with the passphrase of the returning officer's key."""

    passphrase: str


def operator_act_routes(service: Service) -> list[Route]:
    """The routes of the acts."""

    @declare("operator")
    async def announce(request: Request) -> Response:
        body = await read_model(request, AnnounceBody, limit=MOST_REASON)
        announced = await to_thread.run_sync(
            lambda: announce_election(
                service,
                request.path_params["election"],
                body.reason,
                seen=body.seen,
                return_credentials=body.return_credentials,
            )
        )
        told: dict[str, object] = {"manifest": announced.manifest, "boxes": dict(announced.boxes)}
        if body.return_credentials:
            told["credentials"] = {box: list(c) for box, c in announced.credentials.items()}
        return json_answer(told)

    @declare("operator")
    async def open_(request: Request) -> Response:
        body = await read_model(request, ReasonBody, limit=MOST_REASON)
        uuid = request.path_params["election"]
        await to_thread.run_sync(open_election, service, uuid, body.reason)
        return json_answer({})

    @declare("operator")
    async def close(request: Request) -> Response:
        body = await read_model(request, ReasonBody, limit=MOST_REASON)
        uuid = request.path_params["election"]
        await to_thread.run_sync(close_election, service, uuid, body.reason)
        return json_answer({})

    @declare("operator")
    async def tally(request: Request) -> Response:
        await read_model(request, Body, limit=MOST_REASON)
        await to_thread.run_sync(start_tally, service, request.path_params["election"])
        return json_answer({})

    @declare("operator")
    async def certify(request: Request) -> Response:
        body = await read_model(request, CertifyBody, limit=MOST_REASON)
        uuid = request.path_params["election"]
        await to_thread.run_sync(certify_election, service, uuid, body.passphrase, body.reason)
        return json_answer({})

    @declare("operator")
    async def void(request: Request) -> Response:
        body = await read_model(request, ReasonBody, limit=MOST_REASON)
        uuid = request.path_params["election"]
        await to_thread.run_sync(void_election, service, uuid, body.reason)
        return json_answer({})

    prefix = "/api/operator/elections/{election}/"
    acts = {
        "announce": announce,
        "open": open_,
        "close": close,
        "tally": tally,
        "certify": certify,
        "void": void,
    }
    return [Route(prefix + name, act, methods=["POST"]) for name, act in acts.items()]
