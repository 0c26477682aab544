"""The built page scripts and styles: found by their plain names, served by their hashes.

A page asks for `page.js` and gets the address of exactly the bytes that were built, so
that an address never changes what it means and observers can compare digests.

Source: design 6, section 0.1 (the build); docs/running/serving.md.
"""

import gzip
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from web.access import Endpoint, declare
from web.errors import ServiceError
from web.http_errors import UnknownPathError

DIST = Path(__file__).parent / "frontend" / "dist"
PREFIX = "/assets/"

_MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
    ".map": "application/json",
}
_PACKED = frozenset({".js", ".css", ".svg", ".txt", ".map"})
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")


class AssetsMissingError(ServiceError):
    """The page scripts and styles are not built, or not as the list of them says.

    Attributes:
        reason: what was looked for and not found.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The page scripts and styles are not built ({reason}). Run `make setup` to build them."
        )
        self.reason = reason


class UnknownAssetError(RuntimeError):
    """A template asks for a script or style that the build does not make."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One built file.

    Attributes:
        name: as it is served, with its hash.
        body: its bytes.
        packed: the same bytes under gzip, where that saves something.
        media_type: of the bytes.
    """

    name: str
    body: bytes
    packed: bytes | None
    media_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """Everything that was built.

    Attributes:
        served: from a plain name to the served one.
        files: from the served name to the file.
    """

    served: Mapping[str, str]
    files: Mapping[str, Asset] = field(repr=False)

    def url(self, name: str) -> str:
        """The address of a file, for a template.

        Raises:
            UnknownAssetError: the build makes nothing of that name.
        """
        if name not in self.served:
            raise UnknownAssetError(name)
        return PREFIX + self.served[name]

    def scripts(self) -> dict[str, bytes]:
        """Every script that may run in a page, by the name under which it is served."""
        return {name: file.body for name, file in self.files.items() if name.endswith(".js")}


def load_assets(dist: Path = DIST) -> Assets:
    """Read what the build left.

    Raises:
        AssetsMissingError: the list or a file on it is not there.
    """
    try:
        listed = json.loads((dist / "assets.json").read_bytes())
    except FileNotFoundError:
        raise AssetsMissingError("there is no assets.json") from None
    except ValueError:
        raise AssetsMissingError("assets.json cannot be read") from None
    if not isinstance(listed, dict) or not all(
        isinstance(name, str) and _NAME.fullmatch(name) for name in (*listed, *listed.values())
    ):
        raise AssetsMissingError("assets.json is not a list of files")
    files = {name: _load_asset(dist, name) for name in listed.values()}
    return Assets(served=dict(listed), files=files)


def _load_asset(dist: Path, name: str) -> Asset:
    try:
        body = (dist / name).read_bytes()
    except OSError:
        raise AssetsMissingError(f"{name} is listed but not there") from None
    suffix = Path(name).suffix
    packed = gzip.compress(body, mtime=0) if suffix in _PACKED else None
    if packed is not None and len(packed) >= len(body):
        packed = None
    return Asset(name, body, packed, _MEDIA_TYPES.get(suffix, "application/octet-stream"))


def serve_assets(assets: Assets) -> Endpoint:
    """The route that serves them; they are kept in memory."""

    @declare("public")
    async def serve_asset(request: Request) -> Response:
        asset = assets.files.get(request.path_params["name"])
        if asset is None:
            raise UnknownPathError
        headers = {"Cache-Control": "public, max-age=31536000, immutable"}
        body = asset.body
        if asset.packed is not None:
            headers["Vary"] = "Accept-Encoding"
            if _takes_gzip(request.headers.get("accept-encoding", "")):
                body = asset.packed
                headers["Content-Encoding"] = "gzip"
        return Response(body, media_type=asset.media_type, headers=headers)

    return serve_asset


def _takes_gzip(accepted: str) -> bool:
    for offer in accepted.lower().split(","):
        coding, _, quality = offer.partition(";")
        if coding.strip() == "gzip":
            return quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
