"""The public record over HTTP: what is served, how, and under no other spelling."""

import json
from hashlib import sha256

import pytest

from audit.record import UrlRecord
from audit.tiles import bundle_paths, tile_paths
from audit.verifier import verify_record
from tests.web.api.conftest import Site
from web.views import election_view


def size_of(site: Site) -> int:
    return int(site.get("/log/checkpoint").body.split(b"\n")[1])


def objects_of(site: Site) -> list[str]:
    return [
        box.election_object for box in election_view(site.coop.service, site.coop.election).boxes
    ]


def test_the_whole_record_verifies_over_http(steady_site: Site) -> None:
    record = UrlRecord(f"http://127.0.0.1:{steady_site.port}")
    report = verify_record(record)
    record.close()
    assert report.size == size_of(steady_site)
    assert [election.state for election in report.elections] == ["open"]


def test_every_tile_of_the_published_size_is_there_for_ever(steady_site: Site) -> None:
    size = size_of(steady_site)
    for tile in (*tile_paths(size), *bundle_paths(size)):
        answer = steady_site.get(f"/log/{tile}")
        assert answer.status == 200, str(tile)
        assert answer.header("content-type") == "application/octet-stream"
        assert "immutable" in (answer.header("cache-control") or "")


def test_the_checkpoint_is_asked_for_anew_each_time(steady_site: Site) -> None:
    answer = steady_site.get("/log/checkpoint")
    assert answer.header("cache-control") == "no-cache"
    assert answer.header("content-type") == "text/plain; charset=utf-8"


def test_an_object_is_what_its_name_says(steady_site: Site) -> None:
    for digest in objects_of(steady_site):
        answer = steady_site.get(f"/objects/{digest}")
        assert sha256(answer.body).hexdigest() == digest
        assert "immutable" in (answer.header("cache-control") or "")


PATHS = ["/key", "/elections.json", "/log/checkpoint"]


@pytest.mark.parametrize("path", PATHS)
def test_anybodys_page_may_read_the_record(steady_site: Site, path: str) -> None:
    answer = steady_site.get(path)
    assert answer.status == 200
    assert answer.header("access-control-allow-origin") == "*"
    assert answer.header("cross-origin-resource-policy") == "cross-origin"
    assert answer.header("set-cookie") is None


@pytest.mark.parametrize("path", PATHS)
def test_a_head_tells_the_same_headers(steady_site: Site, path: str) -> None:
    got, head = steady_site.get(path), steady_site.send("HEAD", path, b"")
    assert head.status == 200
    assert head.body == b""
    assert head.header("content-length") == got.header("content-length")


NOT_THERE = [
    "/log/tile/0/007",
    "/log/tile/0/000.p/0",
    "/log/tile/0/000.p/1",
    "/log/tile/0/+7",
    "/log/tile/00/000",
    "/log/tile/0/x000/001",
    "/log/tile/64/000",
    "/log/tile/entries/999",
    "/log/tile/entries/000.p/1",
    "/log/tile/entries",
    "/log/../log/checkpoint",
    "/log//checkpoint",
    "/log/checkpoint/",
    "/log/checkpoint?",
    "/log/checkpoint?x=1",
    "/log/%63heckpoint",
    "/log/tile%2F0/000",
    "/log/",
    "/log",
    "/objects/",
    "/objects/" + "0" * 64,
    "/objects/" + "g" * 64,
    "/objects/../key",
    "/key/",
    "/elections.json/",
    "/elections/11111111111111/manifest.json",
]


@pytest.mark.parametrize("path", NOT_THERE)
def test_nothing_is_served_under_another_spelling(steady_site: Site, path: str) -> None:
    answer = steady_site.get(path)
    if path == "/log/checkpoint?":  # an empty query is no query: the bytes of the path are one
        assert answer.status in (200, 404)
        return
    assert answer.status == 404
    assert answer.header("cache-control") == "no-store"


def test_upper_case_digests_are_another_name(steady_site: Site) -> None:
    (digest, *_) = objects_of(steady_site)
    assert steady_site.get(f"/objects/{digest.upper()}").status == 404


def test_elections_files_are_those_of_the_election(steady_site: Site) -> None:
    uuid = steady_site.coop.election
    assert json.loads(steady_site.get("/elections.json").body) == {"v": 1, "elections": [uuid]}
    manifest = json.loads(steady_site.get(f"/elections/{uuid}/manifest.json").body)
    assert manifest["election"] == uuid
    assert steady_site.get(f"/elections/{uuid}/boxes/supported.bel").status == 200
    assert steady_site.get(f"/elections/{uuid}/boxes/nobody.bel").status == 404
    assert steady_site.get(f"/elections/{uuid}/result.json").status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_the_record_is_only_read(steady_site: Site, method: str) -> None:
    answer = steady_site.send(method, "/log/checkpoint", b"x")
    assert (answer.status, answer.header("allow")) == (405, "GET, HEAD")
