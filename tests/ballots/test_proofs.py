"""Laws of the proofs: true statements are proved, and no single change goes unseen."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.errors import BallotError
from ballots.group import BASE, ORDER, combine, multiply_all
from ballots.proofs import (
    Ciphertext,
    Proof,
    Statement,
    Witness,
    commitments_of_equality,
    find_false_statement,
    format_proof,
    is_knowledge_proved,
    pair_points,
    prove_knowledge,
    prove_statements,
    read_proof,
)
from tests.ballots.box import few, seeded

exponents = st.integers(1, ORDER - 1)
seeds = st.integers(0, 2**32)
KEY = combine([[(BASE, 1234567)]])[0]


@few
@given(exponents, seeds, st.text(max_size=10))
def test_knowledge_is_proved(private: int, seed: int, prefix: str) -> None:
    public = combine([[(BASE, private)]])[0]
    proof = prove_knowledge(prefix, private, seeded(seed))
    assert is_knowledge_proved(prefix, public, proof)
    assert not is_knowledge_proved(prefix + "|", public, proof)
    assert not is_knowledge_proved(prefix, multiply_all([public, BASE]), proof)
    assert not is_knowledge_proved(prefix, public, Proof(proof.challenge + 1, proof.response))
    assert not is_knowledge_proved(prefix, public, Proof(proof.challenge, proof.response + 1))


def test_two_proofs_never_share_a_nonce() -> None:
    draw = seeded(1)
    first, second = (prove_knowledge("p", 5, draw) for _ in range(2))
    assert first.challenge != second.challenge


@st.composite
def claims(draw: st.DrawFn) -> tuple[Statement, Witness, int]:
    """A statement of 1 to 4 branches of which the witness knows one to hold zero."""
    count = draw(st.integers(1, 4))
    true = draw(st.integers(0, count - 1))
    nonces = draw(st.lists(exponents, min_size=count, max_size=count))
    branches = pair_points(
        combine(
            [
                row
                for index, nonce in enumerate(nonces)
                for row in (
                    [(BASE, nonce)],
                    [(KEY, nonce), (BASE, 0 if index == true else index + 1)],
                )
            ]
        )
    )
    statement = Statement(draw(st.text(max_size=5)), tuple(branches))
    return statement, Witness(true, nonces[true]), draw(seeds)


@few
@given(claims(), claims())
def test_true_statements_are_proved_together(
    one: tuple[Statement, Witness, int], other: tuple[Statement, Witness, int]
) -> None:
    proofs = prove_statements(KEY, [one[:2], other[:2]], seeded(one[2]))
    assert find_false_statement(KEY, [(one[0], proofs[0]), (other[0], proofs[1])]) is None


@few
@given(claims(), st.integers(0, 3))
def test_a_changed_proof_or_statement_is_found(
    claim: tuple[Statement, Witness, int], where: int
) -> None:
    statement, witness, seed = claim
    (proofs,) = prove_statements(KEY, [(statement, witness)], seeded(seed))
    at = where % len(proofs)

    def with_proof(proof: Proof) -> int | None:
        changed = [*proofs[:at], proof, *proofs[at + 1 :]]
        return find_false_statement(KEY, [(statement, proofs), (statement, changed)])

    assert with_proof(replace(proofs[at], challenge=(proofs[at].challenge + 1) % ORDER)) == 1
    assert with_proof(replace(proofs[at], response=(proofs[at].response + 1) % ORDER)) == 1

    branch = statement.branches[at]
    for other in (
        Ciphertext(multiply_all([branch.alpha, BASE]), branch.beta),
        Ciphertext(branch.alpha, multiply_all([branch.beta, BASE])),
        Ciphertext(branch.beta, branch.alpha),
    ):
        branches = (*statement.branches[:at], other, *statement.branches[at + 1 :])
        assert find_false_statement(KEY, [(replace(statement, branches=branches), proofs)]) == 0
    moved = replace(statement, prefix=statement.prefix + "|")
    assert find_false_statement(KEY, [(moved, proofs)]) == 0
    assert find_false_statement(multiply_all([KEY, BASE]), [(statement, proofs)]) == 0


@few
@given(claims())
def test_a_false_statement_cannot_be_proved_by_the_same_steps(
    claim: tuple[Statement, Witness, int],
) -> None:
    statement, witness, seed = claim
    branches = tuple(
        Ciphertext(branch.alpha, multiply_all([branch.beta, BASE])) for branch in statement.branches
    )
    false = replace(statement, branches=branches)
    proofs = prove_statements(KEY, [(false, witness)], seeded(seed))
    assert find_false_statement(KEY, [(false, proofs[0])]) == 0


def test_a_proof_hides_which_branch_is_true() -> None:
    # Both branches of an honest proof look alike: neither challenge is the whole.
    (ciphertext,) = pair_points(combine([[(BASE, 3)], [(KEY, 3)]]))
    statement = Statement("s", (ciphertext, ciphertext))
    (proofs,) = prove_statements(KEY, [(statement, Witness(1, 3))], seeded(2))
    assert all(proof.challenge > 2**200 for proof in proofs)


@few
@given(exponents, exponents, st.integers(0, ORDER - 1), st.integers(0, ORDER - 1))
def test_commitments_of_equality_are_the_two_products(
    private: int, base: int, challenge: int, response: int
) -> None:
    public, point, power = combine([[(BASE, private)], [(BASE, base)], [(BASE, base * private)]])
    (made,) = commitments_of_equality(public, [(point, power)], [Proof(challenge, response)])
    nonce = response + private * challenge
    assert list(made) == combine([[(BASE, nonce)], [(BASE, nonce * base)]])


@few
@given(st.integers(0, ORDER - 1), st.integers(0, ORDER - 1))
def test_proofs_are_read_as_written(challenge: int, response: int) -> None:
    proof = Proof(challenge, response)
    assert read_proof(format_proof(proof)) == proof


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({"challenge": "1"}, id="missing"),
        pytest.param({"response": "1", "challenge": "1"}, id="order"),
        pytest.param({"challenge": "1", "response": "1", "x": "1"}, id="extra"),
        pytest.param({"challenge": 1, "response": "1"}, id="number"),
        pytest.param({"challenge": "1", "response": "+1"}, id="plus"),
        pytest.param({"challenge": str(ORDER), "response": "1"}, id="order-of-the-group"),
        pytest.param(["1", "1"], id="list"),
    ],
)
def test_a_proof_has_one_form(value: object) -> None:
    with pytest.raises(BallotError):
        read_proof(value)
