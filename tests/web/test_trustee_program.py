"""A trustee's own program: it gives nothing that another's key, or a false page, asks for."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ballots.ballot import parse_ballot
from ballots.credentials import make_credential
from ballots.election import parse_election
from ballots.errors import (
    ChannelError,
    NotASeatError,
    NotPracticeError,
    RevealedError,
    ThresholdRulesError,
)
from ballots.keys import make_private_key
from ballots.sealing import seal_ballot
from ballots.seeds import make_seed
from ballots.tally import tally_box
from tests.web.cooperative import Cooperative, found
from web.api.trustee import trustee_shape
from web.trustee_program import (
    NotHerKeyError,
    OtherSeatError,
    TrusteeProgramError,
    UnreadablePageError,
    draw_secret,
    make_step,
    private_of,
    read_page,
)


@pytest.fixture(scope="module")
def coop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cooperative]:
    """Three trustees, of whom two are enough, who have all committed."""
    made = found(tmp_path_factory.mktemp("program") / "data")
    made.write_draft()
    for person in made.invite(3, 2):
        person.give_certificate()
    yield made
    made.service.close()


@pytest.fixture
def finished(tmp_path: Path) -> Iterator[Cooperative]:
    """Their key is made."""
    made = found(tmp_path / "data")
    made.write_draft()
    made.appoint_together(rehearse=False)
    yield made
    made.service.close()


def test_a_page_is_read_as_it_is_shown(coop: Cooperative) -> None:
    page = coop.people[0].page
    assert read_page(trustee_shape(page)) == replace(page, id=0)


def test_a_secret_is_of_the_kind_that_the_election_has(coop: Cooperative) -> None:
    page = coop.people[0].page
    assert type(draw_secret(page, os.urandom)) is type(coop.people[0].seed)
    assert isinstance(draw_secret(replace(page, needed=3), os.urandom), int)
    with pytest.raises(NotHerKeyError):
        make_step(page, make_private_key(os.urandom), os.urandom)


def test_another_trustees_and_another_elections_seed_are_named(coop: Cooperative) -> None:
    one, two, _ = coop.people
    with pytest.raises(OtherSeatError) as caught:
        make_step(one.page, two.seed, os.urandom)
    assert (caught.value.own, caught.value.found) == (1, 2)
    with pytest.raises(NotASeatError):
        make_step(one.page, make_seed(os.urandom), os.urandom)


@pytest.mark.parametrize("change", ["swapped", "one less", "none", "another's"])
def test_nothing_is_shown_unless_the_service_keeps_what_she_committed_to(
    coop: Cooperative, change: str
) -> None:
    one = coop.people[0]
    first, second, third = one.page.commitments
    kept = {
        "swapped": (second, first, third),
        "one less": (first, second),
        "none": (),
        "another's": ("ab" * 32, second, third),
    }[change]
    with pytest.raises(RevealedError):
        make_step(replace(one.page, commitments=kept), one.seed, os.urandom)


def test_what_was_not_committed_to_is_not_built_upon(finished: Cooperative) -> None:
    one = finished.people[0]
    page = replace(one.page, step="verification-key")
    first, _, third = page.commitments
    with pytest.raises(RevealedError):
        make_step(replace(page, commitments=(first, "ab" * 32, third)), one.seed, os.urandom)
    # What was sealed to another does not open.
    other = finished.people[1].page.gathered
    with pytest.raises(ChannelError):
        make_step(replace(page, gathered=other), one.seed, os.urandom)


def test_only_her_own_secret_opens(finished: Cooperative) -> None:
    one, two, _ = finished.people
    assert private_of(one.page, one.seed) == one.private
    with pytest.raises(NotHerKeyError):
        private_of(one.page, two.seed)
    with pytest.raises(NotHerKeyError):
        private_of(replace(one.page, public_key=two.page.public_key), one.seed)
    with pytest.raises(NotHerKeyError):
        make_step(one.page, two.seed, os.urandom)


def test_nothing_is_made_while_nothing_is_next(coop: Cooperative) -> None:
    one = coop.people[0]
    for step in ("wait", "done"):
        with pytest.raises(TrusteeProgramError):
            make_step(replace(one.page, step=step), one.seed, os.urandom)


@pytest.mark.parametrize(
    "change",
    [
        {"step": "sing"},
        {"number": "one"},
        {"certificates": None},
        {"certificates": [1]},
        {"boxes": [{"box": "x"}]},
        {"rehearsal": []},
        {"state": None},
    ],
    ids=str,
)
def test_what_is_no_page_is_refused(coop: Cooperative, change: dict[str, object]) -> None:
    shown = trustee_shape(coop.people[0].page)
    with pytest.raises(UnreadablePageError):
        read_page(shown | change)


def test_a_rehearsal_that_is_not_there_is_refused(finished: Cooperative) -> None:
    one = finished.people[0]
    with pytest.raises(UnreadablePageError):
        make_step(replace(one.page, rehearsal=None), one.seed, os.urandom)


def test_a_ballot_that_the_service_calls_practice_is_not_opened(finished: Cooperative) -> None:
    one = finished.people[0]
    page = one.page
    assert page.rehearsal is not None
    assert make_step(page, one.seed, os.urandom).step == "rehearse"
    election = parse_election(page.rehearsal.election.encode())
    ballot = seal_ballot(election, make_credential(os.urandom), [[0, 1, 0]], os.urandom)
    voted = tally_box(election, [parse_ballot(election, ballot)]).encrypted.decode()
    smuggled = replace(page.rehearsal, encrypted_tally=voted)
    for nonces in (page.practice_nonces, (), ("0", "0", "0")):
        bent = replace(page, rehearsal=smuggled, practice_nonces=nonces)
        with pytest.raises(NotPracticeError):
            make_step(bent, one.seed, os.urandom)


def test_a_commitment_is_made_for_a_number_of_trustees_that_can_be(coop: Cooperative) -> None:
    one = coop.people[0]
    page = replace(one.page, step="commitment", needed=10**9, count=10**9 + 1)
    with pytest.raises(ThresholdRulesError):
        make_step(page, one.seed, os.urandom)
