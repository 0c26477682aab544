"""Every bent structure is refused with a named error; what the peer says is on record.

The corpus is `tests/corpus`. At the door the same ballots are offered to the real service in
`tests/web/actions/test_corpus_at_the_door.py`.
"""

import random
from collections.abc import Iterable

import pytest

from ballots.errors import BallotError
from tests.conftest import Tool
from tests.corpus.ballots import ballot_mutants, make_target
from tests.corpus.ballots import offer as offer_ballot
from tests.corpus.mutants import Mutant, bend
from tests.corpus.records import Offer, Structure, structures
from tests.corpus.tool import Peer, all_mutants, ask, read_record

BINDING = [structure for structure in structures() if structure.binding]
READ_ONLY = [structure for structure in structures() if not structure.binding]


def name_structure(structure: Structure) -> str:
    return structure.name


def test_every_bent_ballot_is_refused() -> None:
    target = make_target()
    offer_ballot(target, target.honest)
    mutants = list(ballot_mutants(target))
    assert len(mutants) > 3500
    assert accepted_by(lambda raw: offer_ballot(target, raw), mutants) == []


@pytest.mark.parametrize("structure", BINDING, ids=name_structure)
def test_every_bent_record_and_message_is_refused(structure: Structure) -> None:
    structure.offer(structure.honest)
    accepted = accepted_by(structure.offer, structure.mutants())
    # What is sealed to another cannot be judged by anybody else.
    assert [name for name in accepted if not name.startswith(structure.free or ("!",))] == []


@pytest.mark.parametrize("structure", READ_ONLY, ids=name_structure)
def test_what_is_compared_elsewhere_is_read_or_refused_by_name(structure: Structure) -> None:
    structure.offer(structure.honest)
    # Any other exception would pass through `accepted_by` and fail.
    accepted = accepted_by(structure.offer, structure.mutants())
    assert len(accepted) < len(list(structure.mutants())) / 4


def test_a_mutant_is_never_the_honest_structure() -> None:
    for structure in structures():
        assert structure.honest not in [mutant.raw for mutant in bend(structure.honest)]


def test_the_record_of_what_the_tool_says_is_about_this_corpus() -> None:
    counted: dict[str, int] = {}
    names: dict[str, set[str]] = {}
    for kind, mutant in all_mutants():
        counted[kind] = counted.get(kind, 0) + 1
        names.setdefault(kind, set()).add(mutant.name)
    record = read_record()
    assert {kind: said["mutants"] for kind, said in record.items()} == counted
    for kind, said in record.items():
        assert set(said["accepted"]) <= names[kind]


@pytest.mark.peer
def test_the_tool_still_says_what_is_on_record(belenios_tool: Tool) -> None:
    record = read_record()
    chosen = random.Random(3).sample(list(all_mutants()), 60)
    # Of those the tool takes and we refuse, a few in any case.
    lenient = [one for one in all_mutants() if one[1].name in record["ballot"]["accepted"][::9]]
    peer = Peer(belenios_tool)
    for kind, mutant in [*chosen, *lenient]:
        said = ask(peer, kind, mutant)
        assert said == (mutant.name in record[kind]["accepted"]), (kind, mutant.name)


def accepted_by(offer: Offer, mutants: Iterable[Mutant]) -> list[str]:
    """The names of those that raised nothing."""
    accepted: list[str] = []
    for mutant in mutants:
        try:
            offer(mutant.raw)
        except BallotError:
            continue
        accepted.append(mutant.name)
    return accepted
