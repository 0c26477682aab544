"""What anybody sees of choices among options: the trustees' progress, then every result."""

import html
import re
from fractions import Fraction

import pytest

from tests.voting.examples import make_choice
from tests.web.contests import GRADED, RANKED, SCORED, SEVERAL
from tests.web.pages.reader import sit
from web.actions.open_election import open_election
from web.actions.start_tally import start_tally

PAIRS = make_choice("ranked-pairs", id="pairs", options=3)
MEEK = make_choice("stv-meek", id="meek", seats=3, options=4)
CONTESTS = (RANKED, SEVERAL, SCORED, GRADED, PAIRS, MEEK)
BLANKS = [[0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0, 0]]
# Ranks, marks (blank first), points + 1, grades, ranks, ranks.
FIRST = [[1, 2, 0], [0, 1, 1, 0, 0], [5, 1, 3], [1, 3, 2], [1, 2, 3], [1, 2, 3, 0]]
SECOND = [[2, 1, 0], [0, 0, 1, 1, 0], [1, 5, 3], [3, 1, 2], [2, 1, 3], [1, 0, 2, 0]]


def read_words(page: str) -> str:
    """The words of a page in one line, each part apart from the next."""
    main = page.partition("<main")[2].partition("</main>")[0].partition(">")[2]
    words = html.unescape(re.sub(r"<[^>]*>", " ", main))
    return re.sub(r" ([.,:])", r"\1", " ".join(words.split()))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The public page at each step, in one line of words; "html" as it was at the end."""
    reader = sit(tmp_path_factory.mktemp("options"), *CONTESTS, together=True)
    coop, told = reader.coop, dict[str, str]()

    def look(name: str) -> str:
        page = reader.open(reader.public)
        told[name] = read_words(page.html)
        return page.html

    coop.announce()
    open_election(coop.service, coop.election, "It is time.")
    for place, ballot in enumerate((FIRST, FIRST, BLANKS)):
        coop.vote("supported", place, ballot)
    coop.vote("employee", 0, SECOND)
    coop.vote("community", 0, SECOND)
    look("open")
    coop.close()
    start_tally(coop.service, coop.election)
    coop.people[0].give_shuffle()
    look("mixing")
    coop.people[2].give_shuffle()
    coop.give(0)
    look("opening")
    coop.give(1)
    told["html"] = look("done")
    coop.service.close()
    return told


def section(story: dict[str, str], number: int) -> str:
    parts = re.split(r"The result of question \d", story["done"])
    return parts[number].partition("Turnout A college is")[0]


def test_nothing_is_told_before_the_trustees_have_opened_it(story: dict[str, str]) -> None:
    for step in ("open", "mixing", "opening"):
        assert "The result of" not in story[step]
        assert "These options win" not in story[step]
    assert "Trustees who have" not in story["open"]
    assert "Trustees who have" not in story["done"]


def test_how_far_the_trustees_are(story: dict[str, str]) -> None:
    assert "Trustees who have mixed the votes: 1 of 2." in story["mixing"]
    assert "Trustees who have given their share: 0 of 2." in story["mixing"]
    assert "Trustees who have mixed the votes: 2 of 2." in story["opening"]
    assert "Trustees who have given their share: 1 of 2." in story["opening"]
    assert "Example Trustee 1: has mixed the votes; share of the tally given" in story["opening"]
    assert "It takes 2 of them together to open anything." in story["open"]


def test_the_results_in_short_and_each_question_in_full(story: dict[str, str]) -> None:
    assert "The results in short" in story["done"]
    for number in range(1, len(CONTESTS) + 1):
        assert f'href="#result-{number}"' in story["html"]
        assert "not certified this result yet" in section(story, number)


def test_a_council_is_told_stage_by_stage(story: dict[str, str]) -> None:
    told = section(story, 1)
    # By hand: 51/100 for option 1 first, 49/100 for option 2: one of them above a half.
    assert "It had 51% of the votes at stage 1." in told
    assert "It had 49% of the votes at stage 1." not in told
    assert "51/100 ÷ 2 = 51/200" in told
    assert "Needed to win at the first stage: 1/2 (50%)." in told
    assert "No tie had to be decided." in told
    assert "People we support 2 1 0 51%" in told
    assert "The guarantee was kept: this college had 51% of the votes that count." in told
    assert "had put the same option first, that option was sure to win." in told


def test_marks_are_told_for_each_college(story: dict[str, str]) -> None:
    told = section(story, 2)
    assert "Option 2 2 1 1" in told
    assert "Option 2 It has 100% of the votes." in told
    assert "Option 1 It has 51% of the votes." in told


def test_points_and_grades_are_told(story: dict[str, str]) -> None:
    # 51/100 of 4 points, 49/100 of 4 points, 2 points each.
    assert "Option 1 2.04 (wins)" in section(story, 3)
    assert "A full bar is 4 points." in section(story, 3)
    told = section(story, 4)
    assert "Option 1 Its middle grade: Very good." in told
    assert "Option 1 51% 0% 49% Very good" in told


def test_pairs_are_told(story: dict[str, str]) -> None:
    told = section(story, 5)
    assert "Option 1 wins. It was compared with each other option." in told
    assert "Option 1 before Option 2: 51% of the votes. The other way round: 49%." in told


def test_what_goes_on_from_all_winners_at_once_is_told(story: dict[str, str]) -> None:
    told = section(story, 6)
    # By hand: all of option 1's votes but a quarter go on, 51/100 of them to option 2.
    assert "Stage 2: Each option that has won keeps what it needs." in told
    assert "Option 2 It had 38.25% of the votes at stage 2." in told
    assert "Needed to win at the first stage: 25%." in told
    assert "Lost by rounding" not in told


def test_nobody_waits_for_a_share_that_is_not_needed(story: dict[str, str]) -> None:
    assert (
        "Example Trustee 3: has mixed the votes; share of the tally not given" in story["opening"]
    )
    assert "Example Trustee 3: has mixed the votes; share of the tally not needed" in story["done"]


def test_the_charts_are_as_long_as_the_tables_say(story: dict[str, str]) -> None:
    widths = re.findall(r'<rect x="0" y="6" width="([0-9.]+)%" height="24" fill="c', story["html"])
    drawn = [Fraction(width) for width in widths]
    council = [51, 49, 0]
    several = [100, 51, 49, 0]
    points = [51, 50, 49]
    grades = [51, 100, 100]
    for figures in (council, several, points, grades):
        found = [drawn[at : at + len(figures)] for at in range(len(drawn))]
        assert [Fraction(each) for each in figures] in found
