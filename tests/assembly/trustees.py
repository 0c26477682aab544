"""The honest trustees: single ones, or three who made a key together."""

from dataclasses import dataclass

from ballots.encoding import format_json
from ballots.keys import key_object
from ballots.pedersen import PedersenTrustees
from ballots.trustees import format_groups, format_trustees, make_public_key
from tests.assembly.bending import Bend
from tests.assembly.people import Plan, Source
from tests.ballots.assembly import hold_ceremony


@dataclass(frozen=True)
class Keys:
    """What the trustees of an election have.

    Attributes:
        raw: as the boxes' archives name them.
        public: raw key of each.
        commitments: what each gave before; none of single trustees.
    """

    raw: bytes
    public: tuple[bytes, ...]
    private: tuple[int, ...]
    commitments: tuple[str, ...]


def make_keys(plan: Plan, random: Source, bend: Bend) -> Keys:
    if plan.private_keys is not None:
        public = tuple(
            bend(f"key:{number}", make_public_key(private, random, f"Example Trustee {number}"))
            for number, private in enumerate(plan.private_keys, 1)
        )
        return _bend_keys(bend, Keys(format_trustees(public), public, plan.private_keys, ()))
    ceremony = hold_ceremony(plan.trustees.needed, plan.trustees.count)
    group: PedersenTrustees = bend("group", ceremony.trustees)
    public = tuple(
        bend(f"key:{number}", format_json(key_object(key)))
        for number, key in enumerate(group.keys, 1)
    )
    private = tuple(ceremony.private_keys)
    return _bend_keys(bend, Keys(format_groups([group]), public, private, ceremony.digests))


def _bend_keys(bend: Bend, keys: Keys) -> Keys:
    bent: Keys = bend("keys", keys)
    return bent
