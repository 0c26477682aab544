"""Shuffling: ciphertexts in another order, sealed anew, and the proof that none is lost.

The proof commits to a permutation (c), draws exponents u from all that is public, and shows
with a chain of commitments (chain, ĉ) that the permuted exponents have the same product, so
that inputs and outputs hold the same plaintexts.

Source: design 3, section 9 (docs/formats/shuffle.md, where the letters are explained).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from ballots.errors import ShuffleProofError, WrongLengthError
from ballots.group import (
    BASE,
    ORDER,
    Point,
    Random,
    Row,
    combine,
    derive_generators,
    format_point,
    random_scalar,
)
from ballots.proofs import Ciphertext, pair_points


@dataclass(frozen=True, slots=True)
class ShuffleProof:
    """What a shuffler proves.

    Attributes:
        commitments: t1, t2, t3, t41, t42, in this order.
        chain_commitments: t̂, one per ciphertext.
        responses: s1, s2, s3, s4.
        chain_responses: ŝ, one per ciphertext.
        exponent_responses: s', one per ciphertext.
        permutation: c, one commitment per input.
        chain: ĉ, one per output.
    """

    commitments: tuple[Point, ...]
    chain_commitments: tuple[Point, ...]
    responses: tuple[int, ...]
    chain_responses: tuple[int, ...]
    exponent_responses: tuple[int, ...]
    permutation: tuple[Point, ...]
    chain: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a shuffle is bound to: the election's fingerprint and joint key."""

    fingerprint: str
    key: Point


@dataclass(frozen=True, slots=True)
class _Public:
    """Everything public before the proof: it draws the exponents and opens the challenge."""

    setting: Setting
    inputs: Sequence[Ciphertext]
    outputs: Sequence[Ciphertext]
    permutation: Sequence[Point]

    @property
    def text(self) -> str:
        ciphertexts = [
            f"{format_point(c.alpha)},{format_point(c.beta)},"
            for c in (*self.inputs, *self.outputs)
        ]
        return "".join(ciphertexts) + _join(self.permutation)

    def draw_exponents(self) -> list[int]:
        """u: known only after the permutation is committed to."""
        start = f"shuffle-challenges|{self.setting.fingerprint}|{self.text}"
        seed = _hash(start)
        return [
            int(_hash(seed + _hash(str(index))), 16) % ORDER for index in range(len(self.inputs))
        ]

    def challenge(
        self,
        commitments: Sequence[Point],
        chain_commitments: Sequence[Point],
        chain: Sequence[Point],
    ) -> int:
        text = (
            f"shuffle-challenge|{self.setting.fingerprint}|"
            f"{_join(commitments)}{_join(chain_commitments)}"
            f"{self.text}{_join(chain)}{format_point(self.setting.key)}"
        )
        return int(_hash(text), 16) % ORDER


def _join(points: Sequence[Point]) -> str:
    return "".join([format_point(point) + "," for point in points])


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# --- verifying --------------------------------------------------------------------------


def find_false_equation(
    setting: Setting,
    inputs: Sequence[Ciphertext],
    outputs: Sequence[Ciphertext],
    proof: ShuffleProof,
) -> str | None:
    """The name of an equation of the proof that does not hold, if there is one.

    Args:
        setting: the election's.
        inputs: in the group.
        outputs: in the group.
        proof: with as many parts as there are ciphertexts; c and ĉ in the group.
    """
    public = _Public(setting, inputs, outputs, proof.permutation)
    exponents = public.draw_exponents()
    challenge = public.challenge(proof.commitments, proof.chain_commitments, proof.chain)
    expected = _commitments_of(public, exponents, challenge, proof)
    names = ("t1", "t2", "t3", "t41", "t42")
    found = (*proof.commitments, *proof.chain_commitments)
    for index, (one, other) in enumerate(zip(expected, found, strict=True)):
        if one != other:
            return names[index] if index < len(names) else f"chain {index - len(names)}"
    return None


def _commitments_of(
    public: _Public, exponents: Sequence[int], challenge: int, proof: ShuffleProof
) -> list[Point]:
    """What the proof must have started from: t1, t2, t3, t41, t42, then t̂."""
    h, generators = derive_generators(len(public.inputs))
    s1, s2, s3, s4 = proof.responses
    powers = proof.exponent_responses
    product = 1
    for exponent in exponents:
        product = product * exponent % ORDER
    inputs, outputs = public.inputs, public.outputs
    last = proof.chain[-1] if proof.chain else h
    # What the equations are about, made of what is public.
    bare, end, weighed, alpha, beta = combine(
        [
            [*[(c, 1) for c in proof.permutation], *[(one, -1) for one in generators]],
            [(last, 1), (h, -product)],
            list(zip(proof.permutation, exponents, strict=True)),
            [(c.alpha, exponent) for c, exponent in zip(inputs, exponents, strict=True)],
            [(c.beta, exponent) for c, exponent in zip(inputs, exponents, strict=True)],
        ]
    )
    rows: list[Row] = [
        [(bare, -challenge), (BASE, s1)],
        [(end, -challenge), (BASE, s2)],
        [(weighed, -challenge), (BASE, s3), *zip(generators, powers, strict=True)],
        [
            (beta, -challenge),
            (public.setting.key, -s4),
            *[(c.beta, power) for c, power in zip(outputs, powers, strict=True)],
        ],
        [
            (alpha, -challenge),
            (BASE, -s4),
            *[(c.alpha, power) for c, power in zip(outputs, powers, strict=True)],
        ],
    ]
    before = h
    for link, response, power in zip(proof.chain, proof.chain_responses, powers, strict=True):
        rows.append([(link, -challenge), (BASE, response), (before, power)])
        before = link
    return combine(rows)


def verify_shuffle_proof(
    question: int,
    setting: Setting,
    inputs: Sequence[Ciphertext],
    outputs: Sequence[Ciphertext],
    proof: ShuffleProof,
) -> None:
    """Verify a shuffle of one question's ciphertexts.

    Raises:
        WrongLengthError: there are more or fewer outputs than inputs.
        ShuffleProofError: a ballot may have been changed, dropped or doubled.
    """
    if len(outputs) != len(inputs):
        raise WrongLengthError("ciphertexts", len(inputs), len(outputs))
    false = find_false_equation(setting, inputs, outputs, proof)
    if false is not None:
        raise ShuffleProofError(question, false)


# --- shuffling --------------------------------------------------------------------------


def draw_permutation(size: int, random: Random) -> list[int]:
    """A uniform order of 0 to size - 1."""
    order = list(range(size))
    for at in range(size - 1, 0, -1):
        # 32 bytes leave a bias far below 2^-200.
        other = int.from_bytes(random(32)) % (at + 1)
        order[at], order[other] = order[other], order[at]
    return order


def shuffle_ciphertexts(
    setting: Setting, inputs: Sequence[Ciphertext], random: Random
) -> tuple[list[Ciphertext], ShuffleProof]:
    """Put ciphertexts into a random order, seal them anew, and prove it."""
    size = len(inputs)
    order = draw_permutation(size, random)
    again, hidden, chained = (_draw(size, random) for _ in range(3))
    rows: list[Row] = []
    for at, nonce in zip(order, again, strict=True):
        rows.append([(inputs[at].alpha, 1), (BASE, nonce)])
        rows.append([(inputs[at].beta, 1), (setting.key, nonce)])
    outputs = pair_points(combine(rows))

    h, generators = derive_generators(size)
    # c at an input's place holds the generator of the place to which it went.
    goes_to = {source: place for place, source in enumerate(order)}
    permutation = combine(
        [[(BASE, hidden[at]), (generators[goes_to[at]], 1)] for at in range(size)]
    )
    public = _Public(setting, inputs, outputs, permutation)
    exponents = public.draw_exponents()
    permuted = [exponents[at] for at in order]
    chain: list[Point] = []
    for nonce, exponent in zip(chained, permuted, strict=True):
        chain += combine([[(BASE, nonce), (chain[-1] if chain else h, exponent)]])

    # Products of the exponents that still follow.
    following = [1] * size
    for at in range(size - 2, -1, -1):
        following[at] = permuted[at + 1] * following[at + 1] % ORDER
    sums = (
        sum(hidden),
        sum([nonce * rest for nonce, rest in zip(chained, following, strict=True)]),
        sum([nonce * exponent for nonce, exponent in zip(hidden, exponents, strict=True)]),
        sum([nonce * exponent for nonce, exponent in zip(again, permuted, strict=True)]),
    )
    return outputs, _prove(public, chain, _Secret(sums, chained, permuted), random)


@dataclass(frozen=True, slots=True)
class _Secret:
    """What only the shuffler knows: four sums, the chain's nonces, the permuted exponents."""

    sums: Sequence[int]
    chained: Sequence[int]
    permuted: Sequence[int]


def _prove(
    public: _Public, chain: Sequence[Point], secret: _Secret, random: Random
) -> ShuffleProof:
    h, generators = derive_generators(len(chain))
    w1, w2, w3, w4 = (random_scalar(random) for _ in range(4))
    chain_nonces, nonces = (_draw(len(chain), random) for _ in range(2))
    outputs = public.outputs
    rows: list[Row] = [
        [(BASE, w1)],
        [(BASE, w2)],
        [(BASE, w3), *zip(generators, nonces, strict=True)],
        [
            (public.setting.key, -w4),
            *[(c.beta, nonce) for c, nonce in zip(outputs, nonces, strict=True)],
        ],
        [(BASE, -w4), *[(c.alpha, nonce) for c, nonce in zip(outputs, nonces, strict=True)]],
    ]
    for before, first, second in zip([h, *chain], chain_nonces, nonces, strict=False):
        rows.append([(BASE, first), (before, second)])
    commitments = combine(rows)
    challenge = public.challenge(commitments[:5], commitments[5:], chain)

    def respond(nonces: Sequence[int], secrets: Sequence[int]) -> tuple[int, ...]:
        return tuple(
            [
                (nonce + challenge * secret) % ORDER
                for nonce, secret in zip(nonces, secrets, strict=True)
            ]
        )

    return ShuffleProof(
        commitments=tuple(commitments[:5]),
        chain_commitments=tuple(commitments[5:]),
        responses=respond((w1, w2, w3, w4), secret.sums),
        chain_responses=respond(chain_nonces, secret.chained),
        exponent_responses=respond(nonces, secret.permuted),
        permutation=tuple(public.permutation),
        chain=tuple(chain),
    )


def _draw(size: int, random: Random) -> list[int]:
    return [random_scalar(random) for _ in range(size)]
