"""A trustee's own acts by program: her key before the opening, her share after the closing.

She shows the sign-in code of her personal link as a bearer token; the link's secret stays
with her, and her private key never comes near.

Source: issue 2, "Trustee"; docs/running/api.md.
"""

from typing import Annotated

from anyio import to_thread
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.access import Door, bearer, declare
from web.actions.appoint_trustees import give_trustee_key
from web.actions.give_share import give_share
from web.actions.sign_in import Person, sign_in, sign_out, who_is
from web.api.answers import json_answer
from web.api.bodies import Body, read_model
from web.errors import UnknownCodeError
from web.service import Service
from web.views import trustee_view

MOST_KEY = 16 * 1024
# Every box's decryption with both proofs.
MOST_SHARE = 4 * 1024 * 1024


class KeyBody(Body):
    """A trustee's public key with its proof: the JSON object as text."""

    public_key: Annotated[str, Field(max_length=MOST_KEY)]


class BoxShare(Body):
    """A trustee's decryption of one box and its second proofs: JSON objects as text."""

    decryption: str
    proofs: str


class ShareBody(Body):
    """A trustee's share: box uuid to what she gives for it."""

    shares: dict[str, BoxShare]


def share_bytes(body: ShareBody) -> dict[str, tuple[bytes, bytes]]:
    """The shares as the action takes them."""
    return {
        box: (share.decryption.encode(), share.proofs.encode())
        for box, share in body.shares.items()
    }


def trustee_door(service: Service) -> Door:
    """Asks for the sign-in code of a trustee's personal link."""

    def find(code: str) -> Person:
        signed_in = sign_in(service, code)
        try:
            person = who_is(service, signed_in.session_token)
        finally:
            sign_out(service, signed_in.session_token)
        if person is None or person.role != "trustee":
            raise UnknownCodeError
        return person

    async def ask(request: Request) -> None:
        request.state.trustee = (await to_thread.run_sync(find, bearer(request))).id

    return ask


def trustee_routes(service: Service) -> list[Route]:
    """The routes of a trustee."""

    @declare("trustee")
    async def show_work(request: Request) -> Response:
        view = await to_thread.run_sync(trustee_view, service, request.state.trustee)
        return json_answer(
            {
                "number": view.number,
                "election": view.election,
                "state": view.state,
                "public_key": view.public_key,
                "has_shared": view.has_shared,
                "boxes": [
                    {
                        "box": box.box,
                        "college": box.college,
                        "election": box.election,
                        "encrypted_tally": box.encrypted_tally,
                    }
                    for box in view.boxes
                ],
            }
        )

    @declare("trustee")
    async def take_key(request: Request) -> Response:
        body = await read_model(request, KeyBody, limit=2 * MOST_KEY)
        tpk = body.public_key.encode()
        await to_thread.run_sync(give_trustee_key, service, request.state.trustee, tpk)
        return json_answer({})

    @declare("trustee")
    async def take_share(request: Request) -> Response:
        body = await read_model(request, ShareBody, limit=MOST_SHARE)
        trustee = request.state.trustee
        taken = await to_thread.run_sync(give_share, service, trustee, share_bytes(body))
        told = {"given": taken.given, "needed": taken.needed, "tallied": taken.tallied}
        return json_answer(told)

    return [
        Route("/api/trustee", show_work, methods=["GET"]),
        Route("/api/trustee/key", take_key, methods=["POST"]),
        Route("/api/trustee/share", take_share, methods=["POST"]),
    ]
