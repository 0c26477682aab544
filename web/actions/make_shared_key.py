"""Make a key together, of which some of the trustees are enough: one act for each round.

Every trustee gives her certificate, and the digest of the polynomial that she will show; when
all have, each gives her polynomial; when all have, each gives her verification key. Nobody sees
what the others committed to before all have, and nobody shows a polynomial before all have
committed, so that the last one cannot bend the key. Giving the same bytes again is fine.

The secrets that trustees send each other are sealed to them; they stay in their rows until the
election is announced, and are never public.

Source: design 3, sections 4 and 13; docs/formats/trustees.md.
"""

from web.service import Service


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
    raise NotImplementedError(service, trustee_id, certificate, commitment)


def give_commitment(service: Service, trustee_id: int, commitment: str) -> None:
    """Take the digest of the polynomial that a trustee will show (`ballots.seeds.commit_to`).

    Raises:
        UnknownTrusteeError, ElectionNotDraftError
        WrongStepError: her certificate comes first.
        TrusteeKeyGivenError: she committed to another one.
        BallotError: it is no digest.
    """
    raise NotImplementedError(service, trustee_id, commitment)


def give_polynomial(service: Service, trustee_id: int, polynomial: bytes) -> None:
    """Take a trustee's polynomial: its public half, and a sealed secret for each trustee.

    Raises:
        UnknownTrusteeError, ElectionNotDraftError
        WrongStepError: not every trustee has given her certificate and her commitment.
        TrusteeKeyGivenError: she gave another one.
        RevealedError: she committed to another one.
        BallotError: not a polynomial, or not signed.
    """
    raise NotImplementedError(service, trustee_id, polynomial)


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
    raise NotImplementedError(service, trustee_id, key)
