"""Making a key together: the browser's bytes are Python's, and each takes the other's."""

import hashlib
import json
from functools import cache
from typing import Any

import pytest

from ballots.channel import seal_secret
from ballots.decryption import decrypt_share
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
    commit_to,
    make_certificate,
    make_commitments,
    make_seed,
    parse_certificates,
)
from ballots.tally import tally_box
from tests.web.frontend.elections import UUID, make_election
from tests.web.frontend.node import stream, work

NEEDED = 2
SEEDS = tuple(make_seed(stream(f"seed of Example Trustee {n}")) for n in (1, 2, 3))
ELECTION = make_election()


def context(index: int) -> Context:
    return Context(size=3, threshold=NEEDED, index=index)


@cache
def certificates() -> list[str]:
    return [
        make_certificate(seed, context(index), stream(f"certificate {index}")).decode()
        for index, seed in enumerate(SEEDS, 1)
    ]


def commitment(seed: Seed) -> str:
    _, signed = make_commitments(seed, NEEDED, UUID)
    return commit_to(format_json(format_signed(signed)))


@cache
def ceremony(index: int) -> dict[str, Any]:
    return {
        "election": UUID,
        "index": index,
        "threshold": NEEDED,
        "certificates": certificates(),
        "commitments": [commitment(seed) for seed in SEEDS],
    }


def parsed() -> Any:
    return parse_certificates(NEEDED, [raw.encode() for raw in certificates()])


@cache
def polynomials() -> list[bytes]:
    return [
        make_polynomial(seed, parsed(), stream(f"polynomial {n}"), election=UUID)
        for n, seed in enumerate(SEEDS, 1)
    ]


@cache
def gathered(index: int) -> bytes:
    read = [parse_polynomial(parsed(), n, raw) for n, raw in enumerate(polynomials(), 1)]
    return gather_secrets(index, read)


@cache
def kept_key(index: int) -> bytes:
    return make_verification_key(
        SEEDS[index - 1], parsed(), gathered(index), stream(f"key {index}")
    )


# --- the same bytes ---------------------------------------------------------------------


@pytest.mark.parametrize("index", [1, 3])
def test_the_browser_joins_as_python_does(index: int) -> None:
    seat = {"group": "Ed25519", "size": 3, "threshold": NEEDED, "index": index}
    made = work("makeCertificate", {"election": UUID, "seat": seat}, seed="joining").gives
    random = stream("joining")
    # The browser draws more bytes at once for its seed: no source is asked for fewer than 32.
    seed = make_seed(stream("joining"))
    random(64)
    assert made["file"] == seed.text
    assert made["certificate"].encode() == make_certificate(seed, context(index), random)
    assert made["commitment"] == commitment(seed)


def test_the_browser_makes_the_polynomial_that_python_makes() -> None:
    takes = {"keyFile": SEEDS[1].text + "\n", "ceremony": ceremony(2)}
    assert work("makePolynomial", takes, seed="polynomial 2").gives.encode() == polynomials()[1]


def test_the_browser_makes_the_verification_key_that_python_makes() -> None:
    takes = {
        "keyFile": SEEDS[2].text,
        "ceremony": ceremony(3),
        "gathered": gathered(3).decode(),
    }
    assert work("makeVerificationKey", takes, seed="key 3").gives.encode() == kept_key(3)


def test_a_key_that_browsers_and_python_make_together_holds() -> None:
    takes = {"keyFile": SEEDS[0].text, "ceremony": ceremony(1)}
    first = work("makePolynomial", takes, seed="another source").gives.encode()
    read = [parse_polynomial(parsed(), 1, first, ceremony(1)["commitments"][0])]
    read += [parse_polynomial(parsed(), n, polynomials()[n - 1]) for n in (2, 3)]
    keys = []
    for index, seed in enumerate(SEEDS, 1):
        sent = gather_secrets(index, read)
        if index == 2:
            keys.append(make_verification_key(seed, parsed(), sent, stream("second")))
        else:
            own = takes | {"keyFile": seed.text, "ceremony": ceremony(index)}
            made = work("makeVerificationKey", own | {"gathered": sent.decode()}, seed="any").gives
            keys.append(made.encode())
    kept = [parse_verification_key(key) for key in keys]
    assemble_trustees(parsed(), read, kept)
    for seed, key in zip(SEEDS, kept, strict=True):
        assert open_private_key(seed, key.sealed) > 0


# --- opening with a sealed key ----------------------------------------------------------


def open_takes(**changes: Any) -> dict[str, Any]:
    kept = parse_verification_key(kept_key(1))
    encrypted = tally_box(ELECTION, []).encrypted.decode()
    box = {"box": UUID, "election": ELECTION.raw.decode(), "encrypted_tally": encrypted}
    key = {"publicKey": kept.public.public_key, "keyFile": SEEDS[0].text, "sealedKey": kept.sealed}
    return {**key, "boxes": [box]} | changes


def test_a_tally_is_opened_with_the_key_that_was_kept_sealed() -> None:
    share = work("openTally", open_takes(), seed="share").gives[UUID]
    kept = parse_verification_key(kept_key(1))
    private = open_private_key(SEEDS[0], kept.sealed)
    expected = decrypt_share(ELECTION, tally_box(ELECTION, []).encrypted, private, stream("share"))
    assert share["decryption"].encode() == expected.decryption
    assert share["proofs"].encode() == expected.proofs


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        pytest.param({"keyFile": SEEDS[1].text}, "WrongKeyError", id="another-trustee"),
        pytest.param({"keyFile": SEEDS[0].text[:-1]}, "KeyFileError", id="short"),
        pytest.param({"keyFile": SEEDS[0].text[:-1] + "0"}, "KeyFileError", id="not-base58"),
        pytest.param({"keyFile": '"12345"'}, "KeyFileError", id="a-single-key"),
        pytest.param({"keyFile": SEEDS[0].text, "sealedKey": None}, "KeyFileError", id="a-seed"),
        pytest.param(
            {"sealedKey": parse_verification_key(kept_key(2)).sealed}, "WrongKeyError", id="sealed"
        ),
        pytest.param({"sealedKey": "{}"}, "FormError", id="no-sealed-key"),
    ],
)
def test_a_wrong_key_opens_nothing(changes: dict[str, Any], error: str) -> None:
    assert work("openTally", open_takes(**changes)).error == error


# --- what it refuses --------------------------------------------------------------------


@pytest.mark.parametrize("random", ["broken", "constant", hashlib.shake_256(b"r").hexdigest(64)])
def test_a_bad_source_of_randomness_makes_no_key(random: str) -> None:
    seat = {"group": "Ed25519", "size": 3, "threshold": 2, "index": 1}
    assert work("makeCertificate", {"election": UUID, "seat": seat}, random=random * 9).error
    takes = {"keyFile": SEEDS[1].text, "ceremony": ceremony(2)}
    assert work("makePolynomial", takes, random=random * 9).error == "RandomnessError"


def bend_ceremony(change: str) -> dict[str, Any]:
    bent = dict(ceremony(2))
    raws = list(certificates())
    match change:
        case "another election":
            bent["election"] = "AnotherBox1234"
        case "another commitment":
            bent["commitments"] = [bent["commitments"][0]] * 3
        case "another threshold":
            bent["threshold"] = 3
        case "another seat":
            bent["index"] = 1
        case "swapped certificates":
            bent["certificates"] = [raws[0], raws[2], raws[1]]
        case "the same key twice":
            own = make_certificate(SEEDS[0], context(3), stream("again")).decode()
            bent["certificates"] = [raws[0], raws[1], own]
        case "a bent certificate":
            bent["certificates"] = [
                raws[0].replace('\\"threshold\\":2', '\\"threshold\\":3'),
                *raws[1:],
            ]
        case "another's signature":
            other = json.loads(raws[0]) | {"signature": json.loads(raws[1])["signature"]}
            bent["certificates"] = [json.dumps(other, separators=(",", ":")), *raws[1:]]
        case "a certificate less":
            bent["certificates"] = raws[:2]
    assert bent != ceremony(2)
    return bent


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ("another election", "RevealedError"),
        ("another commitment", "RevealedError"),
        ("another threshold", "CertificateError"),
        ("another seat", "WrongKeyError"),
        ("swapped certificates", "CertificateError"),
        ("the same key twice", "CertificateError"),
        ("a bent certificate", "CertificateError"),
        ("another's signature", "SignatureError"),
        ("a certificate less", "CertificateError"),
    ],
)
def test_a_bent_set_up_gets_no_polynomial(change: str, error: str) -> None:
    takes = {"keyFile": SEEDS[1].text, "ceremony": bend_ceremony(change)}
    assert work("makePolynomial", takes, seed="any").error == error


def _secret_of(sender: int, text: str, *, to: int, signed_by: int | None = None) -> str:
    recipient = parsed()[to - 1].encryption
    signer = SEEDS[(signed_by or sender) - 1].signing
    return seal_secret(text, signer, recipient, stream("bad secret"))


def bend_gathered(change: str) -> str:
    """What the trustee on seat 3 is handed, spoiled by the one on seat 2."""
    sent = json.loads(gathered(3))
    match change:
        case "not on the polynomial":
            sent["secrets"][1] = _secret_of(2, '{"secret":"5"}', to=3)
        case "no secret inside":
            sent["secrets"][1] = _secret_of(2, '{"share":"5"}', to=3)
        case "signed by another":
            sent["secrets"][1] = _secret_of(2, '{"secret":"5"}', to=3, signed_by=1)
        case "for another":
            sent["secrets"][1] = json.loads(gathered(1))["secrets"][1]
        case "bent":
            secret = json.loads(sent["secrets"][1])
            secret["data"] = ("0" if secret["data"][0] != "0" else "1") + secret["data"][1:]
            sent["secrets"][1] = json.dumps(secret, separators=(",", ":"))
        case "another polynomial":
            other = make_polynomial(SEEDS[1], parsed(), stream("chosen later"))
            read = [parse_polynomial(parsed(), n, raw) for n, raw in enumerate(polynomials(), 1)]
            read[1] = parse_polynomial(parsed(), 2, other)
            return gather_secrets(3, read).decode()
        case "not her agreement":
            sent["signatures"][1] = sent["signatures"][0]
        case "identity":
            point = json.loads(sent["coefexps"][1]["message"])["coefexps"][0]
            bent = sent["coefexps"][1]["message"].replace(point, "0" * 63 + "1")
            sent["coefexps"][1]["message"] = bent
    return json.dumps(sent, separators=(",", ":"))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ("not on the polynomial", "SecretShareError"),
        ("no secret inside", "FormError"),
        ("signed by another", "SignatureError"),
        ("for another", "ChannelError"),
        ("bent", "ChannelError"),
        ("another polynomial", "RevealedError"),
        ("not her agreement", "SignatureError"),
        ("identity", "PointError"),
    ],
)
def test_whoever_sent_a_bad_secret_is_named(change: str, error: str) -> None:
    takes = {"keyFile": SEEDS[2].text, "ceremony": ceremony(3), "gathered": bend_gathered(change)}
    worked = work("makeVerificationKey", takes, seed="any")
    assert (worked.error, worked.replies[-1]["index"]) == (error, 2)
