"""Files of a result, read from the boxes as they were opened."""

import csv
import io
import json
from collections.abc import Iterator, Mapping

import pytest
from sqlmodel import Session

from tests.voting.examples import make_choice
from tests.web.contests import BLANKS, CHOICES, MOTION, choose
from tests.web.cooperative import Cooperative, found
from voting.counting.ballots_blt import Offer
from voting.counting.blt import Preferences, parse_blt
from voting.counting.csv_table import ANSWERS, TITLES
from voting.counting.election_file import from_blt
from voting.counting.file_count import count_file
from voting.counting.option_result import OptionResult
from web.result_files import find_contest, make_ballots, make_table, offer_ballots
from web.store.load import get_object, load_boxes, put_object
from web.views import election_view

RANKED = make_choice("irv", id="ranked", options=3)
CONTESTS = (MOTION, RANKED)
THIRD = {**CHOICES, "ranked": (0, 0, 1)}


@pytest.fixture(scope="module")
def coop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cooperative]:
    """Two votes and a blank one of the first college, one vote of the second, a blank one."""
    coop = found(tmp_path_factory.mktemp("files") / "data")
    coop.open(*CONTESTS)
    for place, ballot in enumerate((CHOICES, THIRD, BLANKS)):
        coop.vote("supported", place, choose(CONTESTS, ballot))
    coop.vote("employee", 0, choose(CONTESTS, CHOICES))
    coop.vote("community", 0, choose(CONTESTS, BLANKS))
    coop.tally()
    yield coop
    coop.service.close()


def read_ballots(coop: Cooperative) -> Mapping[Preferences, int]:
    view = election_view(coop.service, coop.election)
    contest, result = find_contest(view, RANKED.id) or (None, None)
    assert contest == RANKED
    assert isinstance(result, OptionResult)
    assert view.manifest is not None
    raw = make_ballots(coop.service, view.manifest, RANKED, result, "en")
    assert make_ballots(coop.service, view.manifest, RANKED, result, "en") is raw
    elected = count_file(from_blt(parse_blt(raw)), RANKED.method).count.elected
    assert [each.option for each in elected] == [each.option for each in result.elected]
    return parse_blt(raw).ballots


def pretend(coop: Cooperative, college: int, numbers: list[int], others: list[int]) -> None:
    """Have the kept result of a box say other numbers in the place of a ballot's."""

    def bend(session: Session) -> None:
        box = load_boxes(session, coop.election)[college]
        held = json.loads(get_object(session, box.result_object))
        ballots = held["result"][CONTESTS.index(RANKED)]
        ballots[ballots.index(numbers)] = others
        box.result_object = put_object(session, json.dumps(held).encode())
        session.add(box)

    coop.service.store.write(bend)


def test_counted_ballots_stand_there_as_often_as_they_weigh(coop: Cooperative) -> None:
    # 51/200 for each of two ballots and 34/100 for one are as 3 and 4; the third lapses.
    assert read_ballots(coop) == {(2, 1): 3 + 4, (3,): 3}


def test_motions_and_small_colleges_have_no_file_of_ballots(coop: Cooperative) -> None:
    view = election_view(coop.service, coop.election)
    offers: list[Offer] = []
    for each in CONTESTS:
        there = find_contest(view, each.id)
        assert there is not None
        offers.append(offer_ballots(*there))
    assert offers == ["none", "small-college"]
    assert find_contest(view, "other") is None


def test_a_table_has_the_names_of_the_readers_language(coop: Cooperative) -> None:
    view = election_view(coop.service, coop.election)
    words = {code: code for code in (*TITLES, *ANSWERS)}
    for each, names in ((MOTION, {"Prynu'r ardd"}), (RANKED, {"Dewis 1", "Dewis 3"})):
        there = find_contest(view, each.id)
        assert there is not None
        assert view.manifest is not None
        raw = make_table(view.manifest, *there, "cy", words)
        rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
        cells = {cell for row in rows for cell in row}
        assert {"Yr ardd", "Pobl a gefnogwn", *names} <= cells


def test_a_ballot_that_only_reads_like_one_is_told_apart_by_the_shares(coop: Cooperative) -> None:
    # To who reads the result alone, the blank ballot now looks like one that counts.
    pretend(coop, 0, [0, 0, 0], [1, 2, 3])
    coop.service.cache.clear()
    assert read_ballots(coop) == {(2, 1): 3 + 4, (3,): 3}
