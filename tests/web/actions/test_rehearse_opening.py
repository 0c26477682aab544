"""The rehearsal: possible once the key is made, really opened, required before announcing."""

import os
from collections.abc import Iterator

import pytest
from sqlmodel import select

from ballots.decryption import decrypt_share
from ballots.election import parse_election
from ballots.errors import DecryptionProofError, FormError, SecondProofBindingError
from tests.web.actions.acts import log_of
from tests.web.actions.ceremony import bring, state, steps
from tests.web.cooperative import Cooperative, found
from tests.web.trustees import make_rehearsal_share, rehearse
from web.actions.announce_election import announce_election
from web.actions.rehearse_opening import rehearse_opening
from web.errors import (
    ElectionNotDraftError,
    NotReadyError,
    RehearsalFailedError,
    UnknownTrusteeError,
    WrongStepError,
)
from web.store.rows import ElectionRow, ObjectRow
from web.views import election_view, trustee_view


@pytest.fixture(params=["single", "together"])
def ready(coop: Cooperative, request: pytest.FixtureRequest) -> Cooperative:
    """An election whose key is made and not yet tried, of either kind."""
    coop.write_draft()
    if request.param == "single":
        coop.appoint(rehearse=False)
    else:
        coop.appoint_together(rehearse=False)
    return coop


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cooperative]:
    """The same, where tests change nothing."""
    coop = found(tmp_path_factory.mktemp("rehearsal") / "data")
    coop.write_draft()
    coop.appoint_together(rehearse=False)
    yield coop
    coop.service.close()


def test_every_trustee_rehearses_before_the_election_is_announced(ready: Cooperative) -> None:
    coop = ready
    count = len(coop.trustees)
    for done, (trustee, private) in enumerate(coop.trustees):
        page = trustee_view(coop.service, trustee)
        assert (page.step, page.can_rehearse, page.rehearsed) == ("rehearse", True, False)
        with pytest.raises(NotReadyError) as refused:
            announce_election(coop.service, coop.election)
        assert refused.value.missing == tuple(
            f"trustee-rehearsal:{n}" for n in range(done + 1, count + 1)
        )
        rehearse(coop.service, trustee, private)
        page = trustee_view(coop.service, trustee)
        assert (page.step, page.can_rehearse, page.rehearsed) == ("wait", False, True)
    assert election_view(coop.service, coop.election).missing == ()
    # Again is fine: she may want to try her second copy too.
    rehearse(coop.service, *coop.trustees[0])
    coop.announce()
    assert trustee_view(coop.service, coop.trustees[0][0]).rehearsal is None


def test_the_practice_election_is_no_box_and_nothing_of_it_is_logged(ready: Cooperative) -> None:
    coop = ready
    before = log_of(coop)
    coop.rehearse()
    assert log_of(coop) == before
    box = trustee_view(coop.service, coop.trustees[0][0]).rehearsal
    assert box is not None
    announced = coop.announce()
    assert box.box not in announced.boxes.values()
    with coop.service.store.read() as session:
        public = {row.content for row in session.exec(select(ObjectRow)).all()}
    assert box.election.encode() not in public


@pytest.mark.parametrize("step", ["certificate", "polynomial", "verification-key"])
def test_before_the_key_is_made_there_is_nothing_to_rehearse(coop: Cooperative, step: str) -> None:
    person, *_ = bring(coop, step)
    assert person.page.rehearsal is None
    before = state(coop)
    with pytest.raises(WrongStepError) as refused:
        rehearse_opening(coop.service, person.id, b"{}", b"{}")
    assert refused.value.expected == step
    assert state(coop) == before


def test_a_wrong_share_is_named_and_changes_nothing(steady: Cooperative) -> None:
    coop = steady
    (one, key), (two, other_key), _ = coop.trustees
    right, other = (
        make_rehearsal_share(coop.service, one, key),
        make_rehearsal_share(coop.service, two, other_key),
    )
    page = trustee_view(coop.service, one)
    assert page.rehearsal is not None
    practice = parse_election(page.rehearsal.election.encode())
    foreign = decrypt_share(practice, page.rehearsal.encrypted_tally.encode(), 7, os.urandom)
    before = state(coop)
    for decryption, proofs, error in (
        (other.decryption, other.proofs, DecryptionProofError),
        (foreign.decryption, foreign.proofs, DecryptionProofError),
        (right.decryption, other.proofs, SecondProofBindingError),
        (b"{}", right.proofs, FormError),
        (b"[" * 5000, right.proofs, FormError),
        (right.decryption, b"\xff", FormError),
    ):
        with pytest.raises(error):
            rehearse_opening(coop.service, one, decryption, proofs)
    assert state(coop) == before
    assert steps(coop) == ["rehearse"] * 3


def test_a_practice_tally_that_opens_to_something_else_is_an_alarm(coop: Cooperative) -> None:
    coop.write_draft()
    coop.appoint_together(rehearse=False)

    def bend() -> None:
        def write(session: object) -> None:
            row = session.get(ElectionRow, coop.election)  # type: ignore[attr-defined]
            row.rehearsal = row.rehearsal.replace('"counts": [', '"counts": [1')
            session.add(row)  # type: ignore[attr-defined]

        coop.service.store.write(write)

    bend()
    *first, last = coop.people
    for person in first:
        person.rehearse()
    before = state(coop)
    with pytest.raises(RehearsalFailedError):
        last.rehearse()
    assert state(coop) == before


def test_a_replaced_trustee_rehearses_nothing(ready: Cooperative) -> None:
    coop = ready
    trustee, private = coop.trustees[0]
    share = make_rehearsal_share(coop.service, trustee, private)
    coop.invite(3, 2)
    with pytest.raises(UnknownTrusteeError):
        rehearse_opening(coop.service, trustee, share.decryption, share.proofs)


def test_after_the_announcement_the_rehearsal_is_over(ready: Cooperative) -> None:
    coop = ready
    trustee, private = coop.trustees[0]
    share = make_rehearsal_share(coop.service, trustee, private)
    coop.rehearse()
    coop.announce()
    with pytest.raises(ElectionNotDraftError):
        rehearse_opening(coop.service, trustee, share.decryption, share.proofs)
