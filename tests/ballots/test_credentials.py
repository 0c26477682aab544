"""Credentials: their form, their keys, the list."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.credentials import (
    BASE58,
    format_credentials,
    make_credential,
    make_uuid,
    parse_credential,
    parse_credentials,
    public_credential,
    sign_in_code,
)
from ballots.encoding import format_json, read_uuid
from ballots.errors import (
    BallotError,
    CredentialFormError,
    CredentialOrderError,
    IdentityPointError,
    MalformedJsonError,
    MixedWeightsError,
    PointFormError,
    WrongValueError,
)
from tests.ballots.box import few, seeded

# From the public vector ed25519-h-5, made by the independent tool.
UUID = "FWi5qm6BERThWw"
SECRET = "TupSq-u461KX-nuGRv-ev9nsA"
PUBLIC = "5d1103f38310c124f30bca680fbd9ebd4a9c51291d51f6c95468e44281b38bed"


def test_the_key_is_the_one_the_independent_tool_derives() -> None:
    assert public_credential(UUID, SECRET) == PUBLIC


def test_a_credential_is_good_for_one_box_alone() -> None:
    assert public_credential("FWi5qm6BERThWx", SECRET) != PUBLIC


@few
@given(st.integers(0, 2**32))
def test_made_credentials_and_uuids_have_their_form(seed: int) -> None:
    draw = seeded(seed)
    assert parse_credential(made := make_credential(draw)) == made
    assert read_uuid(uuid := make_uuid(draw)) == uuid
    assert len(uuid) == 14


def test_all_characters_are_as_likely() -> None:
    # 232..255 are thrown away: they would favour the first 24 characters.
    stream = bytes(range(256)) * 2
    at = 0

    def draw(n: int) -> bytes:
        nonlocal at
        at += n
        return stream[at - n : at]

    # 14 bytes at a time; the last 24 of 256 give nothing.
    seen = "".join([make_uuid(draw) for _ in range(16)])
    assert seen == (BASE58 * 4)[: len(seen)]
    assert make_uuid(lambda n: bytes([255] * (n - 7) + [0] * 7)) == "1" * 14


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SECRET.replace("-", ""), id="no-dashes"),
        pytest.param(SECRET + "\n", id="line-feed"),
        pytest.param(SECRET[:-1], id="short"),
        pytest.param(SECRET[:-1] + "0", id="not-base58"),
        pytest.param("aaaaa-aaaaa-aaaaa", id="three-groups-of-five"),
        pytest.param("", id="empty"),
        pytest.param("TupSq-u461KX-nuGRv-ev9nsÀ", id="not-ascii"),
    ],
)
def test_other_texts_are_no_credentials(text: str) -> None:
    with pytest.raises(CredentialFormError) as caught:
        parse_credential(text)
    assert caught.value.args == ()
    with pytest.raises(CredentialFormError):
        public_credential(UUID, text)


def test_the_sign_in_code_is_a_hash_of_the_secret() -> None:
    assert sign_in_code(SECRET) == hashlib.sha256(f"teg-sign-in|{SECRET}".encode()).hexdigest()


# --- the list ---------------------------------------------------------------------------

PUBLICS = sorted(
    [public_credential(UUID, make_credential(seeded(n))) for n in range(4)],
    key=lambda public: bytes.fromhex(public)[::-1],
)


def test_the_list_does_not_follow_the_roll() -> None:
    raw = format_credentials([PUBLICS[2], PUBLICS[0], PUBLICS[3], PUBLICS[1]])
    assert raw == format_json(PUBLICS)
    parsed = parse_credentials(raw)
    assert list(parsed.weights) == PUBLICS
    assert (len(parsed), parsed.total_weight, parsed.weighted) == (4, 4, False)
    assert PUBLICS[0] in parsed
    assert PUBLIC not in parsed


def test_weights_are_read() -> None:
    parsed = parse_credentials(format_json([f"{PUBLICS[0]},3", f"{PUBLICS[1]},40"]))
    assert dict(parsed.weights) == {PUBLICS[0]: 3, PUBLICS[1]: 40}
    assert (parsed.total_weight, parsed.weighted) == (43, True)


def test_a_repeated_credential_is_not_written() -> None:
    with pytest.raises(CredentialOrderError):
        format_credentials([PUBLICS[0], PUBLICS[0]])


@pytest.mark.parametrize(
    ("value", "error"),
    [
        pytest.param([PUBLICS[1], PUBLICS[0]], CredentialOrderError, id="order"),
        pytest.param([PUBLICS[0], PUBLICS[0]], CredentialOrderError, id="twice"),
        pytest.param([PUBLICS[0] + ",1", PUBLICS[1]], MixedWeightsError, id="mixed"),
        pytest.param([PUBLICS[0] + ",0"], WrongValueError, id="weight-0"),
        pytest.param([PUBLICS[0] + ",-1"], WrongValueError, id="weight-negative"),
        pytest.param([PUBLICS[0] + ",01"], WrongValueError, id="weight-leading-zero"),
        pytest.param([PUBLICS[0] + ",+1"], WrongValueError, id="weight-plus"),
        pytest.param([PUBLICS[0] + ","], WrongValueError, id="weight-empty"),
        pytest.param([PUBLICS[0] + ",1,voter1"], WrongValueError, id="user-name"),
        pytest.param([PUBLICS[0] + ",9999999999999999"], WrongValueError, id="weight-huge"),
        pytest.param([PUBLICS[0].upper()], PointFormError, id="upper-case"),
        pytest.param(["0" * 63 + "1"], IdentityPointError, id="identity"),
        pytest.param([1], WrongValueError, id="number"),
        pytest.param({}, WrongValueError, id="object"),
    ],
)
def test_other_lists_are_refused(value: object, error: type[BallotError]) -> None:
    with pytest.raises(error):
        parse_credentials(format_json(value))


def test_a_list_with_spaces_is_refused() -> None:
    with pytest.raises(MalformedJsonError):
        parse_credentials(f'["{PUBLICS[0]}", "{PUBLICS[1]}"]'.encode())
