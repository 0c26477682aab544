"""The service's own check: what an observer would find wrong, it finds first."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session, text

from tests.web.contests import RANKED
from tests.web.cooperative import PASSPHRASE, Cooperative, found
from web.actions.certify_election import certify_election
from web.actions.start_tally import start_tally
from web.errors import LogFrozenError
from web.self_check import require_sound
from web.views import election_view


@pytest.fixture
def coop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cooperative]:
    """An open election with two ballots."""
    coop = found(tmp_path_factory.mktemp("check") / "data")
    coop.open()
    coop.vote("supported", 0, "for")
    coop.vote("supported", 0, "against")
    yield coop
    coop.service.close()


@pytest.fixture(scope="module")
def shuffled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cooperative]:
    """A counted election whose ballots were shuffled; tests put right what they change."""
    coop = found(tmp_path_factory.mktemp("shuffled") / "data")
    coop.open(RANKED, together=True)
    for place in range(2):
        coop.vote("supported", place, [[1, 2, 3]])
    coop.tally()
    yield coop
    coop.service.close()


def tamper(coop: Cooperative, *statements: str) -> None:
    """Change rows as somebody with the database in hand could."""

    def write(session: Session) -> None:
        for statement in statements:
            session.exec(text(statement))  # type: ignore[call-overload]

    coop.service.store.write(write)


def test_an_honest_record_is_sound(coop: Cooperative) -> None:
    require_sound(coop.service)
    coop.tally()
    require_sound(coop.service)


NO_TRIGGERS = ("DROP TRIGGER entry_no_update", "DROP TRIGGER entry_no_delete")
ATTACKS: dict[str, tuple[str, ...]] = {
    "ballot-changed": ("UPDATE ballot SET content = x'7b7d'",),
    "ballot-gone": ("DELETE FROM ballot",),
    "last-ballot-gone": ("DELETE FROM ballot WHERE entry = 7",),
    "ballot-moved": ("UPDATE ballot SET box = (SELECT max(uuid) FROM box WHERE ballots = 0)",),
    "counter": ("UPDATE box SET ballots = ballots + 1",),
    "entry-changed": (*NO_TRIGGERS, "UPDATE entry SET content = x'7b7d' WHERE number = 3"),
    "last-entry-gone": (*NO_TRIGGERS, "DELETE FROM entry WHERE number = 8"),
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_what_was_changed_behind_its_back_freezes_the_log(
    coop: Cooperative, attack: tuple[str, ...]
) -> None:
    coop.close()
    tamper(coop, *attack)
    with pytest.raises(LogFrozenError):
        start_tally(coop.service, coop.election)
    assert coop.service.keeper.problem
    assert not election_view(coop.service, coop.election).tally_started


def test_nothing_is_certified_over_a_changed_ballot(coop: Cooperative) -> None:
    coop.tally()
    tamper(coop, "UPDATE ballot SET content = x'7b7d'")
    with pytest.raises(LogFrozenError):
        certify_election(coop.service, coop.election, PASSPHRASE, "All was checked.")
    assert election_view(coop.service, coop.election).state == "tallied"


@pytest.mark.parametrize(
    "named",
    [
        "SELECT tally_object FROM box",
        "SELECT sized_object FROM box",
        "SELECT shuffle_object FROM shuffle",
        "SELECT decryption_object FROM share",
        "SELECT proofs_object FROM share",
    ],
)
def test_nothing_is_certified_over_a_changed_tally_shuffle_or_share(
    shuffled: Cooperative, named: str
) -> None:
    coop = shuffled
    tamper(
        coop,
        f"UPDATE object SET content = CAST(content || x'20' AS BLOB) WHERE digest IN ({named})",
    )
    with pytest.raises(LogFrozenError):
        certify_election(coop.service, coop.election, PASSPHRASE, "All was checked.")
    assert election_view(coop.service, coop.election).state == "tallied"
    coop.service.keeper.problem = ""
    tamper(
        coop,
        "UPDATE object SET content = substr(content, 1, length(content) - 1)"
        f" WHERE digest IN ({named})",
    )
    require_sound(coop.service)
