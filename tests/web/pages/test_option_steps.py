"""The explanation of a choice among options adds up, whatever the method and the ballots."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voting.examples import make_choice
from tests.web.cooperative import CHARTER
from tests.web.pages.reader import Reader
from voting.charter.charter import Charter
from voting.counting.count import count_contest
from voting.counting.option_result import OptionResult
from voting.counting.parts import college_part
from voting.option_contests import METHODS, Method, OptionContest
from web.pages.option_steps import ExplainedOptions, explain_options
from web.pages.result_steps import Explained, explain_any

OPTIONS = 4
COUNTED: list[Method] = [method for method in METHODS if method != "stv-scottish"]
Ballots = Sequence[tuple[int, ...]]


def count(contest: OptionContest, *ballots: Ballots, charter: Charter = CHARTER) -> OptionResult:
    """The result of what each college's members sealed."""
    parts = [
        college_part(
            contest,
            college=college.id,
            roll=30,
            cast=len(given),
            counts=() if contest.is_shuffled else add_up(given),
            opened=tuple(given) if contest.is_shuffled else (),
        )
        for college, given in zip(charter.colleges, ballots, strict=True)
    ]
    result = count_contest(charter, contest, parts)
    assert isinstance(result, OptionResult)
    return result


def add_up(ballots: Ballots) -> tuple[int, ...]:
    return tuple(sum(each) for each in zip(*ballots, strict=True)) if ballots else (0,) * 5


def explain(contest: OptionContest, result: OptionResult) -> ExplainedOptions:
    return explain_options(CHARTER, contest, result)


@st.composite
def ballots(draw: st.DrawFn, contest: OptionContest) -> tuple[int, ...]:
    """A ballot as a page seals it, blank now and then."""
    number = len(contest.options)
    if draw(st.integers(0, 5)) == 0:
        return (0,) * number if contest.is_shuffled else (1, *(0,) * number)
    if contest.form == "ranked":
        order = draw(st.permutations(range(number)))[: draw(st.integers(1, number))]
        return tuple(order.index(n) + 1 if n in order else 0 for n in range(number))
    if contest.form in ("scored", "graded"):
        top = (contest.top or 0) + 1 if contest.form == "scored" else len(contest.grades)
        return tuple(draw(st.integers(1, top)) for _ in range(number))
    most = {"one": 1, "several": contest.most or 1}.get(contest.form, number)
    marked = draw(st.sets(st.integers(0, number - 1), min_size=1, max_size=most))
    return (0, *(int(n in marked) for n in range(number)))


@pytest.mark.parametrize("method", COUNTED)
@settings(max_examples=15)
@given(st.data())
def test_what_is_told_is_the_whole(method: Method, data: st.DataObject) -> None:
    contest = make_choice(method, options=OPTIONS)
    given = [data.draw(st.lists(ballots(contest), max_size=6)) for _ in CHARTER.colleges]
    result = count(contest, *given)
    told = explain(contest, result)
    assert [each.elected for each in told.winners] == list(result.elected)
    assert len(told.winners) == (0 if result.outcome == "void" else contest.seats)
    assert [each.lapsed for each in told.colleges] == [
        each.weight is None for each in result.colleges
    ]
    for stage in told.stages:
        parts = [line.part for line in stage.lines]
        assert all(0 <= part <= 1 for part in parts)
        if contest.form == "ranked":
            assert sum(parts) + stage.rest + stage.lost == 1
    for grades in told.grades:
        assert sum(grades.parts) == 1
        # The middle grade: more than half of the votes reach it, and not so many a better one.
        better = sum(grades.parts[: contest.grades.index(grades.middle)], Fraction())
        assert better <= Fraction(1, 2) < grades.reached
    assert all(duel.for_winner + duel.for_other <= 1 for duel in told.duels)


def test_a_count_by_hand() -> None:
    contest = make_choice("irv", options=3)
    # Supported people: 1 > 2 and 3 > 2; employees: 2; community: 2 > 1.
    result = count(contest, [(1, 2, 0), (0, 2, 1)], [(0, 1, 0)], [(2, 1, 0)])
    told = explain(contest, result)
    first, last = told.stages[0], told.stages[-1]
    assert [line.part for line in first.lines] == [
        Fraction(255, 1000),
        Fraction(49, 100),
        Fraction(255, 1000),
    ]
    # 1 and 3 are level; the protected college has them level, too; a lot takes one of them out.
    tie = told.ties[0]
    assert [names["en"] for names in tie.options] == ["Option 1", "Option 3"]
    assert tie.tie.resolved_by == "lot"
    assert last.mover == tie.chosen[0]
    assert [winner.names["cy"] for winner in told.winners] == ["Dewis 2"]
    assert told.protected_names == CHARTER.colleges[0].names


def test_a_comparison_of_two_by_hand() -> None:
    contest = make_choice("schulze", options=3)
    result = count(contest, [(1, 2, 3)], [(2, 1, 3)], [(0, 0, 1)])
    told = explain(contest, result)
    winner, others = told.winners[0].names["en"], [duel.other["en"] for duel in told.duels]
    assert (winner, others) == ("Option 1", ["Option 2", "Option 3"])
    assert [(duel.for_winner, duel.for_other) for duel in told.duels] == [
        (Fraction(51, 100), Fraction(34, 100)),
        (Fraction(85, 100), Fraction(15, 100)),
    ]
    assert all(duel.is_won for duel in told.duels)


def test_points_are_told_as_part_of_the_most_that_can_be_given() -> None:
    contest = make_choice("score", options=2, seats=1)  # from 0 to 4, sealed from 1 to 5
    told = explain(contest, count(contest, [(5, 1)], [(5, 3)], [(1, 3)]))
    assert told.has_points
    assert [line.part for line in told.stages[0].lines] == [
        Fraction(85, 100),
        Fraction(49, 200),
    ]


def say(reader: Reader, macro: str, told: ExplainedOptions, language: str = "en") -> str:
    """What a page says of a result, in one line of words."""
    with reader.app.test_request_context(f"/{language}/"):
        reader.app.preprocess_request()
        module = reader.app.jinja_env.get_template("macros/option_result.html").module
        words = re.sub(r"<[^>]*>", " ", str(getattr(module, macro)(told)))
    return re.sub(r" ([.,:])", r"\1", " ".join(words.split()))


def test_a_tie_is_told_with_every_rule_that_was_tried(reader: Reader) -> None:
    contest = make_choice("irv", options=3)
    told = explain(contest, count(contest, [(1, 2, 0), (0, 2, 1)], [(0, 1, 0)], [(2, 1, 0)]))
    out = told.ties[0].chosen[0]["en"]
    assert say(reader, "tie_words", told) == (
        "Ties Stage 2: These options were equal, and it had to be decided which of them is taken "
        "out: Option 1, Option 3. In this college they were equal, too: People we support. "
        "At the earlier stages they were equal, too. A lot was drawn. It is made from the votes, "
        "and from a number that was fixed before the voting and kept secret until its end. "
        f"Anybody can draw it again. The choice fell on: {out}."
    )
    assert "Tynnwyd coelbren." in say(reader, "tie_words", told, "cy")
    assert "Below, under “Ties”" in say(reader, "option_verdict", told)
    assert "“Opsiynau cyfartal”" in say(reader, "option_verdict", told, "cy")


def test_a_tie_where_nobody_is_protected(reader: Reader) -> None:
    contest = make_choice("plurality", options=3)
    charter = replace(CHARTER, protected=None)
    marks = (0, 1, 0, 0), (0, 0, 1, 0)
    result = count(contest, marks, marks, marks, charter=charter)
    told = say(reader, "tie_words", explain_options(charter, contest, result))
    assert "college" not in told
    assert "A lot was drawn." in told


def test_a_void_contest_says_why(reader: Reader) -> None:
    contest = make_choice("stv-exact")
    nobody = explain(contest, count(contest, [], [], []))
    assert say(reader, "option_verdict", nobody).startswith("There is no result. Too few people")
    away = explain(contest, count(contest, [], [(1, 2, 3, 4, 5)], []))
    assert "in this college: People we support." in say(reader, "option_verdict", away)
    assert "Y warant Ni chadwyd y warant" in say(reader, "option_guarantee_kept", away, "cy")


def test_nothing_is_told_of_what_was_not_counted() -> None:
    contest = make_choice("stv-exact")
    told = explain_any(CHARTER, contest, count(contest, [], [(1, 2, 3, 4, 5)], []))
    assert not isinstance(told, Explained)
    assert told.result.outcome == "void"
    assert (told.winners, told.stages, told.ties) == ((), (), ())
