"""Who takes part in the honest election: colleges, votes, keys, and what is asked of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256, shake_256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.note import LogSigner
from tests.voting.examples import make_choice
from voting.charter.charter import Charter
from voting.charter.colleges import College
from voting.contests import Contest, Motion, Text
from voting.elections import Calendar, Rules, TrusteeRule
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
SIGNER = LogSigner(ORIGIN, sha256(b"the log's seed").digest())
CERTIFIER = Ed25519PrivateKey.from_private_bytes(sha256(b"the certifier's seed").digest())
PRIVATE_KEYS = (1_000_003, 2_000_003)
LOT_SEED = sha256(b"the seed of lots").digest()


@dataclass(frozen=True)
class Plan:
    """What is asked in an election, what is voted, and which trustees do what.

    Attributes:
        votes: of each college (member, choices in each of its contests), in the order of the box.
        private_keys: of all trustees; None where three of them make a key together of which
            two are enough.
        shufflers, openers: the numbers of the trustees who do it, in order.
        council: reserved seats of the charter.
    """

    contests: tuple[Contest, ...]
    votes: Mapping[str, tuple[tuple[int, tuple[tuple[int, ...], ...]], ...]]
    private_keys: tuple[int, ...] | None
    trustees: TrusteeRule
    shufflers: tuple[int, ...]
    openers: tuple[int, ...]
    council: Mapping[str, int] = field(default_factory=dict[str, int])


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


def make_charter(council: Mapping[str, int] | None = None) -> Charter:
    shares = {"supported": 51, "employees": 34, "community": 15}
    return Charter(
        name={"en": "Example Co-operative", "cy": "Cydweithfa Enghreifftiol"},
        colleges=tuple(
            College(CollegeId(c), {"en": f"College {c}", "cy": f"Coleg {c}"}, Fraction(s, 100))
            for c, s in shares.items()
        ),
        protected=CollegeId("supported"),
        floors={CollegeId("supported"): 1},
        council={CollegeId(college): seats for college, seats in (council or {}).items()},
    )


def make_motion() -> Motion:
    text = Text("Shall the example co-operative buy a boat?", "It would be a small one.")
    welsh = Text("A ddylai'r gydweithfa enghreifftiol brynu cwch?", "Un bach fyddai e.")
    return Motion("1", "ordinary", {"en": {"standard": text}, "cy": {"standard": welsh}})


def make_manifest(
    plan: Plan, charter: Charter, roll: RollSummary, rules: Rules, election: str
) -> Manifest:
    return Manifest(
        election=election,
        charter=charter,
        title={"en": "Example vote", "cy": "Pleidlais enghreifftiol"},
        contests=plan.contests,
        calendar=Calendar(1_000_500, 1_009_000),
        rules=rules,
        roll=roll,
        trustees=plan.trustees,
        boxes=tuple((CollegeId(c), BOXES[c]) for c in COLLEGES),
        guarantee=tuple(state_guarantee(charter, roll, contest) for contest in plan.contests),
        lot=digest(LOT_SEED),
    )


MOTION = Plan(
    contests=(make_motion(),),
    votes={
        # Member 0 of supported votes twice.
        "supported": ((0, (AGAINST,)), (1, (FOR,)), (0, (FOR,)), (2, (BLANK,))),
        "employees": ((2, (AGAINST,)), (0, (FOR,))),
        "community": ((1, (AGAINST,)),),
    },
    private_keys=PRIVATE_KEYS,
    trustees=TrusteeRule(2, 2),
    shufflers=(),
    openers=(1, 2),
)
"""A motion, and two trustees who are both needed."""

EVERY_FORM = Plan(
    contests=(
        make_motion(),
        make_choice("approval", id="days", seats=1, options=2),
        make_choice("stv-exact", id="council", seats=1, options=3),
        make_choice("majority-judgment", id="colour", seats=1, options=2),
    ),
    votes={
        "supported": (
            (0, (AGAINST, (1, 0, 0), (3, 2, 1), (3, 3))),
            (1, (FOR, (0, 1, 1), (1, 2, 0), (1, 2))),
            (0, (FOR, (0, 0, 1), (1, 0, 0), (3, 1))),
            (2, (BLANK, (1, 0, 0), (0, 0, 0), (0, 0))),
        ),
        # A rank that is left out, and a grade that is none: both are invalid.
        "employees": (
            (2, (AGAINST, (0, 1, 0), (1, 3, 0), (3, 1))),
            (0, (FOR, (0, 1, 1), (2, 1, 3), (4, 1))),
        ),
        "community": ((1, (AGAINST, (0, 0, 1), (0, 0, 1), (2, 2))),),
    },
    private_keys=None,
    trustees=TrusteeRule(3, 2),
    shufflers=(3, 1),
    openers=(2, 3),
)
"""Contests of every form, shuffled, and three trustees of whom two are enough."""

RESERVED = Plan(
    contests=(
        make_choice("stv-exact", id="ours", seats=2, options=3, college=CollegeId("supported")),
        make_motion(),
        make_choice("approval", id="theirs", seats=2, options=1, college=CollegeId("employees")),
    ),
    votes={
        "supported": (
            (0, ((2, 1, 0), AGAINST)),
            (1, ((1, 2, 3), FOR)),
            (0, ((0, 2, 1), FOR)),
            (3, ((0, 0, 0), FOR)),
        ),
        "employees": ((2, (AGAINST, (0, 1))), (0, (FOR, (1, 0)))),
        "community": ((1, (AGAINST,)),),
    },
    private_keys=None,
    trustees=TrusteeRule(3, 2),
    shufflers=(2, 1),
    openers=(1, 3),
    council={"supported": 3, "employees": 2},
)
"""Reserved seats: one college ranks, one marks with a seat left vacant, one has none."""
