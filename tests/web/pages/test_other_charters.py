"""Every way of weighing on real pages: what is said before the vote, and after the count."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest

from tests.voting.examples import make_choice
from tests.web.contests import MOTION, ONE
from tests.web.cooperative import CHARTER, COMMUNITY, EMPLOYEE, SUPPORTED, found
from tests.web.pages.desk import Desk
from voting.charter.caps import Cap
from voting.charter.charter import Charter
from voting.charter.colleges import College
from voting.charter.motion_rules import HeadCount, MotionRule
from voting.charter.thresholds import MORE_THAN_HALF, TWO_THIRDS
from voting.contests import Contest
from web.actions.open_election import open_election
from web.pages.app import build_pages

FOR, AGAINST, BLANK = (0, 1, 0), (0, 0, 1), (1, 0, 0)
THIRDS = tuple(College(c.id, c.names, Fraction(1, 3)) for c in CHARTER.colleges)
UNPROTECTED = replace(CHARTER, protected=None)
# 3 supported people, 2 employees, 1 of the community; ballots of each, in that order.
Ballots = Mapping[str, Sequence[Sequence[Sequence[int]]]]
DIVIDED: Ballots = {
    "supported": [[FOR], [FOR], [FOR]],
    "employee": [[AGAINST], [AGAINST]],
    "community": [[FOR]],
}


@dataclass(frozen=True, slots=True)
class Case:
    """An election under a charter, and what must be said in it.

    Attributes:
        before: on the page that says how a vote counts.
        after: on the public page.
        officer: on the officer's own.
        never: anywhere.
    """

    charter: Charter
    contests: tuple[Contest, ...]
    ballots: Ballots
    before: tuple[str, ...]
    after: tuple[str, ...]
    officer: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


STAY = "The shares stay the same"
CASES = {
    "agreement": Case(
        replace(CHARTER, ordinary=MotionRule(MORE_THAN_HALF, agree={EMPLOYEE: MORE_THAN_HALF})),
        (MOTION,),
        DIVIDED,
        ("This group must agree as well.", "Employees: more than half", STAY),
        (
            "For has 66% of the votes.",
            "That was enough. But more was needed:",
            "This group had to agree, and it did not agree: Employees.",
            "0 For, 2 Against. It needed: more than half. It did not agree.",
            "The motion is lost.",
        ),
        ("“Employees” had to agree, and it did not.",),
        ("is enough: the motion is passed", "the answer is yes. It does not matter"),
    ),
    "heads": Case(
        replace(
            CHARTER,
            ordinary=MotionRule(MORE_THAN_HALF, heads=HeadCount(TWO_THIRDS, Fraction(9, 10))),
        ),
        (MOTION,),
        {**DIVIDED, "community": [[BLANK]]},
        (
            "All members are counted as well, each with one vote",
            "And at least 90 of every 100 members must choose For or Against.",
        ),
        (
            "Each member with one vote: For 3, Against 2. It needed: at least 2 of every 3.",
            "At least 9/10 of all 6 members had to choose.",
            "That was not enough.",
            "The motion is lost.",
        ),
        ("Heads: 3 For, 2 Against, of 6 members. That is not enough.",),
    ),
    "one vote": Case(
        replace(UNPROTECTED, colleges=THIRDS, scheme="none", floors={}),
        (MOTION,),
        {**DIVIDED, "community": [[AGAINST]]},
        ("Every vote weighs the same, whichever group you are in.",),
        (
            "For and Against are exactly equal",
            "All that is counted weighs 6.",
            "For must be more than 1/2 \N{MULTIPLICATION SIGN} 6 = 3.",
        ),
        ("50% of the counted votes are For. The motion needs",),
        (STAY, "of every 100 votes", "300%", "weighed by the shares", "The shares of the votes"),
    ),
    "roll": Case(
        replace(
            UNPROTECTED,
            scheme="roll",
            floors={},
            caps=(Cap(EMPLOYEE, part=Fraction(1, 10)),),
        ),
        (MOTION,),
        {**DIVIDED, "supported": [[FOR]]},
        (
            "So a group in which few people vote counts for less.",
            "There is a limit for this group: Employees.",
            "All its votes together are at most 10 of every 100 votes that count.",
        ),
        (
            "A vote weighs the share of its college, divided by all members of the college.",
            "51/100 ÷ 3 = 17/100",
            "held down by the limit for this group",
        ),
        ("“Employees” is capped: some of its weight lapsed.",),
        (STAY,),
    ),
    "cap on one vote": Case(
        replace(CHARTER, caps=(Cap(COMMUNITY, ballots=Fraction(1, 2)),)),
        (MOTION,),
        DIVIDED,
        (STAY, "One vote in it weighs at most 1/2 times one vote in this group"),
        ("17/200 (held down by the limit for this group", "All that is counted weighs 187/200."),
    ),
    "bloc": Case(
        replace(CHARTER, scheme="bloc"),
        (MOTION, ONE),
        {
            "supported": [[FOR, (0, 0, 1, 0)], [FOR, (0, 0, 1, 0)], [AGAINST, (0, 1, 0, 0)]],
            "employee": [[FOR, (0, 1, 0, 0)], [AGAINST, (0, 1, 0, 0)]],
            "community": [[AGAINST, (0, 1, 0, 0)]],
        },
        (
            "The whole share of a group goes to the answer that most of the group chose.",
            "This group is big enough to decide alone: People we support.",
        ),
        (
            "2 For, 1 Against. The whole share (51/100) is For.",
            "1 For, 1 Against. The whole share (17/50) is Against.",
            "The whole share of a college goes to the option with the most of its votes.",
            "Option 2 wins.",
            "If one option gets more votes in this group than any other, it wins.",
        ),
    ),
    "reserved": Case(
        replace(CHARTER, council={SUPPORTED: 3, EMPLOYEE: 1, COMMUNITY: 1}),
        (
            make_choice("block", id="ours", seats=3, options=2, college=SUPPORTED),
            make_choice("plurality", id="theirs", options=2, college=EMPLOYEE),
            make_choice("plurality", id="friends", options=1, college=COMMUNITY),
        ),
        {
            "supported": [[(0, 1, 0)], [(0, 1, 1)]],
            "employee": [[(0, 0, 1)]],
            "community": [[(0, 1)]],
        },
        (
            "Only your group is asked.",
            "Only this group votes on this question: People we support.",
            "So all of them are elected.",
            "1 seat stays empty. Nobody else gets it.",
            "These seats belong to the group that votes on them, whoever wins.",
        ),
        (
            "Only this group votes on this question: Employees.",
            "1 seat stays empty. Nobody else gets it.",
            "Every vote weighs the same.",
            "Who shall be on the council? (Employees) Option 2",
            "Each question is put to one group. Every vote in it weighs the same.",
        ),
        (
            "These are reserved seats: only “Employees” was asked.",
            "1 seat stays empty. It passes to nobody.",
        ),
        ("had 0% of the votes", "sure of 3 of 3", "Think of all the votes", "of every 100 votes"),
    ),
    "reserved and all": Case(
        replace(CHARTER, council={SUPPORTED: 3, EMPLOYEE: 1, COMMUNITY: 1}),
        (MOTION, make_choice("stv-scottish", id="theirs", seats=1, options=2, college=EMPLOYEE)),
        {
            "supported": [[FOR], [FOR], [FOR]],
            "employee": [[AGAINST, (1, 0)], [AGAINST, (0, 1)]],
            "community": [[FOR]],
        },
        (STAY,),
        (
            "At stage 2 it was the only option left.",
            "Some options were equal in the count. Below, under “Ties”",
            "In a question that only one group is asked, every vote weighs the same.",
            "51 of every 100 votes belong to this group",
        ),
    ),
}


def read(desk: Desk, path: str) -> str:
    """The words of a page in one line, in English; the Welsh twin is fetched, too."""
    desk.language = "cy"
    desk.get(path)
    desk.language = "en"
    page = desk.get(path).html
    main = page.partition("<main")[2].partition("</main>")[0].partition(">")[2]
    words = html.unescape(re.sub(r"<[^>]*>", " ", main))
    assert "%(" not in words
    return re.sub(r" ([.,:])", r"\1", " ".join(words.split()))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_said_is_what_the_charter_does(tmp_path: Path, case: Case) -> None:
    coop = found(tmp_path / "data", charter=case.charter)
    app = build_pages(coop.service)
    desk = Desk(coop, app, app.test_client())
    coop.write_draft(*case.contests)
    coop.appoint()
    coop.announce()
    open_election(coop.service, coop.election, "It is time.")
    desk.sign_in(coop.credential("supported", 0))
    before = read(desk, f"/vote/{coop.election}/weight")
    read(desk, f"/vote/{coop.election}/about")
    for college, ballots in case.ballots.items():
        for place, ballot in enumerate(ballots):
            coop.vote(college, place, ballot)
    coop.tally()
    after = read(desk, f"/elections/{coop.election}")
    desk.sign_in(coop.set_up.officer_link_secret)
    officer = read(desk, f"/officer/elections/{coop.election}")
    guarantee = read(desk, f"/officer/elections/{coop.election}/guarantee")
    coop.service.close()
    for page, said in ((before, case.before), (after, case.after), (officer, case.officer)):
        for words in said:
            assert words in page, words
    for words in case.never:
        assert words not in f"{before} {after} {officer} {guarantee}", words


def test_the_officer_is_told_exactly_how_few_may_vote_for_a_majority(tmp_path: Path) -> None:
    coop = found(tmp_path / "data", charter=replace(UNPROTECTED, scheme="roll", floors={}))
    app = build_pages(coop.service)
    desk = Desk(coop, app, app.test_client())
    desk.sign_in(coop.set_up.officer_link_secret)
    assert "who vote is more than 49/51 times that of the others" in read(desk, "/officer/charter")
    coop.service.close()


def test_the_officer_is_told_that_whole_colleges_leave_the_others_no_say(tmp_path: Path) -> None:
    coop = found(tmp_path / "data", charter=replace(CHARTER, scheme="bloc"))
    app = build_pages(coop.service)
    desk = Desk(coop, app, app.test_client())
    desk.sign_in(coop.set_up.officer_link_secret)
    page = read(desk, "/officer/charter")
    assert "“People we support” decides alone" in page
    assert "its whole share goes where more than 50% of its votes go." in page
    assert "A council elected by all members" not in page
    coop.service.close()
