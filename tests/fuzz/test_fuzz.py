"""Each reader, fuzzed for some seconds; `make fuzz` does it for as long as one likes."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS

SECONDS = 3


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_a_reader_gives_one_form_or_a_named_error(name: str, tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        sentence = "atheris is not published for this Python: nothing is fuzzed"
        if os.environ.get("TEG_REQUIRE_SHARED") == "1":
            pytest.fail(sentence)
        pytest.skip(sentence)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.fuzz", name),
            *("--seconds", str(SECONDS), "--corpus", str(tmp_path)),
        ],
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    runs = re.search(r"stat::number_of_executed_units: (\d+)", done.stderr)
    assert runs
    assert int(runs[1]) > 200, "it was fuzzed"


@pytest.mark.parametrize("name", TARGETS)
def test_honest_bytes_are_taken(name: str) -> None:
    target = TARGETS[name]()
    for seed in target.seeds:
        assert target.read(seed) in (None, seed)
