"""Laws of sealed ballots with questions of every kind: what is allowed is accepted; whatever is
changed, or belongs to another election, credential or question, is refused."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.credentials import (
    format_credentials,
    make_credential,
    make_uuid,
    public_credential,
)
from ballots.election import AnyQuestion, Election, ListsQuestion, Question, ShuffledQuestion
from ballots.errors import BallotError
from tests.ballots.box import few, make_box, seeded, some
from tests.corpus.ballots import Target, aim_at, ballot_mutants, offer
from tests.corpus.mutants import walk

Asked = tuple[AnyQuestion, Sequence[int], Sequence[int]]


@st.composite
def homomorphic(draw: st.DrawFn) -> Asked:
    """Any bounds, with and without blank."""
    width = draw(st.integers(1, 4))
    most = draw(st.integers(1, width))
    least = draw(st.integers(0, most))
    blank = draw(st.sampled_from([None, False, True]))
    question = Question("Which?", tuple("ABCD"[:width]), least, most, blank=blank)

    def vote() -> list[int]:
        if blank and draw(st.booleans()):
            return [1] + [0] * width
        chosen = draw(st.integers(least, most))
        marks = draw(st.permutations([1] * chosen + [0] * (width - chosen)))
        return ([0] if blank else []) + list(marks)

    return question, vote(), vote()


@st.composite
def shuffled(draw: st.DrawFn) -> Asked:
    width = draw(st.integers(1, 30))
    numbers = st.lists(st.integers(0, 255), min_size=width, max_size=width)
    names = tuple(f"Option {n}" for n in range(width))
    return ShuffledQuestion("Rank", names), draw(numbers), draw(numbers)


@st.composite
def lists(draw: st.DrawFn) -> Asked:
    sizes = draw(st.lists(st.integers(1, 2), min_size=1, max_size=3))
    names = tuple(("List", *[f"Name {n}" for n in range(size)]) for size in sizes)

    def vote() -> list[int]:
        chosen = draw(st.integers(0, len(sizes) - 1))
        marks: list[int] = []
        for at, size in enumerate(sizes):
            marks += [1, 1, *[0] * (size - 1)] if at == chosen else [0] * (size + 1)
        return marks

    return ListsQuestion("Which list?", names), vote(), vote()


@st.composite
def targets(draw: st.DrawFn) -> Target:
    """A box with one to three questions of any kind, and two voters."""
    asked = draw(st.lists(homomorphic() | shuffled() | lists(), min_size=1, max_size=3))
    random = seeded(draw(st.integers(0, 2**32)))
    here, elsewhere = (
        Election(
            make_uuid(random),
            "Laws",
            "An example",
            make_box().election.public_key,
            tuple(question for question, _, _ in asked),
        )
        for _ in range(2)
    )
    secrets = [make_credential(random) for _ in range(2)]
    credentials = format_credentials([public_credential(here.uuid, one) for one in secrets])
    votes = [one for _, one, _ in asked], [two for _, _, two in asked]
    return aim_at(here, elsewhere, credentials, secrets, votes)


@some
@given(targets())
def test_what_is_allowed_is_accepted(target: Target) -> None:
    offer(target, target.honest)
    offer(target, target.parts["other-voter"])


@few
@given(targets(), st.data())
def test_whatever_is_changed_is_refused(target: Target, data: st.DataObject) -> None:
    mutants = list(ballot_mutants(target))
    for mutant in data.draw(st.lists(st.sampled_from(mutants), min_size=25, max_size=25)):
        # An answer in the place of a like one is her own choice in that question as well.
        if ":answer-" in mutant.name:
            continue
        with pytest.raises(BallotError):
            offer(target, mutant.raw)


@few
@given(targets(), st.data())
def test_no_number_of_a_proof_is_free(target: Target, data: st.DataObject) -> None:
    value = json.loads(target.honest)
    places = [path for path, part in walk(value["answers"]) if isinstance(part, str)]
    path = data.draw(st.sampled_from(places))
    part: Any = value["answers"]
    for step in path[:-1]:
        part = part[step]
    if path[-1] not in {"challenge", "response"} and not part[path[-1]].isdecimal():
        return
    part[path[-1]] = str((int(part[path[-1]]) + data.draw(st.integers(1, 2**200))) % 2**252)
    with pytest.raises(BallotError):
        offer(target, target.sign(value))


@some
@given(targets())
def test_answers_belong_to_one_election_and_one_credential(target: Target) -> None:
    value = json.loads(target.honest)
    for whose in ("other-voter", "other-election"):
        taken = json.loads(target.parts[whose])["answers"]
        with pytest.raises(BallotError):
            offer(target, target.sign({**value, "answers": taken}))
    with pytest.raises(BallotError):
        offer(target, target.parts["other-election"])


@some
@given(homomorphic(), homomorphic(), st.integers(0, 2**32))
def test_an_answer_belongs_to_questions_with_its_bounds(one: Asked, two: Asked, seed: int) -> None:
    first, second = one[0], two[0]
    assert isinstance(first, Question)
    assert isinstance(second, Question)
    bounds = [(q.width, bool(q.blank), q.min, q.max) for q in (first, second)]
    random = seeded(seed)
    election = Election(
        make_uuid(random), "Laws", "", make_box().election.public_key, (first, second)
    )
    secret = make_credential(random)
    public = public_credential(election.uuid, secret)
    votes = [one[1], two[1]]
    target = aim_at(
        election,
        election,
        format_credentials([public]),
        [secret, secret],
        (votes, votes),
    )
    value = json.loads(target.honest)
    moved = target.sign({**value, "answers": [value["answers"][1], value["answers"][1]]})
    if bounds[0] == bounds[1]:
        offer(target, moved)  # the format binds no answer to its question's number
        return
    with pytest.raises(BallotError):
        offer(target, moved)
