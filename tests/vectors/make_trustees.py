"""Writes trustees.json and shuffles.json: python -m tests.vectors.make_trustees.

A key made together, every message of it, from seeds that are known here; and a small mixed box
that is shuffled and opened. Other programs that make, shuffle, open or verify can run them.
"""

import json
from typing import Any

from ballots.encoding import format_json
from ballots.messages import format_signed
from ballots.pedersen import Context
from ballots.rounds import (
    assemble_trustees,
    gather_secrets,
    make_polynomial,
    make_verification_key,
    open_private_key,
    parse_polynomial,
    parse_verification_key,
)
from ballots.seeds import (
    Seed,
    make_certificate,
    make_commitment,
    make_commitments,
    parse_certificates,
    seed_random,
)
from ballots.trustees import format_groups, joint_key, parse_trustees
from tests.ballots.assembly import hold_election
from tests.ballots.box import edit, seeded
from tests.vectors.make_ballots import FOLDER, Bend

ELECTION = "ExampLeuuid123"
SEEDS = tuple(Seed(letter * 22) for letter in "ABC")
THRESHOLD = 2


def make_trustees() -> dict[str, object]:
    """The making of a key by three of whom two are enough."""
    raw_certificates = [
        make_certificate(seed, Context(len(SEEDS), THRESHOLD, index), seeded(index))
        for index, seed in enumerate(SEEDS, 1)
    ]
    certificates = parse_certificates(THRESHOLD, raw_certificates)
    raw_polynomials = [
        make_polynomial(seed, certificates, seeded(10 + index), election=ELECTION)
        for index, seed in enumerate(SEEDS, 1)
    ]
    commitments = [make_commitment(seed, THRESHOLD, ELECTION) for seed in SEEDS]
    polynomials = [
        parse_polynomial(certificates, index, raw, commitments[index - 1])
        for index, raw in enumerate(raw_polynomials, 1)
    ]
    gathered = [gather_secrets(index, polynomials) for index in range(1, len(SEEDS) + 1)]
    raw_keys = [
        make_verification_key(
            seed, certificates, gathered[index - 1], seeded(20 + index), commitments
        )
        for index, seed in enumerate(SEEDS, 1)
    ]
    keys = [parse_verification_key(raw) for raw in raw_keys]
    record = format_groups([assemble_trustees(certificates, polynomials, keys)])
    return {
        "election": ELECTION,
        "threshold": THRESHOLD,
        "trustees": [
            {
                "seed": seed.text,
                "stream": seed_random(seed, ELECTION, THRESHOLD)(64).hex(),
                "coefficients": [
                    str(one) for one in make_commitments(seed, THRESHOLD, ELECTION)[0]
                ],
                "shown": format_json(
                    format_signed(make_commitments(seed, THRESHOLD, ELECTION)[1])
                ).decode(),
                "commitment": commitments[index],
                "certificate": raw_certificates[index].decode(),
                "polynomial": raw_polynomials[index].decode(),
                "gathered": gathered[index].decode(),
                "verification_key": raw_keys[index].decode(),
                "private_key": str(open_private_key(seed, keys[index].sealed)),
            }
            for index, seed in enumerate(SEEDS)
        ],
        "record": record.decode(),
        "joint_key": joint_key(parse_trustees(record)),
    }


def _outputs(shuffle: Any) -> list[Any]:
    outputs: list[Any] = shuffle["ciphertexts"][0]
    return outputs


BENT: dict[str, tuple[str, Bend]] = {
    "honest": ("accepted", lambda _: None),
    "two outputs changed places": ("ShuffleProofError", lambda s: _outputs(s).reverse()),
    "an output twice": (
        "ShuffleProofError",
        lambda s: _outputs(s).__setitem__(0, _outputs(s)[1]),
    ),
    "an output left out": ("WrongLengthError", lambda s: _outputs(s).pop()),
    "a point of small order": (
        "PointOutsideGroupError",
        lambda s: _outputs(s)[0].update(alpha="0" * 64),
    ),
    "another response": (
        "ShuffleProofError",
        lambda s: s["proofs"][0][1].__setitem__(0, "1"),
    ),
    "a field more": ("WrongFieldsError", lambda s: s.update(extra=1)),
}


def make_shuffles() -> dict[str, object]:
    """A mixed box: shuffled twice, opened, and shuffles that must be refused."""
    held = hold_election()
    (_, first), *_ = held.shuffles
    return {
        "election": held.election.raw.decode(),
        "trustees": held.raw_trustees.decode(),
        "encrypted_tally": held.tally.encrypted.decode(),
        "shuffles": [[owner, raw.decode()] for owner, raw in held.shuffles],
        "shuffled_tally": held.mixed.decode(),
        "decryptions": [[n, share.decryption.decode()] for n, share in held.shares.items()],
        "result": held.result.decode(),
        "cases": [
            {"name": name, "shuffle": edit(first, bend).decode(), "expect": expect}
            for name, (expect, bend) in BENT.items()
        ],
    }


def make_all() -> dict[str, str]:
    """File names and what they hold."""
    made = {"trustees.json": make_trustees(), "shuffles.json": make_shuffles()}
    return {
        name: json.dumps(value, indent=1, ensure_ascii=False) + "\n" for name, value in made.items()
    }


if __name__ == "__main__":
    for file, text in make_all().items():
        (FOLDER / file).write_text(text, encoding="utf-8")
