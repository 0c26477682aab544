"""A trustee's own work by program: what waits for her, her shuffle, her share.

She shows the sign-in code of her personal link as a bearer token; the link's secret stays
with her, and her private key never comes near.

Source: issue 2, "Trustee"; docs/running/api.md.
"""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.access import Door, bearer, declare
from web.actions.give_share import give_share
from web.actions.give_shuffle import give_shuffle
from web.actions.sign_in import Person, sign_in, sign_out, who_is
from web.api.answers import json_answer
from web.api.bodies import Body, read_model
from web.errors import UnknownCodeError
from web.service import Service
from web.trustee_values import TallyBox, TrusteePageView
from web.trustee_views import trustee_view

# Every box's decryption with both proofs.
# Of shuffled boxes there is one for each ballot.
MOST_SHARE = 64 * 1024 * 1024
MOST_SHUFFLE = 64 * 1024 * 1024


class BoxShare(Body):
    """A trustee's decryption of one box and its second proofs: JSON objects as text."""

    decryption: str
    proofs: str


class ShareBody(Body):
    """A trustee's share: box uuid to what she gives for it."""

    shares: dict[str, BoxShare]


class BoxShuffle(Body):
    """A trustee's shuffle of one box: the JSON object as text."""

    shuffle: str


class ShuffleBody(Body):
    """A trustee's shuffle: box uuid to what she gives for it."""

    shuffles: dict[str, BoxShuffle]


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


def trustee_shape(view: TrusteePageView) -> dict[str, object]:
    """What a trustee's own program is told: the same as her page."""

    def box_shape(box: TallyBox) -> dict[str, object]:
        return {
            "box": box.box,
            "college": box.college,
            "election": box.election,
            "encrypted_tally": box.encrypted_tally,
        }

    return {
        "number": view.number,
        "name": view.name,
        "election": view.election,
        "title": dict(view.title),
        "state": view.state,
        "count": view.count,
        "needed": view.needed,
        "step": view.step,
        "public_key": view.public_key,
        "can_rehearse": view.can_rehearse,
        "certificates": list(view.certificates),
        "commitments": list(view.commitments),
        "gathered": view.gathered,
        "sealed_key": view.sealed_key,
        "rehearsal": None if view.rehearsal is None else box_shape(view.rehearsal),
        "practice_nonces": list(view.practice_nonces),
        "rehearsed": view.rehearsed,
        "to_shuffle": [box_shape(box) for box in view.to_shuffle],
        "has_shuffled": view.has_shuffled,
        "shuffles_given": view.shuffles_given,
        "has_shared": view.has_shared,
        "boxes": [box_shape(box) for box in view.boxes],
    }


def trustee_routes(service: Service) -> list[Route]:
    """The routes of a trustee; `trustee_key` has those of making the key."""

    @declare("trustee")
    async def show_work(request: Request) -> Response:
        view = await to_thread.run_sync(trustee_view, service, request.state.trustee)
        return json_answer(trustee_shape(view))

    @declare("trustee")
    async def take_shuffle(request: Request) -> Response:
        body = await read_model(request, ShuffleBody, limit=MOST_SHUFFLE)
        shuffles = {box: each.shuffle.encode() for box, each in body.shuffles.items()}
        taken = await to_thread.run_sync(give_shuffle, service, request.state.trustee, shuffles)
        return json_answer({"given": taken.given, "needed": taken.needed})

    @declare("trustee")
    async def take_share(request: Request) -> Response:
        body = await read_model(request, ShareBody, limit=MOST_SHARE)
        trustee = request.state.trustee
        taken = await to_thread.run_sync(give_share, service, trustee, share_bytes(body))
        told = {"given": taken.given, "needed": taken.needed, "tallied": taken.tallied}
        return json_answer(told)

    return [
        Route("/api/trustee", show_work, methods=["GET"]),
        Route("/api/trustee/shuffle", take_shuffle, methods=["POST"]),
        Route("/api/trustee/share", take_share, methods=["POST"]),
    ]
