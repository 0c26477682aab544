"""The manifest: bind everything, promise nothing that does not hold."""

import dataclasses
import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest

from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    make_charter,
    make_motion,
    make_roll_summary,
)
from voting.canonical import format_canonical
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
    MissingCollegeError,
    MissingLanguageError,
    UnknownCollegeError,
    VotingError,
)
from voting.guarantee import require_guarantee
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
    }
    return Manifest(**{**values, **changes})


BYTES = format_manifest(make_manifest())


def test_the_byte_form() -> None:
    value = json.loads(BYTES)
    assert list(value) == [
        *("v", "election", "charter", "title", "contests", "calendar"),
        *("rules", "roll", "trustees", "boxes", "guarantee"),
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
        pytest.param(_bend(lambda m: m.update(trustees=True)), MalformedError, id="trustees"),
        pytest.param(_bend(lambda m: m.update(election=None)), MalformedError, id="no election"),
    ],
)
def test_bytes_refused(raw: bytes, expected: type[VotingError]) -> None:
    with pytest.raises(expected):
        parse_manifest(raw)
