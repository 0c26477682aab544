"""The public record over HTTP: log, objects, archives, under fixed paths.

Anybody's page or program may read it. One path, one file: no queries, no second spelling
of a path, so that a cache in between can never be made to hold something under a name
that an honest observer does not ask for.

Source: design 5, section 0.1 ("Serving") and 4 (tlog-tiles); docs/formats/record.md.
"""

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.access import declare
from web.http_errors import UnknownPathError
from web.record import Published, fetch
from web.service import Service

# A download of the whole record must leave threads to the voters.
_THREADS = 8
_IMMUTABLE = "public, max-age=31536000, immutable"
# The checkpoint moves on within a second of a ballot.
_MOVING = "no-cache"


def record_routes(service: Service) -> list[Route]:
    """The routes of the record."""
    limiter = CapacityLimiter(_THREADS)

    @declare("public")
    async def serve_record(request: Request) -> Response:
        path = _require_one_spelling(request)
        found = await to_thread.run_sync(fetch, service, path, limiter=limiter)
        if found is None:
            raise UnknownPathError
        return _publish(found)

    paths = ("/key", "/elections.json", "/log/{rest:path}", "/objects/{rest:path}")
    per_election = ("/elections/{rest:path}",)
    return [
        Route(path, serve_record, methods=["GET"], name=f"record{path}")
        for path in (*paths, *per_election)
    ]


def _require_one_spelling(request: Request) -> str:
    path: str = request.scope["path"]
    raw: bytes = request.scope.get("raw_path") or path.encode()
    if raw != path.encode() or request.scope["query_string"] or not path.isascii():
        raise UnknownPathError
    return path[1:]


def _publish(found: Published) -> Response:
    headers = {
        "Cache-Control": _IMMUTABLE if found.immutable else _MOVING,
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return Response(found.content, headers=headers, media_type=found.content_type)
