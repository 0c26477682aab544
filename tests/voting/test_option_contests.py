"""Option contests: every rule of a choice among options, and its one form in the manifest."""

import dataclasses
from typing import Any, get_args

import pytest
from hypothesis import given, settings

from tests.voting.examples import choices, make_charter, make_choice, make_options
from voting.canonical import format_canonical, parse_canonical
from voting.contests import OptionContest
from voting.errors import (
    DuplicateOptionError,
    IdentifierError,
    LimitError,
    MalformedError,
    MethodFieldError,
    MissingLanguageError,
    SeatsError,
    TextError,
    VotingError,
    WeightedMethodError,
)
from voting.option_contests import (
    FORMS,
    METHODS,
    ONE_SEAT,
    Form,
    Method,
    Option,
    option_contest_object,
    read_option_contest,
    require_method,
)

# Written out, so that no method changes its form of ballot unseen.
EXPECTED: dict[Method, tuple[Form, bool]] = {
    "plurality": ("one", False),
    "block": ("several", False),
    "approval": ("approval", False),
    "score": ("scored", True),
    "majority-judgment": ("graded", True),
    "irv": ("ranked", True),
    "stv-exact": ("ranked", True),
    "stv-meek": ("ranked", True),
    "stv-scottish": ("ranked", True),
    "schulze": ("ranked", True),
    "ranked-pairs": ("ranked", True),
}


def change(contest: OptionContest, **fields: Any) -> OptionContest:
    return dataclasses.replace(contest, **fields)


def test_each_method_has_its_form() -> None:
    assert get_args(Method) == METHODS
    assert {*FORMS.values()} == {*get_args(Form)}
    for method in METHODS:
        contest = make_choice(method)
        assert (contest.form, contest.is_shuffled) == EXPECTED[method]


@pytest.mark.parametrize("method", METHODS)
def test_seats(method: Method) -> None:
    assert make_choice(method, seats=1).seats == 1
    for seats in (0, -1, 5, 6):
        with pytest.raises(SeatsError) as error:
            change(make_choice(method, options=5), seats=seats)
        assert (error.value.method, error.value.seats) == (method, seats)
    if method in ONE_SEAT:
        with pytest.raises(SeatsError):
            make_choice(method, seats=2)
    else:
        assert make_choice(method, seats=4).seats == 4


def test_the_methods_that_fill_one_seat() -> None:
    assert {"plurality", "irv", "schulze", "ranked-pairs"} == ONE_SEAT


@pytest.mark.parametrize("method", METHODS)
def test_how_many_options(method: Method) -> None:
    largest = 30 if EXPECTED[method][1] else 50
    assert len(make_choice(method, options=largest).options) == largest
    assert len(make_choice(method, seats=1, options=2).options) == 2
    for number in (0, 1, largest + 1):
        with pytest.raises(LimitError) as error:
            make_choice(method, seats=1, options=number)
        assert (error.value.where, error.value.number) == ("contest.options", number)


FIELDS: dict[str, tuple[Form, Any]] = {
    "most": ("several", 2),
    "top": ("scored", 4),
    "grades": ("graded", make_choice("majority-judgment").grades),
}


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("method", METHODS)
def test_a_method_has_what_it_needs_and_no_more(method: Method, field: str) -> None:
    form, value = FIELDS[field]
    needs = EXPECTED[method][0] == form
    wrong = (() if field == "grades" else None) if needs else value
    contest = make_choice(method)
    assert bool(getattr(contest, field)) is needs
    with pytest.raises(MethodFieldError) as error:
        change(contest, **{field: wrong})
    assert (error.value.method, error.value.field) == (method, field)


def _grades(number: int) -> tuple[dict[str, str], ...]:
    return tuple({"en": f"Grade {n}", "cy": f"Gradd {n}"} for n in range(number))


@pytest.mark.parametrize(
    ("method", "field", "least", "largest"),
    [("block", "most", 1, 5), ("score", "top", 1, 100)],
)
def test_numbers_within_their_limits(method: Method, field: str, least: int, largest: int) -> None:
    contest = make_choice(method, options=5)
    for right in (least, largest):
        assert getattr(change(contest, **{field: right}), field) == right
    for wrong in (-1, least - 1, largest + 1):
        with pytest.raises(LimitError) as error:
            change(contest, **{field: wrong})
        assert (error.value.where, error.value.number) == (f"contest.{field}", wrong)


def test_two_to_ten_grades() -> None:
    contest = make_choice("majority-judgment")
    for right in (2, 10):
        assert len(change(contest, grades=_grades(right)).grades) == right
    for wrong in (1, 11):
        with pytest.raises(LimitError) as error:
            change(contest, grades=_grades(wrong))
        assert (error.value.where, error.value.number) == ("contest.grades", wrong)


@pytest.mark.parametrize(
    ("method", "fields", "expected"),
    [
        pytest.param("irv", {"id": "-1"}, IdentifierError, id="id"),
        pytest.param("irv", {"texts": {}}, MissingLanguageError, id="no text"),
        pytest.param(
            "irv",
            {"options": (*make_options(2), make_options(1)[0])},
            DuplicateOptionError,
            id="an option twice",
        ),
        pytest.param(
            "approval",
            {"options": (*make_options(2), Option({"en": "Another", "cy": "DEWIS 1"}))},
            DuplicateOptionError,
            id="two that read alike in one language",
        ),
        pytest.param(
            "majority-judgment",
            {"grades": ({"en": "Good", "cy": "Da"}, {"en": "good", "cy": "Gwell"})},
            DuplicateOptionError,
            id="a grade twice",
        ),
        pytest.param(
            "majority-judgment",
            {"grades": ({"en": "Good"}, {"en": "Bad"})},
            MissingLanguageError,
            id="grades in one language",
        ),
        pytest.param(
            "majority-judgment",
            {"grades": ({"en": "Good", "cy": "Da"}, {"en": " ", "cy": "Gwael"})},
            TextError,
            id="a grade of nothing",
        ),
    ],
)
def test_refused(method: Method, fields: dict[str, Any], expected: type[VotingError]) -> None:
    with pytest.raises(expected):
        change(make_choice(method), **fields)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param({"en": "Ann Example"}, MissingLanguageError, id="one language"),
        pytest.param({"en": "Ann Example", "cy": ""}, TextError, id="nothing"),
        pytest.param({"en": "Ann\nExample", "cy": "Ann Example"}, TextError, id="two lines"),
        pytest.param({"en": "Ann  Example", "cy": "Ann Example"}, TextError, id="untidy"),
    ],
)
def test_refused_options(names: dict[Any, str], expected: type[VotingError]) -> None:
    with pytest.raises(expected):
        Option(names)


def test_whole_ballots_are_not_weighed_by_college() -> None:
    alone = make_charter("1")
    for method in METHODS:
        require_method(alone, make_choice(method))
        if method != "stv-scottish":
            require_method(make_charter(), make_choice(method))
    with pytest.raises(WeightedMethodError) as error:
        require_method(make_charter(), make_choice("stv-scottish"))
    assert (error.value.method, error.value.colleges) == ("stv-scottish", 3)


def test_the_form_in_the_manifest() -> None:
    value = option_contest_object(make_choice("block", seats=2, options=3, easy_read=False))
    assert value == {
        "id": "2",
        "kind": "options",
        "method": "block",
        "college": None,
        "seats": 2,
        "options": [
            {"en": "Option 1", "cy": "Dewis 1"},
            {"en": "Option 2", "cy": "Dewis 2"},
            {"en": "Option 3", "cy": "Dewis 3"},
        ],
        "most": 2,
        "top": None,
        "grades": [],
        "blank": True,
        "texts": {
            "en": {
                "standard": {
                    "title": "Who shall be on the council?",
                    "body": "Example council election.",
                }
            },
            "cy": {
                "standard": {
                    "title": "Pwy fydd ar y cyngor?",
                    "body": "Etholiad cyngor enghreifftiol.",
                }
            },
        },
    }


@given(choices())
@settings(deadline=None)
def test_a_contest_is_read_as_it_was_written(contest: OptionContest) -> None:
    raw = format_canonical(option_contest_object(contest))
    assert read_option_contest(parse_canonical(raw, limit=len(raw))) == contest


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("id", 1, MalformedError),
        ("kind", "motion", MalformedError),
        ("kind", None, MalformedError),
        ("method", "borda", MalformedError),
        ("method", ["irv"], MalformedError),
        ("seats", True, MalformedError),
        ("seats", "1", MalformedError),
        ("seats", 3, SeatsError),
        ("options", None, MalformedError),
        ("options", [], LimitError),
        ("options", ["One", "Two", "Three"], MalformedError),
        ("options", [{"cy": "Un", "en": "One"}], MalformedError),
        ("most", 0, LimitError),
        ("most", "2", MalformedError),
        ("most", None, MethodFieldError),
        ("top", 3, MethodFieldError),
        ("top", False, MalformedError),
        ("grades", None, MalformedError),
        ("grades", ["Good"], MalformedError),
        ("grades", [{"en": "Good", "cy": "Da"}], MethodFieldError),
        ("blank", False, MalformedError),
        ("blank", 1, MalformedError),
        ("texts", {}, MalformedError),
    ],
)
def test_refused_values(field: str, value: Any, expected: type[VotingError]) -> None:
    honest = option_contest_object(make_choice("block", seats=2, options=3))
    with pytest.raises(expected):
        read_option_contest({**honest, field: value})


def test_no_field_more_or_less() -> None:
    value = option_contest_object(make_choice())
    with pytest.raises(MalformedError):
        read_option_contest({**value, "quota": 1})
    value.pop("grades")
    with pytest.raises(MalformedError):
        read_option_contest(value)
