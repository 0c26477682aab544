"""Who takes part in the honest election: colleges, votes, keys, and what is asked of them."""

from fractions import Fraction
from hashlib import sha256, shake_256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.note import LogSigner
from voting.charter import Charter
from voting.colleges import College
from voting.contests import Motion, Text
from voting.elections import Calendar, Rules
from voting.guarantee import state_guarantee
from voting.manifest import Manifest, RollSummary
from voting.members import CollegeId

ORIGIN = "coop.example/log"
ELECTION = "ExampLeELection"
COLLEGES = ("supported", "employees", "community")
BOXES = {
    "supported": "BoxSupported111",
    "employees": "BoxEmpLoyees111",
    "community": "BoxCommunity111",
}
MEMBERS = {"supported": 4, "employees": 3, "community": 2}
FOR, AGAINST, BLANK = (0, 1, 0), (0, 0, 1), (1, 0, 0)
VOTES: dict[str, tuple[tuple[int, tuple[int, int, int]], ...]] = {
    # (member, choice), in the order of the box; member 0 of supported votes twice.
    "supported": ((0, AGAINST), (1, FOR), (0, FOR), (2, BLANK)),
    "employees": ((2, AGAINST), (0, FOR)),
    "community": ((1, AGAINST),),
}
SIGNER = LogSigner(ORIGIN, sha256(b"the log's seed").digest())
CERTIFIER = Ed25519PrivateKey.from_private_bytes(sha256(b"the certifier's seed").digest())
PRIVATE_KEYS = (1_000_003, 2_000_003)


def digest(raw: bytes) -> str:
    return sha256(raw).hexdigest()


class Source:
    """Random bytes that are the same in every run."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._used = 0

    def __call__(self, length: int) -> bytes:
        self._used += 1
        return shake_256(self._seed + self._used.to_bytes(8, "big")).digest(length)


def make_charter() -> Charter:
    shares = {"supported": 51, "employees": 34, "community": 15}
    return Charter(
        name={"en": "Example Co-operative", "cy": "Cydweithfa Enghreifftiol"},
        colleges=tuple(
            College(CollegeId(c), {"en": f"College {c}", "cy": f"Coleg {c}"}, Fraction(s, 100))
            for c, s in shares.items()
        ),
        protected=CollegeId("supported"),
        floors={CollegeId("supported"): 1},
    )


def make_motion() -> Motion:
    text = Text("Shall the example co-operative buy a boat?", "It would be a small one.")
    welsh = Text("A ddylai'r gydweithfa enghreifftiol brynu cwch?", "Un bach fyddai e.")
    return Motion("1", "ordinary", {"en": {"standard": text}, "cy": {"standard": welsh}})


def make_manifest(charter: Charter, roll: RollSummary, rules: Rules, election: str) -> Manifest:
    motion = make_motion()
    return Manifest(
        election=election,
        charter=charter,
        title={"en": "Example vote", "cy": "Pleidlais enghreifftiol"},
        contests=(motion,),
        calendar=Calendar(1_000_500, 1_009_000),
        rules=rules,
        roll=roll,
        trustees=len(PRIVATE_KEYS),
        boxes=tuple((CollegeId(c), BOXES[c]) for c in COLLEGES),
        guarantee=(state_guarantee(charter, roll, motion),),
    )
