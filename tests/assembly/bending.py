"""Bending one value of an honest election, by its name.

Names, in order: charter, scripts, roll, group (of trustees), key:<trustee>, keys (of all),
commitments, manifest, raw-manifest, trustees, credentials:<college>, election:<college>,
choices:<college>, ballots:<college>, tally:<college>, sized:<college>,
shuffle:<college>:<trustee>, share:<college>:<trustee>, box-result:<college>,
archived:<college> (its ballots), mixed:<college> (its shuffles), owned:<college> (its shares),
time:<college>, archive:<college>, rows, rows:<contest> (from the second on), result, proofs,
statement, certificate, entries, raw-entries.
"""

from collections.abc import Callable
from typing import Any

Bend = Callable[[str, Any], Any]


def honest(_name: str, value: Any) -> Any:
    return value


def bending(name: str, change: Callable[[Any], Any]) -> Bend:
    """Change the value of one name."""
    return lambda found, value: change(value) if found == name else value
