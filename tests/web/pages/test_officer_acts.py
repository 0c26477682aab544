"""Acts that cannot be taken back: asked with a reason, done once, refused with the rule."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.voting.examples import make_choice
from tests.web.contests import RANKED
from tests.web.cooperative import CHARTER, CLOSES, COLLEGES, PASSPHRASE, START, import_csv, make_csv
from tests.web.pages.desk import Desk, packed, sit_down, upload
from tests.web.pages.test_officer_journey import YES
from voting.guarantee import Statement
from voting.option_contests import Method, OptionContest
from web.actions.open_election import open_election
from web.actions.start_tally import start_tally
from web.actions.write_contests import write_contest
from web.actions.write_election import set_rules
from web.pages.officer.guarantee_words import SaidGuarantees, say_guarantees
from web.views import ElectionView, election_view

ACTS = ("announce", "open", "close", "tally", "certify", "void")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = sit_down(tmp_path)
    desk.coop.write_draft()
    desk.coop.appoint()
    yield desk
    desk.coop.service.close()


def home(desk: Desk) -> str:
    return f"/officer/elections/{desk.coop.election}"


def view(desk: Desk) -> ElectionView:
    return election_view(desk.coop.service, desk.coop.election)


def open_vote(desk: Desk) -> None:
    desk.coop.announce()
    open_election(desk.coop.service, desk.coop.election, "It is time.")


def fill(act: str) -> dict[str, str]:
    return {**YES, "passphrase": PASSPHRASE} if act == "certify" else YES


def test_opening_a_page_changes_nothing(desk: Desk) -> None:
    before = view(desk)
    for act in ACTS:
        desk.client.get(f"/en{home(desk)}/{act}")
    assert view(desk) == before


@pytest.mark.parametrize("act", ["announce", "void"])
@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        pytest.param({}, ["reason", "confirm"], id="nothing"),
        pytest.param({"reason": " \n "}, ["reason", "confirm"], id="empty reason"),
        pytest.param({"reason": "As decided."}, ["confirm"], id="no tick"),
        pytest.param({"confirm": "yes"}, ["reason"], id="no reason"),
        pytest.param({"confirm": "yes", "reason": "x" * 2001}, ["reason"], id="long"),
        pytest.param({"confirm": "no", "reason": "As decided."}, ["confirm"], id="another tick"),
    ],
)
def test_an_act_asks_for_a_reason_and_a_tick(
    desk: Desk, act: str, fields: dict[str, str], wrong: list[str]
) -> None:
    page = desk.refuse(f"{home(desk)}/{act}", fields)
    for name in ("reason", "confirm"):
        assert (f'href="#{name}"' in page.html) == (name in wrong)
    assert page.value("reason").strip() == fields.get("reason", "").strip()
    assert view(desk).state == "draft"


@pytest.mark.parametrize("act", ACTS)
def test_without_its_token_no_act_is_done(desk: Desk, act: str) -> None:
    seen = desk.post(f"{home(desk)}/{act}", fill(act), token=False)
    assert seen.status == 400
    assert view(desk).state == "draft"


def test_each_act_done_twice_is_done_once_and_shows_the_state(desk: Desk) -> None:
    def twice(act: str, state: str) -> None:
        desk.send(f"{home(desk)}/{act}", fill(act))
        once = view(desk)
        assert once.state == state
        again = desk.send(f"{home(desk)}/{act}", fill(act))
        assert "govuk-notification-banner" in again.html
        assert view(desk).reasons == once.reasons
        assert view(desk).state == state

    twice("announce", "announced")
    twice("open", "open")
    twice("close", "closed")
    twice("tally", "closed")
    for place in (0, 1):
        desk.coop.give(place)
    twice("certify", "certified")
    assert "Nothing was changed by this" in desk.send(f"{home(desk)}/void", YES).words
    assert view(desk).state == "certified"


def test_every_act_in_every_wrong_state_shows_the_true_one(desk: Desk) -> None:
    desk.send(f"{home(desk)}/void", YES)
    for act in ACTS:
        page = desk.send(f"{home(desk)}/{act}", fill(act))
        assert "The election is now: Void." in page.words
    assert view(desk).state == "void"


def test_announcing_too_early_leads_to_what_is_missing(desk: Desk) -> None:
    uuid = desk.coop.write_draft()
    asked = desk.get(f"/officer/elections/{uuid}/announce")
    sent = desk.post(f"/officer/elections/{uuid}/announce", YES)
    assert sent.status == 409
    for page in (asked, sent.page):
        assert "cannot be announced yet" in page.words
        assert "The trustees are not named." in page.words
        assert f"/en/officer/elections/{uuid}/trustees" in page.links
    assert election_view(desk.coop.service, uuid).state == "draft"


def test_announcing_names_each_trustee_who_is_not_ready(desk: Desk) -> None:
    uuid = desk.coop.write_draft()
    people = desk.coop.invite(2, 2)
    people[0].give_single_key()
    words = desk.get(f"/officer/elections/{uuid}/announce").words
    assert "Example Trustee 2 has not made her key" in words
    assert "Example Trustee 1 has not made" not in words
    people[1].give_single_key()
    people[1].rehearse()
    words = desk.get(f"/officer/elections/{uuid}/announce").words
    assert "Example Trustee 1 has not rehearsed" in words
    assert "Example Trustee 2" not in words


def test_announcing_is_refused_with_rule_and_number_where_the_guarantee_fails(desk: Desk) -> None:
    import_csv(desk.coop.service, make_csv(["employee", "community"]))
    page = desk.get(f"{home(desk)}/guarantee")
    for words in (
        "does not hold",
        "The rule: the protected college must have members",
        "0 members",
    ):
        assert words in page.words
    assert "Does not hold" in desk.get(home(desk)).words
    shown = desk.get(f"{home(desk)}/announce")
    assert not shown.value("confirm")
    assert "The rule:" in shown.words
    seen = desk.post(f"{home(desk)}/announce", YES)
    assert seen.status == 409
    assert "The rule:" in seen.page.words
    assert view(desk).state == "draft"


def test_what_another_officer_changed_meanwhile_is_not_announced(desk: Desk) -> None:
    shown = desk.get(f"{home(desk)}/announce")
    seen = {**YES, "seen": shown.value("seen")}
    assert seen["seen"]
    write_contest(desk.coop.service, desk.coop.election, RANKED)
    page = desk.send(f"{home(desk)}/announce", seen)
    assert "has changed since you looked. Nothing was announced" in page.words
    assert view(desk).state == "draft"
    assert page.value("seen") != seen["seen"]
    desk.send(f"{home(desk)}/announce", {**YES, "seen": page.value("seen")})
    assert view(desk).state == "announced"


def test_a_special_motion_promises_no_control_to_51_in_100(desk: Desk) -> None:
    from tests.web.pages.test_officer_journey import MOTION

    desk.send(f"{home(desk)}/questions/1/motion", {**MOTION, "rule": "special"})
    words = desk.get(f"{home(desk)}/guarantee").words
    assert "cannot pass this motion alone" in words
    assert "say Against, the motion cannot be passed" in words
    assert "say For, the motion is passed" not in words


def test_the_guarantee_is_in_words_and_numbers(desk: Desk) -> None:
    page = desk.get(f"{home(desk)}/guarantee")
    assert "about 98.04% of its votes must be For" in page.words
    assert "If all 3 of its members choose, that is 3 of them" in page.words
    assert 'aria-hidden="true"' in page.html
    desk.language = "cy"
    assert "tua 98.04%" in desk.get(f"{home(desk)}/guarantee").words


def test_opening_early_is_said_and_opening_too_late_refused(desk: Desk) -> None:
    desk.coop.announce()
    desk.coop.clock.now = START - 60
    assert "You promised to open later" in desk.get(f"{home(desk)}/open").words
    desk.coop.clock.now = CLOSES
    page = desk.refuse(f"{home(desk)}/open", YES, 409)
    assert "closing time has passed" in page.words
    assert "Void this election" in desk.get("/officer").words
    assert view(desk).state == "announced"


def test_turnout_is_a_page_and_a_part_of_one(desk: Desk) -> None:
    open_vote(desk)
    desk.coop.vote("employee", 0, "for")
    page = desk.get(f"{home(desk)}/turnout")
    assert "50%" in page.words
    answer = desk.client.get(f"/en{home(desk)}/turnout", headers={"HX-Request": "true"})
    part = answer.get_data(as_text=True)
    assert "<html" not in part
    assert 'id="turnout"' in part
    assert "HX-Request" in answer.headers["Vary"]
    assert "50%" in part


def test_a_small_box_is_named_and_kept_closed(desk: Desk) -> None:
    set_rules(desk.coop.service, desk.coop.election, open_small_boxes=False)
    open_vote(desk)
    desk.coop.vote("community", 0, "for")
    desk.coop.close()
    page = desk.refuse(f"{home(desk)}/tally", {"confirm": "yes"}, 409)
    assert "Community" in page.words
    assert "Fewer than 5 people voted" in page.words
    assert not view(desk).tally_started


def test_a_wrong_passphrase_certifies_nothing_and_is_not_shown_again(desk: Desk) -> None:
    open_vote(desk)
    desk.coop.tally()
    wrong = {**YES, "passphrase": "not these words at all"}
    page = desk.refuse(f"{home(desk)}/certify", wrong, 409)
    assert "This is not your passphrase" in page.words
    assert "not these words" not in page.html
    assert page.value("reason") == YES["reason"]
    desk.refuse(f"{home(desk)}/certify", YES)
    assert view(desk).state == "tallied"


def test_the_result_is_shown_before_it_is_certified(desk: Desk) -> None:
    open_vote(desk)
    for place in range(3):
        desk.coop.vote("supported", place, "for")
    desk.coop.vote("employee", 0, "against")
    desk.coop.vote("community", 0, "blank")
    desk.coop.tally()
    words = desk.get(f"{home(desk)}/certify").words
    # 51 of 51 and 34; the blank ballot leaves the community's 15 out: 51/85 is 60 %.
    assert "60% of the counted votes are For" in words
    assert "Passed" in words
    assert "The share of “Community” lapsed" in words
    assert "The guarantee for “People we support” held" in words


def test_progress_of_the_trustees_is_named(desk: Desk) -> None:
    open_vote(desk)
    desk.coop.close()
    start_tally(desk.coop.service, desk.coop.election)
    assert "0 of 2 have given their share" in desk.get("/officer").words
    desk.coop.give(1)
    words = desk.get(home(desk)).words
    assert "1 of 2 have given their share" in words
    assert words.index("Share: not given") < words.index("2. Example Trustee 2")
    assert "Shares given: 1 of 2 that are needed." in words


@pytest.mark.parametrize("role", ["nobody", "member", "trustee"])
def test_the_officers_pages_are_for_officers(desk: Desk, role: str) -> None:
    open_vote(desk)
    if role == "nobody":
        desk.client = desk.app.test_client()
    elif role == "member":
        desk.sign_in(desk.coop.credential("employee", 0))
    else:
        from web.actions.appoint_trustees import appoint_trustees

        uuid = desk.coop.write_draft()
        people = [(f"Example Trustee {n}", f"t{n}@people.example") for n in (1, 2)]
        desk.sign_in(appoint_trustees(desk.coop.service, uuid, people)[0].link_secret)
    wanted = 401 if role == "nobody" else 403
    rules = [rule for rule in desk.app.url_map.iter_rules() if rule.endpoint.startswith("officer.")]
    assert len(rules) > 15
    before = view(desk)
    for rule in rules:
        address = rule.rule.replace("<language:language>", "en")
        address = address.replace("<uuid>", desk.coop.election).replace("<contest>", "1")
        assert desk.client.get(address).status_code in (wanted, 405), address
        if "POST" in (rule.methods or ()):
            assert desk.post(address, YES).status == wanted, address
    assert view(desk) == before


def test_a_roll_imported_meanwhile_is_the_one_that_is_announced(desk: Desk) -> None:
    """The page counted six members; whoever announces is told, and the log has the true number."""
    assert "6 members may vote" in desk.get(f"{home(desk)}/announce").words
    raw = make_csv([*COLLEGES, "community"])
    page = desk.post("/officer/roll", {"csv": upload(raw)}).page
    desk.send("/officer/roll/confirm", {"file": packed(raw), "digest": page.value("digest")})
    assert "7 members may vote" in desk.get(f"{home(desk)}/announce").words
    desk.send(f"{home(desk)}/announce", YES)
    assert sum(box.members for box in view(desk).boxes) == 7


FACTS = {
    "ID": "community",
    "N": "3",
    "Q": "3",
    "RATIO": "49/51",
    "RULE": "ordinary",
    "CONTEST": "1",
    "METHOD": "stv-meek",
    "SEATS": "3",
    "OPTIONS": "2",
    "M": "4",
    "K": "2",
    "LEAST": "3/5",
}
OF_OPTIONS = ("method-not-solid", "method-not-proven", "uncontested", "vacant")


def read_codes(heading: str) -> dict[str, str]:
    """The codes in a table of docs/rules/guarantee.md, with made-up facts."""
    rules = (Path(__file__).parents[3] / "docs" / "rules" / "guarantee.md").read_text("utf-8")
    table = rules.split(f"| {heading} | means |\n|---|---|\n")[1].split("\n\n")[0]
    codes = re.findall(r"^\| `([a-z-]+)((?::[A-Z]+)*)` \|", table, re.MULTILINE)
    assert len(codes) == table.strip().count("\n") + 1
    return {
        code: ":".join([code, *(FACTS[name] for name in names.split(":")[1:])])
        for code, names in codes
    }


def test_every_code_of_the_guarantee_has_its_own_sentence(desk: Desk) -> None:
    warnings, reasons = read_codes("warning"), read_codes("reason")
    write_contest(desk.coop.service, desk.coop.election, RANKED)
    motion, options = view(desk).guarantee

    def say(statement: Statement, **changes: object) -> SaidGuarantees:
        changed = replace(statement, **changes)  # type: ignore[arg-type]
        return say_guarantees(view(desk).contests, [changed], CHARTER, {})

    with desk.app.test_request_context("/en/officer"):
        desk.app.preprocess_request()
        said = {}
        for code, whole in warnings.items():
            found = say(options if code in OF_OPTIONS else motion, warnings=(whole,))
            said[code] = (*found.warnings, *found.questions[0].warnings)
        why = {
            code: say(options, holds=False, reasons=(whole,)).reasons
            for code, whole in {**reasons, "something-new": "something-new"}.items()
        }
    for sentences in (*said.values(), *why.values()):
        assert len(sentences) == 1
    assert len({*said.values(), *why.values()}) == len(warnings) + len(reasons) + 1


@pytest.mark.parametrize(
    ("method", "seats", "said"),
    [
        ("stv-exact", 2, "it is sure of 1. For more than half it needs more than "),
        ("stv-exact", 4, "it is sure of 2. For more than half it needs more than 60%"),
        ("stv-meek", 4, "it is sure of 0. For more than half it needs more than 60%"),
    ],
    ids=["two", "even", "not proven"],
)
def test_a_council_that_could_end_in_a_tie_is_not_announced(
    desk: Desk, method: Method, seats: int, said: str
) -> None:
    contest = make_choice(method, seats=seats, options=6)
    write_contest(desk.coop.service, desk.coop.election, contest)
    for page in ("guarantee", "announce"):
        words = " ".join(desk.get(f"{home(desk)}/{page}").words.split())
        assert said in words
        assert "and it has 51%" in words


@pytest.mark.parametrize(
    ("contest", "said"),
    [
        (make_choice("irv", seats=1), "put the same option first, it wins"),
        (make_choice("stv-exact", seats=3, options=5), "these get at least 2 of the 3 seats"),
        (make_choice("plurality", seats=1), "“One choice” guarantees nothing"),
        (make_choice("majority-judgment", seats=1), "“Grades” guarantees nothing"),
        (make_choice("stv-meek", seats=3), "count in this way: “Ranking for several seats”."),
    ],
    ids=["one winner", "odd", "marks", "grades", "not proven"],
)  # fmt: skip
def test_the_guarantee_among_options_is_said_and_nothing_more(
    desk: Desk, contest: OptionContest, said: str
) -> None:
    write_contest(desk.coop.service, desk.coop.election, contest)
    words = " ".join(desk.get(f"{home(desk)}/guarantee").words.split())
    assert contest.text("en").title in words
    assert said in words
    announced = " ".join(desk.get(f"{home(desk)}/announce").words.split())
    assert said in announced
    desk.language = "cy"
    desk.get(f"{home(desk)}/guarantee")
