"""Boxes of any size for the bench, sealed on all cores and written to a file as they grow."""

import random
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from ballots.archive import ArchiveBuilder
from ballots.ballot import parse_ballot
from ballots.credentials import (
    format_credentials,
    make_credential,
    make_uuid,
    public_credential,
)
from ballots.decryption import decrypt_share, open_shares
from ballots.election import AnyQuestion, Election, Question, ShuffledQuestion
from ballots.mixing import shuffle_tally, shuffled_tally
from ballots.sealing import seal_ballot
from ballots.tally import RunningTally
from ballots.trustees import (
    format_trustees,
    joint_key,
    make_private_key,
    make_public_key,
    parse_trustees,
)

TIMESTAMP = 1_800_000_000
TEN = Question("Who shall chair?", tuple(f"Option {n}" for n in range(1, 11)), 1, 1, blank=True)
SMALL = Question("Shall we buy the mill?", ("Yes",), 0, 1)
RANKED = ShuffledQuestion(
    "Rank the ten",
    tuple(f"Option {n}" for n in range(1, 11)),
    '{"method":"STV","blank":true,"seats":3}',
)


def choose(question: AnyQuestion, voter: int) -> list[int]:
    """Somebody's choices."""
    if isinstance(question, ShuffledQuestion):
        ranks = list(range(1, len(question.answers) + 1))
        random.Random(voter).shuffle(ranks)
        return ranks
    return [int(place == voter % question.width) for place in range(question.width)]


def make_box(
    question: AnyQuestion, voters: int, path: Path, *, shuffles: int = 0, is_opened: bool = True
) -> Election:
    """Everyone votes once; the box is closed, added up, shuffled, opened: a file at `path`."""
    draw = random.Random(1).randbytes
    uuid = make_uuid(draw)
    private = make_private_key(draw)
    trustees = format_trustees([make_public_key(private, draw, "Example Trustee 1")])
    election = Election(uuid, "Bench", "Made up", joint_key(parse_trustees(trustees)), (question,))
    sums = RunningTally(election)
    with ProcessPoolExecutor() as pool, path.open("wb") as file:
        parts = [(uuid, at, min(100, voters - at)) for at in range(0, voters, 100)]
        pairs = [pair for part in pool.map(_make_credentials, parts) for pair in part]
        builder = ArchiveBuilder(TIMESTAMP, file.write)
        publics = [public for _, public in pairs]
        builder.setup(election.raw, trustees, format_credentials(publics))
        work = [(election, pairs[at : at + 20], at) for at in range(0, voters, 20)]
        for ballots, rows in pool.map(_seal, work):
            for raw in ballots:
                builder.ballot(raw)
            sums.merge(rows)
        builder.end_ballots()
        tally = sums.finish(dict.fromkeys(publics, 1))
        builder.encrypted_tally(tally.encrypted, tally.sized)
        if is_opened:
            sealed: bytes = tally.encrypted
            for _ in range(shuffles):
                mixed = shuffle_tally(election, sealed, draw)
                sealed = shuffled_tally(election, sealed, mixed)
                builder.shuffle(1, mixed)
                builder.end_shuffles()
            share = decrypt_share(election, sealed, private, draw).decryption
            builder.partial_decryption(1, share)
            shares = {1: share}
            builder.result(
                open_shares(election, parse_trustees(trustees), sealed, shares, tally.total_weight)
            )
    return election


def _make_credentials(work: tuple[str, int, int]) -> list[tuple[str, str]]:
    uuid, seed, count = work
    draw = random.Random(seed).randbytes
    secrets = [make_credential(draw) for _ in range(count)]
    return [(secret, public_credential(uuid, secret)) for secret in secrets]


def _seal(
    work: tuple[Election, Sequence[tuple[str, str]], int],
) -> tuple[list[bytes], list[bytes]]:
    """Ballots, and the rows of what they add up to."""
    election, voters, first = work
    sums = RunningTally(election)
    raws: list[bytes] = []
    for voter, (secret, _) in enumerate(voters, first):
        votes = [choose(question, voter) for question in election.questions]
        raws.append(seal_ballot(election, secret, votes, random.Random(voter).randbytes))
        sums.add([(parse_ballot(election, raws[-1]).choices, 1)])
    return raws, [bytes(row) for row in sums.rows]
