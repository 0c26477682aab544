from pathlib import Path

import pytest

from tests.web.cli.program import Ran
from tests.web.cooperative import CHARTER, COLLEGES, Cooperative, make_csv
from voting.charter.charter_format import format_charter
from web.views import organisation

FAULTY = b"""number,name,email,college,language,format
1,Example Member 1,member1@people.example,supported,en,standard
2,,member2@people.example,nowhere,en,standard
3,Example Member 3,member1@people.example,employee,fr,standard
"""


def write(tmp_path: Path, csv: bytes) -> Path:
    path = tmp_path / "roll.csv"
    path.write_bytes(csv)
    return path


def counts(coop: Cooperative) -> dict[str, int]:
    return dict(organisation(coop.service).roll_counts)


def test_a_good_roll_is_counted_and_nothing_is_imported(coop: Cooperative, tmp_path: Path) -> None:
    ran = Ran("roll", "check", write(tmp_path, make_csv(["supported"])), "--data", coop.folder)
    assert ran.code == 0
    assert "1 members" in ran.out
    assert "supported: 1" in ran.out
    assert counts(coop) == {"supported": 3, "employee": 2, "community": 1}


def test_a_roll_can_be_checked_by_a_charter_alone(tmp_path: Path) -> None:
    charter = tmp_path / "charter.json"
    charter.write_bytes(format_charter(CHARTER))
    ran = Ran("roll", "check", write(tmp_path, make_csv(["supported"])), "--charter", charter)
    assert ran.code == 0


@pytest.mark.parametrize("act", ["check", "import"])
def test_every_fault_is_listed_with_its_line_and_nothing_is_imported(
    coop: Cooperative, tmp_path: Path, act: str
) -> None:
    ran = Ran("roll", act, write(tmp_path, FAULTY), "--data", coop.folder)
    assert ran.code == 1
    for words in ("line 3, name", "line 3, college", "line 4, email", "line 4, language"):
        assert words in ran.err
    assert "nothing was imported" in ran.err
    assert counts(coop) == {"supported": 3, "employee": 2, "community": 1}


def test_an_import_shows_the_difference_and_asks(coop: Cooperative, tmp_path: Path) -> None:
    path = write(tmp_path, make_csv([*COLLEGES[:-1], "employee", "community"]))
    refused = Ran("roll", "import", path, "--data", coop.folder, typed="n\n")
    assert refused.code == 1
    assert "1 added, 0 removed, 1 changed" in refused.out
    assert "<,6,Example Member 6,member6@people.example,community" in refused.out
    assert ">,6,Example Member 6,member6@people.example,employee" in refused.out
    assert counts(coop)["employee"] == 2

    done = Ran("roll", "import", path, "--data", coop.folder, typed="y\n")
    assert done.code == 0
    assert counts(coop) == {"supported": 3, "employee": 3, "community": 1}


@pytest.mark.parametrize("act", ["check", "import"])
def test_a_file_that_is_not_there_is_wrong_use(coop: Cooperative, act: str) -> None:
    ran = Ran("roll", act, coop.folder / "nothing.csv", "--data", coop.folder)
    assert ran.code == 2
    assert "cannot be read" in ran.err


def test_a_folder_without_an_organisation_says_what_to_run(tmp_path: Path) -> None:
    path = write(tmp_path, make_csv(["supported"]))
    ran = Ran("roll", "import", path, "--data", tmp_path / "nowhere")
    assert ran.code == 2
    assert "teg init" in ran.err
    assert not (tmp_path / "nowhere").exists()
