"""Ties: each rule hands on what it cannot tell apart, and everything is written down."""

from collections import Counter
from fractions import Fraction
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from voting.counting.ties import Rule, TieLog, draw_lot

SEED = "ab" * 32


def values(*numbers: int) -> list[Fraction]:
    return [Fraction(number) for number in numbers]


def test_the_larger_tally_in_the_protected_college_wins() -> None:
    log = TieLog(SEED)
    rules: list[Rule] = [("protected-college", [values(1, 9, 3)])]
    assert log.choose([0, 2], stage=4, kind="elect", rules=rules) == 2
    (tie,) = log.ties
    assert (tie.stage, tie.kind, tie.options, tie.chosen) == (4, "elect", (1, 3), (3,))
    assert (tie.tried, tie.resolved_by) == (("protected-college",), "protected-college")


def test_to_exclude_it_is_the_smaller_one() -> None:
    rules: list[Rule] = [("protected-college", [values(1, 0, 3)])]
    assert TieLog(SEED).choose([0, 2], stage=1, kind="exclude", rules=rules) == 0


def test_each_rule_hands_on_those_it_cannot_tell_apart() -> None:
    log = TieLog(SEED)
    rules: list[Rule] = [
        ("protected-college", [values(5, 5, 1, 5)]),
        ("earlier-stage", [values(2, 3, 9, 3), values(1, 1, 1, 4)]),
    ]
    # The first leaves out 3, the latest stage leaves out 1, and the one before decides.
    assert log.choose([0, 1, 2, 3], stage=3, kind="surplus", rules=rules) == 3
    assert log.ties[0].tried == ("protected-college", "earlier-stage")


def test_the_lot_is_the_last_resort() -> None:
    log = TieLog(SEED)
    rules: list[Rule] = [("protected-college", [values(1, 1)]), ("earlier-stage", [])]
    chosen = log.choose([0, 1], stage=1, kind="elect", rules=rules)
    assert log.ties[0].tried == ("protected-college", "earlier-stage", "lot")
    assert log.ties[0].chosen == (chosen + 1,)
    assert chosen == draw_lot(SEED, 1, [0, 1])


def test_majorities_are_written_down_as_pairs() -> None:
    log = TieLog(SEED)
    pairs = [(0, 1), (1, 2), (2, 0)]
    rules: list[Rule] = [("protected-college", [values(0, 7, 2)])]
    assert log.choose(range(3), stage=1, kind="lock", rules=rules, pairs=pairs) == 1
    assert (log.ties[0].options, log.ties[0].chosen) == ((1, 2, 3), (2, 3))


def test_the_lot_is_the_smallest_digest() -> None:
    digests = {n: sha256(f"teg/lot/v1|{SEED}|2|{n}".encode()).digest() for n in (1, 4, 6)}
    assert draw_lot(SEED, 2, [0, 3, 5]) + 1 == min(digests, key=digests.__getitem__)


@given(st.sets(st.integers(0, 29), min_size=1), st.integers(1, 9))
def test_the_order_of_the_options_is_irrelevant_to_the_lot(options: set[int], draw: int) -> None:
    ordered = sorted(options)
    assert draw_lot(SEED, draw, ordered) == draw_lot(SEED, draw, ordered[::-1])


def test_no_option_is_preferred_by_the_lot() -> None:
    drawn = Counter(draw_lot(f"{seed:064x}", 1, [0, 1, 2]) for seed in range(900))
    assert all(240 < number < 360 for number in drawn.values())


def test_two_lots_of_one_count_are_not_one() -> None:
    drawn = {draw_lot(SEED, draw, range(30)) for draw in range(1, 20)}
    assert len(drawn) > 1
