from base64 import b64decode
from hashlib import sha256

import pytest

from audit.checkpoint import Checkpoint, format_checkpoint_text, open_checkpoint, sign_checkpoint
from audit.errors import CheckpointFormError, WrongOriginError
from audit.merkle import EMPTY_ROOT, leaf_hash, root_at, subtree_of
from audit.note import LogSigner
from audit.tiles import parse_bundle
from tests.shared import require_shared

SIGNER = LogSigner("log.example/sample", sha256(b"teg-throwaway-seed").digest())
TESSERA = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
ROOT = b64decode("00UWydumQ0F688ex+5jmQJhdFNnlAINJ7PHRgfTH+yo=")


def test_every_checkpoint_of_the_tessera_log() -> None:
    folder = require_shared("vectors", "log", "tessera-log")
    entries = parse_bundle((folder / "tile/entries/000.p/15").read_bytes(), 15)
    tree = subtree_of([leaf_hash(entry) for entry in entries])
    for size in range(16):
        raw = (folder / f"checkpoint.{size}").read_bytes()
        checkpoint = open_checkpoint(raw, TESSERA)
        assert (checkpoint.origin, checkpoint.size) == ("example.com/log/testdata", size)
        assert checkpoint.root == root_at(size, tree)
    assert open_checkpoint((folder / "checkpoint").read_bytes(), TESSERA).size == 15


def test_the_cosigned_checkpoint_opens_with_the_log_key() -> None:
    raw = require_shared("vectors", "log", "cosigned.n257").read_bytes()
    checkpoint = open_checkpoint(raw, SIGNER.key)
    assert checkpoint == Checkpoint("log.example/sample", 257, ROOT, raw)
    assert raw.startswith(sign_checkpoint(SIGNER, 257, ROOT))


def test_what_is_signed_opens_again() -> None:
    raw = sign_checkpoint(SIGNER, 257, ROOT)
    checkpoint = open_checkpoint(raw, SIGNER.vkey)
    assert (checkpoint.size, checkpoint.root, checkpoint.raw) == (257, ROOT, raw)
    assert format_checkpoint_text("log.example/sample", 0, EMPTY_ROOT).endswith("hSuFU=\n")


@pytest.mark.parametrize(
    ("size", "root"),
    [(-1, ROOT), (10**19, ROOT), (5, ROOT[:-1]), (0, bytes(32)), (True, ROOT)],
    ids=["negative", "huge", "short-root", "all-zero-empty-root", "bool"],
)
def test_an_impossible_checkpoint_is_never_signed(size: int, root: bytes) -> None:
    with pytest.raises(CheckpointFormError):
        sign_checkpoint(SIGNER, size, root)
    with pytest.raises(CheckpointFormError):
        Checkpoint("log.example", size, root, b"")


def test_an_origin_is_a_key_name() -> None:
    with pytest.raises(CheckpointFormError):
        Checkpoint("log example", 1, ROOT, b"")


TEXT = format_checkpoint_text("log.example/sample", 257, ROOT)


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("\n257\n", "\n0257\n"),
        TEXT.replace("\n257\n", "\n+257\n"),
        TEXT.replace("\n257\n", "\n 257\n"),
        TEXT.replace("\n257\n", "\n2_57\n"),
        TEXT.replace("\n257\n", "\n\N{ARABIC-INDIC DIGIT TWO}57\n"),
        TEXT.replace("\n257\n", "\n-1\n"),
        TEXT.replace("\n257\n", "\n\n"),
        TEXT.replace("yo=", "yp="),
        TEXT.replace("yo=", "yo"),
        TEXT.replace("yo=", "y="),
        TEXT + "extension\n",
        TEXT + "\n",
        "log.example/sample\n257\n",
        "log.example/sample\n0\n" + TEXT.split("\n")[2] + "\n",
    ],
    ids=[
        "leading-zero",
        "plus",
        "space",
        "underscore",
        "other-digits",
        "negative",
        "no-size",
        "loose-bits",
        "no-padding",
        "short-root",
        "extension",
        "empty-line",
        "no-root",
        "empty-with-a-root",
    ],
)
def test_a_malformed_checkpoint_is_refused_though_well_signed(text: str) -> None:
    with pytest.raises(CheckpointFormError):
        open_checkpoint(SIGNER.sign(text), SIGNER.key)


def test_the_checkpoint_of_another_log_is_refused_though_signed_with_our_key() -> None:
    with pytest.raises(WrongOriginError):
        open_checkpoint(SIGNER.sign(TEXT.replace("sample", "other")), SIGNER.key)
