"""Writes charters.json: python -m tests.vectors.make_charters.

Ready-made charters with their digests, and charters that break one rule each, with the rule:
what a reader in another language must read, and must refuse. The tests run it again.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from voting.charter.charter_format import charter_digest, charter_object
from voting.charter.presets import PRESETS, PresetId
from voting.members import Language

FILE = Path(__file__).with_name("charters.json")

_NAMES: dict[Language, str] = {"en": "Example Co-operative", "cy": "Cydweithfa Enghreifftiol"}
_PART = {"college": "employees", "ballots": None, "part": "1/10"}
_HEADS = {"threshold": {"share": "2/3", "strict": False}, "turnout": "0"}

Change = Callable[[dict[str, Any]], object]


def _shares(*shares: str) -> Change:
    def change(charter: dict[str, Any]) -> None:
        for college, share in zip(charter["colleges"], shares, strict=True):
            college["share"] = share

    return change


def _join(charter: dict[str, Any]) -> None:
    charter["colleges"].pop()
    charter["colleges"][1]["share"] = "1/2"


_BROKEN: tuple[tuple[str, PresetId, Change, str], ...] = (
    ("99 in 100", "user-led-51", _shares("51/100", "17/50", "7/50"), "CollegeSharesError"),
    ("half protected", "user-led-51", _shares("1/2", "7/20", "3/20"), "ProtectedShareError"),
    ("by the roll", "user-led-51", lambda c: c.update(scheme="roll"), "ProtectedSchemeError"),
    ("no floor", "user-led-51", lambda c: c.update(floors=[]), "MissingFloorError"),
    ("a floor of 0", "user-led-51", lambda c: c.update(floors=[["supported", 0]]), "FloorError"),
    ("caps nothing", "user-led-51", lambda c: c.update(caps=[{**_PART, "part": None}]), "CapError"),
    (
        "half and more",
        "user-led-51",
        lambda c: c.update(caps=[{**_PART, "part": "3/5"}]),
        "CapError",
    ),
    (
        "the protected capped",
        "user-led-51",
        lambda c: c.update(caps=[{**_PART, "college": "supported"}]),
        "CapError",
    ),
    (
        "a tie would pass",
        "user-led-51",
        lambda c: c["motions"][0]["threshold"].update(strict=False),
        "ThresholdError",
    ),
    (
        "special easier",
        "user-led-51",
        lambda c: c["motions"][0]["threshold"].update(share="4/5"),
        "EasySpecialError",
    ),
    (
        "no heads by law",
        "user-led-51",
        lambda c: c["motions"][2].update(heads=None),
        "StatutoryHeadCountError",
    ),
    (
        "too few heads by law",
        "user-led-51",
        lambda c: c["motions"][4].update(heads=_HEADS),
        "StatutoryHeadCountError",
    ),
    (
        "a stranger agrees",
        "class-consents",
        lambda c: c["motions"][1]["agree"].append(["board", c["motions"][0]["threshold"]]),
        "UnknownCollegeError",
    ),
    (
        "7 of 15",
        "council-reserved",
        lambda c: c["council"][0].__setitem__(1, 7) or c["council"][1].__setitem__(1, 6),
        "CouncilSeatsError",
    ),
    ("51 in 100 of a SCIC", "scic", _shares("51/100", "29/100", "1/5"), "ScicShareError"),
    ("9 in 100 of a SCIC", "scic", _shares("1/2", "41/100", "9/100"), "ScicShareError"),
    ("two colleges of a SCIC", "scic", _join, "ScicCollegesError"),
    (
        "shares that decide nothing",
        "class-consents",
        _shares("1/2", "1/6", "1/6", "1/6"),
        "EqualSharesError",
    ),
)


def make_cases() -> Iterator[dict[str, object]]:
    """What is read with its digest, and what is refused with its rule."""
    for preset in PRESETS.values():
        charter = preset.make(_NAMES)
        yield {
            "name": preset.id,
            "charter": charter_object(charter),
            "expect": {"digest": charter_digest(charter)},
        }
    for name, preset_id, change, error in _BROKEN:
        value: Any = json.loads(json.dumps(charter_object(PRESETS[preset_id].make(_NAMES))))
        change(value)
        yield {"name": name, "charter": value, "expect": {"refused": error}}


def make_text() -> str:
    """The file's text."""
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in make_cases())
    return f'{{"cases":[\n{lines}\n]}}\n'


if __name__ == "__main__":
    FILE.write_text(make_text(), encoding="utf-8")
