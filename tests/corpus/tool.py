"""What `belenios-tool` says of each mutant, and the record of it that is kept here.

Ballots are offered to `election verify-ballot`, records of an archive to `election verify`.
The messages of a key's making have no reader of their own in the tool.
"""

import json
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ballots.archive import ArchiveBuilder
from tests.ballots.assembly import hold_election
from tests.ballots.box import TIMESTAMP, make_box
from tests.conftest import Tool
from tests.corpus.ballots import ballot_mutants, make_target
from tests.corpus.mutants import Mutant
from tests.corpus.records import structures

RECORD = Path(__file__).with_name("said_by_the_tool.json")
# Of these the tool verifies what stands in an archive.
PARTS: dict[str, Callable[[bytes], dict[str, Any]]] = {
    "election": lambda raw: {"election": raw},
    "trustees": lambda raw: {"trustees": raw},
    "shuffle": lambda raw: {
        "shuffles": ((hold_election().shuffles[0][0], raw), *hold_election().shuffles[1:])
    },
    "decryption": lambda raw: {"decryptions": _decryptions(raw)},
    "result": lambda raw: {"result": raw},
}


def _decryptions(raw: bytes) -> list[tuple[int, bytes]]:
    (first, _), *rest = hold_election().shares.items()
    return [(first, raw), *[(number, share.decryption) for number, share in rest]]


class Peer:
    """The tool, asked about one mutant at a time."""

    def __init__(self, tool: Tool) -> None:
        self._tool = tool

    def accepts_ballot(self, mutant: Mutant) -> bool:
        """Whether it verifies a ballot."""
        target = make_target()
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            builder = ArchiveBuilder(TIMESTAMP)
            builder.setup(target.election.raw, make_box().trustees, target.credentials)
            (folder / f"{target.election.uuid}.bel").write_bytes(builder.to_bytes())
            (folder / "ballot.json").write_bytes(mutant.raw)
            done = self._tool(
                "election", "verify-ballot", "--dir", ".", "--ballot", "ballot.json", cwd=folder
            )
        return done.returncode == 0

    def accepts_record(self, kind: str, mutant: Mutant) -> bool:
        """Whether it verifies an archive with a bent record."""
        held = hold_election()
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            archive = held.write(**PARTS[kind](mutant.raw))
            (folder / f"{held.election.uuid}.bel").write_bytes(archive)
            done = self._tool("election", "verify", "--dir", ".", cwd=folder)
        return done.returncode == 0


def all_mutants() -> Iterator[tuple[str, Mutant]]:
    """What the tool can be asked about: the kind of structure, and each mutant of it."""
    for mutant in ballot_mutants(make_target()):
        yield "ballot", mutant
    for structure in structures():
        if structure.name in PARTS:
            for mutant in structure.mutants():
                yield structure.name, mutant


def ask(peer: Peer, kind: str, mutant: Mutant) -> bool:
    """Whether the tool accepts it."""
    if kind == "ballot":
        return peer.accepts_ballot(mutant)
    return peer.accepts_record(kind, mutant)


def record(tool: Tool, tell: Callable[[int, int], None]) -> dict[str, Any]:
    """Ask about every mutant; returns what is to be kept."""
    peer, mutants = Peer(tool), list(all_mutants())
    # Made before the threads: what is cached must be there once.
    kept: dict[str, Any] = {}
    with ThreadPoolExecutor() as pool:
        answers = pool.map(lambda one: ask(peer, *one), mutants)
        for done, ((kind, mutant), accepted) in enumerate(zip(mutants, answers, strict=True), 1):
            of_kind = kept.setdefault(kind, {"mutants": 0, "accepted": []})
            of_kind["mutants"] += 1
            if accepted:
                of_kind["accepted"].append(mutant.name)
            tell(done, len(mutants))
    return kept


def read_record() -> dict[str, Any]:
    """What was recorded."""
    kept: dict[str, Any] = json.loads(RECORD.read_text())
    return kept
