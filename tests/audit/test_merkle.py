import json
from base64 import b64decode
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import (
    ConsistencyProofError,
    InclusionProofError,
    NoSuchLeafError,
    RightEdgeError,
)
from audit.merkle import (
    EMPTY_ROOT,
    RightEdge,
    leaf_hash,
    node_hash,
    prove_consistency,
    prove_inclusion,
    root_at,
    subtree_of,
    verify_consistency,
    verify_inclusion,
)
from tests.audit.naive_merkle import naive_consistency, naive_path, naive_root
from tests.shared import require_shared

ENTRIES = [f"entry {i}".encode() for i in range(256)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
TREE = subtree_of(LEAVES)


@cache
def root_of(size: int) -> bytes:
    return naive_root(ENTRIES[:size])


def test_published_roots_and_hashes() -> None:
    vectors = json.loads(require_shared("vectors", "log", "c2sp-vectors.json").read_text())
    inputs = [bytes.fromhex(text) for text in vectors["rfc6962"]["inputs_hex"]]
    tree = subtree_of([leaf_hash(entry) for entry in inputs])
    for size, root in enumerate(vectors["rfc6962"]["roots_hex_by_size"]):
        assert root_at(size, tree).hex() == root
    assert leaf_hash(b"L123456").hex() == vectors["rfc6962"]["leaf_L123456"]
    assert node_hash(b"N123", b"N456").hex() == vectors["rfc6962"]["node_N123_N456"]


@pytest.mark.parametrize(
    ("size", "root"),
    [
        (1, "+Mh7uX8kOuENS4qMqM8OPK55qi0/0vc0ENKwBgioid0="),
        (255, "4rF8jO4Gu2qQwszX+hE80hkqkgDG+RA307iJUnE/2JY="),
        (256, "zuMHbEOTN10iSepQo56jDhJ0o+QPklx0fj44sJ2vZ+Q="),
        (257, "00UWydumQ0F688ex+5jmQJhdFNnlAINJ7PHRgfTH+yo="),
    ],
)
def test_roots_that_were_computed_in_two_other_languages(size: int, root: str) -> None:
    edge = RightEdge()
    for i in range(size):
        edge = edge.append(leaf_hash(b'{"i":%d,"kind":"sample"}' % i))
    assert edge.root() == b64decode(root)


def _bytes(value: str | None) -> bytes:
    return b64decode(value or "")


def _proof(value: list[str] | None) -> list[bytes]:
    return [_bytes(item) for item in value or ()]


def _check_published(kind: str, verify: Callable[[Any], None], error: type[Exception]) -> None:
    """Of the vectors some are right and some are wrong, as each of them says."""
    folder = require_shared("vectors", "log", "merkle", kind)
    vectors = [json.loads(path.read_text()) for path in sorted(folder.rglob("*.json"))]
    refused = 0
    for vector in vectors:
        try:
            verify(vector)
        except error:
            refused += 1
            assert vector["wantErr"], vector["desc"]
        else:
            assert not vector["wantErr"], vector["desc"]
    assert 0 < refused < len(vectors)


def test_published_inclusion_proofs() -> None:
    def verify(vector: Any) -> None:
        index, size, root = vector["leafIdx"], vector["treeSize"], _bytes(vector["root"])
        verify_inclusion(index, size, _bytes(vector["leafHash"]), _proof(vector["proof"]), root)

    _check_published("inclusion", verify, InclusionProofError)


def test_published_consistency_proofs() -> None:
    def verify(vector: Any) -> None:
        old, new = vector["size1"], vector["size2"]
        roots = (_bytes(vector["root1"]), _bytes(vector["root2"]))
        verify_consistency(old, new, *roots, _proof(vector["proof"]))

    _check_published("consistency", verify, ConsistencyProofError)


def _check_every_proof(size: int) -> None:
    root = root_at(size, TREE)
    assert root == root_of(size)
    for index in range(size):
        proof = prove_inclusion(index, size, TREE)
        verify_inclusion(index, size, LEAVES[index], proof, root)
    for old in range(1, size + 1):
        proof = prove_consistency(old, size, TREE)
        verify_consistency(old, size, root_at(old, TREE), root, proof)


def test_every_proof_of_every_small_tree_is_the_naive_one() -> None:
    for size in range(1, 33):
        entries = ENTRIES[:size]
        _check_every_proof(size)
        for index in range(size):
            assert list(prove_inclusion(index, size, TREE)) == naive_path(index, entries)
        for old in range(1, size + 1):
            assert list(prove_consistency(old, size, TREE)) == naive_consistency(old, entries)


@pytest.mark.slow
def test_every_proof_of_every_tree_up_to_256_is_the_naive_one() -> None:
    for size in range(33, 257):
        entries = ENTRIES[:size]
        _check_every_proof(size)
        for index in range(size):
            assert list(prove_inclusion(index, size, TREE)) == naive_path(index, entries)
        for old in range(1, size + 1):
            assert list(prove_consistency(old, size, TREE)) == naive_consistency(old, entries)


def test_the_right_edge_grows_into_every_root() -> None:
    edge = RightEdge()
    assert edge.root() == EMPTY_ROOT == naive_root([]) == root_at(0, TREE)
    for size, leaf in enumerate(LEAVES, 1):
        edge = edge.append(leaf)
        assert edge.root() == root_at(size, TREE)
        assert len(edge.hashes) == size.bit_count()


@pytest.mark.parametrize(
    ("size", "hashes"),
    [(-1, ()), (0, (bytes(32),)), (1, ()), (3, (bytes(32),)), (1, (bytes(31),))],
    ids=["negative", "too-many", "none", "too-few", "short-hash"],
)
def test_an_impossible_right_edge_is_refused(size: int, hashes: tuple[bytes, ...]) -> None:
    with pytest.raises(RightEdgeError):
        RightEdge(size, hashes)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 3), (3, 3), (4, 3)])
def test_there_is_no_proof_of_a_leaf_outside(index: int, size: int) -> None:
    with pytest.raises(NoSuchLeafError):
        prove_inclusion(index, size, TREE)
    with pytest.raises(InclusionProofError):
        verify_inclusion(index, size, LEAVES[0], (), root_of(3))


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 3), (-1, 3), (4, 3)])
def test_there_is_no_proof_from_nothing_or_backwards(old: int, new: int) -> None:
    with pytest.raises(NoSuchLeafError):
        prove_consistency(old, new, TREE)
    with pytest.raises(ConsistencyProofError):
        verify_consistency(old, new, root_of(3), root_of(3), ())


def test_a_node_is_never_a_leaf() -> None:
    # Without different prefixes the two children of the root could be shown as an entry.
    root = node_hash(LEAVES[0], LEAVES[1])
    assert leaf_hash(LEAVES[0] + LEAVES[1]) != root
    with pytest.raises(InclusionProofError):
        verify_inclusion(0, 1, leaf_hash(LEAVES[0] + LEAVES[1]), (), root)


sizes = st.integers(1, 256)


@given(sizes, st.data())
def test_a_bent_inclusion_proof_is_refused(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = list(prove_inclusion(index, size, TREE))
    bends = [
        (index, size, LEAVES[index], [*proof, bytes(32)]),
        (index, size, LEAVES[index], [bytes(32), *proof]),
        (index, size, bytes(32), proof),
        (index, size, LEAVES[index], [*proof[:-1], bytes(31)]),
    ]
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        bends.append((index, size, LEAVES[index], proof[:place] + proof[place + 1 :]))
        bends.append((index, size, LEAVES[index], [*proof[:place], bytes(32), *proof[place + 1 :]]))
    other = data.draw(st.integers(0, size - 1))
    if other != index:
        bends.append((other, size, LEAVES[index], proof))
    for bent in bends:
        with pytest.raises(InclusionProofError):
            verify_inclusion(*bent, root_of(size))


@given(sizes, st.data())
def test_a_bent_consistency_proof_is_refused(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    proof = list(prove_consistency(old, size, TREE))
    old_root, root = root_of(old), root_of(size)
    bends = [
        (old_root, root, [*proof, bytes(32)]),
        (old_root, root, [bytes(32), *proof]),
        (bytes(32), root, proof),
        (old_root, bytes(32), proof),
    ]
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        bends.append((old_root, root, proof[:place] + proof[place + 1 :]))
        bends.append((old_root, root, [*proof[:place], bytes(31), *proof[place + 1 :]]))
    for first, second, bent in bends:
        with pytest.raises(ConsistencyProofError):
            verify_consistency(old, size, first, second, bent)
