"""votekit and pref_voting on one BLT file: run by `tests.bench.counting`, with their own Python.

    python counting_peers.py FILE WHAT

Prints as JSON the seconds of the processor that it took to make the library's own profile of
the ballots, and to count it, and who is elected. Equal ballots are grouped first, as for ours.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

Ballots = dict[tuple[int, ...], int]


def read(path: Path) -> tuple[int, int, Ballots]:
    """Candidates, seats, and how many ballots hold the same."""
    lines = path.read_text(encoding="utf-8").split("\n")
    size, seats = map(int, lines[0].split())
    ballots: Ballots = {}
    for line, times in Counter(lines[1 : lines.index("0")]).items():
        number, *order = map(int, line.split())
        ballots[tuple(order[:-1])] = ballots.get(tuple(order[:-1]), 0) + number * times
    return size, seats, ballots


def _rank_profile(size: int, ballots: Ballots) -> Any:
    from votekit.ballot import RankBallot
    from votekit.pref_profile import RankProfile

    names = [f"C{number}" for number in range(size + 1)]
    sets = [frozenset({name}) for name in names]
    return RankProfile(
        ballots=[
            RankBallot(ranking=[sets[each] for each in order], weight=number)
            for order, number in ballots.items()
        ],
        candidates=names[1:],
    )


def _elected(held: Any) -> list[int]:
    return [int(name[1:]) for each in held.get_elected() for name in sorted(each)]


def _fast_stv(profile: Any, seats: int) -> list[int]:
    from votekit.elections import FastSTV

    return _elected(FastSTV(profile, n_seats=seats, simultaneous=False))


def _exact_stv(profile: Any, seats: int) -> list[int]:
    from votekit.elections import STV

    return _elected(STV(profile, n_seats=seats, simultaneous=False, exact=True))


def _votekit_schulze(profile: Any, _: int) -> list[int]:
    from votekit.elections import Schulze

    return _elected(Schulze(profile, n_seats=1))


def _tied_profile(size: int, ballots: Ballots) -> Any:
    from pref_voting.profiles_with_ties import ProfileWithTies

    profile = ProfileWithTies(
        [{each: rank for rank, each in enumerate(order, 1)} for order in ballots],
        rcounts=list(ballots.values()),
        candidates=list(range(1, size + 1)),
    )
    profile.use_extended_strict_preference()
    return profile


def _beat_path(profile: Any, _: int) -> list[int]:
    from pref_voting.margin_based_methods import beat_path

    return [int(each) for each in beat_path(profile, strength_function=profile.support)]


ASKED: dict[str, tuple[Callable[[int, Ballots], Any], Callable[[Any, int], list[int]]]] = {
    "votekit-stv": (_rank_profile, _fast_stv),
    "votekit-exact-stv": (_rank_profile, _exact_stv),
    "votekit-schulze": (_rank_profile, _votekit_schulze),
    "pref_voting-schulze": (_tied_profile, _beat_path),
}


def main() -> None:
    """Measure one."""
    size, seats, ballots = read(Path(sys.argv[1]))
    make, count = ASKED[sys.argv[2]]
    few = {(1,): 1, (2, 1): 2}
    count(make(2, few), 1)  # loads, and compiles what it compiles at first use
    began = time.process_time()
    profile = make(size, ballots)
    made = time.process_time()
    elected = count(profile, seats)
    counted = time.process_time()
    found = {"making": made - began, "counting": counted - made, "elected": elected}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
