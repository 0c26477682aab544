"""Adopting a charter: what it would do, what stops it, and what follows."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from audit.entries import CharterEntry, Entry, parse_entry
from audit.objects import parse_reason
from tests.voting.examples import make_choice
from tests.web.contests import MOTION
from tests.web.cooperative import (
    CHARTER,
    COLLEGES,
    COMMUNITY,
    EMPLOYEE,
    SUPPORTED,
    Cooperative,
    import_csv,
    make_csv,
)
from voting.charter.charter_format import charter_digest, format_charter
from voting.charter.errors import UnknownRuleError
from voting.charter.motion_rules import STATUTORY, MotionRule
from voting.charter.thresholds import TWO_THIRDS
from voting.contests import Motion
from voting.errors import ReservedSeatsError
from web.actions.adopt_charter import adopt_charter, preview_charter
from web.actions.announce_election import announce_election, preview_draft
from web.actions.void_election import void_election
from web.actions.write_contests import remove_contest, write_contest
from web.errors import (
    CollegesInUseError,
    DraftsInTheWayError,
    MissingReasonError,
    NotReadyError,
    SameCharterError,
    StalePreviewError,
)
from web.store.load import get_object
from web.store.rows import CharterRow, EntryRow
from web.views import election_view, organisation

REASON = "The members decided so at the general meeting."
SHARES = (Fraction(60, 100), Fraction(30, 100), Fraction(10, 100))
OTHER = replace(
    CHARTER,
    colleges=tuple(
        replace(college, share=share)
        for college, share in zip(CHARTER.colleges, SHARES, strict=True)
    ),
)
TWO_COLLEGES = replace(
    CHARTER,
    colleges=(
        replace(CHARTER.colleges[0], share=Fraction(3, 5)),
        replace(CHARTER.colleges[1], share=Fraction(2, 5)),
    ),
)
WITH_TRANSFER = replace(
    CHARTER, statutory={"transfer": MotionRule(TWO_THIRDS, heads=STATUTORY["transfer"])}
)
TRANSFER = Motion("1", "transfer", MOTION.texts)


def entries(coop: Cooperative) -> list[Entry]:
    with coop.service.store.read() as session:
        size = coop.service.keeper.size(session)
        rows = [session.get(EntryRow, number) for number in range(size)]
        return [parse_entry(row.content) for row in rows if row is not None]


def test_a_preview_says_what_changes_and_changes_nothing(coop: Cooperative) -> None:
    before = entries(coop)
    preview = preview_charter(coop.service, OTHER)
    assert preview.changes == ("colleges",)
    assert (preview.left_out, preview.unfit) == ((), ())
    assert preview.seen == charter_digest(CHARTER)
    assert preview.is_possible
    assert entries(coop) == before
    assert organisation(coop.service).charter == CHARTER


def test_the_charter_and_its_reason_go_into_the_log(coop: Cooperative) -> None:
    first = entries(coop)[0]
    seen = preview_charter(coop.service, OTHER).seen
    adopt_charter(coop.service, OTHER, REASON, seen=seen, officer_id=1)
    last = entries(coop)[-1]
    assert isinstance(first, CharterEntry)
    assert isinstance(last, CharterEntry)
    assert last.certifier == first.certifier
    assert organisation(coop.service).charter == OTHER
    with coop.service.store.read() as session:
        assert get_object(session, last.charter) == format_charter(OTHER)
        assert parse_reason("", get_object(session, last.reason)) == REASON
        row = session.get(CharterRow, len(entries(coop)) - 1)
        assert row is not None
        assert (row.reason, row.time, row.officer) == (REASON, last.time, 1)


def test_members_of_a_college_that_is_gone_stand_in_the_way(coop: Cooperative) -> None:
    preview = preview_charter(coop.service, TWO_COLLEGES)
    assert preview.left_out == ((COMMUNITY, 1),)
    assert not preview.is_possible
    with pytest.raises(CollegesInUseError) as error:
        adopt_charter(coop.service, TWO_COLLEGES, REASON)
    assert error.value.colleges == ((COMMUNITY, 1),)
    assert organisation(coop.service).charter == CHARTER

    import_csv(coop.service, make_csv([college for college in COLLEGES if college != COMMUNITY]))
    adopt_charter(coop.service, TWO_COLLEGES, REASON)
    assert organisation(coop.service).roll_counts == ((SUPPORTED, 3), (EMPLOYEE, 2))


def test_a_question_that_it_does_not_allow_stands_in_the_way(coop: Cooperative) -> None:
    adopt_charter(coop.service, WITH_TRANSFER, REASON)
    election = coop.write_draft(TRANSFER)
    (unfit,) = preview_charter(coop.service, CHARTER).unfit
    assert (unfit.election, unfit.contest) == (election, TRANSFER)
    assert isinstance(unfit.problem, UnknownRuleError)
    with pytest.raises(DraftsInTheWayError) as error:
        adopt_charter(coop.service, CHARTER, REASON)
    assert error.value.contests[0][:2] == (election, "1")

    remove_contest(coop.service, election, "1")
    adopt_charter(coop.service, CHARTER, REASON)
    with pytest.raises(UnknownRuleError):
        write_contest(coop.service, election, TRANSFER)


def test_a_draft_that_was_called_off_stands_in_nobodys_way(coop: Cooperative) -> None:
    adopt_charter(coop.service, WITH_TRANSFER, REASON)
    election = coop.write_draft(TRANSFER)
    void_election(coop.service, election, REASON)
    adopt_charter(coop.service, CHARTER, REASON)
    assert election_view(coop.service, election).state == "void"


@pytest.mark.parametrize(
    ("adopt", "expected"),
    [
        pytest.param(
            lambda coop: adopt_charter(coop.service, OTHER, " \n "),
            MissingReasonError,
            id="no reason",
        ),
        pytest.param(
            lambda coop: adopt_charter(coop.service, CHARTER, REASON),
            SameCharterError,
            id="the same",
        ),
        pytest.param(
            lambda coop: adopt_charter(coop.service, OTHER, REASON, seen=charter_digest(OTHER)),
            StalePreviewError,
            id="another one was shown",
        ),
    ],
)
def test_refused(
    coop: Cooperative, adopt: Callable[[Cooperative], None], expected: type[Exception]
) -> None:
    before = entries(coop)
    with pytest.raises(expected):
        adopt(coop)
    assert entries(coop) == before
    assert organisation(coop.service).charter == CHARTER


def test_a_draft_goes_by_the_new_charter_and_what_was_seen_of_it_is_stale(
    coop: Cooperative,
) -> None:
    coop.write_draft()
    coop.appoint()
    seen = preview_draft(coop.service, coop.election)
    adopt_charter(coop.service, OTHER, REASON)
    with pytest.raises(StalePreviewError):
        announce_election(coop.service, coop.election, REASON, seen=seen)
    announce_election(
        coop.service, coop.election, REASON, seen=preview_draft(coop.service, coop.election)
    )
    manifest = election_view(coop.service, coop.election).manifest
    assert manifest is not None
    assert manifest.charter == OTHER


def test_an_election_keeps_the_charter_it_was_announced_under(open_coop: Cooperative) -> None:
    adopt_charter(open_coop.service, OTHER, REASON)
    manifest = election_view(open_coop.service, open_coop.election).manifest
    assert manifest is not None
    assert manifest.charter == CHARTER
    open_coop.vote("supported", 1, "for")


def test_a_college_that_would_be_asked_nothing_is_missed_before_announcing(
    coop: Cooperative,
) -> None:
    seats = {SUPPORTED: 3, EMPLOYEE: 2}
    adopt_charter(coop.service, replace(CHARTER, council=seats), REASON)
    theirs = replace(make_choice("stv-exact", id="council", seats=2, options=3), college=EMPLOYEE)
    coop.write_draft(theirs)
    coop.appoint()
    missing = ("nothing-asked:supported", "nothing-asked:community")
    assert election_view(coop.service, coop.election).missing == missing
    with pytest.raises(NotReadyError):
        announce_election(coop.service, coop.election)
    write_contest(coop.service, coop.election, MOTION)
    assert election_view(coop.service, coop.election).missing == ()


def test_questions_of_one_college_fill_no_more_seats_than_are_reserved_for_it(
    coop: Cooperative,
) -> None:
    adopt_charter(coop.service, replace(CHARTER, council={SUPPORTED: 3, EMPLOYEE: 2}), REASON)
    first = replace(make_choice("stv-exact", id="first", seats=1, options=3), college=EMPLOYEE)
    coop.write_draft(first)
    write_contest(coop.service, coop.election, replace(first, id="second"))
    write_contest(coop.service, coop.election, MOTION)
    with pytest.raises(ReservedSeatsError):
        write_contest(coop.service, coop.election, replace(first, id="third"))
    fewer = replace(CHARTER, council={SUPPORTED: 3, EMPLOYEE: 1})
    assert [each.contest.id for each in preview_charter(coop.service, fewer).unfit] == ["second"]
    with pytest.raises(DraftsInTheWayError):
        adopt_charter(coop.service, fewer, REASON)
