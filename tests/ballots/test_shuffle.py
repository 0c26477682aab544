"""Shuffles: the same plaintexts in another order, and no proof for anything else."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.errors import ShuffleProofError, WrongLengthError
from ballots.group import BASE, ONE, ORDER, Point, combine, derive_generators
from ballots.proofs import Ciphertext, pair_points
from ballots.shuffle import (
    Setting,
    draw_permutation,
    shuffle_ciphertexts,
    verify_shuffle_proof,
)
from tests.ballots.box import few, seeded

PRIVATE = 12345
KEY = combine([[(BASE, PRIVATE)]])[0]
SETTING = Setting("A" * 43, KEY)


def _seal(values: list[int], seed: int = 1) -> list[Ciphertext]:
    draw = seeded(seed)
    rows: list[list[tuple[Point, int]]] = []
    for value in values:
        nonce = int.from_bytes(draw(32)) % ORDER
        rows += [[(BASE, nonce)], [(KEY, nonce), (BASE, value)]]
    return pair_points(combine(rows))


def _open(ciphertexts: list[Ciphertext]) -> Counter[Point]:
    return Counter(combine([[(c.beta, 1), (c.alpha, -PRIVATE)] for c in ciphertexts]))


@few
@given(st.lists(st.integers(0, 3), max_size=7), st.integers(0, 2**32))
def test_every_shuffle_is_proved_and_keeps_the_plaintexts(values: list[int], seed: int) -> None:
    inputs = _seal(values)
    outputs, proof = shuffle_ciphertexts(SETTING, inputs, seeded(seed))
    verify_shuffle_proof(0, SETTING, inputs, outputs, proof)
    assert _open(outputs) == _open(inputs)
    assert not set(outputs) & set(inputs)


def test_orders_are_all_alike() -> None:
    draw = seeded(1)
    drawn = Counter(tuple(draw_permutation(3, draw)) for _ in range(600))
    assert len(drawn) == 6
    assert min(drawn.values()) > 60
    assert draw_permutation(0, draw) == []


def test_generators_are_in_the_group_and_all_differ() -> None:
    h, generators = derive_generators(20)
    every = {h, *generators, BASE, ONE}
    assert len(every) == 23
    combine([[(point, ORDER - 2)] for point in every])


INPUTS = _seal([1, 2, 3, 4])
OUTPUTS, PROOF = shuffle_ciphertexts(SETTING, INPUTS, seeded(7))
OTHER = shuffle_ciphertexts(SETTING, INPUTS, seeded(8))


def _verify(**changed: Any) -> None:
    part: dict[str, Any] = {
        "inputs": INPUTS,
        "outputs": OUTPUTS,
        "proof": PROOF,
        "setting": SETTING,
    } | changed
    verify_shuffle_proof(3, part["setting"], part["inputs"], part["outputs"], part["proof"])


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"outputs": _seal([1, 2, 3, 5])}, id="changed"),
        pytest.param({"outputs": _seal([1, 2, 3, 4])}, id="not-of-these"),
        pytest.param({"outputs": [OUTPUTS[0], *OUTPUTS[:3]]}, id="one-doubled"),
        pytest.param({"outputs": OUTPUTS[::-1]}, id="reordered-afterwards"),
        pytest.param({"outputs": OTHER[0]}, id="another-shuffle"),
        pytest.param({"proof": OTHER[1]}, id="another-proof"),
        pytest.param({"inputs": INPUTS[::-1]}, id="other-order-of-inputs"),
        pytest.param({"inputs": _seal([1, 2, 3, 4], 2)}, id="other-inputs"),
        pytest.param({"setting": Setting("B" * 43, KEY)}, id="other-election"),
        pytest.param({"setting": Setting("A" * 43, BASE)}, id="other-key"),
        pytest.param(
            {"outputs": [Ciphertext(c.alpha, combine([[(c.beta, 1), (BASE, 1)]])[0])
                         for c in OUTPUTS]}, id="all-moved-by-one"
        ),
    ],
)  # fmt: skip
def test_nothing_else_is_proved(changed: dict[str, Any]) -> None:
    _verify()
    with pytest.raises(ShuffleProofError) as caught:
        _verify(**changed)
    assert caught.value.args[0] == 3


FIELDS = [
    ("commitments", 5),
    ("chain_commitments", 4),
    ("responses", 4),
    ("chain_responses", 4),
    ("exponent_responses", 4),
    ("permutation", 4),
    ("chain", 4),
]


@pytest.mark.parametrize(
    ("field", "at"), [(field, at) for field, count in FIELDS for at in range(count)]
)
def test_no_part_of_a_proof_is_free(field: str, at: int) -> None:
    parts = list(getattr(PROOF, field))
    found = parts[at]
    parts[at] = (found + 1) % ORDER if isinstance(found, int) else combine([[(found, 2)]])[0]
    with pytest.raises(ShuffleProofError):
        _verify(proof=replace(PROOF, **{field: tuple(parts)}))


def test_the_equation_at_fault_is_named() -> None:
    for at, name in enumerate(("t1", "t2", "t3", "t41")):
        responses = list(PROOF.responses)
        responses[at] = 0
        with pytest.raises(ShuffleProofError) as caught:
            _verify(proof=replace(PROOF, responses=tuple(responses)))
        assert caught.value.args == (3, name)


def test_the_chain_at_fault_is_named() -> None:
    responses = (*PROOF.chain_responses[:3], 0)
    with pytest.raises(ShuffleProofError) as caught:
        _verify(proof=replace(PROOF, chain_responses=responses))
    assert caught.value.args == (3, "chain 3")


def test_none_is_dropped_or_added() -> None:
    for outputs in (OUTPUTS[:3], [*OUTPUTS, OUTPUTS[0]]):
        with pytest.raises(WrongLengthError):
            _verify(outputs=outputs)
