"""The application: machine interfaces by Starlette, pages by Flask behind the edge.

From the outside in: security headers, errors into answers, rate limits, then the route.
Nothing starts while a route has no declared role.

Source: design 2, "Why Starlette and Flask"; design 6, section 0.1; design 8, section 0.
"""

import re
import time
from collections.abc import Callable
from functools import partial

from flask import Flask
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Mount, Route

from web.access import (
    Door,
    Role,
    declare,
    guard_routes,
    operator_door,
    require_declared_pages,
    require_declared_routes,
)
from web.api.answers import Failures, name_http_error
from web.api.casting import casting_routes
from web.api.elections import election_routes
from web.api.operator import operator_routes
from web.api.operator_acts import operator_act_routes
from web.api.operator_charter import operator_charter_routes
from web.api.operator_contests import operator_contest_routes
from web.api.record import record_routes
from web.api.trustee import trustee_door, trustee_routes
from web.api.trustee_key import trustee_key_routes
from web.assets import Assets, load_assets, serve_assets
from web.edge import Edge
from web.http_errors import UnknownPathError, WrongMethodError
from web.page_bodies import PageBodies
from web.pages.app import build_pages
from web.rate_limits import LimitedPath, Rate, RateLimiter, RateLimits
from web.security_headers import SecurityHeaders
from web.service import Service

_ANY = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_SIGN_IN = re.compile(r"/(en|cy)/start")
_TRUSTEE = re.compile(r"/api/trustee(/.*)?")
_CERTIFYING = re.compile(r"/((en|cy)/officer|api/operator)/elections/[^/]*/certify")
_CASTING = re.compile(r"/api/boxes/[^/]*/ballots")
# Whoever has got hold of an officer's link must not guess her passphrase, too.
_PASSPHRASES = Rate(burst=10, per_minute=10)


def build_app(
    service: Service,
    *,
    assets: Assets | None = None,
    pages: Callable[[Service], Flask] = build_pages,
) -> Starlette:
    """Make the application of one service.

    Args:
        service: the running service; the application does not close it.
        assets: the built scripts and styles; read from the build by default.
        pages: makes the pages.

    Raises:
        AssetsMissingError: they are not built.
        UndeclaredRouteError: a route declares no role, or one that nothing asks for.
    """
    built = assets or load_assets()
    flask = pages(service)
    require_declared_pages(flask)
    doors: dict[Role, Door] = {
        "operator": operator_door(service.settings.operator_token),
        "trustee": trustee_door(service),
    }
    routes = [*guard_routes(_machine_routes(service, built), doors), _mount_pages(service, flask)]
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(SecurityHeaders, secure=service.settings.base_url.startswith("https:")),
            Middleware(Failures),
            Middleware(RateLimits, limited=_limited_paths(service)),
        ],
        exception_handlers={HTTPException: name_http_error},
    )
    app.router.redirect_slashes = False
    require_declared_routes(app.routes)
    return app


def _machine_routes(service: Service, assets: Assets) -> list[Route]:
    routes = [
        *record_routes(service),
        *casting_routes(service),
        *election_routes(service),
        *trustee_routes(service),
        *trustee_key_routes(service),
        *operator_routes(service),
        *operator_charter_routes(service),
        *operator_contest_routes(service),
        *operator_act_routes(service),
        Route("/assets/{name:path}", serve_assets(assets), methods=["GET"]),
    ]

    @declare("public")
    async def refuse(request: Request) -> Response:
        served = [route for route in routes if route.matches(request.scope)[0] is Match.PARTIAL]
        if not served:
            raise UnknownPathError
        raise WrongMethodError(tuple(sorted({m for route in served for m in route.methods or ()})))

    # What is left under the machines' paths is refused here, in JSON, and not by a page.
    prefixes = ("api", "assets", "log", "objects", "elections", "key", "elections.json")
    rest = [f"/{prefix}{more}" for prefix in prefixes for more in ("", "/{rest:path}")]
    return [*routes, *(Route(path, refuse, methods=_ANY) for path in rest)]


def _mount_pages(service: Service, flask: Flask) -> Mount:
    bodies = PageBodies(service, flask.config["SESSION_COOKIE_NAME"])
    return Mount("/", Edge(flask, read=bodies), name="pages")


def _limited_paths(service: Service) -> list[LimitedPath]:
    settings = service.settings
    limiter = partial(RateLimiter, clock=time.monotonic)
    sign_in = limiter(Rate(settings.sign_in_burst, settings.sign_ins_per_minute))
    casting = limiter(Rate(settings.casting_burst, settings.casts_per_minute))
    return [
        LimitedPath(_SIGN_IN, sign_in),
        LimitedPath(_TRUSTEE, sign_in, frozenset({"GET", "HEAD", "POST"})),
        LimitedPath(_CASTING, casting),
        LimitedPath(_CERTIFYING, limiter(_PASSPHRASES)),
    ]
