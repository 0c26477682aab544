"""Take a trustee's shuffle of the sealed ballots; after the last one needed, opening begins."""

from collections.abc import Mapping
from dataclasses import dataclass

from web.service import Service


@dataclass(frozen=True, slots=True)
class ShuffleTaken:
    """How many trustees have shuffled, and how many are needed."""

    given: int
    needed: int


def give_shuffle(service: Service, trustee_id: int, shuffles: Mapping[str, bytes]) -> ShuffleTaken:
    """Take one trustee's shuffle of every box, made from what her page showed her.

    Any trustee may be next. Giving the same shuffle again is fine.

    Args:
        service: the service.
        trustee_id: who gives it.
        shuffles: box uuid to raw shuffle.

    Raises:
        UnknownTrusteeError
        TallyNotStartedError: nothing to shuffle.
        WrongStepError: nothing is shuffled in this election, or enough have shuffled.
        WrongBoxesError: not exactly one shuffle per box.
        ShuffleGivenError: she gave another one already.
        StaleShuffleError: another trustee shuffled meanwhile; she may shuffle again.
        BallotError: a shuffle's form or proof is wrong.
    """
    raise NotImplementedError(service, trustee_id, shuffles)
