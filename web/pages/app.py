"""The application of pages: one Flask app, every page in English and in Welsh.

Blueprints by audience are hung under `/<language>`, so that a page and its twin in the
other language differ in the first part of the address and in nothing else.

Source: design 6, sections 0 and C; design 2, "Why Starlette and Flask".
"""

import json
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.wrappers import Response

from voting.members import TEXT_FORMATS
from web.access import declare, guard_pages
from web.assets import DIST, PREFIX, UnknownAssetError
from web.page_bodies import OFFICE_BODY, limit_of
from web.pages import htmx, member, officer, pictures, problems, public, trustee
from web.pages.contact import read_contact
from web.pages.sessions import ServerSessions, current_role, read_cookie_key
from web.pages.translations import LanguageConverter, set_up_translations
from web.pages.words import add_filters
from web.service import Service
from web.views import organisation

HERE: Final = Path(__file__).parent
ASSETS: Final = DIST / "assets.json"

MOST_FIELD: Final = 4 * 1024 * 1024


def build_pages(service: Service) -> Flask:
    """Make the pages of one service.

    Raises:
        UndeclaredRouteError: a page declares no role.
    """
    secure = service.settings.base_url.startswith("https:")
    app = Flask(__name__, static_folder=None, root_path=str(HERE))
    app.config.update(
        SECRET_KEY=read_cookie_key(service),
        # The prefix has browsers keep the cookie to this host and to https.
        SESSION_COOKIE_NAME="__Host-teg" if secure else "teg",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # A slow voter is not a stale one: a page stays good as long as its session.
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=OFFICE_BODY,
        MAX_FORM_MEMORY_SIZE=MOST_FIELD,
    )
    app.extensions["teg"] = service
    app.session_interface = ServerSessions(service)
    # First of all the language: what refuses a request must say so in words.
    set_up_translations(app)
    app.before_request(_take_long_fields)  # before the form is read for its token
    CSRFProtect(app)
    htmx.set_up(app)
    _set_up_templates(app, service)
    _hang_blueprints(app)
    problems.set_up(app)
    guard_pages(app, current_role, problems.refuse)
    app.after_request(_keep_out_of_caches)
    app.after_request(_stay_here)
    return app


def _take_long_fields() -> None:
    """Let a trustee's page send what her script made: a share or a shuffle in one field."""
    limit = limit_of(request.path)
    request.max_content_length = limit
    if "/trustee/" in request.path:
        request.max_form_memory_size = limit


def _hang_blueprints(app: Flask) -> None:
    app.url_map.converters["language"] = LanguageConverter
    for blueprint in (
        public.blueprint,
        member.blueprint,
        officer.blueprint,
        trustee.blueprint,
    ):
        prefix = "/<language:language>" + (blueprint.url_prefix or "")
        app.register_blueprint(blueprint, url_prefix=prefix)
    app.add_url_rule("/", "root", _choose_language)


@declare("public")
def _choose_language() -> ResponseReturnValue:
    """The bare address leads to the reader's own language."""
    answer = redirect(url_for("public.home"))
    answer.vary.add("Accept-Language")
    return answer


def _set_up_templates(app: Flask, service: Service) -> None:
    own = FileSystemLoader(HERE / "templates")
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([own, govuk])
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    add_filters(app)
    app.jinja_env.filters["width"] = pictures.width
    app.jinja_env.globals.update(
        asset=partial(asset, _read_assets()),
        keep=keep_text,
        mark_of=pictures.mark_of,
        contact=read_contact(service),
        other_language_url=other_language_url,
    )

    @app.context_processor
    def words_of_every_page() -> dict[str, object]:
        return {"language": g.language, "organisation": _organisation(service)}


def _organisation(service: Service) -> object:
    if "organisation" not in g:
        g.organisation = organisation(service)
    return g.organisation


def _read_assets() -> dict[str, str]:
    """File names of the built scripts and styles; empty before they are built."""
    if not ASSETS.exists():
        return {}
    found: dict[str, str] = json.loads(ASSETS.read_text("utf-8"))
    return found


def asset(names: dict[str, str], name: str) -> str:
    """The address of a script or style, which changes when its content does.

    Raises:
        UnknownAssetError: something was built, but not this.
    """
    if names and name not in names:
        raise UnknownAssetError(name)
    return PREFIX + names.get(name, name)


def keep_text(asked: str | None) -> dict[str, str]:
    """Which text she switched to, for the links of her journey."""
    return {"text": asked} if asked in TEXT_FORMATS else {}


def other_language_url() -> str:
    """This page in the other language, with everything that was asked of it."""
    other = "en" if g.language == "cy" else "cy"
    _, _, rest = request.path.lstrip("/").partition("/")
    query = request.query_string.decode("ascii", "ignore")
    return f"/{other}/{rest}" + (f"?{query}" if query else "")


def _stay_here(answer: Response) -> Response:
    """Have every redirect lead to a path of this service.

    The frame's own redirects name the host that the request named, which may be anybody's.
    """
    if answer.location:
        address = urlsplit(answer.location)
        path = "/" + address.path.lstrip("/")
        answer.location = urlunsplit(("", "", path, address.query, ""))
    return answer


def _keep_out_of_caches(answer: Response) -> Response:
    # Tablets are shared: what a member saw must not come back from the cache after she left.
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer
