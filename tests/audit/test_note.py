import json
from base64 import b64decode, b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import (
    AuditError,
    KeyFormError,
    NoteFormError,
    NoteSignatureError,
    UnsignedNoteError,
)
from audit.note import LogSigner, VerifierKey, decode_base64, key_id, open_note, parse_note
from tests.shared import require_shared

SIGNER = LogSigner("log.example/sample", sha256(b"teg-throwaway-seed").digest())
OTHER = LogSigner("log.example/other", bytes(32))
TEXT = "an example\n\nwith an empty line\n"
NOTE = SIGNER.sign(TEXT)


def _vectors() -> dict[str, object]:
    loaded = json.loads(require_shared("vectors", "log", "c2sp-vectors.json").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_published_notes_verify_and_signing_reproduces_them() -> None:
    notes = _vectors()["notes"]
    assert isinstance(notes, list)
    assert len(notes) == 4
    for vector in notes:
        key = VerifierKey.parse(vector["vkey"])
        assert key.vkey == vector["vkey"]
        raw = vector["note"].encode()
        text = open_note(raw, (key,))
        assert raw.startswith(text.encode() + b"\n")
        if "skey" in vector:
            signer = LogSigner.parse(vector["skey"])
            assert (signer.skey, signer.vkey) == (vector["skey"], vector["vkey"])
            assert signer.sign(text) == raw


def test_the_log_line_of_the_cosigned_note_verifies() -> None:
    vector = _vectors()["cosigned"]
    assert isinstance(vector, dict)
    key = VerifierKey.parse(vector["log_vkey"])
    assert LogSigner(key.name, bytes.fromhex(vector["log_seed_hex"])).vkey == vector["log_vkey"]
    text = open_note(vector["note"].encode(), (key,))
    # The witness's line is of another kind and left alone.
    assert vector["note"].startswith(SIGNER.sign(text).decode())
    witness = vector["witness_vkey"]
    with pytest.raises(KeyFormError, match="type 04"):
        VerifierKey.parse(witness)


def test_a_text_with_empty_lines_is_split_at_the_last_one() -> None:
    assert open_note(NOTE, (SIGNER.key,)) == TEXT


def test_a_key_whose_base64_holds_plus_signs_is_read_whole() -> None:
    vkey = "log.example/sample+73a2f227+Afn+o8MmpQQInFsdQHYPCbOQqpwPv7UE+XjLIE9fbumw"
    assert SIGNER.vkey == vkey
    assert VerifierKey.parse(vkey) == SIGNER.key
    assert SIGNER.key.fingerprint.count(" ") == 7


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "log.example/sample",
        "log.example/sample+73a2f227",
        "+73a2f227+Afn+o8MmpQQInFsdQHYPCbOQqpwPv7UE+XjLIE9fbumw",
        "log.example/sample+73A2F227+Afn+o8MmpQQInFsdQHYPCbOQqpwPv7UE+XjLIE9fbumw",
        "log.example/sample+3a2f227+Afn+o8MmpQQInFsdQHYPCbOQqpwPv7UE+XjLIE9fbumw",
        "log.example/sample+73a2f228+Afn+o8MmpQQInFsdQHYPCbOQqpwPv7UE+XjLIE9fbumw",
        "log.example/simple+73a2f227+Afn+o8MmpQQInFsdQHYPCbOQqpwPv7UE+XjLIE9fbumw",
        "log.example/sample+73a2f227+",
        "log.example/sample+73a2f227+Afn+o8Mm",
        "log.example/sample+73a2f227+Afn+o8MmpQQInFsdQHYPCbOQqpwPv7UE+XjLIE9fbumw\n",
        " log.example/sample+73a2f227+Afn+o8MmpQQInFsdQHYPCbOQqpwPv7UE+XjLIE9fbumw",
    ],
    ids=[
        "empty",
        "name-only",
        "no-key",
        "no-name",
        "upper-case-id",
        "short-id",
        "other-id",
        "other-name",
        "empty-key",
        "short-key",
        "newline",
        "space-in-name",
    ],
)
def test_a_malformed_key_is_refused(vkey: str) -> None:
    with pytest.raises(KeyFormError):
        VerifierKey.parse(vkey)


@pytest.mark.parametrize(
    "skey",
    [
        SIGNER.vkey,
        SIGNER.skey[:-4],
        SIGNER.skey.replace("73a2f227", "73a2f228"),
        "PRIVATE+KEY+a+00000000+" + b64encode(bytes([4]) + bytes(32)).decode(),
    ],
    ids=["public", "short", "other-id", "other-kind"],
)
def test_a_malformed_private_key_is_refused(skey: str) -> None:
    with pytest.raises(KeyFormError):
        LogSigner.parse(skey)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\u2028b", "a\nb", "a\x7fb"])
def test_a_name_that_would_break_a_line_is_refused(name: str) -> None:
    with pytest.raises(KeyFormError):
        LogSigner(name, bytes(32))
    with pytest.raises(KeyFormError):
        VerifierKey(name, bytes(32))


def test_a_seed_is_32_bytes_and_never_shown() -> None:
    with pytest.raises(KeyFormError):
        LogSigner("log.example", bytes(31))
    assert "seed" not in repr(SIGNER)


LINE = NOTE.decode().split("\n")[-2]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"text\n",
        NOTE[:-1],
        NOTE + b"\n",
        NOTE.replace(b"\n", b"\r\n"),
        NOTE.replace(b"example", b"ex\tmple"),
        NOTE.replace(b"example", b"ex\xffmple"),
        NOTE.replace("— ".encode(), b"- "),
        NOTE.replace("— ".encode(), "—".encode()),
        NOTE.replace("— ".encode(), "—  ".encode()),
        NOTE.replace(b"sample ", b"sam+ple "),
        NOTE.replace(b"sample ", "sam\u2003ple ".encode()),
        NOTE[:-3] + b"!=\n",
        NOTE.replace(LINE.encode(), "— log.example/sample c6LyJw==".encode()),
        (TEXT + "\n" + (LINE + "\n") * 101).encode(),
        (TEXT * 4000 + "\n" + LINE + "\n").encode(),
    ],
    ids=[
        "empty",
        "no-signature",
        "no-newline",
        "extra-newline",
        "carriage-return",
        "tab",
        "not-utf-8",
        "hyphen",
        "no-space",
        "two-spaces",
        "plus-in-name",
        "space-in-name",
        "bad-base64",
        "id-only",
        "many-signatures",
        "huge",
    ],
)
def test_a_malformed_note_is_refused(raw: bytes) -> None:
    with pytest.raises(NoteFormError):
        open_note(raw, (SIGNER.key,))


def test_lines_are_split_at_newlines_only() -> None:
    # str.splitlines would also split here, and read another signature line.
    text = "one\u2028two\x85three\n"
    assert open_note(SIGNER.sign(text), (SIGNER.key,)) == text


def test_a_line_of_nobody_we_know_is_left_alone() -> None:
    theirs = OTHER.sign(TEXT).decode().split("\n")[-2] + "\n"
    assert open_note(NOTE + theirs.encode(), (SIGNER.key,)) == TEXT
    with pytest.raises(UnsignedNoteError):
        open_note(OTHER.sign(TEXT), (SIGNER.key,))


def test_a_bad_line_of_a_known_key_spoils_the_note_even_beside_a_good_one() -> None:
    forged = SIGNER.sign("other text\n").decode().split("\n")[-2] + "\n"
    with pytest.raises(NoteSignatureError):
        open_note(NOTE + forged.encode(), (SIGNER.key,))
    with pytest.raises(NoteSignatureError):
        open_note(NOTE.replace(b"an example", b"no example"), (SIGNER.key,))


def test_sixteen_signatures_and_more_are_read() -> None:
    theirs = OTHER.sign(TEXT).decode().split("\n")[-2] + "\n"
    assert open_note(NOTE + theirs.encode() * 50, (SIGNER.key,)) == TEXT


def test_a_text_that_could_not_be_read_back_is_not_signed() -> None:
    with pytest.raises(NoteFormError):
        SIGNER.sign("tab\tinside\n")


@pytest.mark.parametrize("text", ["AA=", "AAA", "A A=", "AAB=", "AA==\n", "AÄ==", "QUI"])
def test_base64_has_one_form(text: str) -> None:
    assert decode_base64(text) is None


@given(st.binary(max_size=80))
def test_canonical_base64_is_read(raw: bytes) -> None:
    assert decode_base64(b64encode(raw).decode()) == raw


def test_the_key_id_is_of_name_kind_and_key() -> None:
    public = b64decode("Afn+o8MmpQQInFsdQHYPCbOQqpwPv7UE+XjLIE9fbumw")[1:]
    assert key_id("log.example/sample", 1, public).hex() == "73a2f227"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_note_or_a_named_error(raw: bytes) -> None:
    try:
        parse_note(raw)
    except AuditError:
        return
    assert b"\n\n" in raw


@given(st.integers(0, len(NOTE) - 1), st.integers(1, 255))
def test_no_single_byte_of_a_note_may_change(place: int, change: int) -> None:
    bent = bytearray(NOTE)
    bent[place] ^= change
    with pytest.raises(AuditError):
        open_note(bytes(bent), (SIGNER.key,))
