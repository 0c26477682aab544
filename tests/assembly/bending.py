"""Bending one value of an honest election, by its name.

Names, in order: charter, scripts, roll, key:<trustee>, manifest, raw-manifest, trustees,
credentials:<college>, election:<college>, ballots:<college>, tally:<college>, sized:<college>,
share:<college>:<trustee>, box-result:<college>, archived:<college> (its ballots),
owned:<college> (its shares), time:<college>, archive:<college>, rows, result, proofs, statement,
certificate, entries, raw-entries.
"""

from collections.abc import Callable
from typing import Any

Bend = Callable[[str, Any], Any]


def honest(_name: str, value: Any) -> Any:
    return value


def bending(name: str, change: Callable[[Any], Any]) -> Bend:
    """Change the value of one name."""
    return lambda found, value: change(value) if found == name else value
