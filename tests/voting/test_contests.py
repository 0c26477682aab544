"""Motions, and telling one kind of contest from another."""

from typing import Any

import pytest

from tests.voting.examples import make_charter, make_choice, make_motion
from voting.charter.errors import UnknownRuleError
from voting.contests import Contest, Motion, Text, contest_object, read_contest, require_fit
from voting.errors import (
    IdentifierError,
    MalformedError,
    MissingLanguageError,
    VotingError,
    WeightedMethodError,
)

TEXT = Text("Title", "Body")


def test_a_missing_easy_read_text_is_known() -> None:
    assert make_motion().missing_easy_read == ()
    assert make_motion(easy_read=False).missing_easy_read == ("en", "cy")
    motion = Motion(
        "1", "ordinary", {"en": {"standard": TEXT}, "cy": {"standard": TEXT, "easy-read": TEXT}}
    )
    assert motion.missing_easy_read == ("en",)


def test_a_contest_needs_an_id() -> None:
    with pytest.raises(IdentifierError):
        Motion("", "ordinary", {"en": {"standard": TEXT}, "cy": {"standard": TEXT}})


def test_the_sum_of_a_motion_is_opened_never_a_ballot() -> None:
    assert make_motion().is_shuffled is False


@pytest.mark.parametrize(
    ("contest", "kind"),
    [
        pytest.param(make_motion(), "motion", id="ordinary"),
        pytest.param(make_motion("special", easy_read=False), "motion", id="special"),
        pytest.param(make_choice(), "options", id="ranked"),
        pytest.param(make_choice("majority-judgment", easy_read=False), "options", id="graded"),
    ],
)
def test_a_contest_is_read_as_it_was_written(contest: Contest, kind: str) -> None:
    value = contest_object(contest)
    assert value["kind"] == kind
    assert read_contest(value) == contest


@pytest.mark.parametrize("value", [None, [], {}, {"kind": "options"}, {"kind": ["options"]}])
def test_what_is_no_contest_is_refused(value: object) -> None:
    with pytest.raises(MalformedError):
        read_contest(value)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("kind", "choice", MalformedError),
        ("kind", "options", MalformedError),
        ("options", ["against", "for"], MalformedError),
        ("blank", False, MalformedError),
        ("blank", 1, MalformedError),
        ("rule", "unanimous", MalformedError),
        ("id", 1, MalformedError),
        ("texts", {"en": {}}, MalformedError),
        ("texts", {"en": {}, "cy": {}}, MissingLanguageError),
        ("texts", {"en": {"large": {"title": "A", "body": ""}}, "cy": {}}, MalformedError),
        ("texts", {"en": {"standard": {"title": "A"}}, "cy": {}}, MalformedError),
        ("texts", {"en": {"standard": {"title": 1, "body": ""}}, "cy": {}}, MalformedError),
    ],
)
def test_refused(field: str, value: Any, expected: type[VotingError]) -> None:
    with pytest.raises(expected):
        read_contest({**contest_object(make_motion()), field: value})


@pytest.mark.parametrize(
    ("contest", "expected"),
    [
        pytest.param(make_motion("amalgamation"), UnknownRuleError, id="a rule it has not"),
        pytest.param(make_choice("stv-scottish"), WeightedMethodError, id="whole ballots"),
    ],
)
def test_a_charter_allows_some_contests_and_no_others(
    contest: Contest, expected: type[VotingError]
) -> None:
    require_fit(make_charter(), make_motion("special"))
    require_fit(make_charter(), make_choice("stv-exact", seats=3))
    with pytest.raises(expected):
        require_fit(make_charter(), contest)
