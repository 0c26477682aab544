"""The published charters: read with their digest, or refused by their rule."""

import json
from typing import Any

import pytest

from tests.vectors.make_charters import FILE, make_text
from voting.canonical import format_canonical
from voting.charter.charter_format import charter_digest, parse_charter
from voting.errors import VotingError

CASES: Any = json.loads(FILE.read_text(encoding="utf-8"))["cases"]


def test_the_file_is_what_the_script_writes() -> None:
    assert FILE.read_text(encoding="utf-8") == make_text()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_each_is_read_or_refused(case: Any) -> None:
    raw = format_canonical(case["charter"])
    if "digest" in case["expect"]:
        assert charter_digest(parse_charter(raw)) == case["expect"]["digest"]
        return
    with pytest.raises(VotingError) as error:
        parse_charter(raw)
    assert type(error.value).__name__ == case["expect"]["refused"]
