"""Writes ballots.json and shares.json: python -m tests.vectors.make_ballots.

Each case is a record with what must come of it: "accepted", or the name of the error. Other
programs that seal, open or verify can run them; our tests run them again and compare.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ballots.encoding import base64_digest
from ballots.group import ORDER
from tests.ballots.box import CHOICE, MOTION, edit, make_box, open_box, sign_again

FOLDER = Path(__file__).parent

BOX = make_box((MOTION, CHOICE))
RAW = BOX.seal(0, [[0, 1, 0], [1, 0, 1]])
OPENED = open_box()

Bend = Callable[[Any], object]


def _bump(text: str) -> str:
    return str((int(text) + 1) % ORDER)


def _swap_choice(ballot: Any) -> None:
    choice = ballot["answers"][0]["choices"][0]
    choice["alpha"], choice["beta"] = choice["beta"], choice["alpha"]


BENT: dict[str, tuple[str, Bend]] = {
    "upper-case point": (
        "PointFormError",
        lambda b: b.update(credential=b["credential"].upper()),
    ),
    "identity": (
        "IdentityPointError",
        lambda b: b["answers"][0]["choices"][0].update(alpha="0" * 63 + "1"),
    ),
    "plus sign": (
        "ScalarFormError",
        lambda b: b["answers"][0]["overall_proof"][0].update(response="+1"),
    ),
    "extra field": ("WrongFieldsError", lambda b: b["answers"][0].update(extra=1)),
    "another uuid": ("WrongElectionError", lambda b: b.update(election_uuid="2" * 14)),
    "another fingerprint": (
        "WrongFingerprintError",
        lambda b: b.update(election_hash=base64_digest(b"")),
    ),
    "not what was signed": (
        "BallotHashError",
        lambda b: b["answers"][0]["overall_proof"][0].update(response="1"),
    ),
    "another signature": (
        "BallotSignatureError",
        lambda b: b["signature"]["proof"].update(response="1"),
    ),
}
SIGNED: dict[str, tuple[str, Bend]] = {
    "halves of a choice swapped, signed": ("BallotProofError", _swap_choice),
    "blank proof swapped, signed": (
        "BallotProofError",
        lambda b: b["answers"][0]["blank_proof"].reverse(),
    ),
    "small order, signed": (
        "PointOutsideGroupError",
        lambda b: b["answers"][0]["choices"][0].update(alpha="0" * 64),
    ),
}


def make_ballots() -> dict[str, object]:
    """One box with a credential's secret, and ballots for it."""
    cases = [{"name": "honest", "ballot": RAW.decode(), "expect": "accepted"}]
    for name, (expect, bend) in BENT.items():
        cases.append({"name": name, "ballot": edit(RAW, bend).decode(), "expect": expect})
    for name, (expect, bend) in SIGNED.items():
        raw = sign_again(BOX, 0, RAW, bend)
        cases.append({"name": name, "ballot": raw.decode(), "expect": expect})
    return {
        "election": BOX.election.raw.decode(),
        "fingerprint": BOX.election.fingerprint,
        "credential": BOX.secrets[0],
        "public_credential": json.loads(RAW)["credential"],
        "tracker": base64_digest(RAW),
        "cases": cases,
    }


SECOND: dict[str, tuple[str, Bend]] = {
    "honest": ("accepted", lambda _: None),
    "another response": (
        "SecondProofError",
        lambda p: p["proofs"][0][1].update(response=_bump(p["proofs"][0][1]["response"])),
    ),
    "proofs swapped": ("SecondProofError", lambda p: p["proofs"][0].reverse()),
    "another box": ("SecondProofBindingError", lambda p: p.update(box="2" * 14)),
    "another trustee": (
        "SecondProofBindingError",
        lambda p: p.update(public_key=OPENED.box.public_keys[1]),
    ),
    "a proof left out": ("WrongLengthError", lambda p: p["proofs"][0].pop()),
    "leading zero": (
        "ScalarFormError",
        lambda p: p["proofs"][0][0].update(challenge="0" + p["proofs"][0][0]["challenge"]),
    ),
}


def make_shares() -> dict[str, object]:
    """One opened box with a trustee's private key, and second proofs for her share."""
    share = OPENED.shares[0]
    cases = [
        {"name": name, "proofs": edit(share.proofs, bend).decode(), "expect": expect}
        for name, (expect, bend) in SECOND.items()
    ]
    return {
        "election": OPENED.box.election.raw.decode(),
        "encrypted_tally": OPENED.tally.encrypted.decode(),
        "private_key": str(OPENED.box.private_keys[0]),
        "public_key": OPENED.box.public_keys[0],
        "decryption": share.decryption.decode(),
        "all_decryptions": [one.decryption.decode() for one in OPENED.shares],
        "result": OPENED.result.decode(),
        "cases": cases,
    }


def make_all() -> dict[str, str]:
    """File names and what they hold."""
    made = {"ballots.json": make_ballots(), "shares.json": make_shares()}
    return {
        name: json.dumps(value, indent=1, ensure_ascii=False) + "\n" for name, value in made.items()
    }


if __name__ == "__main__":
    for file, text in make_all().items():
        (FOLDER / file).write_text(text, encoding="utf-8")
