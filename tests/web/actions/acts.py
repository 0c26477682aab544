"""The acts of a returning officer, each by its name, and the way to each state."""

from collections.abc import Callable

from sqlmodel import col, select

from tests.web.cooperative import PASSPHRASE, Cooperative
from web.actions.announce_election import announce_election
from web.actions.certify_election import certify_election
from web.actions.close_election import close_election
from web.actions.open_election import open_election
from web.actions.start_tally import start_tally
from web.actions.void_election import void_election
from web.store.rows import EntryRow

Act = Callable[[Cooperative], object]
ACTS: dict[str, Act] = {
    "announce": lambda coop: announce_election(coop.service, coop.election),
    "open": lambda coop: open_election(coop.service, coop.election, "It is time."),
    "close": lambda coop: close_election(coop.service, coop.election, "All have voted."),
    "tally": lambda coop: start_tally(coop.service, coop.election),
    "certify": lambda coop: certify_election(
        coop.service, coop.election, PASSPHRASE, "All was checked."
    ),
    "void": lambda coop: void_election(coop.service, coop.election, "The text was wrong."),
}
# What may be done in each state.
ALLOWED = {
    "draft": {"announce", "void"},
    "announced": {"open", "void"},
    "open": {"close", "void"},
    "closed": {"tally", "void"},
    "tallied": {"certify", "void"},
    "certified": set[str](),
    "void": set[str](),
}


def bring(coop: Cooperative, state: str) -> None:
    """Bring a fresh co-operative's election into a state."""
    coop.write_draft()
    coop.appoint()
    if state in ("draft", "void"):
        if state == "void":
            ACTS["void"](coop)
        return
    coop.announce()
    if state == "announced":
        return
    ACTS["open"](coop)
    if state == "open":
        return
    coop.vote("supported", 0, "for")
    if state == "closed":
        coop.close()
        return
    coop.tally()
    if state == "certified":
        ACTS["certify"](coop)


def log_of(coop: Cooperative) -> list[bytes]:
    with coop.service.store.read() as session:
        return list(session.exec(select(EntryRow.content).order_by(col(EntryRow.number))).all())
