import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import BundleFormError, TilePathError
from audit.merkle import leaf_hash, prove_consistency, prove_inclusion, root_at, subtree_of
from audit.tiles import (
    TileCount,
    TilePath,
    build_tile,
    bundle_paths,
    format_bundle,
    parse_bundle,
    parse_tile_path,
    subtree_in_tiles,
    tile_paths,
    tiles_for,
)
from tests.shared import require_shared

LEAVES = [leaf_hash(b"%d" % i) for i in range(700)]
TREE = subtree_of(LEAVES)


def test_published_paths() -> None:
    vectors = json.loads(require_shared("vectors", "log", "c2sp-vectors.json").read_text("utf-8"))
    for number, path in vectors["paths"].items():
        assert str(TilePath(0, int(number))) == f"tile/0/{path}"
        assert str(TilePath(None, int(number))) == f"tile/entries/{path}"
        assert parse_tile_path(f"tile/63/{path}.p/7") == TilePath(63, int(number), 7)


def test_published_counts_of_tiles() -> None:
    vectors = json.loads(require_shared("vectors", "log", "c2sp-vectors.json").read_text("utf-8"))
    for size, rows in vectors["tiles"].items():
        assert tiles_for(int(size)) == tuple(
            TileCount(row["level"], row["full"], row["partial"]) for row in rows
        )


def test_every_tile_and_bundle_of_the_tessera_log() -> None:
    folder = require_shared("vectors", "log", "tessera-log")
    entries = parse_bundle((folder / "tile/entries/000.p/15").read_bytes(), 15)
    assert entries[0] == b"one"
    tree = subtree_of([leaf_hash(entry) for entry in entries])
    for path in (folder / "tile").rglob("*"):
        if path.is_file():
            tile = parse_tile_path(path.relative_to(folder).as_posix())
            if tile.level is None:
                assert path.read_bytes() == format_bundle(entries[: tile.width])
            else:
                assert path.read_bytes() == build_tile(tile, tree)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/001",
        "tile/0/001/001",
        "tile/0/x001",
        "tile/0/000.p/0",
        "tile/0/000.p/007",
        "tile/0/000.p/+7",
        "tile/0/000.p/256",
        "tile/0/000.p/",
        "tile/0/000.q/7",
        "tile/0/../000",
        "tile/0/000/../../../key",
        "tile/0/000\n",
        "/tile/0/000",
        "tile/data/000",
        "tile/8/0/000",
        "tile/0/\N{ARABIC-INDIC DIGIT TWO}00",
        "tile/entries/000.p/7/",
        "tile/0/" + "x001/" * 7 + "001",
        "tile/0/" + "x999/" * 6 + "999",
    ],
)
def test_what_is_not_the_one_path_of_a_tile_is_refused(path: str) -> None:
    with pytest.raises(TilePathError):
        parse_tile_path(path)


@pytest.mark.parametrize(
    ("level", "n", "width"), [(64, 0, 1), (-1, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)]
)
def test_an_impossible_tile_is_refused(level: int, n: int, width: int) -> None:
    with pytest.raises(TilePathError):
        TilePath(level, n, width)


@given(st.one_of(st.none(), st.integers(0, 63)), st.integers(0, 2**56 - 1), st.integers(1, 256))
def test_a_path_is_read_back(level: int | None, n: int, width: int) -> None:
    tile = TilePath(level, n, width)
    assert parse_tile_path(str(tile)) == tile


@given(st.text(max_size=40))
def test_any_text_is_a_path_or_a_named_error(text: str) -> None:
    try:
        tile = parse_tile_path("tile/" + text)
    except TilePathError:
        return
    assert str(tile) == "tile/" + text


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 512, 700])
def test_tiles_rebuild_the_tree(size: int) -> None:
    tiles = {str(tile): build_tile(tile, TREE) for tile in tile_paths(size)}
    subtree = subtree_in_tiles(size, lambda tile: tiles[str(tile)])
    for smaller in {0, 1, size // 3, max(size - 1, 0), size} & set(range(size + 1)):
        assert root_at(smaller, subtree) == root_at(smaller, TREE)
    for index in {0, size // 2, size - 1} & set(range(size)):
        assert prove_inclusion(index, size, subtree) == prove_inclusion(index, size, TREE)
        assert prove_consistency(index + 1, size, subtree) == prove_consistency(
            index + 1, size, TREE
        )


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512, 65_536, 70_000])
def test_a_log_implies_exactly_its_own_tiles(size: int) -> None:
    listed = {*tile_paths(size), *bundle_paths(size)}
    near = [
        TilePath(level, n, width)
        for level in (None, 0, 1, 2, 3)
        for n in (0, 1, 2, 255, 256, 273, 274)
        for width in (1, 17, 112, 255, 256)
    ]
    for tile in {*near, *listed}:
        assert tile.is_implied_by(size) == (tile in listed)


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_a_bundle_is_read_back(entries: list[bytes]) -> None:
    raw = format_bundle(entries)
    assert list(parse_bundle(raw, len(entries))) == entries
    for bent in (raw + b"\x00", raw[:-1]):
        with pytest.raises(BundleFormError):
            parse_bundle(bent, len(entries))
    with pytest.raises(BundleFormError):
        parse_bundle(raw, len(entries) + 1)


@pytest.mark.parametrize("entries", [[], [b""] * 257, [bytes(65_536)]])
def test_an_impossible_bundle_is_refused(entries: list[bytes]) -> None:
    with pytest.raises(BundleFormError):
        format_bundle(entries)


def test_the_largest_entry_fits() -> None:
    assert parse_bundle(format_bundle([bytes(65_535), b""]), 2) == (bytes(65_535), b"")
