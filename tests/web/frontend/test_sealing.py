"""The browser's sealing gives the same bytes as Python's, and refuses what it must."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

import pytest

from ballots.ballot import parse_ballot, tracker, verify_ballot
from ballots.credentials import public_credential, sign_in_code
from ballots.election import AnyQuestion, Election, ListsQuestion, Question, ShuffledQuestion
from ballots.sealing import seal_ballot
from tests.web.frontend.elections import CREDENTIAL, MOTION, PUBLIC, UUID, make_election
from tests.web.frontend.node import Worked, stream, work

OPTIONS = tuple(f"Option {n}" for n in range(1, 6))
STV = '{"method":"STV","blank":true,"seats":2}'
SHUFFLED = ShuffledQuestion("Order", OPTIONS, STV)
LISTS = ListsQuestion("Lists", (("A", "a1", "a2"), ("B", "b1"), ("C", "c1", "c2", "c3")))


def takes(election: Election, choices: Sequence[object]) -> dict[str, Any]:
    raw = election.raw.decode()
    return {
        "box": election.uuid,
        "election": raw,
        "sha256": hashlib.sha256(raw.encode()).hexdigest(),
        "credential": CREDENTIAL,
        "publicCredential": PUBLIC,
        "choices": choices,
    }


def seal(election: Election, choices: Sequence[object], seed: str) -> Worked:
    return work("seal", takes(election, choices), seed=seed)


QUESTIONS = [
    pytest.param([MOTION], [[1, 0, 0]], id="motion-blank"),
    pytest.param([MOTION], [[0, 1, 0]], id="motion-for"),
    pytest.param([MOTION], [[0, 0, 1]], id="motion-against"),
    pytest.param([Question("One", OPTIONS, 1, 1)], [[0, 0, 1, 0, 0]], id="one-of-five"),
    pytest.param([Question("Some", OPTIONS, 0, 3)], [[0, 0, 0, 0, 0]], id="none-of-five"),
    pytest.param([Question("Some", OPTIONS, 0, 3)], [[1, 0, 1, 0, 1]], id="three-of-five"),
    pytest.param([Question("All", OPTIONS, 5, 5)], [[1] * 5], id="all-of-five"),
    pytest.param(
        [Question("Or blank", OPTIONS, 2, 4, blank=True)], [[0, 1, 1, 1, 0, 0]], id="range-or-blank"
    ),
    pytest.param(
        [Question("Or blank", OPTIONS, 0, 2, blank=True)], [[0] * 6], id="nothing-and-not-blank"
    ),
    pytest.param(
        [Question("Or blank", OPTIONS, 0, 2, blank=True)], [[1] + [0] * 5], id="blank-beside-none"
    ),
    pytest.param(
        [Question("Said no", ("Yes",), 0, 1, blank=False), MOTION], [[1], [1, 0, 0]], id="two"
    ),
    pytest.param(
        [Question("With extra", OPTIONS, 1, 2, blank=True, extra='{"a":[1,null,"ŵ"]}')],
        [[0, 1, 0, 0, 0, 1]],
        id="kept-beside",
    ),
    pytest.param([SHUFFLED], [[2, 0, 1, 3, 0]], id="ranked"),
    pytest.param([SHUFFLED], [[0] * 5], id="ranked-blank"),
    pytest.param([SHUFFLED], [[255] * 5], id="largest-numbers"),
    pytest.param(
        [ShuffledQuestion("Most", tuple(map(str, range(30))))], [[*range(30)]], id="most-answers"
    ),
    pytest.param([LISTS], [[0, 0, 0, 1, 1, 0, 0, 0, 0]], id="lists-one"),
    pytest.param([LISTS], [[0, 0, 0, 0, 0, 1, 1, 0, 1]], id="lists-two-of-three"),
    pytest.param(
        [MOTION, SHUFFLED, LISTS, Question("One", OPTIONS, 1, 1, blank=True)],
        [[0, 1, 0], [1, 2, 3, 4, 5], [1, 1, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0]],
        id="every-kind",
    ),
]


@pytest.mark.parametrize(("questions", "votes"), QUESTIONS)
def test_the_browser_seals_the_bytes_that_python_seals(
    questions: list[AnyQuestion], votes: list[list[int]], request: pytest.FixtureRequest
) -> None:
    election = make_election(*questions)
    seed = request.node.name
    expected = seal_ballot(election, CREDENTIAL, votes, stream(seed))
    worked = seal(election, votes, seed)
    assert worked.gives["ballot"].encode() == expected
    assert worked.gives["tracker"] == tracker(expected)
    verify_ballot(election, parse_ballot(election, expected))


@pytest.mark.parametrize(
    ("choice", "vote"), [("for", [0, 1, 0]), ("against", [0, 0, 1]), ("blank", [1, 0, 0])]
)
def test_the_name_of_a_choice_means_the_same_to_python(choice: str, vote: list[int]) -> None:
    expected = seal_ballot(make_election(), CREDENTIAL, [vote], stream("named"))
    assert seal(make_election(), [choice], "named").gives["ballot"].encode() == expected


def test_every_choice_takes_the_same_randomness_and_bytes() -> None:
    motion = [seal(make_election(), [choice], "same") for choice in ("for", "against", "blank")]
    ranked = [seal(make_election(SHUFFLED), [vote], "same") for vote in ([0] * 5, [5, 4, 3, 2, 1])]
    for sealed in (motion, ranked):
        assert len({worked.drawn for worked in sealed}) == 1
        # Scalars are decimal and differ by a digit or two, whatever was chosen.
        lengths = [len(worked.gives["ballot"]) for worked in sealed]
        assert max(lengths) - min(lengths) < 40


def test_no_two_ballots_share_randomness() -> None:
    election = make_election(MOTION, SHUFFLED, LISTS)
    votes = [[0, 1, 0], [1, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0, 0, 0]]
    # One worker, twice: no part of the first ballot is in the second.
    first, second = (
        set(re.findall(r'"([0-9a-f]{64}|[0-9]{60,})"', reply["gives"]["ballot"]))
        for reply in work("seal", takes(election, votes), seed="two", times=2).replies
    )
    assert first & second == {PUBLIC}


@pytest.mark.parametrize("question", [SHUFFLED, LISTS, Question("One", OPTIONS, 1, 1)])
@pytest.mark.parametrize("random", ["broken", "constant", "repeats"])
def test_no_kind_is_sealed_with_a_bad_source(question: AnyQuestion, random: str) -> None:
    if random == "repeats":
        random = hashlib.shake_256(b"once").hexdigest(64) * 99
    vote = [1, 1] + [0] * 7 if question is LISTS else [0, 1, 0, 0, 0]
    worked = work("seal", takes(make_election(question), [vote]), random=random)
    assert worked.error == "RandomnessError"


def test_what_is_derived_from_a_credential_is_the_same() -> None:
    assert work("signInCode", {"secret": CREDENTIAL}).gives == sign_in_code(CREDENTIAL)
    derived = work("publicCredential", {"box": UUID, "credential": CREDENTIAL}).gives
    assert derived == public_credential(UUID, CREDENTIAL)


# --- what it refuses --------------------------------------------------------------------


@pytest.mark.parametrize("random", ["broken", "constant"])
def test_a_bad_source_of_randomness_stops_sealing(random: str) -> None:
    worked = work("seal", takes(make_election(), ["for"]), random=random)
    assert worked.error == "RandomnessError"


def test_a_source_that_repeats_itself_stops_sealing() -> None:
    draws = hashlib.shake_256(b"once").hexdigest(64 * 3)
    worked = work("seal", takes(make_election(), ["for"]), random=draws + draws[:128] + draws)
    assert worked.error == "RandomnessError"


@pytest.mark.parametrize(
    "choices",
    [
        pytest.param([[1, 1, 0]], id="blank-and-for"),
        pytest.param([[0, 1, 1]], id="both"),
        pytest.param([[0, 0, 0]], id="neither"),
        pytest.param([[0, 2, 0]], id="two-of-one"),
        pytest.param([[0, -1, 1]], id="negative"),
        pytest.param([[0, 1]], id="too-few"),
        pytest.param([[0, 1, 0, 0]], id="too-many"),
        pytest.param([], id="no-contest"),
        pytest.param(["for", "for"], id="two-contests"),
        pytest.param(["none"], id="unknown-name"),
        pytest.param([""], id="empty-name"),
    ],
)
def test_choices_outside_the_rules_are_not_sealed(choices: list[object]) -> None:
    assert seal(make_election(), choices, "rules").error == "ChoiceRulesError"


@pytest.mark.parametrize(
    ("question", "vote"),
    [
        pytest.param(SHUFFLED, [1, 2, 3, 4], id="ranked-too-few"),
        pytest.param(SHUFFLED, [1, 2, 3, 4, 5, 6], id="ranked-too-many"),
        pytest.param(SHUFFLED, [256, 0, 0, 0, 0], id="ranked-too-large"),
        pytest.param(SHUFFLED, [-1, 0, 0, 0, 0], id="ranked-negative"),
        pytest.param(SHUFFLED, [1.5, 0, 0, 0, 0], id="ranked-fraction"),
        pytest.param(SHUFFLED, "for", id="ranked-name"),
        pytest.param(LISTS, [0] * 9, id="lists-none"),
        pytest.param(LISTS, [1, 0, 0, 0, 0, 0, 0, 0, 0], id="lists-no-candidate"),
        pytest.param(LISTS, [1, 1, 0, 1, 1, 0, 0, 0, 0], id="lists-two"),
        pytest.param(LISTS, [1, 1, 0, 0, 1, 0, 0, 0, 0], id="lists-candidate-of-another"),
        pytest.param(LISTS, [0, 1, 0, 0, 0, 0, 0, 0, 0], id="lists-candidate-alone"),
    ],
)
def test_no_kind_is_sealed_against_its_rules(question: AnyQuestion, vote: object) -> None:
    assert seal(make_election(question), [vote], "rules").error == "ChoiceRulesError"


def test_a_motion_with_its_answers_swapped_is_not_sealed() -> None:
    # A service could hand out such a record to turn votes round.
    swapped = Question(MOTION.question, ("Against", "For"), 1, 1, blank=True)
    assert seal(make_election(swapped), ["for"], "swapped").error == "ChoiceRulesError"


def _bend(election: Election, change: str) -> str:
    raw = election.raw.decode()
    key = election.public_key
    bent = {
        "space": raw.replace(",", ", ", 1),
        "repeated field": raw.replace('"version":1', '"version":1,"version":1'),
        "other order": json.dumps(dict(reversed(json.loads(raw).items())), separators=(",", ":")),
        "more fields": raw[:-1] + ',"extra":1}',
        "version": raw.replace('"version":1', '"version":2'),
        "group": raw.replace("Ed25519", "BELENIOS-2048"),
        "question kind": raw.replace('{"answers"', '{"type":"NonHomomorphic","answers"'),
        "unknown kind": raw.replace('{"answers"', '{"type":"Ranked","value":{"answers"', 1).replace(
            '"}],"uuid"', '"}}],"uuid"'
        ),
        "typed for nothing": raw.replace(
            '{"answers"', '{"type":"Homomorphic","value":{"answers"', 1
        ).replace('"}],"uuid"', '"}}],"uuid"'),
        "bounds": raw.replace('"max":1', '"max":3'),
        "no question": raw[: raw.index('"questions":[')] + f'"questions":[],"uuid":"{UUID}"}}',
        "upper case": raw.replace(key, key.upper()),
        "identity": raw.replace(key, "0" * 63 + "1"),
        "identity, other form": raw.replace(key, "8" + "0" * 62 + "1"),
        "not on the curve": raw.replace(key, "0" * 63 + "2"),
        # (0, -1), of order 2: a ballot sealed for it would show its choices.
        "small order": raw.replace(key, "7f" + "f" * 60 + "ec"),
    }[change]
    assert bent != raw
    return bent


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ("space", "FormError"),
        ("repeated field", "FormError"),
        ("other order", "FormError"),
        ("more fields", "FormError"),
        ("version", "FormError"),
        ("group", "FormError"),
        ("question kind", "FormError"),
        ("unknown kind", "FormError"),
        ("typed for nothing", "FormError"),
        ("bounds", "FormError"),
        ("no question", "FormError"),
        ("upper case", "FormError"),
        ("identity", "PointError"),
        ("identity, other form", "PointError"),
        ("not on the curve", "PointError"),
        ("small order", "PointError"),
    ],
)
def test_a_bent_election_record_is_refused(change: str, error: str) -> None:
    bent = _bend(make_election(), change)
    changes = {"election": bent, "sha256": hashlib.sha256(bent.encode()).hexdigest()}
    assert work("seal", takes(make_election(), ["for"]) | changes).error == error


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"sha256": "0" * 64}, "WrongElectionError"),
        ({"box": "AnotherBox1234"}, "WrongCredentialError"),
        ({"publicCredential": "0" * 64}, "WrongCredentialError"),
        ({"credential": CREDENTIAL[:-1]}, "CredentialFormError"),
        ({"credential": CREDENTIAL.replace("-", "")}, "CredentialFormError"),
        ({"credential": ""}, "CredentialFormError"),
    ],
)
def test_what_does_not_belong_together_is_not_sealed(change: dict[str, str], error: str) -> None:
    assert work("seal", takes(make_election(), ["for"]) | change).error == error


def test_another_box_s_record_is_refused() -> None:
    box = "AnotherBox1234"
    changes = {"box": box, "publicCredential": public_credential(box, CREDENTIAL)}
    worked = work("seal", takes(make_election(), ["for"]) | changes)
    assert worked.error == "WrongElectionError"
