"""Every bent ballot is refused at the door of the real service, and nothing changes.

The corpus is `tests/corpus`, aimed at a box with a motion, a choice of several and a ranking.
"""

import pytest

from ballots.credentials import format_credentials
from ballots.election import Election
from ballots.errors import BallotError
from tests.corpus.ballots import aim_at, ballot_mutants
from tests.web.actions.test_cast_ballot import look
from tests.web.contests import BLANKS, CHOICES, MOTION, RANKED, SEVERAL, choose
from tests.web.cooperative import Cooperative
from web.actions.cast_ballot import cast_ballot
from web.boxes import find_box
from web.errors import BallotTooLargeError, UnknownCredentialError


@pytest.mark.slow
def test_every_bent_ballot_is_refused_and_nothing_changes(coop: Cooperative) -> None:
    contests = (MOTION, SEVERAL, RANKED)
    coop.open(*contests)
    box = find_box(coop.service, coop.box("supported"))
    other = find_box(coop.service, coop.box("employee")).parsed
    here = box.parsed
    elsewhere = Election(other.uuid, here.name, here.description, here.public_key, here.questions)
    secrets = [coop.credential("supported", place) for place in (0, 1)]
    target = aim_at(
        here,
        elsewhere,
        format_credentials(sorted(box.credentials)),
        secrets,
        (choose(contests, CHOICES), choose(contests, BLANKS)),
    )
    before = look(coop)
    taken = []
    mutants = list(ballot_mutants(target))
    for mutant in mutants:
        try:
            cast_ballot(coop.service, box.uuid, mutant.raw)
        except (BallotError, BallotTooLargeError, UnknownCredentialError):
            continue
        taken.append(mutant.name)
    assert taken == []
    assert look(coop) == before
    assert len(mutants) > 2500
    # The door was open all the while.
    cast_ballot(coop.service, box.uuid, target.honest)
