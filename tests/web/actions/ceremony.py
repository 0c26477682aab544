"""The rounds of making a key together, and the way to each."""

from collections.abc import Callable, Mapping

from sqlmodel import col, select

from tests.web.actions.acts import log_of
from tests.web.cooperative import Cooperative
from tests.web.trustees import TrusteePerson
from web.actions.make_shared_key import (
    give_certificate,
    give_polynomial,
    give_verification_key,
)
from web.service import Service
from web.store.rows import TrusteeRow
from web.views import election_view

Shared = Mapping[str, tuple[Cooperative, TrusteePerson]]
Act = Callable[[], object]
Give = Callable[[TrusteePerson], None]
ROUNDS = ("certificate", "polynomial", "verification-key", "rehearse")
GIVE: dict[str, Give] = {
    "certificate": TrusteePerson.give_certificate,
    "polynomial": TrusteePerson.give_polynomial,
    "verification-key": TrusteePerson.give_verification_key,
}


MAKE: dict[str, Callable[[TrusteePerson], bytes]] = {
    "certificate": TrusteePerson.certificate,
    "polynomial": TrusteePerson.polynomial,
    "verification-key": TrusteePerson.verification_key,
}
TAKE: dict[str, Callable[[Service, int, bytes], None]] = {
    "certificate": give_certificate,
    "polynomial": give_polynomial,
    "verification-key": give_verification_key,
}


def steps(coop: Cooperative) -> list[str]:
    return [one.step for one in election_view(coop.service, coop.election).trustees]


def state(coop: Cooperative) -> object:
    """All that a refusal must leave as it is."""
    with coop.service.store.read() as session:
        rows = session.exec(select(TrusteeRow).order_by(col(TrusteeRow.id))).all()
        return [row.model_dump() for row in rows], log_of(coop)


def bring(coop: Cooperative, step: str) -> list[TrusteePerson]:
    """Three trustees who have done everything before this step."""
    coop.write_draft()
    people = coop.invite(3, 2)
    for done in ROUNDS[: ROUNDS.index(step)]:
        for person in people:
            GIVE[done](person)
    return people
