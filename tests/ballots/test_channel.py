"""Secrets between trustees: from one, to one, and nobody in between can bend them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.channel import encrypt_to, open_secret, seal_secret
from ballots.encoding import format_json
from ballots.errors import (
    BallotError,
    ChannelError,
    MalformedJsonError,
    OversizedError,
    PointFormError,
    PointOutsideGroupError,
    TrusteeSignatureError,
    UnsupportedError,
    WrongFieldsError,
    WrongValueError,
)
from ballots.group import BASE, Point, combine, format_point
from ballots.messages import SignedMessage, format_signed, signature_of
from tests.ballots.box import SMALL_ORDER, Edit, edit, few, seeded, some, text_of
from tests.shared import require_shared

SENDER, RECIPIENT, OTHER = 123, 456, 789


def _public(private: int) -> Point:
    return combine([[(BASE, private)]])[0]


SEALED = seal_secret('{"secret":"5"}', SENDER, _public(RECIPIENT), seeded(1))


@few
@given(st.text(max_size=300), st.integers(0, 2**32))
def test_what_is_sealed_is_opened(text: str, seed: int) -> None:
    sealed = seal_secret(text, SENDER, _public(RECIPIENT), seeded(seed))
    assert open_secret(sealed, RECIPIENT, _public(SENDER), 1) == text


def test_nobody_else_opens_it() -> None:
    with pytest.raises(ChannelError) as caught:
        open_secret(SEALED, OTHER, _public(SENDER), 1)
    assert caught.value.args == ("key",)


def test_it_is_from_its_sender() -> None:
    with pytest.raises(TrusteeSignatureError) as caught:
        open_secret(SEALED, RECIPIENT, _public(OTHER), 3)
    assert caught.value.args == ("secret", 3)


def test_a_secret_sent_on_is_refused() -> None:
    """A recipient encrypts what she was sent, signature and all, to somebody else."""
    addressed = format_json({"recipient": format_point(_public(OTHER)), "message": "x"}).decode()
    signed = SignedMessage(addressed, signature_of(addressed, SENDER, seeded(2)))
    plain = format_json(format_signed(signed))
    assert open_secret(encrypt_to(_public(OTHER), plain, seeded(3)), OTHER, _public(SENDER), 1)
    with pytest.raises(ChannelError) as caught:
        open_secret(encrypt_to(_public(RECIPIENT), plain, seeded(3)), RECIPIENT, _public(SENDER), 1)
    assert caught.value.args == ("recipient",)


def _data(change: str) -> Edit:
    return lambda sealed: sealed.update(data=change)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param(lambda s: s.pop("algorithm"), UnsupportedError, id="before-3.1"),
        pytest.param(lambda s: s.update(algorithm="AES-CCM"), ChannelError, id="algorithm"),
        pytest.param(lambda s: s.update(extra=1), WrongFieldsError, id="extra"),
        pytest.param(_data("AB"), ChannelError, id="upper-case"),
        pytest.param(_data("abc"), ChannelError, id="odd"),
        pytest.param(_data(""), ChannelError, id="empty"),
        pytest.param(_data("ab" * 10), ChannelError, id="short"),
        pytest.param(_data("ab" * 2**17), OversizedError, id="long"),
        pytest.param(_data(5), WrongValueError, id="number"),  # type: ignore[arg-type]
        pytest.param(
            lambda s: s.update(alpha=text_of(SMALL_ORDER["order-8"])),
            PointOutsideGroupError,
            id="small-order",
        ),
        pytest.param(lambda s: s.update(beta=s["beta"].upper()), PointFormError, id="point"),
        pytest.param(lambda s: s.update(alpha=s["beta"]), ChannelError, id="other-alpha"),
    ],
)
def test_a_bent_secret_is_refused(change: Edit, error: type[BallotError]) -> None:
    with pytest.raises(error):
        open_secret(edit(SEALED.encode(), change).decode(), RECIPIENT, _public(SENDER), 1)


def test_other_texts_are_refused() -> None:
    for text in ("", "\ud800", SEALED + " "):
        with pytest.raises(MalformedJsonError):
            open_secret(text, RECIPIENT, _public(SENDER), 1)


@some
@given(st.integers(0, len(SEALED) - 1), st.characters(codec="ascii"))
def test_no_character_of_it_is_free(at: int, letter: str) -> None:
    bent = SEALED[:at] + letter + SEALED[at + 1 :]
    if bent != SEALED:
        with pytest.raises(BallotError):
            open_secret(bent, RECIPIENT, _public(SENDER), 1)


def test_the_older_cipher_of_the_vectors_is_named() -> None:
    folder = require_shared("vectors", "ballots", "ed25519-pedersen-2of3")
    for path in folder.glob("*.dkey"):
        with pytest.raises(UnsupportedError):
            open_secret(path.read_text().strip(), RECIPIENT, _public(SENDER), 1)


def test_large_secrets_are_refused_before_they_are_read() -> None:
    with pytest.raises(OversizedError):
        open_secret(format_json("x" * 2**19).decode(), RECIPIENT, _public(SENDER), 1)
