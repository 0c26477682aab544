"""Making a key together: what is out of turn, another's, foreign or hostile changes nothing."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from ballots.encoding import format_json
from ballots.errors import (
    CertificateContextError,
    FormError,
    RevealedError,
    TrusteeSignatureError,
    VerificationKeyError,
)
from ballots.keys import (
    key_object,
    make_public_key,
    verify_public_key,
)
from ballots.messages import signature_of
from ballots.pedersen import Context
from ballots.proofs import format_proof
from ballots.seeds import make_certificate
from tests.web.actions.ceremony import ROUNDS, TAKE, Act, Shared, bring, state, steps
from tests.web.cooperative import Cooperative, found
from tests.web.trustees import TrusteePerson, make_key_together
from web.actions.appoint_trustees import give_trustee_key
from web.actions.make_shared_key import (
    give_certificate,
    give_commitment,
    give_polynomial,
    give_verification_key,
)
from web.errors import (
    ElectionNotDraftError,
    TrusteeKeySeenError,
    UnknownTrusteeError,
    WrongStepError,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """For each step one election that waits for it, where tests change nothing."""
    made: dict[str, tuple[Cooperative, TrusteePerson]] = {}
    for step in ROUNDS[:3]:
        coop = found(tmp_path_factory.mktemp(step) / "data")
        made[step] = (coop, bring(coop, step)[0])
    yield made
    for coop, _ in made.values():
        coop.service.close()


def foreign_key(person: TrusteePerson, private: int) -> bytes:
    """A verification key that does not follow from the polynomials, proved and signed by her."""
    key = verify_public_key(make_public_key(private, os.urandom))
    signature = signature_of(key.public_key, person.seed.signing, os.urandom)
    return format_json(
        {"private_key": "sealed", "public_key": key_object(replace(key, signature=signature))}
    )


def test_too_early_is_refused_with_what_comes_next(coop: Cooperative) -> None:
    first, second, third = bring(coop, "certificate")
    first.give_certificate()
    before = state(coop)
    with pytest.raises(WrongStepError) as refused:
        give_polynomial(coop.service, first.id, b"{}")
    assert refused.value.expected == "wait"
    with pytest.raises(WrongStepError) as refused:
        give_polynomial(coop.service, second.id, b"{}")
    assert refused.value.expected == "certificate"
    assert state(coop) == before

    second.give_certificate()
    third.give_certificate()
    first.give_polynomial()
    before = state(coop)
    with pytest.raises(WrongStepError) as refused:
        give_verification_key(coop.service, first.id, foreign_key(first, 7))
    assert refused.value.expected == "wait"
    assert state(coop) == before


def test_after_the_announcement_nothing_is_taken(coop: Cooperative) -> None:
    people = bring(coop, "certificate")
    make_key_together(people)
    for person in people:
        person.rehearse()
    certificate, commitment = people[0].page.certificates[0], people[0].page.commitments[0]
    coop.announce()
    before = state(coop)
    give_certificate(coop.service, people[0].id, certificate.encode(), commitment)
    with pytest.raises(ElectionNotDraftError):
        give_polynomial(coop.service, people[0].id, b"{}")
    assert people[0].page.rehearsal is None
    assert state(coop) == before


@pytest.mark.parametrize(
    "context",
    [Context(3, 2, 2), Context(3, 3, 1), Context(4, 2, 1), Context(2, 2, 1)],
    ids=["another-seat", "more-needed", "more-trustees", "fewer-trustees"],
)
def test_a_certificate_for_another_place_is_refused(coop: Cooperative, context: Context) -> None:
    person, *_ = bring(coop, "certificate")
    before = state(coop)
    with pytest.raises(CertificateContextError):
        give_certificate(
            coop.service, person.id, make_certificate(person.seed, context, os.urandom)
        )
    assert state(coop) == before


def test_somebody_elses_part_is_refused(coop: Cooperative) -> None:
    first, second, third = bring(coop, "certificate")
    first.give_certificate()
    # Her own keys, on a certificate for another's seat.
    stolen = make_certificate(first.seed, Context(3, 2, 2), os.urandom)
    before = state(coop)
    with pytest.raises(TrusteeKeySeenError):
        give_certificate(coop.service, second.id, stolen)
    assert state(coop) == before
    for person in (second, third):
        person.give_certificate()
    before = state(coop)
    with pytest.raises(TrusteeSignatureError):
        give_polynomial(coop.service, first.id, second.polynomial())
    assert state(coop) == before
    for person in (first, second, third):
        person.give_polynomial()
    before = state(coop)
    with pytest.raises(VerificationKeyError):
        give_verification_key(coop.service, first.id, second.verification_key())
    with pytest.raises(VerificationKeyError):
        give_verification_key(coop.service, first.id, foreign_key(first, 7))
    assert state(coop) == before


def test_a_right_key_that_she_did_not_sign_is_refused(coop: Cooperative) -> None:
    first, second, _ = bring(coop, "verification-key")
    value = json.loads(first.verification_key())
    public = str(value["public_key"]["public_key"])
    forged = signature_of(public, second.seed.signing, os.urandom)
    value["public_key"]["signature"] = format_proof(forged)
    with pytest.raises(TrusteeSignatureError):
        give_verification_key(coop.service, first.id, format_json(value))


def test_a_polynomial_that_was_not_committed_to_is_refused(coop: Cooperative) -> None:
    coop.write_draft()
    people = coop.invite(3, 2)
    for person in people[:2]:
        person.give_certificate()
    last = people[2]
    give_certificate(coop.service, last.id, last.certificate(), "ab" * 32)
    before = state(coop)
    with pytest.raises(RevealedError):
        last.give_polynomial()
    assert state(coop) == before


HOSTILE = [
    b"",
    b"{}",
    b"[]",
    b"null",
    b"\xff\xfe",
    b'{"message":"","signature":{"challenge":"0","response":"0"}}',
    b'{"private_key":"","public_key":{}}',
    b'{"polynomial":"","secrets":[],"coefexps":{},"signature":{}}',
    b"[" * 5000,
    b"9" * 100_000,
]


@pytest.mark.parametrize("step", ["certificate", "polynomial", "verification-key"])
@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_bytes_are_refused_by_name(shared: Shared, step: str, raw: bytes) -> None:
    coop, person = shared[step]
    before = state(coop)
    with pytest.raises(FormError):
        TAKE[step](coop.service, person.id, raw)
    assert state(coop) == before


@pytest.mark.parametrize("commitment", ["", "AB" * 32, "ab" * 31, "ab" * 33, "é" * 64, "ab" * 9999])
def test_a_commitment_is_a_digest(shared: Shared, commitment: str) -> None:
    coop, person = shared["certificate"]
    before = state(coop)
    with pytest.raises(FormError):
        give_certificate(coop.service, person.id, person.certificate(), commitment)
    with pytest.raises(FormError):
        give_commitment(coop.service, person.id, commitment)
    assert state(coop) == before


def test_a_replaced_trustee_gives_nothing_more(coop: Cooperative) -> None:
    former = bring(coop, "verification-key")
    key = former[0].verification_key()
    current = coop.invite(3, 2)
    assert steps(coop) == ["certificate"] * 3
    before = state(coop)
    refused_acts: list[Act] = [
        lambda: give_verification_key(coop.service, former[0].id, key),
        lambda: give_polynomial(coop.service, former[0].id, b"{}"),
        lambda: give_certificate(coop.service, former[0].id, b"{}"),
        lambda: give_commitment(coop.service, former[0].id, "ab" * 32),
    ]
    for give in refused_acts:
        with pytest.raises(UnknownTrusteeError):
            give()
    assert state(coop) == before
    # A seed that was used once is not used again, not even in the same seat.
    old = make_certificate(former[0].seed, Context(3, 2, 1), os.urandom)
    with pytest.raises(TrusteeKeySeenError):
        give_certificate(coop.service, current[0].id, old)
    make_key_together(current)
    for person in current:
        person.rehearse()
    coop.announce()


def test_a_key_of_her_own_and_one_made_together_are_not_taken_for_each_other(
    coop: Cooperative,
) -> None:
    coop.write_draft()
    person, *_ = coop.invite(3, 2)
    with pytest.raises(WrongStepError) as refused:
        give_trustee_key(coop.service, person.id, make_public_key(7, os.urandom))
    assert refused.value.expected == "certificate"
    single, *_ = coop.invite(3, 3)
    assert single.page.step == "key"
    refused_acts: list[Act] = [
        lambda: give_certificate(
            coop.service, single.id, make_certificate(single.seed, Context(3, 3, 1), os.urandom)
        ),
        lambda: give_commitment(coop.service, single.id, "ab" * 32),
        lambda: give_polynomial(coop.service, single.id, b"{}"),
        lambda: give_verification_key(coop.service, single.id, foreign_key(single, 7)),
    ]
    for give in refused_acts:
        with pytest.raises(WrongStepError) as refused:
            give()
        assert refused.value.expected == "key"
