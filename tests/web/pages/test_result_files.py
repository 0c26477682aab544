"""Downloads of a result: their names, and what is said where there is none."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.voting.examples import make_choice
from tests.web.contests import CHOICES, MOTION, choose
from tests.web.cooperative import found
from tests.web.pages.reader import Reader, sit
from voting.counting.blt import parse_blt
from voting.counting.csv_table import ANSWERS, TITLES
from voting.counting.election_file import from_blt
from voting.counting.file_count import count_file
from web.actions.open_election import open_election
from web.pages.app import build_pages
from web.pages.public.csv_words import csv_words

VOTERS = 50
RANKED = make_choice("irv", id="ranked", options=3)
CONTESTS = (MOTION, RANKED)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The pages of an election in which fifty of one college voted, and nobody else."""
    colleges = ["supported"] * VOTERS + ["employee", "community"]
    coop = found(tmp_path_factory.mktemp("large") / "data", colleges=colleges)
    coop.write_draft(*CONTESTS)
    coop.appoint()
    coop.announce()
    open_election(coop.service, coop.election, "It is time.")
    for place in range(VOTERS):
        coop.vote("supported", place, choose(CONTESTS, CHOICES))
    coop.tally()
    app = build_pages(coop.service)
    yield Reader(coop, app, app.test_client())
    coop.service.close()


def address(reader: Reader, file: str, contest: str = RANKED.id, language: str = "en") -> str:
    return f"/{language}{reader.public}/contest/{contest}/{file}"


def test_each_question_has_its_files_and_every_link_leads_to_one(told: Reader) -> None:
    page = told.open(told.public)
    files = [link for link in page.links if link.startswith(f"/en{told.public}/contest/")]
    assert files == [
        address(told, "result.csv", MOTION.id),
        address(told, "result.csv"),
        address(told, "ballots.blt"),
    ]
    for link in files:
        assert told.client.get(link).status_code == 200
    assert "there is no file" not in page.words


@pytest.mark.parametrize(
    ("file", "content_type", "ending"),
    [("result.csv", "text/csv", "csv"), ("ballots.blt", "text/plain", "blt")],
)
def test_a_file_comes_with_its_name_and_may_be_kept(
    told: Reader, file: str, content_type: str, ending: str
) -> None:
    answer = told.client.get(address(told, file))
    assert answer.headers["Content-Type"] == f"{content_type}; charset=utf-8"
    name = f"{told.coop.election}-ranked-en.{ending}"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    # What anybody may keep must not hand a visitor's id to whoever asks next.
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_the_table_speaks_the_readers_language(told: Reader) -> None:
    for language, title, option in (("en", "Result", "Option 1"), ("cy", "Canlyniad", "Dewis 1")):
        raw = told.client.get(address(told, "result.csv", language=language)).data
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
        assert rows[0][0] == title
        assert any(option in row for row in rows)


def test_the_ballots_elect_whom_the_page_names(told: Reader) -> None:
    blt = parse_blt(told.client.get(address(told, "ballots.blt", language="cy")).data)
    assert blt.ballots == {(2, 1): VOTERS}
    assert blt.candidates[0] == "Dewis 1"
    elected = count_file(from_blt(blt), RANKED.method).count.elected
    assert [each.option for each in elected] == [2]


def test_every_word_of_the_table_is_there(told: Reader) -> None:
    with told.app.test_request_context("/cy/"):
        words = csv_words()
    assert set(words) == {*TITLES, *ANSWERS}


@pytest.mark.parametrize(
    ("file", "contest"),
    [
        pytest.param("ballots.blt", MOTION.id, id="a motion has no rankings"),
        pytest.param("ballots.blt", "other", id="no such question: ballots"),
        pytest.param("result.csv", "other", id="no such question: table"),
    ],
)
def test_what_is_not_there_is_said_in_words(told: Reader, file: str, contest: str) -> None:
    page = told.open(f"{told.public}/contest/{contest}/{file}", 404)
    assert page.headings == ["There is no such file"]
    assert f"/en{told.public}" in page.links


def test_an_election_that_nobody_announced_has_no_files(told: Reader) -> None:
    for file in ("result.csv", "ballots.blt"):
        page = told.open(f"/elections/nosuchelection/contest/1/{file}", 404)
        assert page.headings == ["We cannot find this vote"]


def test_before_the_result_there_is_no_file(reader: Reader) -> None:
    reader.coop.announce()
    for file in ("result.csv", "ballots.blt"):
        page = reader.open(f"{reader.public}/contest/1/{file}", 404)
        assert "Or there is no result yet." in page.words


def test_a_small_college_keeps_its_votes_out_of_files(tmp_path: Path) -> None:
    reader = sit(tmp_path, RANKED)
    coop = reader.coop
    coop.announce()
    open_election(coop.service, coop.election, "It is time.")
    coop.vote("supported", 0, choose((RANKED,), CHOICES))
    coop.tally()
    page = reader.open(reader.public)
    assert address(reader, "ballots.blt") not in page.links
    assert address(reader, "result.csv") in page.links
    assert "Votes: there is no file for other counting programs." in page.words
    refused = reader.open(f"{reader.public}/contest/{RANKED.id}/ballots.blt", 404)
    for words in (page.words, refused.words):
        assert "Fewer than 50 people voted in one of the colleges." in words
    coop.service.close()
