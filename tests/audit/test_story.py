from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.entries import Entry, VoidEntry
from audit.errors import (
    BallotCountError,
    BoxListError,
    EarlyShareError,
    MissingBeforeSetupError,
    NeededTrusteesError,
    NoCharterError,
    NotShuffledError,
    RepeatedEntryError,
    StoryError,
    SurplusShuffleError,
    TimeGoesBackError,
    UnfinishedTallyError,
    UnknownBoxError,
    UnknownElectionError,
    UnknownTrusteeError,
    WrongMomentError,
)
from audit.story import Story
from tests.audit.examples import (
    BALLOT_1,
    BALLOT_2,
    BOX_A,
    BOX_B,
    CERTIFICATE,
    CHARTER,
    CLOSING,
    COMMITMENTS,
    ELECTION,
    KEY_1,
    KEY_2,
    KEY_3,
    OPENING,
    RESULT,
    ROLL,
    SCRIPTS,
    SETUP,
    SHARES,
    SHUFFLES,
    TALLY_A,
    TALLY_B,
    VOID,
    WHOLE,
    digest,
)

OTHER = "AnotherELection1"


def tell(*entries: Entry) -> Story:
    story = Story()
    for entry in entries:
        story.check(entry)
        story.follow(entry)
    return story


def test_a_whole_election() -> None:
    story = tell(*WHOLE)
    election = story.elections[ELECTION]
    assert (election.state, story.size, story.time) == ("certified", len(WHOLE), 180)
    assert election.ballots == {
        BOX_A: [(9, digest("ballot 1")), (10, digest("ballot 2"))],
        BOX_B: [],
    }
    assert election.keys == {n: digest(f"key {n}") for n in (1, 2, 3)}
    assert election.commitments == COMMITMENTS
    assert list(election.shuffles_of(BOX_A)) == [2, 1]
    assert list(election.shares_of(BOX_B)) == [3, 1]
    assert (election.boxes, election.result_index) == ((BOX_A, BOX_B), len(WHOLE) - 2)
    assert (election.charter, election.certificate) == (CHARTER, CERTIFICATE)
    assert story.charters == [CHARTER]
    assert story.scripts == [SCRIPTS]


BEFORE_SETUP = (CHARTER, ROLL, COMMITMENTS, KEY_1, KEY_2, KEY_3)
OPEN = (*BEFORE_SETUP, SETUP, OPENING)
CLOSED = (*OPEN, BALLOT_1, BALLOT_2, CLOSING)
SUMMED = (*CLOSED, TALLY_A, TALLY_B)
SHUFFLED = (*SUMMED, *SHUFFLES)
TALLIED = (*SHUFFLED, *SHARES, RESULT)

SINGLE = replace(SETUP, needed=3, boxes=tuple(replace(box, shuffled=False) for box in SETUP.boxes))
"""The same election without shuffled contests, for which all three trustees are needed."""
PLAIN = (CHARTER, ROLL, KEY_1, KEY_2, KEY_3, SINGLE, OPENING, BALLOT_1, BALLOT_2, CLOSING)


@pytest.mark.parametrize(
    ("before", "entry", "error"),
    [
        ((), ROLL, NoCharterError),
        ((), SCRIPTS, NoCharterError),
        ((CHARTER,), replace(SCRIPTS, time=99), TimeGoesBackError),
        ((CHARTER,), SETUP, UnknownElectionError),
        ((CHARTER,), OPENING, UnknownElectionError),
        ((CHARTER,), BALLOT_1, UnknownElectionError),
        ((CHARTER,), CERTIFICATE, UnknownElectionError),
        ((CHARTER, KEY_1), SETUP, MissingBeforeSetupError),
        ((CHARTER, ROLL), SETUP, MissingBeforeSetupError),
        ((CHARTER, ROLL, KEY_2), SETUP, MissingBeforeSetupError),
        ((CHARTER, ROLL, KEY_1, KEY_2, KEY_3), SETUP, MissingBeforeSetupError),
        ((*BEFORE_SETUP, replace(COMMITMENTS, time=114)), SETUP, MissingBeforeSetupError),
        (BEFORE_SETUP, replace(SETUP, needed=1), NeededTrusteesError),
        (BEFORE_SETUP, replace(SETUP, needed=4), NeededTrusteesError),
        ((*BEFORE_SETUP, SETUP), replace(COMMITMENTS, time=120), WrongMomentError),
        ((CHARTER, ROLL, KEY_1), OPENING, WrongMomentError),
        ((CHARTER, ROLL, KEY_1), replace(KEY_2, key=KEY_1.key), RepeatedEntryError),
        (
            (CHARTER, replace(ROLL, members=(("employees", 3),)), KEY_1),
            replace(SETUP, needed=1),
            MissingBeforeSetupError,
        ),
        (
            BEFORE_SETUP,
            replace(SETUP, boxes=(SETUP.boxes[0], replace(SETUP.boxes[1], box=BOX_A))),
            BoxListError,
        ),
        (
            BEFORE_SETUP,
            replace(SETUP, boxes=(SETUP.boxes[0], replace(SETUP.boxes[1], college="employees"))),
            BoxListError,
        ),
        (
            BEFORE_SETUP,
            replace(SETUP, boxes=(SETUP.boxes[0], replace(SETUP.boxes[1], box=ELECTION))),
            RepeatedEntryError,
        ),
        ((*BEFORE_SETUP, SETUP), replace(ROLL, time=120), WrongMomentError),
        ((*BEFORE_SETUP, SETUP), replace(KEY_1, time=120, key=digest("new")), WrongMomentError),
        ((*BEFORE_SETUP, SETUP), SETUP, WrongMomentError),
        ((*BEFORE_SETUP, SETUP), BALLOT_1, WrongMomentError),
        (
            (*BEFORE_SETUP, SETUP),
            replace(ROLL, time=120, election=BOX_A),
            RepeatedEntryError,
        ),
        (OPEN, OPENING, WrongMomentError),
        (OPEN, replace(BALLOT_1, box=OTHER), UnknownBoxError),
        ((*OPEN, BALLOT_1), BALLOT_1, RepeatedEntryError),
        ((*OPEN, BALLOT_1), replace(BALLOT_1, box=BOX_B), RepeatedEntryError),
        ((*OPEN, BALLOT_1), CLOSING, BallotCountError),
        (OPEN, replace(CLOSING, ballots=((BOX_A, 0),)), BoxListError),
        (OPEN, replace(CLOSING, ballots=((BOX_B, 0), (BOX_A, 0))), BoxListError),
        (OPEN, TALLY_A, WrongMomentError),
        (CLOSED, replace(BALLOT_1, ballot=digest("late")), WrongMomentError),
        (CLOSED, replace(OPENING, time=140), WrongMomentError),
        (CLOSED, replace(TALLY_A, box=OTHER), UnknownBoxError),
        ((*CLOSED, TALLY_A), TALLY_A, RepeatedEntryError),
        (CLOSED, SHUFFLES[0], UnfinishedTallyError),
        (SUMMED, replace(SHUFFLES[0], trustee=4), UnknownTrusteeError),
        (SUMMED, replace(SHUFFLES[0], box=OTHER), UnknownBoxError),
        ((*SUMMED, SHUFFLES[0]), SHUFFLES[0], RepeatedEntryError),
        ((*SUMMED, *SHUFFLES), replace(SHUFFLES[0], trustee=3), SurplusShuffleError),
        ((*SHUFFLED, *SHARES), replace(SHUFFLES[0], trustee=3, time=160), SurplusShuffleError),
        ((*PLAIN, TALLY_A), SHUFFLES[0], NotShuffledError),
        (SUMMED, SHARES[0], EarlyShareError),
        ((*SUMMED, SHUFFLES[0]), SHARES[0], EarlyShareError),
        # The other box's shuffles do not help this one.
        ((*SUMMED, SHUFFLES[1], SHUFFLES[3]), SHARES[0], EarlyShareError),
        (CLOSED, SHARES[0], UnfinishedTallyError),
        (SHUFFLED, replace(SHARES[0], trustee=4), UnknownTrusteeError),
        (SHUFFLED, replace(SHARES[0], box=OTHER), UnknownBoxError),
        ((*SHUFFLED, SHARES[0]), SHARES[0], RepeatedEntryError),
        (CLOSED, RESULT, UnfinishedTallyError),
        ((*CLOSED, TALLY_A), RESULT, UnfinishedTallyError),
        (SHUFFLED, RESULT, UnfinishedTallyError),
        ((*SHUFFLED, *SHARES[:3]), RESULT, UnfinishedTallyError),
        (
            (*SHUFFLED, *SHARES),
            replace(RESULT, boxes=RESULT.boxes[::-1]),
            BoxListError,
        ),
        ((*SHUFFLED, *SHARES), CERTIFICATE, WrongMomentError),
        (TALLIED, replace(SHARES[0], trustee=2, time=170), WrongMomentError),
        (TALLIED, replace(SHUFFLES[0], trustee=3, time=170), WrongMomentError),
        (TALLIED, RESULT, WrongMomentError),
        (TALLIED, replace(TALLY_A, time=170), WrongMomentError),
        ((*TALLIED, CERTIFICATE), CERTIFICATE, WrongMomentError),
        ((*TALLIED, CERTIFICATE), VOID, WrongMomentError),
        ((CHARTER, VOID), VOID, WrongMomentError),
        ((*OPEN, VOID), BALLOT_1, WrongMomentError),
        ((CHARTER, VOID), replace(ROLL, time=180), WrongMomentError),
    ],
)
def test_what_may_not_follow(
    before: tuple[Entry, ...], entry: Entry, error: type[StoryError]
) -> None:
    story = tell(*before)
    with pytest.raises(error) as caught:
        story.check(entry)
    assert str(caught.value)
    with pytest.raises(error):
        story.follow(entry)
    assert story.size == len(before)


@pytest.mark.parametrize(
    "before",
    [(CHARTER,), (CHARTER, ROLL), (*BEFORE_SETUP, SETUP), OPEN, CLOSED, TALLIED],
    ids=["nothing-logged", "draft", "announced", "open", "closed", "tallied"],
)
def test_an_election_may_be_called_off_until_it_is_certified(before: tuple[Entry, ...]) -> None:
    assert tell(*before, VOID).elections[ELECTION].state == "void"


def test_a_roll_and_a_key_may_be_replaced_before_the_set_up() -> None:
    roll = replace(ROLL, time=115, roll=digest("other roll"))
    key = replace(KEY_1, time=116, key=digest("key 1 again"))
    election = tell(*BEFORE_SETUP, roll, key, SETUP).elections[ELECTION]
    assert election.roll == roll
    assert election.keys == {1: key.key, 2: KEY_2.key, 3: KEY_3.key}


def test_who_commits_anew_shows_new_keys_after_it() -> None:
    anew = replace(COMMITMENTS, time=115, commitments=digest("other commitments"))
    keys = [
        replace(key, time=116, key=digest(f"fresh {key.trustee}")) for key in (KEY_1, KEY_2, KEY_3)
    ]
    election = tell(*BEFORE_SETUP, anew, *keys, SETUP).elections[ELECTION]
    assert election.commitments == anew
    assert election.keys == {key.trustee: key.key for key in keys}


def test_all_trustees_may_be_needed_and_then_there_are_no_shares_to_spare() -> None:
    shares = [
        replace(SHARES[0], box=box, trustee=trustee, time=160)
        for box in (BOX_A, BOX_B)
        for trustee in (2, 1, 3)
    ]
    plain = (*PLAIN, TALLY_A, TALLY_B)
    assert tell(*plain, *shares, RESULT).elections[ELECTION].state == "tallied"
    with pytest.raises(UnfinishedTallyError):
        tell(*plain, *shares[:5], RESULT)


def test_more_than_enough_may_open() -> None:
    spare = replace(SHARES[0], trustee=2)
    election = tell(*SHUFFLED, *SHARES, spare, RESULT).elections[ELECTION]
    assert list(election.shares_of(BOX_A)) == [3, 1, 2]


def test_a_charter_may_change_and_an_election_keeps_the_one_it_was_announced_under() -> None:
    changed = replace(CHARTER, time=125, charter=digest("charter 2"))
    story = tell(*BEFORE_SETUP, SETUP, changed, OPENING)
    assert story.elections[ELECTION].charter == CHARTER
    assert story.charter == changed


def test_boxes_are_never_shared_between_elections() -> None:
    roll = replace(ROLL, time=120, election=OTHER)
    key = replace(KEY_1, time=120, election=OTHER, key=digest("fresh"))
    story = tell(*BEFORE_SETUP, SETUP, roll, key)
    with pytest.raises(RepeatedEntryError):
        story.follow(replace(SINGLE, election=OTHER, needed=1))


def test_checking_changes_nothing() -> None:
    story = tell(CHARTER)
    story.check(ROLL)
    story.check(KEY_1)
    story.check(COMMITMENTS)
    story.check(VoidEntry(180, ELECTION, digest("reason")))
    assert not story.elections
    assert (story.size, story.time) == (1, 100)


def test_something_that_is_no_entry_of_the_log_is_a_slip() -> None:
    with pytest.raises(TypeError):
        tell(CHARTER, Entry())


@given(st.integers(0, len(WHOLE) - 2))
def test_neighbours_that_change_places_are_refused_or_change_nothing(place: int) -> None:
    order = list(WHOLE)
    order[place], order[place + 1] = order[place + 1], order[place]
    try:
        story = tell(*order)
    except StoryError:
        return
    # Only what nobody depends on may change places: two keys, two ballots, two shares.
    assert WHOLE[place].type in {
        *("scripts", "roll", "trustee-key", "ballot", "tally", "shuffle", "decryption")
    }
    assert story.elections[ELECTION].state == "certified"
