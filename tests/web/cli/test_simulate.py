"""`teg simulate`: a whole small election by itself, against a service, and interrupted."""

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.web.cli.program import TEG, Ran, running
from tests.web.cooperative import PASSPHRASE, Cooperative, found
from tests.web.serving import serving
from web.app import build_app
from web.assets import load_assets
from web.simulation.contests import KINDS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("built_assets"),
]
TOKEN = "a-token-that-only-the-operator-knows"


def test_thirty_members_from_the_roll_to_the_verified_result(tmp_path: Path) -> None:
    out = tmp_path / "record"
    ran = subprocess.run(
        [*TEG, "simulate", "--members", "30", "--out", str(out), "--json", "--seed", "3"],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert (told["members"], told["verified"]) == (30, True)
    assert told["ballots"] >= 30
    assert told["accepted_per_second"] > 0
    assert len(list((out / "boxes").glob("*.bel"))) == 3
    verified = subprocess.run(
        [*TEG, "verify", str(out), "--json"], capture_output=True, check=False, timeout=120
    )
    assert verified.returncode == 0


def test_every_form_is_sealed_shuffled_opened_and_counted_again(tmp_path: Path) -> None:
    out = tmp_path / "record"
    ran = Ran(
        *("simulate", "--members", "9", "--out", out, "--json", "--workers", "1"),
        *("--contests", ",".join(KINDS), "--trustees", "3", "--needed", "2"),
    )
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    one_each = [kind for kind in KINDS if kind != "council"]
    assert list(told["outcomes"]) == [*one_each, *(f"council-{n}" for n in (1, 2, 3))]
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["trustees"] == {"count": 3, "needed": 2}


def test_trustees_may_each_have_a_key_of_their_own() -> None:
    ran = Ran(
        *("simulate", "--members", "3", "--json", "--workers", "1"),
        *("--contests", "one", "--trustees", "2", "--needed", "2"),
    )
    assert ran.code == 0, ran.err


@pytest.mark.parametrize(
    "wrong",
    [
        ("--contests", ""),
        ("--contests", "motion,song"),
        ("--contests", "motion,motion"),
        ("--trustees", "1"),
        ("--trustees", "3", "--needed", "1"),
        ("--trustees", "3", "--needed", "4"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_simulated_is_wrong_use(wrong: tuple[str, ...]) -> None:
    assert Ran("simulate", "--members", "3", *wrong).code == 2


def simulate_at(coop: Cooperative, *more: str) -> Ran:
    with serving(build_app(coop.service, assets=load_assets())) as port:
        return Ran(
            *("simulate", "--members", "6", "--url", f"http://127.0.0.1:{port}"),
            *("--token", TOKEN, "--passphrase", PASSPHRASE, "--workers", "1", *more),
        )


@pytest.fixture
def coop(tmp_path: Path) -> Cooperative:
    made = found(tmp_path / "data", operator_token=TOKEN)
    made.clock.now = int(time.time())
    return made


def test_a_roll_that_is_there_is_not_thrown_away_unasked(coop: Cooperative) -> None:
    ran = simulate_at(coop)
    coop.service.close()
    assert ran.code == 2
    assert "--replace-roll" in ran.err


def test_a_charter_without_reserved_seats_has_no_council_to_elect(coop: Cooperative) -> None:
    ran = simulate_at(coop, "--replace-roll", "--contests", "motion,council")
    coop.service.close()
    assert ran.code == 2
    assert "reserves no seats" in ran.err


def test_a_service_that_runs_is_used_when_it_allows_it(coop: Cooperative) -> None:
    ran = simulate_at(coop, "--replace-roll", "--json")
    coop.service.close()
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["members"] == 6


def test_a_service_that_keeps_credentials_to_itself_refuses(tmp_path: Path) -> None:
    coop = found(tmp_path / "data", operator_token=TOKEN, return_credentials=False)
    coop.clock.now = int(time.time())
    ran = simulate_at(coop, "--replace-roll")
    coop.service.close()
    assert ran.code == 1
    assert "settings" in ran.err


def test_a_service_that_is_not_there_is_exit_code_three() -> None:
    ran = Ran(
        *("simulate", "--members", "6", "--url", "http://127.0.0.1:9"),
        *("--token", TOKEN, "--passphrase", PASSPHRASE),
    )
    assert ran.code == 3


def test_interrupted_it_leaves_no_process_and_no_folder(tmp_path: Path) -> None:
    environment = {"TMPDIR": str(tmp_path)}
    with running("simulate", "--members", "400", environment=environment) as teg:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob("teg-simulate-*/service/teg.sqlite")):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        time.sleep(2)
        code, rest = teg.stop(signal.SIGINT)
    assert code == 3, rest
    assert "Interrupted" in rest
    assert "Traceback" not in rest
    assert list(tmp_path.iterdir()) == []
