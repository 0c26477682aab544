"""`teg charter adopt`, and `teg init` with a ready-made charter."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from audit.charter_cli import PresetName
from audit.charter_file import lay_out
from tests.web.cli.program import Ran
from tests.web.cooperative import CHARTER, PASSPHRASE, SUPPORTED, Cooperative
from voting.charter.charter import Charter
from voting.charter.presets import PRESETS
from web.service import open_service
from web.settings import Settings
from web.views import organisation

REASON = "The members decided so."
HIGHER = replace(CHARTER, floors={SUPPORTED: 2})
ALONE = replace(CHARTER, colleges=(replace(CHARTER.colleges[0], share=Fraction(1)),))


def adopt(coop: Cooperative, folder: Path, charter: Charter, *more: str, typed: str = "") -> Ran:
    path = folder / "charter.json"
    path.write_text(lay_out(charter), encoding="utf-8")
    given = ("charter", "adopt", path, "--reason", REASON, "--data", coop.folder)
    return Ran(*given, *more, typed=typed)


def test_it_shows_what_changes_asks_and_adopts(coop: Cooperative, tmp_path: Path) -> None:
    refused = adopt(coop, tmp_path, HIGHER, typed="n\n")
    assert refused.code == 1
    assert "changes: floors" in refused.out
    assert organisation(coop.service).charter == CHARTER
    assert adopt(coop, tmp_path, HIGHER, "--yes").code == 0
    assert organisation(coop.service).charter == HIGHER


def test_what_stands_in_the_way_is_told_without_asking(coop: Cooperative, tmp_path: Path) -> None:
    ran = adopt(coop, tmp_path, ALONE)
    assert ran.code == 1
    assert "in the way: 2 members of employee" in ran.out
    assert "in the way: 1 members of community" in ran.out
    assert '"members": [["employee", 2], ["community", 1]]' in ran.err
    assert organisation(coop.service).charter == CHARTER


def test_a_file_that_is_no_charter_is_refused_with_the_rule_and_the_number(
    coop: Cooperative, tmp_path: Path
) -> None:
    path = tmp_path / "charter.json"
    path.write_text(lay_out(CHARTER).replace("51/100", "1/2").replace("17/50", "7/20"))
    ran = Ran("charter", "adopt", path, "--reason", REASON, "--data", coop.folder)
    assert ran.code == 1
    assert "not more than half: supported, 1/2" in ran.err
    missing = tmp_path / "nowhere.json"
    assert Ran("charter", "adopt", missing, "--reason", REASON, "--data", coop.folder).code == 2


def init(folder: Path, *more: str | Path) -> Ran:
    who = ("--officer-name", "Example Officer", "--officer-email", "officer@people.example")
    place = ("--data", folder / "new", "--base-url", "http://localhost:8000")
    return Ran("init", *place, *who, *more, typed=f"{PASSPHRASE}\n{PASSPHRASE}\n")


def test_an_installation_begins_with_a_ready_made_charter(tmp_path: Path) -> None:
    preset: PresetName = "capped-investors"
    names = ("--name-en", "Example Bakery", "--name-cy", "Becws Enghreifftiol")
    ran = init(tmp_path, "--preset", preset, *names)
    assert ran.code == 0, ran.err
    service = open_service(Settings.load(tmp_path / "new", workers=0), background=False)
    try:
        made = PRESETS[preset].make({"en": "Example Bakery", "cy": "Becws Enghreifftiol"})
        assert organisation(service).charter == made
    finally:
        service.close()


@pytest.mark.parametrize(
    "given",
    [
        pytest.param((), id="neither file nor preset"),
        pytest.param(("--preset", "scic", "--charter", "charter.json"), id="both"),
        pytest.param(("--preset", "scic", "--name-en", "Example"), id="no name in Welsh"),
        pytest.param(("--preset", "nothing"), id="no such preset"),
    ],
)
def test_a_beginning_without_one_charter_is_wrong_use(
    tmp_path: Path, given: tuple[str, ...]
) -> None:
    assert init(tmp_path, *given).code == 2
    assert not (tmp_path / "new").exists()
