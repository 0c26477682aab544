"""Appoint the trustees of a draft, and take their public keys."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from web.service import Service


@dataclass(frozen=True, slots=True)
class Appointed:
    """One trustee; the link secret goes out by e-mail and is stored nowhere else."""

    id: int
    number: int
    link_secret: str = field(repr=False)


def appoint_trustees(
    service: Service, election: str, trustees: Sequence[tuple[str, str]]
) -> tuple[Appointed, ...]:
    """Replace a draft's trustees by these (name, e-mail) and send each a personal link.

    Raises:
        UnknownElectionError, ElectionNotDraftError
        TooFewTrusteesError: fewer than two.
        BadAddressError: a name or address cannot be one.
    """
    raise NotImplementedError


def give_trustee_key(service: Service, trustee_id: int, tpk: bytes) -> None:
    """Take a trustee's public key with its proof; giving the same again is fine.

    Raises:
        UnknownTrusteeError, ElectionNotDraftError
        BallotError: not a trustee's public key, or its proof is wrong.
        TrusteeKeySeenError: the key was given before, by anyone in any election.
        TrusteeKeyGivenError: she gave another key already.
    """
    raise NotImplementedError
