"""The demonstration: what stands in it, and that it starts again as it was."""

import re
import shutil
import stat
from fractions import Fraction
from pathlib import Path

import pytest

from audit.record import FolderRecord
from audit.verifier import verify_record
from voting.contests import Contest, OptionContest
from voting.texts import LANGUAGES, TEXT_FORMATS
from web.actions.close_election import close_election
from web.actions.start_tally import start_tally
from web.demo.content import TRUSTEES, demo_charter, demo_roll, shown_members
from web.demo.furnish import MESSAGES, Demo, furnish, read_demo
from web.demo.questions import demo_contests
from web.demo.trustees import do_step
from web.record import export_record
from web.service import open_service
from web.settings import Settings
from web.views import election_view


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Demo]:
    data = tmp_path_factory.mktemp("demo") / "demo-data"
    return data, furnish(data, "http://localhost:8080", 8080, lambda _step: None)


def test_forty_members_in_three_colleges_all_plainly_made_up() -> None:
    roll, charter = demo_roll(), demo_charter()
    assert len(roll.members) == 40
    groups = {college: len(members) for college, members in roll.by_college.items()}
    assert groups == {"supported": 14, "employees": 16, "community": 10}
    assert [college.share for college in charter.colleges] == [
        Fraction(51, 100),
        Fraction(34, 100),
        Fraction(15, 100),
    ]
    assert all(member.email.endswith(".example") for member in roll.members)
    assert all(re.search("Example|Enghreifftiol", member.name) for member in roll.members)
    assert {(member.language, member.text_format) for member in roll.members} == {
        (language, text_format) for language in LANGUAGES for text_format in TEXT_FORMATS
    }


def test_one_member_of_each_college_is_shown() -> None:
    shown = shown_members(demo_roll())
    assert [member.college for member in shown] == ["supported", "employees", "community"]
    assert {member.language for member in shown} == {"en", "cy"}


def test_a_motion_a_council_and_a_graded_choice() -> None:
    contests = demo_contests()
    kinds = [each.form if isinstance(each, OptionContest) else "motion" for each in contests]
    assert kinds == ["motion", "ranked", "graded"]
    _, council, _ = contests
    assert isinstance(council, OptionContest)
    assert (council.method, council.seats, len(council.options)) == ("stv-exact", 3, 6)
    for option in council.options:
        assert option.names["en"].startswith("Example Candidate ")
        assert option.names["cy"].startswith("Ymgeisydd Enghreifftiol ")


@pytest.mark.parametrize("contest", demo_contests(), ids=lambda contest: contest.id)
def test_every_question_is_there_in_its_four_texts_and_easy_read_is_easy(contest: Contest) -> None:
    assert contest.missing_easy_read == ()
    for language in LANGUAGES:
        body = contest.texts[language]["easy-read"].body
        longest = max(len(sentence.split()) for sentence in re.split(r"[.?!]\s+", body))
        assert longest <= 20
        # As long as its twin in the other language, so that nothing is left out of either.
        other = contest.texts["cy" if language == "en" else "en"]["easy-read"].paragraphs
        assert len(contest.texts[language]["easy-read"].paragraphs) == len(other)


def test_the_election_is_open_and_nobody_has_voted(made: tuple[Path, Demo]) -> None:
    data, demo = made
    service = open_service(Settings.load(data, environment={}, workers=0), background=False)
    view = election_view(service, demo.election)
    service.close()
    assert view.state == "open"
    assert [(box.members, box.ballots) for box in view.boxes] == [(14, 0), (16, 0), (10, 0)]
    assert (len(view.trustees), view.trustees_needed) == (len(TRUSTEES), 2)
    assert all(trustee.has_key and trustee.rehearsed for trustee in view.trustees)
    assert all(statement.holds for statement in view.guarantee)
    assert view.contests == demo_contests()


def test_any_two_key_files_shuffle_and_open(made: tuple[Path, Demo], tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(made[0], folder)
    demo = made[1]
    settings = Settings.load(folder, environment={}, workers=0)
    service = open_service(settings, background=False)
    close_election(service, demo.election, "The demonstration ends.")
    start_tally(service, demo.election)
    able = [(link.trustee_id, folder / link.key_file) for link in demo.trustees[1:]]
    steps = [[do_step(service, *each) for each in able] for _ in range(3)]
    view = election_view(service, demo.election)
    service.close()
    assert steps == [["shuffle"] * 2, ["open"] * 2, ["done"] * 2]
    assert view.state == "tallied"


def test_each_link_is_in_the_message_that_its_owner_was_sent(made: tuple[Path, Demo]) -> None:
    data, demo = made
    messages = [path.read_text("utf-8") for path in (data / MESSAGES).glob("*.eml")]
    assert len(messages) >= 40
    for link in (*demo.members, *demo.trustees):
        holding = [text for text in messages if link.secret in text.replace("=\n", "")]
        assert holding, link.who


def test_secrets_are_readable_by_their_owner_only(made: tuple[Path, Demo]) -> None:
    data, demo = made
    for path in (data / "demo.json", *(data / link.key_file for link in demo.trustees)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_no_repr_shows_a_secret(made: tuple[Path, Demo]) -> None:
    _, demo = made
    for link in (*demo.members, *demo.trustees, demo.officer):
        assert link.secret not in repr(demo)
    assert demo.passphrase not in repr(demo)


def test_started_again_it_is_the_same(made: tuple[Path, Demo]) -> None:
    data, demo = made
    assert read_demo(data) == demo


def test_an_interrupted_start_leaves_nothing_that_looks_finished(tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def interrupt(step: str) -> None:
        if "trustees" in step:
            raise StoppedError

    data = tmp_path / "demo"
    with pytest.raises(StoppedError):
        furnish(data, "http://localhost:8080", 8080, interrupt)
    assert read_demo(data) is None
    assert not data.exists()
    furnish(data, "http://localhost:8080", 8080, lambda _step: None)
    assert read_demo(data) is not None
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_its_record_verifies(made: tuple[Path, Demo], tmp_path: Path) -> None:
    data, demo = made
    service = open_service(Settings.load(data, environment={}, workers=0), background=False)
    export_record(service, tmp_path / "record")
    service.close()
    report = verify_record(FolderRecord(tmp_path / "record"))
    assert [election.election for election in report.elections] == [demo.election]
