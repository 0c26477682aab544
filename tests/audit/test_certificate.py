from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from audit.certificate import (
    Certificate,
    Statement,
    format_certificate,
    parse_certificate,
    record_digest,
    sign_certificate,
    verify_certificate,
)
from audit.errors import AuditError
from audit.record_errors import (
    CertificateFormError,
    CertificateKeyError,
    CertificateSignatureError,
)
from tests.audit.examples import BOX_A, BOX_B, ELECTION, digest

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = PRIVATE.public_key().public_bytes_raw().hex()
STATEMENT = Statement(
    election=ELECTION,
    manifest=digest("manifest"),
    result=digest("result"),
    record=record_digest([(BOX_A, digest("a")), (BOX_B, digest("b"))]),
    origin="coop.example/log",
    size=26,
    root=sha256(b"root").digest(),
    time=1_700_000_000,
    reason=digest("reason"),
    key=KEY,
)
CERTIFICATE = sign_certificate(STATEMENT, PRIVATE)
RAW = format_certificate(CERTIFICATE)
ROOT64 = b64encode(STATEMENT.root)
SIGNATURE = CERTIFICATE.signature.hex().encode()


def test_the_bytes_of_a_certificate() -> None:
    assert (
        '{"v":1,"election":"ExampLeELectioN1",'
        f'"manifest":"{digest("manifest")}","result":"{digest("result")}",'
        f'"record":"{STATEMENT.record}",'
        f'"checkpoint":{{"origin":"coop.example/log","size":26,"root":"{ROOT64.decode()}"}},'
        f'"time":1700000000,"reason":"{digest("reason")}","key":"{KEY}",'
        f'"signature":"{SIGNATURE.decode()}"}}'
    ).encode() == RAW


def test_what_is_signed_is_tagged_and_without_the_signature() -> None:
    unsigned = RAW[: RAW.index(b',"signature"')] + b"}"
    PRIVATE.public_key().verify(CERTIFICATE.signature, b"teg/certificate/v1\n" + unsigned)


def test_the_record_digest_is_of_the_boxes_in_order() -> None:
    pairs = [(BOX_A, digest("a")), (BOX_B, digest("b"))]
    text = f'[["{BOX_A}","{digest("a")}"],["{BOX_B}","{digest("b")}"]]'
    assert record_digest(pairs) == digest(text)
    assert record_digest(pairs[::-1]) != record_digest(pairs)


def test_a_certificate_is_read_back_and_verified() -> None:
    assert parse_certificate(RAW) == CERTIFICATE
    verify_certificate(parse_certificate(RAW), KEY)


def test_a_certificate_of_another_key_is_refused() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    with pytest.raises(CertificateKeyError):
        verify_certificate(CERTIFICATE, other.public_key().public_bytes_raw().hex())
    with pytest.raises(CertificateKeyError):
        sign_certificate(STATEMENT, other)


@pytest.mark.parametrize(
    "change",
    [
        {"election": "AnotherELection"},
        {"manifest": digest("x")},
        {"result": digest("x")},
        {"record": digest("x")},
        {"origin": "x.example"},
        {"size": 27},
        {"root": bytes(32)},
        {"time": 1},
        {"reason": digest("x")},
    ],
    ids=str,
)
def test_no_part_of_what_was_signed_may_change(change: dict[str, object]) -> None:
    bent = replace(STATEMENT, **change)  # type: ignore[arg-type]
    with pytest.raises(CertificateSignatureError):
        verify_certificate(Certificate(bent, CERTIFICATE.signature), KEY)


@pytest.mark.parametrize(
    "change",
    [
        {"election": "short"},
        {"manifest": "x"},
        {"time": -1},
        {"size": 0},
        {"size": 2**60},
        {"root": b""},
        {"origin": "a b"},
        {"key": KEY.upper()},
    ],
    ids=str,
)
def test_an_impossible_statement_cannot_exist(change: dict[str, object]) -> None:
    with pytest.raises(CertificateFormError):
        replace(STATEMENT, **change)  # type: ignore[arg-type]


def test_a_signature_has_64_bytes() -> None:
    with pytest.raises(CertificateFormError):
        Certificate(STATEMENT, bytes(63))


def test_a_key_that_is_no_point_signs_nothing() -> None:
    key = "ff" * 32
    with pytest.raises(CertificateSignatureError):
        verify_certificate(Certificate(replace(STATEMENT, key=key), bytes(64)), key)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{}",
        RAW + b"\n",
        RAW.replace(b'"v":1', b'"v":2'),
        RAW.replace(b'"v":1', b'"v":true'),
        RAW.replace(b'"size":26', b'"size":"26"'),
        RAW.replace(b'"size":26', b'"size":26,"x":1'),
        RAW.replace(b'"time":1700000000', b'"time":"1700000000"'),
        RAW.replace(b'"time":1700000000', b'"time":null'),
        RAW.replace(ROOT64, b"AAAA"),
        RAW.replace(ROOT64, b"!"),
        RAW.replace(SIGNATURE, b"00"),
        RAW.replace(SIGNATURE, b"zz" * 64),
        RAW.replace(SIGNATURE, SIGNATURE.upper()),
        RAW.replace(b'{"origin":"coop.example/log"', b'{"origin":7'),
        RAW.replace(b'"checkpoint":{', b'"checkpoint":[{').replace(b'},"time"', b'}],"time"'),
        RAW.replace(b'"election":"ExampLeELectioN1"', b'"election":["ExampLeELectioN1"]'),
        b" " * 5000,
    ],
)
def test_what_is_not_the_one_form_of_a_certificate_is_refused(raw: bytes) -> None:
    assert raw != RAW
    with pytest.raises(CertificateFormError):
        parse_certificate(raw)


@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
def test_no_single_byte_may_change(place: int, change: int) -> None:
    bent = bytearray(RAW)
    bent[place] ^= change
    with pytest.raises(AuditError):
        verify_certificate(parse_certificate(bytes(bent)), KEY)
