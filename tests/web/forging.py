"""A ballot of a voter who cheats: signed as it must be, around a proof of other answers."""

import json
import os

from ballots.ballot import format_signature, signature_prefix
from ballots.credentials import signing_key
from ballots.encoding import base64_digest, format_json
from ballots.proofs import prove_knowledge
from tests.web.cooperative import Cooperative


def forge_proof(coop: Cooperative) -> bytes:
    """The first supported member's; only the proofs can tell that it is not right."""
    one, two = (json.loads(coop.seal("supported", 0, "for")) for _ in range(2))
    unsigned = {name: value for name, value in one.items() if name != "signature"}
    unsigned["answers"][0]["overall_proof"] = two["answers"][0]["overall_proof"]
    signed = base64_digest(format_json(unsigned))
    key = signing_key(coop.box("supported"), coop.credential("supported", 0))
    proof = prove_knowledge(signature_prefix(signed), key, os.urandom)
    return format_json({**unsigned, "signature": format_signature(signed, proof)})
