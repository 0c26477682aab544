"""Casting a sealed ballot. The ballot's own signature says who may: there is no session.

The body is read whole before a thread waits for it, and the time that counts is when it
was complete. The thread waits for the proofs and for the disk; the answer goes out after
the ballot and its log entry are on it.

Source: design 8, section 0, decision 5; issue 2, "Bad input"; docs/running/api.md.
"""

from functools import partial

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from voting.manifest import MAX_CONTESTS
from voting.option_contests import MAX_OPTIONS
from web.access import declare
from web.actions.cast_ballot import cast_ballot
from web.api.answers import json_answer
from web.api.bodies import require_json_type
from web.body import read_body
from web.service import Service

# A ballot on one motion has about 2,000 bytes, one on twenty candidates about 20,000, one on
# everything that an election can ask about 600,000. What is too large for its own box is
# refused by `cast_ballot`, before anything else is done with it.
MOST_BALLOT = 64 * 1024 + 2 * 1024 * MAX_CONTESTS * (1 + MAX_OPTIONS)
# A slow telephone line carries a ballot on a hundred options in this time.
PATIENCE = 30
# As many as may wait for the disk together; the rest wait without a thread.
_THREADS = 64


def casting_routes(service: Service) -> list[Route]:
    """The route of the ballot boxes."""
    limiter = CapacityLimiter(_THREADS)

    @declare("public")
    async def cast(request: Request) -> Response:
        require_json_type(request)
        raw = await read_body(request.scope, request.receive, limit=MOST_BALLOT, patience=PATIENCE)
        # Noted before a thread is waited for: closing waits for those who came before it.
        with service.door.arrive() as arrival:
            act = partial(cast_ballot, service, request.path_params["box"], raw, arrival=arrival)
            receipt = await to_thread.run_sync(act, limiter=limiter)
        told = {
            "tracker": receipt.tracker,
            "box": receipt.box,
            "election": receipt.election,
            "log_index": receipt.log_index,
        }
        return json_answer(told, 200 if receipt.repeated else 201)

    return [Route("/api/boxes/{box}/ballots", cast, methods=["POST"])]
