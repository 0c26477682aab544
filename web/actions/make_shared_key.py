"""Make a key together, of which some of the trustees are enough: one act for each round.

Every trustee gives her certificate, and the digest of the polynomial that she will show; when
all have, each gives her polynomial; when all have, each gives her verification key. Nobody sees
what the others committed to before all have, and nobody shows a polynomial before all have
committed, so that the last one cannot bend the key. Giving the same bytes again is fine.

The secrets that trustees send each other are sealed to them; they stay in their rows until the
election is announced, and are never public.

Source: design 3, sections 4 and 13; docs/formats/trustees.md.
"""

from sqlmodel import Session

from ballots.encoding import format_json, parse_json, read_hex_digest
from ballots.errors import CertificateContextError
from ballots.group import format_point
from ballots.keys import key_object
from ballots.pedersen import (
    LARGEST_CERTIFICATE,
    Certificate,
    Context,
    read_certificate,
    verification_points,
    verify_own_key,
)
from ballots.rounds import parse_polynomial, parse_verification_key
from web.actions.steps import load_draft
from web.actions.trustee_keys import (
    certificates_of,
    find_place,
    give_key,
    keep_part,
    log_commitments,
    polynomials_of,
    refuse_seen_keys,
    remember_keys,
)
from web.errors import TrusteeKeyGivenError, WrongStepError
from web.service import Service
from web.store.load import digest_of
from web.store.rows import TrusteeRow
from web.trustee_steps import Place, have_all, have_committed


def give_certificate(
    service: Service, trustee_id: int, certificate: bytes, commitment: str | None = None
) -> None:
    """Take a trustee's certificate, and with it, where she can say it already, her commitment.

    Raises:
        UnknownTrusteeError, ElectionNotDraftError
        WrongStepError: each trustee of this election has a key of her own.
        TrusteeKeyGivenError: she gave another one.
        TrusteeKeySeenError: one of its keys was given before, by anyone in any election.
        CertificateContextError: it is for another seat or another number of trustees.
        BallotError: not a certificate, or not signed; the commitment is no digest.
    """
    digest = None if commitment is None else read_hex_digest(commitment)
    with service.store.read() as session:
        place = _find_place(session, trustee_id)
        parsed = _read_certificate(place, certificate)
    keys = [format_point(point) for point in (parsed.verification, parsed.encryption)]

    def write(session: Session) -> None:
        place = _find_place(session, trustee_id)
        trustee = place.trustee
        known = _is_known(trustee, trustee.certificate, certificate)
        if known and (digest is None or _is_known(trustee, trustee.commitment, digest.encode())):
            return
        load_draft(session, place.row.uuid)

        def change() -> None:
            if not known:
                refuse_seen_keys(session, *keys)
                remember_keys(session, *keys)
                trustee.certificate = certificate.decode()
            if digest is not None:
                _keep_commitment(trustee, digest)
            log_commitments(session, service, place)

        keep_part(session, service, place, change)

    service.store.write(write)
    service.keeper.publish()


def give_commitment(service: Service, trustee_id: int, commitment: str) -> None:
    """Take the digest of the polynomial that a trustee will show (`ballots.seeds.commit_to`).

    Raises:
        UnknownTrusteeError, ElectionNotDraftError
        WrongStepError: her certificate comes first.
        TrusteeKeyGivenError: she committed to another one.
        BallotError: it is no digest.
    """
    digest = read_hex_digest(commitment)

    def write(session: Session) -> None:
        place = _find_place(session, trustee_id)
        if _is_known(place.trustee, place.trustee.commitment, digest.encode()):
            return
        load_draft(session, place.row.uuid)
        if place.trustee.certificate is None:
            raise WrongStepError(place.step)

        def change() -> None:
            place.trustee.commitment = digest
            log_commitments(session, service, place)

        keep_part(session, service, place, change)

    service.store.write(write)
    service.keeper.publish()


def give_polynomial(service: Service, trustee_id: int, polynomial: bytes) -> None:
    """Take a trustee's polynomial: its public half, and a sealed secret for each trustee.

    Raises:
        UnknownTrusteeError, ElectionNotDraftError
        WrongStepError: not every trustee has given her certificate and her commitment.
        TrusteeKeyGivenError: she gave another one.
        RevealedError: she committed to another one.
        BallotError: not a polynomial, or not signed.
    """
    with service.store.read() as session:
        place = _find_place(session, trustee_id)
        if not _require_polynomial(session, place, polynomial):
            return
        certificates, trustee = certificates_of(place.row, place.trustees), place.trustee
    parse_polynomial(certificates, trustee.number, polynomial, trustee.commitment)

    def write(session: Session) -> None:
        # What the others gave cannot have changed: only the trustees can, all of them at once.
        place = _find_place(session, trustee_id)
        if not _require_polynomial(session, place, polynomial):
            return

        def change() -> None:
            place.trustee.polynomial = polynomial.decode()

        keep_part(session, service, place, change)

    service.store.write(write)


def give_verification_key(service: Service, trustee_id: int, key: bytes) -> None:
    """Take the public half of a trustee's share of the key, and the private one sealed to her.

    With the last one the key is made, and a practice tally for the rehearsal.

    Raises:
        UnknownTrusteeError, ElectionNotDraftError
        WrongStepError: not every trustee has given her polynomial.
        TrusteeKeyGivenError: she gave another one.
        VerificationKeyError: it does not follow from the polynomials.
        BallotError: not a key, not proved or not signed.
    """
    kept = parse_verification_key(key)

    def is_expected(session: Session, place: Place) -> bool:
        trustee = _require_threshold(place).trustee
        if trustee.key_object is not None:
            same = digest_of(format_json(key_object(kept.public))) == trustee.key_object
            if not same or trustee.sealed_key != kept.sealed:
                raise TrusteeKeyGivenError(trustee.number)
            return False
        load_draft(session, place.row.uuid)
        if not have_all(place.trustees, lambda one: one.polynomial):
            raise WrongStepError(place.step)
        return True

    with service.store.read() as session:
        place = _find_place(session, trustee_id)
        if not is_expected(session, place):
            return
        certificates, number = certificates_of(place.row, place.trustees), place.trustee.number
        polynomials = polynomials_of(place.trustees, certificates)
    commitments = [polynomial.commitments for polynomial in polynomials]
    expected = verification_points(commitments, len(certificates))[number - 1]
    verify_own_key(certificates, number, expected, kept.public)

    def keep_sealed(trustee: TrusteeRow) -> None:
        trustee.sealed_key = kept.sealed

    give_key(service, trustee_id, kept.public, is_expected, keep_sealed)


def _find_place(session: Session, trustee_id: int) -> Place:
    """A trustee's place where the key is made together.

    Raises:
        UnknownTrusteeError
        WrongStepError: each trustee has a key of her own.
    """
    return _require_threshold(find_place(session, trustee_id))


def _require_threshold(place: Place) -> Place:
    if not place.is_threshold:
        raise WrongStepError(place.step)
    return place


def _is_known(trustee: TrusteeRow, kept: str | None, given: bytes) -> bool:
    """Whether the very same was given before.

    Raises:
        TrusteeKeyGivenError: another was.
    """
    if kept is not None and kept.encode() != given:
        raise TrusteeKeyGivenError(trustee.number)
    return kept is not None


def _read_certificate(place: Place, raw: bytes) -> Certificate:
    """A certificate for this seat of this set-up."""
    certificate = read_certificate(parse_json(raw, 2 * LARGEST_CERTIFICATE))
    seat = Context(len(place.trustees), place.needed, place.trustee.number)
    if certificate.context != seat:
        raise CertificateContextError(seat, certificate.context)
    return certificate


def _keep_commitment(trustee: TrusteeRow, digest: str) -> None:
    if not _is_known(trustee, trustee.commitment, digest.encode()):
        trustee.commitment = digest


def _require_polynomial(session: Session, place: Place, polynomial: bytes) -> bool:
    """Whether a polynomial is to be kept; False where the very same is there.

    Raises:
        TrusteeKeyGivenError: another one is.
        ElectionNotDraftError
        WrongStepError: it is too early.
    """
    if _is_known(place.trustee, place.trustee.polynomial, polynomial):
        return False
    load_draft(session, place.row.uuid)
    if not have_committed(place.trustees):
        raise WrongStepError(place.step)
    return True
