"""The manifest: bind everything, promise nothing that does not hold."""

import dataclasses
import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    choices,
    make_charter,
    make_choice,
    make_motion,
    make_roll_summary,
)
from voting.canonical import format_canonical
from voting.charter.errors import MissingCollegeError, UnknownCollegeError
from voting.contests import Contest, OptionContest, contest_object
from voting.elections import Calendar, Rules, TrusteeRule
from voting.errors import (
    BoxesError,
    CanonicalError,
    DuplicateContestError,
    GuaranteeDoesNotHoldError,
    GuaranteeMismatchError,
    IdentifierError,
    LimitError,
    MalformedError,
    MissingLanguageError,
    NothingAskedError,
    ReservedSeatsError,
    TrusteesNeededError,
    VotingError,
    WeightedMethodError,
)
from voting.guarantee import require_guarantee, statement_object
from voting.manifest import (
    Manifest,
    box_description,
    format_manifest,
    manifest_digest,
    parse_manifest,
)
from voting.members import CollegeId

UUID = "ExampLeuuid123"
BOXES = (
    (SUPPORTED, "BoxSupported11"),
    (EMPLOYEES, "BoxEmpLoyees11"),
    (COMMUNITY, "BoxCommunity11"),
)


def make_manifest(**changes: Any) -> Manifest:
    charter, roll, motion = make_charter(), make_roll_summary(12, 20, 8), make_motion()
    values: dict[str, Any] = {
        "election": UUID,
        "charter": charter,
        "title": {"en": "Summer vote", "cy": "Pleidlais yr haf"},
        "contests": (motion,),
        "calendar": Calendar(1_800_000_000, 1_801_000_000),
        "rules": Rules(open_small_boxes=True),
        "roll": roll,
        "trustees": TrusteeRule(3, 2),
        "boxes": BOXES,
        "guarantee": (require_guarantee(charter, roll, motion),),
        "lot": "cd" * 32,
    }
    return Manifest(**{**values, **changes})


def make_council_manifest(*contests: Contest) -> Manifest:
    """An election of these contests, or of a motion, a council and a question with grades."""
    charter, roll = make_charter(), make_roll_summary(60, 80, 50)
    asked = contests or (
        make_motion(),
        make_choice("stv-exact", seats=3),
        make_choice("majority-judgment", id="3", seats=1, options=3, easy_read=False),
    )
    guarantee = tuple(require_guarantee(charter, roll, contest) for contest in asked)
    return make_manifest(roll=roll, contests=asked, guarantee=guarantee)


BYTES = format_manifest(make_manifest())


def test_the_byte_form() -> None:
    value = json.loads(BYTES)
    assert list(value) == [
        *("v", "election", "charter", "title", "contests", "calendar"),
        *("rules", "roll", "trustees", "boxes", "guarantee", "lot"),
    ]
    assert value["boxes"][0] == ["supported", "BoxSupported11"]
    assert value["roll"] == {
        "commitment": "ab" * 32,
        "members": [["supported", 12], ["employees", 20], ["community", 8]],
    }
    assert value["contests"][0]["texts"]["cy"]["easy-read"]["title"] == "Gardd?"
    assert value["guarantee"][0]["warnings"] == [
        "small-college:supported:12",
        "small-college:community:8",
    ]
    assert parse_manifest(BYTES) == make_manifest()


def test_several_contests_each_have_their_statement() -> None:
    special = dataclasses.replace(make_motion("special"), id="2")
    first = make_manifest()
    contests = (*first.contests, special)
    guarantee = tuple(require_guarantee(first.charter, first.roll, each) for each in contests)
    manifest = make_manifest(contests=contests, guarantee=guarantee)
    assert [each.contest for each in manifest.guarantee] == ["1", "2"]
    assert manifest.guarantee == guarantee
    assert parse_manifest(format_manifest(manifest)) == manifest


def test_every_kind_of_contest_has_its_statement() -> None:
    manifest = make_council_manifest()
    raw = format_manifest(manifest)
    assert parse_manifest(raw) == manifest
    value = json.loads(raw)
    assert [contest["kind"] for contest in value["contests"]] == ["motion", "options", "options"]
    assert value["contests"][1]["options"][4] == {"en": "Option 5", "cy": "Dewis 5"}
    assert value["contests"][2]["grades"][0] == {"en": "Very good", "cy": "Da iawn"}
    assert "threshold" in value["guarantee"][0]
    assert value["guarantee"][1]["seats_guaranteed"] == 2
    assert value["guarantee"][2]["warnings"] == [
        "method-not-solid:majority-judgment",
        "no-easy-read:3",
    ]


def is_announced(contest: OptionContest) -> bool:
    """No Scottish STV among colleges, and no council that could end in a tie."""
    even = contest.seats % 2 == 0 and contest.method in {"stv-exact", "stv-meek"}
    return contest.method != "stv-scottish" and not even


@given(st.lists(choices(), min_size=1, max_size=3), st.integers(1, 20), st.data())
@settings(max_examples=30, deadline=None)
def test_a_manifest_is_read_as_it_was_written(
    asked: list[OptionContest], trustees: int, data: st.DataObject
) -> None:
    named = [dataclasses.replace(each, id=f"c{place}") for place, each in enumerate(asked)]
    contests = [each for each in named if is_announced(each)]
    needed = data.draw(st.integers(min(2, trustees), trustees))
    manifest = dataclasses.replace(
        make_council_manifest(make_motion(), *contests), trustees=TrusteeRule(trustees, needed)
    )
    assert parse_manifest(format_manifest(manifest)) == manifest


def test_its_digest_stands_in_every_box() -> None:
    digest = manifest_digest(make_manifest())
    assert digest == sha256(BYTES).hexdigest()
    assert box_description(digest) == f"teg:sha256:{digest}"
    with pytest.raises(IdentifierError):
        box_description(digest.upper())


def test_a_box_is_found_by_its_college() -> None:
    assert make_manifest().box(EMPLOYEES) == "BoxEmpLoyees11"
    with pytest.raises(UnknownCollegeError):
        make_manifest().box(CollegeId("board"))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"election": "short"}, IdentifierError, id="uuid"),
        pytest.param({"title": {"en": "Only"}}, MissingLanguageError, id="title in one language"),
        pytest.param({"contests": (), "guarantee": ()}, LimitError, id="no contest"),
        pytest.param({"contests": (make_motion(),) * 21}, LimitError, id="too many contests"),
        pytest.param({"contests": (make_motion(),) * 2}, DuplicateContestError, id="contest twice"),
        pytest.param({"roll": make_roll_summary(12, 20)}, MissingCollegeError, id="roll lacks one"),
        pytest.param({"boxes": BOXES[:2]}, MissingCollegeError, id="a box missing"),
        pytest.param({"boxes": BOXES[::-1]}, MissingCollegeError, id="boxes in another order"),
        pytest.param(
            {"boxes": (*BOXES, (CollegeId("board"), "BoxBoard111111"))},
            MissingCollegeError,
            id="a box more",
        ),
        pytest.param(
            {"boxes": (*BOXES[:2], (COMMUNITY, "0"))}, IdentifierError, id="a box without uuid"
        ),
        pytest.param(
            {"boxes": (*BOXES[:2], (COMMUNITY, BOXES[0][1]))}, BoxesError, id="two boxes, one uuid"
        ),
        pytest.param(
            {"boxes": (*BOXES[:2], (COMMUNITY, UUID))},
            BoxesError,
            id="a box, the election's uuid",
        ),
        pytest.param({"guarantee": ()}, GuaranteeMismatchError, id="no statement"),
        pytest.param(
            {"contests": (make_motion("special"),)},
            GuaranteeMismatchError,
            id="the statement of another rule",
        ),
        pytest.param(
            {"contests": (make_choice("irv"),)},
            GuaranteeMismatchError,
            id="the statement of another kind of contest",
        ),
        pytest.param(
            {"contests": (make_choice("stv-scottish"),)},
            WeightedMethodError,
            id="whole ballots among colleges",
        ),
        pytest.param(
            {"roll": make_roll_summary(0, 20, 8)},
            GuaranteeDoesNotHoldError,
            id="a guarantee that does not hold",
        ),
    ],
)
def test_refused(changes: dict[str, Any], expected: type[VotingError]) -> None:
    with pytest.raises(expected):
        make_manifest(**changes)


def _bend(change: Callable[[Any], object]) -> bytes:
    value = json.loads(BYTES)
    change(value)
    return format_canonical(value)


COUNCIL = format_manifest(make_council_manifest())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b'"seats_guaranteed":2', b'"seats_guaranteed":3', id="a seat more"),
        pytest.param(b'"controls":true', b'"controls":false', id="no control"),
        pytest.param(b'"least_share":"1/2"', b'"least_share":"1/3"', id="a smaller share"),
        pytest.param(b'["method-not-solid:majority-judgment",', b"[", id="a warning left out"),
        pytest.param(
            b'"method":"stv-exact","college":null,"seats":3,"opt',
            b'"method":"stv-meek","college":null,"seats":3,"opt',
            id="counted otherwise than promised",
        ),
        pytest.param(b'"seats":3,"options"', b'"seats":1,"options"', id="fewer seats to share"),
    ],
)
def test_more_or_less_than_is_guaranteed_of_a_choice(old: bytes, new: bytes) -> None:
    assert COUNCIL.count(old) == 1
    with pytest.raises(GuaranteeMismatchError):
        parse_manifest(COUNCIL.replace(old, new))


def test_a_council_that_could_end_in_a_tie_is_not_read() -> None:
    raw = COUNCIL.replace(b'"seats":3,"options"', b'"seats":4,"options"')
    with pytest.raises(GuaranteeDoesNotHoldError) as error:
        parse_manifest(raw)
    assert error.value.reasons == ("majority-not-guaranteed:4:2:3/5",)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(b" " * (4 * 1024 * 1024 + 1), CanonicalError, id="too large"),
        pytest.param(BYTES + b"\n", CanonicalError, id="newline"),
        pytest.param(b"null", MalformedError, id="no object"),
        pytest.param(_bend(lambda m: m.update(v=2)), MalformedError, id="another version"),
        pytest.param(_bend(lambda m: m.pop("boxes")), MalformedError, id="no boxes"),
        pytest.param(
            _bend(lambda m: m["guarantee"][0].update(cohesion_needed="1/2")),
            GuaranteeMismatchError,
            id="a softer cohesion",
        ),
        pytest.param(
            _bend(lambda m: m["guarantee"][0]["warnings"].pop()),
            GuaranteeMismatchError,
            id="a warning left out",
        ),
        pytest.param(
            _bend(lambda m: m["contests"][0].update(rule="special")),
            GuaranteeMismatchError,
            id="control claimed of a special motion",
        ),
        pytest.param(
            _bend(lambda m: m["roll"]["members"][0].__setitem__(1, 0)),
            GuaranteeDoesNotHoldError,
            id="nobody to protect",
        ),
        pytest.param(
            _bend(lambda m: m["rules"].update(server_sealing=True)), MalformedError, id="sealing"
        ),
        pytest.param(_bend(lambda m: m["calendar"].update(opens="1")), MalformedError, id="opens"),
        pytest.param(
            _bend(
                lambda m: m["contests"][0]["texts"].update(
                    en=dict(reversed(m["contests"][0]["texts"]["en"].items()))
                )
            ),
            CanonicalError,
            id="texts in another order",
        ),
        pytest.param(_bend(lambda m: m.update(trustees=3)), MalformedError, id="trustees"),
        pytest.param(
            _bend(lambda m: m["trustees"].update(needed=1)),
            TrusteesNeededError,
            id="one trustee opens alone",
        ),
        pytest.param(
            _bend(lambda m: m["contests"][0].update(kind="options")),
            MalformedError,
            id="a motion called a choice",
        ),
        pytest.param(_bend(lambda m: m.update(election=None)), MalformedError, id="no election"),
    ],
)
def test_bytes_refused(raw: bytes, expected: type[VotingError]) -> None:
    with pytest.raises(expected):
        parse_manifest(raw)


# --- reserved seats: what each college is asked ------------------------------------------


def make_reserved_manifest(*contests: Contest) -> Manifest:
    charter = replace(make_charter(), council={SUPPORTED: 3, EMPLOYEES: 2})
    roll = make_roll_summary(60, 80, 50)
    return make_manifest(
        charter=charter,
        roll=roll,
        contests=contests,
        guarantee=tuple(require_guarantee(charter, roll, contest) for contest in contests),
    )


OURS = make_choice("stv-exact", id="ours", seats=3, college=SUPPORTED)
THEIRS = make_choice("stv-scottish", id="theirs", seats=2, options=1, college=EMPLOYEES)


def test_a_college_is_asked_its_own_and_what_all_are_asked_in_the_order_of_the_election() -> None:
    motion = make_motion()
    manifest = make_reserved_manifest(OURS, motion, THEIRS)
    asked = {college: manifest.contests_of(college) for college, _ in BOXES}
    assert asked == {
        SUPPORTED: (OURS, motion),
        EMPLOYEES: (motion, THEIRS),
        COMMUNITY: (motion,),
    }
    for college, contests in asked.items():
        for at, contest in enumerate(contests):
            assert manifest.find_question(college, contest.id) == at
    assert manifest.find_question(EMPLOYEES, "ours") is None
    assert manifest.find_question(COMMUNITY, "nobody asks this") is None
    assert parse_manifest(format_manifest(manifest)) == manifest


def test_a_college_that_is_asked_nothing_has_no_box_to_vote_in() -> None:
    with pytest.raises(NothingAskedError, match="community"):
        make_reserved_manifest(OURS, THEIRS)


def test_contests_of_one_college_fill_no_more_seats_than_are_reserved_for_it() -> None:
    """Twice the two seats of the employees would be more than the three of the protected."""
    again = replace(THEIRS, id="again")
    with pytest.raises(ReservedSeatsError) as refused:
        make_reserved_manifest(make_motion(), OURS, THEIRS, again)
    assert (refused.value.college, refused.value.seats, refused.value.reserved) == (EMPLOYEES, 4, 2)
    halves = (replace(THEIRS, seats=1), replace(again, seats=1))
    manifest = make_reserved_manifest(make_motion(), OURS, *halves)
    raw = format_manifest(manifest)
    assert parse_manifest(raw) == manifest
    value = json.loads(raw)
    value["contests"][3] = contest_object(again)
    stated = require_guarantee(manifest.charter, manifest.roll, again)
    value["guarantee"][3] = statement_object(stated)
    with pytest.raises(ReservedSeatsError):
        parse_manifest(format_canonical(value))
