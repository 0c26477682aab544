"""Announcing: what must be there, what is fixed, and what stays secret."""

from pathlib import Path

import pytest
from sqlmodel import select

from tests.web.actions.acts import ACTS, bring, log_of
from tests.web.contests import MOTION
from tests.web.cooperative import CLOSES, START, Cooperative, found
from voting.errors import GuaranteeDoesNotHoldError
from web.actions.announce_election import announce_election, preview_guarantee
from web.actions.appoint_trustees import appoint_trustees
from web.actions.write_contests import remove_contest, write_contest
from web.actions.write_election import (
    create_election,
    set_calendar,
    set_rules,
    write_title,
)
from web.errors import (
    ElectionNotDraftError,
    MissingTitleError,
    NotReadyError,
    SettingsError,
    UnknownElectionError,
)
from web.store.rows import ActRow, VoterRow
from web.views import election_view


def test_what_is_missing_is_listed(coop: Cooperative) -> None:
    service = coop.service
    coop.election = create_election(service, {"en": "The garden", "cy": "Yr ardd"})
    view = election_view(service, coop.election)
    assert view.missing == ("no-contests", "no-calendar", "no-trustees")
    write_contest(service, coop.election, MOTION)
    set_calendar(service, coop.election, START - 20, START - 10)
    appoint_trustees(service, coop.election, [("A", "a@b.example"), ("B", "b@b.example")])
    with pytest.raises(NotReadyError) as refused:
        announce_election(service, coop.election)
    assert refused.value.missing == ("calendar-past", "trustee-key:1", "trustee-key:2")
    assert len(log_of(coop)) == 1


def test_without_a_safe_majority_nothing_is_announced(tmp_path: Path) -> None:
    coop = found(tmp_path / "data", colleges=["employee", "community"])
    coop.write_draft()
    coop.appoint()
    (statement,) = preview_guarantee(coop.service, coop.election)
    assert not statement.holds
    with pytest.raises(GuaranteeDoesNotHoldError) as refused:
        announce_election(coop.service, coop.election)
    assert refused.value.args
    assert len(log_of(coop)) == 1
    coop.service.close()


def test_who_announced_is_kept_as_of_every_other_act(coop: Cooperative) -> None:
    coop.write_draft()
    coop.appoint()
    announce_election(coop.service, coop.election, officer_id=coop.set_up.officer_id)
    with coop.service.store.read() as session:
        (act,) = session.exec(select(ActRow)).all()
    assert (act.act, act.officer) == ("announce", coop.set_up.officer_id)


def test_small_colleges_are_warned_about(coop: Cooperative) -> None:
    coop.write_draft()
    (statement,) = preview_guarantee(coop.service, coop.election)
    assert "small-college:employee:2" in statement.warnings


def test_credentials_are_handed_out_only_where_the_settings_say_so(tmp_path: Path) -> None:
    coop = found(tmp_path / "data", return_credentials=False)
    coop.write_draft()
    coop.appoint()
    with pytest.raises(SettingsError):
        announce_election(coop.service, coop.election, return_credentials=True)
    assert announce_election(coop.service, coop.election).credentials == {}
    coop.service.close()


def test_no_private_credential_stands_in_the_database(coop: Cooperative) -> None:
    coop.write_draft()
    coop.appoint()
    announced = coop.announce()
    coop.service.store.write(lambda session: None)
    stored = b"".join(
        path.read_bytes() for path in coop.folder.iterdir() if path.name.startswith("teg.sqlite")
    )
    with coop.service.store.read() as session:
        assert len(session.exec(select(VoterRow)).all()) == 6
    for credentials in announced.credentials.values():
        for credential in credentials:
            assert credential.encode() not in stored
    assert b"member1@people.example" not in stored


def test_an_announced_election_stays_as_it_is(coop: Cooperative) -> None:
    bring(coop, "announced")
    service, election = coop.service, coop.election
    before = election_view(service, election)
    for change in (
        lambda: write_title(service, election, {"en": "Other", "cy": "Arall"}),
        lambda: write_contest(service, election, MOTION),
        lambda: remove_contest(service, election, MOTION.id),
        lambda: set_calendar(service, election, START, CLOSES + 1),
        lambda: set_rules(service, election, open_small_boxes=False),
        lambda: appoint_trustees(service, election, [("A", "a@b.example"), ("B", "b@b.example")]),
    ):
        with pytest.raises(ElectionNotDraftError):
            change()
    assert election_view(service, election) == before


def test_a_title_needs_both_languages(coop: Cooperative) -> None:
    for title in ({"en": "Only English"}, {"en": " ", "cy": "Yr ardd"}, {"en": "a\0b", "cy": "c"}):
        with pytest.raises(MissingTitleError):
            create_election(coop.service, title)


def test_an_unknown_election_is_named(coop: Cooperative) -> None:
    coop.election = "1" * 14
    for act in ACTS.values():
        with pytest.raises(UnknownElectionError):
            act(coop)
