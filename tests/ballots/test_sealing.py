"""Sealing: every allowed vote is accepted and counted, no other is sealed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.ballot import parse_ballot
from ballots.decryption import open_tally, parse_box_result
from ballots.election import Question
from ballots.errors import ChoiceRulesError, CredentialFormError, WrongLengthError
from ballots.sealing import seal_ballot
from tests.ballots.box import CHOICE, MOTION, accept, few, make_box, seeded


@st.composite
def questions_and_votes(draw: st.DrawFn) -> tuple[Question, tuple[int, ...]]:
    count = draw(st.integers(1, 4))
    most = draw(st.integers(1, count))
    least = draw(st.integers(0, most))
    blank = draw(st.sampled_from([True, False, None]))
    question = Question("q", tuple("abcd"[:count]), least, most, blank)
    chosen = draw(st.sets(st.integers(0, count - 1), min_size=least, max_size=most).map(frozenset))
    vote = tuple(int(n in chosen) for n in range(count))
    if not blank:
        return question, vote
    return question, draw(st.sampled_from([(0, *vote), (1, *[0] * count)]))


@few
@given(questions_and_votes(), st.integers(0, 2**32))
def test_every_allowed_vote_is_accepted_and_counted(
    case: tuple[Question, tuple[int, ...]], seed: int
) -> None:
    question, vote = case
    box = make_box((question,), voters=1, trustees=1)
    raw = box.seal(0, [vote], seed)
    accept(box, raw)
    tally = box.tally([raw])
    shares = [share.decryption for share in box.shares(tally)]
    assert parse_box_result(open_tally(box.election, tally.encrypted, shares, 1)) == (vote,)


@pytest.mark.parametrize(
    "votes",
    [
        pytest.param([[0, 1, 1]], id="two"),
        pytest.param([[0, 0, 0]], id="none"),
        pytest.param([[1, 1, 0]], id="blank-and-for"),
        pytest.param([[0, 2, -1]], id="not-0-or-1"),
        pytest.param([[0, 1]], id="short"),
        pytest.param([[0, 1, 0, 0]], id="long"),
    ],
)
def test_choices_that_are_not_allowed_are_not_sealed(votes: list[list[int]]) -> None:
    with pytest.raises(ChoiceRulesError) as caught:
        make_box().seal(0, votes)
    # The choices must never come into a log.
    assert caught.value.args == (0,)


def test_all_questions_are_answered() -> None:
    with pytest.raises(WrongLengthError):
        make_box((MOTION, CHOICE)).seal(0, [[0, 1, 0]])


def test_a_malformed_credential_seals_nothing() -> None:
    with pytest.raises(CredentialFormError):
        seal_ballot(make_box().election, "aaaaa", [[0, 1, 0]], seeded(1))


def test_the_same_vote_is_sealed_differently_each_time() -> None:
    box = make_box()
    one, other = (parse_ballot(box.election, box.seal(0, [[0, 1, 0]], seed)) for seed in (1, 2))
    points = {p for b in (one, other) for c in b.choices[0] for p in (c.alpha, c.beta)}
    assert len(points) == 12
