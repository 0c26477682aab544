"""Making the tally's key by program: a trustee's part in each round, and her rehearsal.

Her private key never comes near; what is sealed to her passes through and is not looked into.

Source: issue 3, "Trustees"; docs/running/api.md.
"""

from collections.abc import Callable
from typing import Annotated

from anyio import to_thread
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.access import declare
from web.actions.appoint_trustees import give_trustee_key
from web.actions.make_shared_key import (
    give_certificate,
    give_commitment,
    give_polynomial,
    give_verification_key,
)
from web.actions.rehearse_opening import rehearse_opening
from web.api.answers import json_answer
from web.api.bodies import Body, read_model
from web.api.trustee import BoxShare
from web.service import Service
from web.trustee_views import trustee_view

MOST_KEY = 16 * 1024
# A sealed secret for each of the others.
MOST_MESSAGE = 4 * 1024 * 1024


class KeyBody(Body):
    """A trustee's public key with its proof: the JSON object as text."""

    public_key: Annotated[str, Field(max_length=MOST_KEY)]


class CertificateBody(Body):
    """Her certificate as text, and the digest of the polynomial she will show, where known."""

    certificate: Annotated[str, Field(max_length=MOST_KEY)]
    commitment: Annotated[str, Field(max_length=64)] | None = None


class CommitmentBody(Body):
    """The digest of the polynomial she will show."""

    commitment: Annotated[str, Field(max_length=64)]


class PolynomialBody(Body):
    """Her polynomial: the JSON object as text."""

    polynomial: str


class VerificationKeyBody(Body):
    """Her verification key, and its private half sealed to herself: the JSON object as text."""

    key: str


def trustee_key_routes(service: Service) -> list[Route]:
    """The routes of making the key."""

    @declare("trustee")
    async def take_key(request: Request) -> Response:
        body = await read_model(request, KeyBody, limit=2 * MOST_KEY)
        return await _do(request, give_trustee_key, body.public_key.encode())

    @declare("trustee")
    async def take_certificate(request: Request) -> Response:
        body = await read_model(request, CertificateBody, limit=2 * MOST_KEY)
        return await _do(request, give_certificate, body.certificate.encode(), body.commitment)

    @declare("trustee")
    async def take_commitment(request: Request) -> Response:
        body = await read_model(request, CommitmentBody, limit=MOST_KEY)
        return await _do(request, give_commitment, body.commitment)

    @declare("trustee")
    async def take_polynomial(request: Request) -> Response:
        body = await read_model(request, PolynomialBody, limit=MOST_MESSAGE)
        return await _do(request, give_polynomial, body.polynomial.encode())

    @declare("trustee")
    async def take_verification_key(request: Request) -> Response:
        body = await read_model(request, VerificationKeyBody, limit=MOST_MESSAGE)
        return await _do(request, give_verification_key, body.key.encode())

    @declare("trustee")
    async def take_rehearsal(request: Request) -> Response:
        body = await read_model(request, BoxShare, limit=MOST_MESSAGE)
        decryption, proofs = body.decryption.encode(), body.proofs.encode()
        return await _do(request, rehearse_opening, decryption, proofs)

    async def _do(request: Request, act: Callable[..., None], *given: object) -> Response:
        """Do her act; what she does next is answered."""
        trustee = request.state.trustee
        await to_thread.run_sync(act, service, trustee, *given)
        view = await to_thread.run_sync(trustee_view, service, trustee)
        return json_answer({"step": view.step})

    acts = {
        "key": take_key,
        "certificate": take_certificate,
        "commitment": take_commitment,
        "polynomial": take_polynomial,
        "verification-key": take_verification_key,
        "rehearsal": take_rehearsal,
    }
    return [Route(f"/api/trustee/{name}", act, methods=["POST"]) for name, act in acts.items()]
