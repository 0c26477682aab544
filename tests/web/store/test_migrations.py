"""Migrations: what an earlier program wrote is there afterwards, in its new form."""

import json
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, text

from tests.web.contests import MOTION
from voting.contests import contest_object
from web.store.load import contests_of, is_shuffled, needed_of
from web.store.rows import ElectionRow, TrusteeRow
from web.store.store import Store, make_engine, migration_config


@pytest.fixture
def old(tmp_path: Path) -> str:
    """The database of a program that knew one motion, and trustees who were all needed."""
    url = f"sqlite:///{tmp_path / 'teg.sqlite'}"
    engine = make_engine(url, writing=True)
    config = migration_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        fill(connection)
    engine.dispose()
    return url


def fill(connection: Connection) -> None:
    """Two drafts, one of them without a motion yet, and a trustee who has a key."""
    for place, (uuid, motion) in enumerate(
        [("1" * 14, json.dumps(contest_object(MOTION), ensure_ascii=False)), ("2" * 14, None)]
    ):
        connection.execute(
            text(
                "INSERT INTO election (uuid, created, place, state, title, motion, zone,"
                " open_small_boxes, tally_started)"
                " VALUES (:uuid, 0, :place, 'draft', '{}', :motion, 'Europe/London', 0, 0)"
            ),
            {"uuid": uuid, "place": place, "motion": motion},
        )
    connection.execute(
        text(
            "INSERT INTO trustee (election, number, name, email, key_object, public_key, shared)"
            " VALUES (:election, 1, 'Example Trustee 1', x'00', 'ab', 'cd', 1)"
        ),
        {"election": "1" * 14},
    )


def test_a_motion_becomes_the_one_contest_and_no_motion_none(old: str) -> None:
    store = Store(old)
    with store.read() as session:
        first, second = (session.get(ElectionRow, digit * 14) for digit in "12")
        assert first is not None
        assert second is not None
        assert contests_of(first) == (MOTION,)
        assert contests_of(second) == ()
        assert not is_shuffled(first)
        assert (first.state, first.place, first.rehearsal) == ("draft", 0, None)
    store.close()


def test_trustees_keep_what_they_gave_and_are_all_needed(old: str) -> None:
    store = Store(old)
    with store.read() as session:
        trustee = session.get(TrusteeRow, 1)
        election = session.get(ElectionRow, "1" * 14)
        assert trustee is not None
        assert election is not None
        assert (trustee.key_object, trustee.public_key, trustee.shared) == ("ab", "cd", True)
        assert (trustee.certificate, trustee.rehearsed, trustee.shuffled) == (None, False, False)
        assert needed_of(election, [trustee, trustee]) == 2
    store.close()


def test_once_is_enough(old: str) -> None:
    Store(old).close()
    store = Store(old)
    with store.read() as session:
        election = session.get(ElectionRow, "1" * 14)
        assert election is not None
        assert contests_of(election) == (MOTION,)
    store.close()


def test_an_election_of_before_has_no_lot_seed(old: str) -> None:
    store = Store(old)
    with store.read() as session:
        election = session.get(ElectionRow, "1" * 14)
        assert election is not None
        assert election.lot_seed is None
    store.close()
