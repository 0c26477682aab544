import gzip
import json
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from tests.web.serving import Answer, get, serving
from web.assets import AssetsMissingError, UnknownAssetError, load_assets, serve_assets
from web.http_errors import UnknownPathError

SCRIPT = b"export const teg = 'teg';\n" * 40


def build(dist: Path) -> Path:
    dist.mkdir()
    (dist / "page-1a2b.js").write_bytes(SCRIPT)
    (dist / "page-3c4d.css").write_bytes(b"p{}")
    names = {"page.js": "page-1a2b.js", "page.css": "page-3c4d.css"}
    (dist / "assets.json").write_text(json.dumps(names))
    return dist


def ask_for(dist: Path, path: str, accepted: str = "gzip") -> Answer:
    endpoint = serve_assets(load_assets(dist))
    app = Starlette(
        routes=[Route("/assets/{name:path}", endpoint)],
        exception_handlers={UnknownPathError: lambda _request, _error: Response(status_code=404)},
    )
    with serving(app) as port:
        return get(port, path, f"Accept-Encoding: {accepted}")


def test_a_template_finds_a_script_by_its_plain_name(tmp_path: Path) -> None:
    assets = load_assets(build(tmp_path / "dist"))
    assert assets.url("page.js") == "/assets/page-1a2b.js"
    with pytest.raises(UnknownAssetError):
        assets.url("pages.js")


def test_only_scripts_are_named_for_the_log(tmp_path: Path) -> None:
    assert load_assets(build(tmp_path / "dist")).scripts() == {"page-1a2b.js": SCRIPT}


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.5", "GZIP"])
def test_the_served_bytes_are_the_built_ones(tmp_path: Path, accepted: str) -> None:
    answer = ask_for(build(tmp_path / "dist"), "/assets/page-1a2b.js", accepted)
    assert gzip.decompress(answer.body) == SCRIPT
    assert answer.header("content-encoding") == "gzip"
    assert answer.header("content-type") == "text/javascript; charset=utf-8"
    assert "immutable" in (answer.header("cache-control") or "")


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", ""])
def test_who_takes_no_gzip_gets_none(tmp_path: Path, accepted: str) -> None:
    answer = ask_for(build(tmp_path / "dist"), "/assets/page-1a2b.js", accepted)
    assert answer.header("content-encoding") is None
    assert answer.body == SCRIPT


@pytest.mark.parametrize(
    "name",
    ["secret.txt", "assets.json", "page.js", "../dist/page-1a2b.js", "%2e%2e/secret.txt", ""],
)
def test_nothing_but_listed_files_is_served(tmp_path: Path, name: str) -> None:
    dist = build(tmp_path / "dist")
    (dist / "secret.txt").write_text("not listed")
    assert ask_for(dist, f"/assets/{name}").status == 404


def _nothing(_dist: Path) -> None: ...


def _no_json(dist: Path) -> None:
    dist.mkdir()
    (dist / "assets.json").write_text("{")


def _no_names(dist: Path) -> None:
    dist.mkdir()
    (dist / "assets.json").write_text('{"page.js": "../../../secret"}')


def _no_file(dist: Path) -> None:
    build(dist)
    (dist / "page-1a2b.js").unlink()


@pytest.mark.parametrize("spoil", [_nothing, _no_json, _no_names, _no_file])
def test_a_missing_build_says_what_to_run(tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    spoil(tmp_path / "dist")
    with pytest.raises(AssetsMissingError, match="make setup"):
        load_assets(tmp_path / "dist")
