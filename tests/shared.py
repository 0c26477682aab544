"""Where the shared vectors and peer programs stand, and how a test does without them."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def require_shared(*parts: str) -> Path:
    """The path below shared/, or skip with a sentence; fail where TEG_REQUIRE_SHARED=1."""
    path = SHARED.joinpath(*parts)
    if path.exists():
        return path
    sentence = f"shared/{'/'.join(parts)} does not stand beside the project"
    if os.environ.get("TEG_REQUIRE_SHARED") == "1":
        pytest.fail(sentence)
    pytest.skip(sentence)
