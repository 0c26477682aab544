"""What other programs make of random elections: run with a Python that has them.

    python -m tests.vectors.make_oracles

votekit (exact STV with a whole quota), pref_voting (Schulze by winning votes, ranked pairs)
and abcvoting (approval). They bring a gigabyte with them and take minutes to install, so their
answers are kept in `oracles.json`; `requirements/peers.in` names what made them.
"""

import json
import random
import sys
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SHARES = (("51/100", "17/50", "3/20"), ("3/5", "1/4", "3/20"), ("2/3", "1/3"), ("1",))


def draw_election(chance: random.Random) -> dict[str, Any]:
    """Colleges of random sizes; in each, ballots around a few opinions."""
    size = chance.randint(3, 7)
    colleges = []
    for number, share in enumerate(chance.choice(SHARES)):
        ballots: dict[tuple[int, ...], int] = {}
        for _ in range(chance.randint(3, 12)):
            order = chance.sample(range(size), chance.randint(1, size))
            ballots[tuple(order)] = ballots.get(tuple(order), 0) + chance.randint(1, 9)
        colleges.append(
            {
                "name": f"college-{number + 1}",
                "share": share,
                "ballots": [[number, list(order)] for order, number in sorted(ballots.items())],
            }
        )
    return {
        "seats": chance.randint(1, size - 1),
        "candidates": [f"C{place}" for place in range(size)],
        "colleges": colleges,
    }


def weigh(election: dict[str, Any]) -> list[tuple[int, tuple[int, ...]]]:
    """The ballots with whole weights in the proportion that the colleges give them."""
    weights = [
        Fraction(college["share"]) / sum(number for number, _ in college["ballots"])
        for college in election["colleges"]
    ]
    scale = lcm(*(weight.denominator for weight in weights))
    return [
        (int(number * weight * scale), tuple(order))
        for college, weight in zip(election["colleges"], weights, strict=True)
        for number, order in college["ballots"]
    ]


def ask_pref_voting(election: dict[str, Any]) -> dict[str, Any]:
    """Winners by Schulze and by ranked pairs, of the weighted ballots."""
    from pref_voting.margin_based_methods import beat_path, ranked_pairs
    from pref_voting.profiles_with_ties import ProfileWithTies

    ballots = weigh(election)
    profile = ProfileWithTies(
        [{candidate: rank for rank, candidate in enumerate(order, 1)} for _, order in ballots],
        rcounts=[number for number, _ in ballots],
        candidates=list(range(len(election["candidates"]))),
    )
    profile.use_extended_strict_preference()
    return {
        "schulze": [int(w) for w in beat_path(profile, strength_function=profile.support)],
        "ranked_pairs": [int(winner) for winner in ranked_pairs(profile)],
    }


def ask_votekit(election: dict[str, Any]) -> dict[str, Any] | None:
    """Totals of every round and who is elected, each ballot weighing 1; None where it is a tie."""
    from votekit.ballot import RankBallot
    from votekit.elections import STV
    from votekit.pref_profile import RankProfile

    names = election["candidates"]
    ballots = [
        RankBallot(ranking=[frozenset({names[each]}) for each in order], weight=number)
        for college in election["colleges"]
        for number, order in college["ballots"]
    ]
    profile = RankProfile(ballots=ballots, candidates=names)
    try:
        held = STV(profile, n_seats=election["seats"], simultaneous=False, exact=True)
    except ValueError:
        return None
    return {
        "elected": [
            sorted(each) for state in held.election_states for each in state.elected if each
        ],
        "rounds": [
            {name: str(total) for name, total in sorted(state.scores.items())}
            for state in held.election_states
        ],
    }


def ask_abcvoting(election: dict[str, Any]) -> dict[str, Any]:
    """The committees that approval may elect, of the weighted ballots."""
    from abcvoting import abcrules
    from abcvoting.preferences import Profile, Voter

    profile = Profile(len(election["candidates"]))
    for number, order in weigh(election):
        profile.add_voter(Voter(order, weight=number))
    committees = abcrules.compute_av(profile, committeesize=election["seats"])
    return {"approval": sorted(sorted(int(each) for each in one) for one in committees)}


ASKED = {"pref_voting": ask_pref_voting, "votekit": ask_votekit, "abcvoting": ask_abcvoting}


def main() -> None:
    """Ask those that are installed, and keep what the others said."""
    path = HERE / "oracles.json"
    chance = random.Random(20261122)
    elections = [draw_election(chance) for _ in range(120)]
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    said = [each["said"] for each in kept] or [{} for _ in elections]
    for name, ask in ASKED.items():
        try:
            for election, answers in zip(elections, said, strict=True):
                answers[name] = ask(election)
        except ModuleNotFoundError as error:
            sys.stderr.write(f"{name} is left out: there is no {error.name}\n")
    lines = [
        json.dumps({"election": election, "said": dict(sorted(answers.items()))})
        for election, answers in zip(elections, said, strict=True)
    ]
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
