"""What a trustee hands in is told by its form; what is no part for each box is named so."""

import pytest

from ballots.seeds import Seed
from web.trustee_parts import Kind, UnreadablePartsError, name_kind, read_shares, read_shuffles


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (Seed("2" * 22).text.encode(), "private-key"),
        (b'"12"', "private-key"),
        (b'{"algorithm":"AES-GCM","alpha":"","beta":"","data":""}', "sealed-key"),
        (b'{"message":"","signature":{}}', "certificate"),
        (b'{"polynomial":"","secrets":[],"coefexps":{},"signature":{}}', "polynomial"),
        (b'{"private_key":"","public_key":{}}', "verification-key"),
        (b'{"pok":{},"public_key":"","name":""}', "public-key"),
        (b'{"a":{"shuffle":""}}', "shuffle"),
        (b'{"a":{"decryption":"","proofs":""}}', "share"),
        # What the service gathers for her is not what she gives.
        (b'{"polynomial":"","secrets":[],"coefexps":[],"signatures":[]}', "other"),
        (b'{"pok":{},"public_key":"","private_key":""}', "other"),
        (b'{"a":{"shuffle":"","key":""}}', "other"),
        (b"{}", "other"),
        (b"[]", "other"),
        (b'{"a":1}', "other"),
        (b"[" * 100_000, "other"),
        (b"\xff", "other"),
        ('{"message":"","signature":{}}'.encode("utf-16"), "other"),
    ],
)
def test_a_file_is_known_by_its_form(raw: bytes, kind: Kind) -> None:
    assert name_kind(raw) == kind


@pytest.mark.parametrize("raw", [b"", b"null", b"{}", b"[1]", b'{"a":2}', b'{"a":{}}', b"\xff"])
def test_what_is_no_shuffle_is_named_so(raw: bytes) -> None:
    with pytest.raises(UnreadablePartsError):
        read_shuffles(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"null", b"[]", b"{}", b"1", b'"x"', b'{"b":1}', b'{"b":{"decryption":"x"}}',
        b'{"b":{"decryption":1,"proofs":2}}', b'{"b":null}', b"[" * 100_000, b"{" * 10,
        b'{"b":{"decryption":"\\ud800","proofs":""}}', b"\xff",
    ],
)  # fmt: skip
def test_what_is_no_share_is_named_so(raw: bytes) -> None:
    with pytest.raises(UnreadablePartsError):
        read_shares(raw)
