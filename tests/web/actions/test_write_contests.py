"""Contests of a draft: added, replaced in their place, removed; every kind is kept as written."""

from dataclasses import replace

import pytest

from tests.voting.examples import make_choice
from tests.web.contests import EVERY_KIND, MOTION, RANKED, SEALED_SUMS
from tests.web.cooperative import Cooperative
from voting.contests import Contest, Motion
from voting.errors import LimitError, WeightedMethodError
from voting.manifest import MAX_CONTESTS
from web.actions.announce_election import preview_guarantee
from web.actions.write_contests import remove_contest, write_contest
from web.actions.write_election import create_election
from web.errors import UnknownContestError, UnknownElectionError
from web.views import election_view


@pytest.fixture
def draft(coop: Cooperative) -> Cooperative:
    coop.election = create_election(coop.service, {"en": "The garden", "cy": "Yr ardd"})
    return coop


def contests(coop: Cooperative) -> tuple[Contest, ...]:
    return election_view(coop.service, coop.election).contests


def test_contests_of_every_kind_are_kept_in_the_order_in_which_they_were_written(
    draft: Cooperative,
) -> None:
    for written, contest in enumerate(EVERY_KIND, 1):
        write_contest(draft.service, draft.election, contest)
        view = election_view(draft.service, draft.election)
        assert view.contests == EVERY_KIND[:written]
        assert view.shuffled == (written > len(SEALED_SUMS))
    assert [each.contest for each in view.guarantee] == [each.id for each in EVERY_KIND]
    assert preview_guarantee(draft.service, draft.election) == view.guarantee


def test_one_with_the_same_id_takes_its_place(draft: Cooperative) -> None:
    for contest in (MOTION, RANKED):
        write_contest(draft.service, draft.election, contest)
    other = Motion(id=MOTION.id, rule="special", texts=MOTION.texts)
    write_contest(draft.service, draft.election, other)
    assert contests(draft) == (other, RANKED)
    write_contest(draft.service, draft.election, replace(RANKED, method="irv", seats=1, id="1"))
    assert [contest.id for contest in contests(draft)] == ["1", "ranked"]
    assert contests(draft)[0] != other


def test_one_is_removed_and_what_is_not_there_is_not(draft: Cooperative) -> None:
    for contest in (MOTION, RANKED):
        write_contest(draft.service, draft.election, contest)
    remove_contest(draft.service, draft.election, MOTION.id)
    assert contests(draft) == (RANKED,)
    with pytest.raises(UnknownContestError) as refused:
        remove_contest(draft.service, draft.election, MOTION.id)
    assert refused.value.contest == MOTION.id
    remove_contest(draft.service, draft.election, RANKED.id)
    assert contests(draft) == ()
    assert "no-contests" in election_view(draft.service, draft.election).missing


def test_there_is_room_for_twenty(draft: Cooperative) -> None:
    for number in range(MAX_CONTESTS):
        write_contest(draft.service, draft.election, replace(MOTION, id=f"m{number}"))
    with pytest.raises(LimitError):
        write_contest(draft.service, draft.election, MOTION)
    assert len(contests(draft)) == MAX_CONTESTS
    write_contest(draft.service, draft.election, replace(MOTION, id="m3", rule="special"))


def test_whole_ballots_are_not_counted_where_groups_have_shares(draft: Cooperative) -> None:
    with pytest.raises(WeightedMethodError):
        write_contest(draft.service, draft.election, make_choice("stv-scottish"))
    assert contests(draft) == ()


def test_an_unknown_election_is_named(draft: Cooperative) -> None:
    with pytest.raises(UnknownElectionError):
        write_contest(draft.service, "1" * 14, MOTION)
    with pytest.raises(UnknownElectionError):
        remove_contest(draft.service, "1" * 14, "1")
