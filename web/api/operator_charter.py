"""The operator's interface to the charter: ready-made ones, what one would change, adopting it.

Source: docs/running/api.md.
"""

from collections.abc import Mapping
from typing import Any, Final

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from voting.charter.charter_format import charter_object, read_whole_charter
from voting.charter.presets import PRESETS
from voting.members import Language
from web.access import declare
from web.actions.adopt_charter import CharterPreview, adopt_charter, preview_charter
from web.api.answers import json_answer
from web.api.bodies import Body, read_model
from web.service import Service

MOST = 256 * 1024
_NAMES: Final[Mapping[Language, str]] = {
    "en": "Example Co-operative",
    "cy": "Cydweithfa Enghreifftiol",
}


class CharterBody(Body):
    """A charter, as its format has it; with a reason it is adopted, without it is compared."""

    charter: dict[str, Any]
    reason: str | None = None
    seen: str = ""


def operator_charter_routes(service: Service) -> list[Route]:
    """The routes of the charter."""

    @declare("operator")
    async def show_presets(_request: Request) -> Response:
        told = [
            {
                "id": preset.id,
                "names": dict(preset.names),
                "source": preset.source,
                "charter": charter_object(preset.make(_NAMES)),
            }
            for preset in PRESETS.values()
        ]
        return json_answer({"presets": told})

    @declare("operator")
    async def take_charter(request: Request) -> Response:
        body = await read_model(request, CharterBody, limit=MOST)
        charter = read_whole_charter(body.charter)
        reason = body.reason
        preview = await to_thread.run_sync(preview_charter, service, charter)
        if reason is not None:
            seen = body.seen
            await to_thread.run_sync(lambda: adopt_charter(service, charter, reason, seen=seen))
        return json_answer({"adopted": reason is not None, **_preview_shape(preview)})

    path = "/api/operator/charter"
    return [
        Route(f"{path}/presets", show_presets, methods=["GET"]),
        Route(path, take_charter, methods=["PUT"]),
    ]


def _preview_shape(preview: CharterPreview) -> dict[str, object]:
    return {
        "seen": preview.seen,
        "changes": list(preview.changes),
        "left_out": [list(pair) for pair in preview.left_out],
        "unfit": [[each.election, each.contest.id, str(each.problem)] for each in preview.unfit],
    }
