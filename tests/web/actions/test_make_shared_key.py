"""Making a key together: each round in its turn, each part once, in any company, nothing leaked."""

import json
import os
import threading
from itertools import pairwise

import pytest
from sqlmodel import select

from audit.entries import CommitmentsEntry, SetupEntry, TrusteeKeyEntry, parse_entry
from audit.objects import CommitmentList, parse_commitments_list
from ballots.encoding import parse_json
from ballots.errors import (
    RevealedError,
)
from ballots.keys import (
    LARGEST_KEY,
    read_key,
)
from ballots.rounds import make_polynomial
from ballots.seeds import parse_certificates
from ballots.trustees import parse_trustees
from tests.web.actions.acts import ACTS, log_of
from tests.web.actions.ceremony import GIVE, MAKE, ROUNDS, TAKE, bring, state, steps
from tests.web.cooperative import Cooperative
from tests.web.trustees import TrusteePerson
from web.actions.make_shared_key import (
    give_certificate,
    give_commitment,
    give_polynomial,
)
from web.errors import (
    TrusteeKeyGivenError,
    WrongStepError,
)
from web.store.load import get_object
from web.store.rows import BoxRow, MessageRow, ObjectRow, TrusteeRow
from web.views import election_view, trustee_view


def waiting(coop: Cooperative) -> int:
    """Mails that say that the next step is ready."""
    with coop.service.store.read() as session:
        rows = session.exec(select(MessageRow).where(MessageRow.kind == "trustee-step")).all()
        return sum(row.state == "waiting" for row in rows)


def verify_key(raw: bytes) -> str:
    """The public key in a logged key object of a trustee with others."""
    return read_key(parse_json(raw, LARGEST_KEY), signed=True).public_key


def test_each_round_waits_for_everybody(coop: Cooperative) -> None:
    people = bring(coop, "certificate")
    assert steps(coop) == ["certificate"] * 3
    for step, following in pairwise(ROUNDS):
        for done, person in enumerate(people, 1):
            assert person.page.step == step
            GIVE[step](person)
            expected = ["wait"] * done + [step] * (3 - done) if done < 3 else [following] * 3
            assert steps(coop) == expected
    view = election_view(coop.service, coop.election)
    assert view.trustees_needed == 2
    assert all(one.has_key for one in view.trustees)
    assert len({person.page.public_key for person in people}) == 3
    assert view.missing == tuple(f"trustee-rehearsal:{n}" for n in (1, 2, 3))


def test_a_page_shows_what_the_others_gave_only_when_all_have(coop: Cooperative) -> None:
    people = bring(coop, "certificate")
    first, second, third = people
    for person in (first, second):
        person.give_certificate()
        assert (first.page.certificates, first.page.commitments) == ((), ())
    third.give_certificate()
    assert len(first.page.certificates) == len(first.page.commitments) == 3
    for person in (first, second):
        person.give_polynomial()
        assert first.page.gathered == ""
    third.give_polynomial()
    assert len({person.page.gathered for person in people}) == 3


def test_whoever_has_something_new_to_do_is_written_to(coop: Cooperative) -> None:
    people = bring(coop, "certificate")
    assert waiting(coop) == 0
    for round_, step in enumerate(ROUNDS[:3]):
        for person in people:
            # The one who ends a round sees on her page what comes next.
            assert waiting(coop) == 2 * round_
            GIVE[step](person)
    assert waiting(coop) == 6


def test_what_all_committed_to_is_logged_once_before_anything_is_shown(coop: Cooperative) -> None:
    people = bring(coop, "certificate")
    before = len(log_of(coop))
    for person in people:
        assert len(log_of(coop)) == before
        person.give_certificate()
    entry = parse_entry(log_of(coop)[-1])
    assert isinstance(entry, CommitmentsEntry)
    assert len(log_of(coop)) == before + 1
    with coop.service.store.read() as session:
        raw = get_object(session, entry.commitments)
    assert parse_commitments_list("commitments", raw) == CommitmentList(
        coop.election, 2, tuple(person.commitment() for person in people)
    )
    again = people[0].page.certificates[0].encode()
    give_certificate(coop.service, people[0].id, again, people[0].commitment())
    give_commitment(coop.service, people[1].id, people[1].commitment())
    assert len(log_of(coop)) == before + 1


def test_certificate_first_and_the_commitment_later_as_with_another_program(
    coop: Cooperative,
) -> None:
    coop.write_draft()
    people = coop.invite(3, 2)
    service = coop.service
    for person in people:
        with pytest.raises(WrongStepError) as refused:
            give_commitment(service, person.id, "ab" * 32)
        assert refused.value.expected == "certificate"
        give_certificate(service, person.id, person.certificate())
    assert steps(coop) == ["commitment"] * 3
    certificates = parse_certificates(2, [one.encode() for one in people[0].page.certificates])
    assert people[0].page.commitments == ()
    for person in people:
        give_commitment(service, person.id, person.commitment())
        give_commitment(service, person.id, person.commitment())
    assert steps(coop) == ["polynomial"] * 3
    # Another program draws a polynomial anew: it is not the one that was committed to.
    drawn = make_polynomial(people[0].seed, certificates, os.urandom)
    with pytest.raises(RevealedError):
        give_polynomial(service, people[0].id, drawn)
    people[0].give_polynomial()


@pytest.mark.parametrize("step", ["certificate", "polynomial", "verification-key"])
def test_the_same_again_is_fine_and_another_is_refused(coop: Cooperative, step: str) -> None:
    person, *others = bring(coop, step)
    make, give = MAKE[step], TAKE[step]
    # Signatures and seals are drawn anew: the second is right, and another.
    first, other = make(person), make(person)
    give(coop.service, person.id, first)
    before = state(coop)
    give(coop.service, person.id, first)
    with pytest.raises(TrusteeKeyGivenError) as refused:
        give(coop.service, person.id, other)
    assert refused.value.trustee == 1
    assert state(coop) == before
    if step == "certificate":
        give_commitment(coop.service, person.id, person.commitment())
        with pytest.raises(TrusteeKeyGivenError):
            give_commitment(coop.service, person.id, "ab" * 32)
    for each in others:
        GIVE[step](each)
    give(coop.service, person.id, first)


def test_replacing_a_trustee_begins_again_and_forgets_the_rehearsal(coop: Cooperative) -> None:
    coop.write_draft()
    coop.appoint_together()
    coop.invite(3, 2)
    view = election_view(coop.service, coop.election)
    assert view.missing == tuple(f"trustee-key:{n}" for n in (1, 2, 3))
    assert trustee_view(coop.service, coop.people[0].id).rehearsal is None


@pytest.mark.parametrize("step", ["certificate", "polynomial", "verification-key"])
def test_all_at_once_loses_nothing_and_ends_the_round_once(coop: Cooperative, step: str) -> None:
    people = bring(coop, step)
    start = threading.Barrier(3)
    failed: list[Exception] = []

    def act(person: TrusteePerson) -> None:
        try:
            start.wait()
            GIVE[step](person)
        except Exception as error:  # noqa: BLE001  it is looked at below
            failed.append(error)

    threads = [threading.Thread(target=act, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert steps(coop) == [ROUNDS[ROUNDS.index(step) + 1]] * 3
    entries = [parse_entry(raw) for raw in log_of(coop)]
    assert sum(isinstance(entry, CommitmentsEntry) for entry in entries) == 1
    for following in ROUNDS[ROUNDS.index(step) + 1 : 3]:
        for person in people:
            GIVE[following](person)
    for person in people:
        person.rehearse()
    coop.announce()


def test_the_set_up_says_how_many_are_needed_and_names_their_keys(coop: Cooperative) -> None:
    coop.write_draft()
    coop.appoint_together()
    coop.announce()
    entries = [parse_entry(raw) for raw in log_of(coop)]
    keys = [entry for entry in entries if isinstance(entry, TrusteeKeyEntry)]
    (setup,) = [entry for entry in entries if isinstance(entry, SetupEntry)]
    assert (setup.needed, [box.shuffled for box in setup.boxes]) == (2, [False] * 3)
    with coop.service.store.read() as session:
        box = session.exec(select(BoxRow)).first()
        assert box is not None
        trustees = parse_trustees(get_object(session, box.trustees_object))
        logged = [verify_key(get_object(session, entry.key)) for entry in keys]
    (seats,) = trustees.seats
    assert (seats.needed, seats.is_threshold, len(seats.numbers)) == (2, True, 3)
    assert [key.public_key for key in trustees.keys] == logged


def test_what_is_sealed_to_trustees_is_never_public_nor_kept_for_long(
    coop: Cooperative, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    coop.write_draft()
    coop.appoint_together()
    secrets = private_texts(coop)
    assert len(secrets) == 3 * (1 + 3 + 1)
    coop.announce()
    ACTS["open"](coop)
    with coop.service.store.read() as session:
        public = b"".join(row.content for row in session.exec(select(ObjectRow)).all())
        rows = session.exec(select(TrusteeRow)).all()
        assert [row.polynomial for row in rows] == [None] * 3
        # The share is sealed to herself: she needs it to open the tally.
        assert all(row.sealed_key for row in rows)
    public += b"".join(log_of(coop))
    for secret in secrets:
        for text in (secret, json.dumps(secret)[1:-1], json.loads(secret)["data"]):
            assert text.encode() not in public
            assert text not in caplog.text


def private_texts(coop: Cooperative) -> list[str]:
    """Everything that was sealed to a trustee."""
    texts: list[str] = []
    with coop.service.store.read() as session:
        for row in session.exec(select(TrusteeRow)).all():
            polynomial = json.loads(row.polynomial or "")
            texts += [polynomial["polynomial"], *polynomial["secrets"], row.sealed_key or ""]
    return texts
