"""Three rounds: each trustee ends with her share, or knows who spoiled the key."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.channel import seal_secret
from ballots.encoding import format_json
from ballots.errors import (
    BallotError,
    ChannelError,
    NotASeatError,
    OversizedError,
    RevealedError,
    SecretShareError,
    TrusteeSignatureError,
    WrongFieldsError,
    WrongLengthError,
)
from ballots.group import BASE, ORDER, combine
from ballots.opening import lagrange_weights
from ballots.rounds import (
    assemble_trustees,
    gather_secrets,
    make_polynomial,
    make_verification_key,
    open_private_key,
    parse_polynomial,
    parse_verification_key,
)
from ballots.seeds import commit_to, make_commitment, make_seed
from tests.ballots.assembly import Ceremony, hold_ceremony
from tests.ballots.box import Edit, edit, few, seeded

CEREMONY = hold_ceremony()
OTHER = hold_ceremony(seed=2)


def _gather(ceremony: Ceremony = CEREMONY, index: int = 1) -> bytes:
    return gather_secrets(index, ceremony.polynomials)


@few
@given(st.integers(1, 3), st.integers(0, 3), st.integers(0, 2**32))
def test_any_so_many_shares_make_the_joint_key(threshold: int, more: int, seed: int) -> None:
    ceremony = hold_ceremony(threshold, threshold + more, seed)
    private = dict(enumerate(ceremony.private_keys, 1))
    for chosen in (range(1, threshold + 1), range(more + 1, threshold + more + 1)):
        weights = lagrange_weights(list(chosen), 0)
        key = sum(weight * private[n] for weight, n in zip(weights, chosen, strict=True)) % ORDER
        assert combine([[(BASE, key)]])[0] == ceremony.trustees.point
    for number, public in enumerate(ceremony.trustees.keys, 1):
        assert combine([[(BASE, private[number])]])[0] == public.point


def test_what_was_committed_to_with_the_certificate_is_shown_a_visit_later() -> None:
    election = "ExampLeELection"
    for index, seed in enumerate(CEREMONY.seeds, 1):
        committed = make_commitment(seed, 2, election)
        raw = make_polynomial(seed, CEREMONY.certificates, seeded(9), election=election)
        again = make_polynomial(seed, CEREMONY.certificates, seeded(10), election=election)
        parsed = parse_polynomial(CEREMONY.certificates, index, raw, committed)
        assert parsed.shown == parse_polynomial(CEREMONY.certificates, index, again).shown
        # What is sealed and signed beside it is drawn.
        assert raw != again
        for other in (None, "AnotherELection"):
            drawn = make_polynomial(seed, CEREMONY.certificates, seeded(9), election=other)
            with pytest.raises(RevealedError):
                parse_polynomial(CEREMONY.certificates, index, drawn, committed)


def test_a_stranger_has_no_part_in_it() -> None:
    seed = make_seed(seeded(77))
    with pytest.raises(NotASeatError):
        make_polynomial(seed, CEREMONY.certificates, seeded(1))
    with pytest.raises(NotASeatError):
        make_verification_key(seed, CEREMONY.certificates, _gather(), seeded(1))


def test_a_share_is_kept_for_its_owner_alone() -> None:
    key = CEREMONY.keys[0]
    with pytest.raises(ChannelError):
        open_private_key(CEREMONY.seeds[1], key.sealed)
    # Somebody else, the service say, seals a key of its own choosing to her.
    forged = seal_secret(
        '{"decryption_key":"5"}',
        CEREMONY.seeds[1].signing,
        CEREMONY.certificates[0].encryption,
        seeded(1),
    )
    with pytest.raises(TrusteeSignatureError):
        open_private_key(CEREMONY.seeds[0], forged)


def _polynomial(change: Edit) -> Callable[[], object]:
    return lambda: parse_polynomial(
        CEREMONY.certificates, 1, edit(CEREMONY.raw_polynomials[0], change)
    )


def _round_3(
    change: Edit = lambda _: None, digests: Any = None, ceremony: Ceremony = CEREMONY
) -> Callable[[], object]:
    return lambda: make_verification_key(
        CEREMONY.seeds[0],
        ceremony.certificates,
        edit(_gather(ceremony), change),
        seeded(1),
        digests,
    )


def _secret(sender: int, recipient: int, value: str) -> Edit:
    """A secret that is sealed and signed as it should be, with something else in it."""

    def change(gathered: Any) -> None:
        gathered["secrets"][sender - 1] = seal_secret(
            value,
            CEREMONY.seeds[sender - 1].signing,
            CEREMONY.certificates[recipient - 1].encryption,
            seeded(4),
        )

    return change


SECOND = json.loads(CEREMONY.raw_polynomials[1])


@pytest.mark.parametrize(
    ("act", "error"),
    [
        pytest.param(
            _polynomial(lambda p: p.update(coefexps=SECOND["coefexps"])),
            TrusteeSignatureError,
            id="another's-polynomial",
        ),
        pytest.param(
            _polynomial(lambda p: p.update(signature=SECOND["signature"])),
            TrusteeSignatureError,
            id="another's-agreement",
        ),
        pytest.param(_polynomial(lambda p: p["secrets"].pop()), WrongLengthError, id="few"),
        pytest.param(_polynomial(lambda p: p.update(x=1)), WrongFieldsError, id="extra"),
        pytest.param(
            _polynomial(lambda p: p.update(polynomial="x" * 2**18)), OversizedError, id="large"
        ),
        pytest.param(
            lambda: parse_polynomial(CEREMONY.certificates, 2, CEREMONY.raw_polynomials[0]),
            TrusteeSignatureError,
            id="wrong-seat",
        ),
        pytest.param(
            lambda: parse_polynomial(
                CEREMONY.certificates, 1, CEREMONY.raw_polynomials[0], CEREMONY.digests[1]
            ),
            RevealedError,
            id="not-what-was-committed-to",
        ),
        pytest.param(
            _round_3(digests=CEREMONY.digests[::-1]), RevealedError, id="another-commitment"
        ),
        pytest.param(
            _round_3(digests=CEREMONY.digests[:2]), WrongLengthError, id="commitment-missing"
        ),
        pytest.param(_round_3(ceremony=OTHER), NotASeatError, id="another-ceremony"),
        pytest.param(_round_3(lambda g: g["secrets"].pop()), WrongLengthError, id="secret-lost"),
        pytest.param(_round_3(lambda g: g.pop("signatures")), WrongFieldsError, id="field-lost"),
        pytest.param(
            _round_3(lambda g: g["secrets"].reverse()), TrusteeSignatureError, id="secrets-swapped"
        ),
        pytest.param(
            _round_3(lambda g: g["signatures"].reverse()), TrusteeSignatureError, id="signatures"
        ),
        pytest.param(
            _round_3(lambda g: g.update(secrets=json.loads(_gather(index=2))["secrets"])),
            ChannelError,
            id="another's-secrets",
        ),
        pytest.param(_round_3(_secret(3, 1, '{"secret":"5"}')), SecretShareError, id="spoiled"),
        pytest.param(_round_3(_secret(3, 1, '{"secret":5}')), BallotError, id="form"),
        pytest.param(_round_3(_secret(3, 1, '{"other":"5"}')), WrongFieldsError, id="field"),
    ],
)
def test_what_is_bent_is_named(act: Callable[[], object], error: type[BallotError]) -> None:
    with pytest.raises(error):
        act()


def test_who_spoils_the_key_is_named() -> None:
    with pytest.raises(SecretShareError) as caught:
        _round_3(_secret(3, 1, '{"secret":"5"}'))()
    assert caught.value.args == (3,)


def test_what_was_committed_to_is_accepted() -> None:
    for index, raw in enumerate(CEREMONY.raw_polynomials, 1):
        parsed = parse_polynomial(CEREMONY.certificates, index, raw, CEREMONY.digests[index - 1])
        assert commit_to(parsed.shown) == CEREMONY.digests[index - 1]
        assert parsed.shown == format_json(json.loads(raw)["coefexps"])
    raw = make_verification_key(
        CEREMONY.seeds[0], CEREMONY.certificates, _gather(), seeded(5), CEREMONY.digests
    )
    assert parse_verification_key(raw).public.public_key == CEREMONY.keys[0].public.public_key
    without = make_verification_key(CEREMONY.seeds[0], CEREMONY.certificates, _gather(), seeded(5))
    assert without == raw


def test_the_whole_is_verified_again_in_the_end() -> None:
    keys = (*CEREMONY.keys[:2], OTHER.keys[2])
    with pytest.raises(BallotError):
        assemble_trustees(CEREMONY.certificates, CEREMONY.polynomials, keys)
    with pytest.raises(WrongFieldsError):
        parse_verification_key(edit(CEREMONY.raw_keys[0], lambda key: key.update(x=1)))
