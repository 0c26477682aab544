"""`teg simulate`: a whole election of made-up members over HTTP, measured and verified.

Exit codes: 0 the result is what was cast and the record verifies, 1 it does not or the
service refused, 2 wrong use, 3 the service could not be reached or was interrupted.
"""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from audit.errors import AuditError
from audit.report import VerificationError
from ballots.errors import BallotError
from web.actions.appoint_trustees import usually_needed
from web.cli.common import REFUSED, UNREACHABLE, WRONG_USE, JsonOption, fail
from web.client import Client, RefusedError, UnreachableError
from web.simulation.contests import COUNCIL, KINDS, Kind, NoCouncilError
from web.simulation.office import NoCredentialsError
from web.simulation.own_service import Place, ServiceDiedError, own_service
from web.simulation.run import Measured, Order, ResultDiffersError, simulate_election
from web.trustee_program import TrusteeProgramError

_LEAST, _MOST = 3, 100_000
_SENTENCES: Mapping[type[Exception], tuple[str, int]] = {
    NoCouncilError: ("That service's charter reserves no seats on a council.", WRONG_USE),
    NoCredentialsError: (
        "That service's settings do not allow simulations: return_credentials is off.",
        REFUSED,
    ),
    ServiceDiedError: (
        "The service that was started for the simulation ended by itself.",
        REFUSED,
    ),
}


def simulate(
    *,
    members: Annotated[int, typer.Option(min=_LEAST, max=_MOST, help="How many vote.")] = 100,
    url: Annotated[
        str | None, typer.Option(help="A service that runs, instead of one of its own.")
    ] = None,
    token: Annotated[
        str, typer.Option(envvar="TEG_OPERATOR_TOKEN", help="That service's operator token.")
    ] = "",
    passphrase: Annotated[
        str, typer.Option(envvar="TEG_PASSPHRASE", help="That service's certifying passphrase.")
    ] = "",
    replace_roll: Annotated[
        bool, typer.Option("--replace-roll", help="Throw that service's roll away.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="New folder for the public record.")] = None,
    as_json: JsonOption = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that seal; all cores by default.")
    ] = None,
    connections: Annotated[int, typer.Option(min=1, max=256, help="Casts at a time.")] = 16,
    seed: Annotated[int, typer.Option(help="Of the random choices.")] = 1,
    contests: Annotated[
        str, typer.Option(help=f"What is asked, of {', '.join(KINDS)}; with commas between.")
    ] = "motion",
    trustees: Annotated[int, typer.Option(min=2, max=20, help="How many hold the key.")] = 3,
    needed: Annotated[
        int | None,
        typer.Option(min=2, max=20, help="How many of them open it; the others are lost."),
    ] = None,
) -> None:
    """Play a whole election of made-up members over HTTP, and verify it."""
    if out is not None and out.exists() and any(out.iterdir()):
        fail(f"{out} is not empty.", WRONG_USE)
    needed = usually_needed(trustees) if needed is None else needed
    if needed > trustees:
        fail("No more trustees can be needed than there are.", WRONG_USE)
    kinds = _read_kinds(contests)
    processes = workers or os.cpu_count() or 1
    order = Order(members, seed, processes, connections, kinds, trustees, needed)
    console = Console(stderr=True, highlight=False)
    with _plain_endings(), tempfile.TemporaryDirectory(prefix="teg-simulate-") as scratch:
        folder = out or Path(scratch) / "record"
        at = Path(scratch)
        with _place(url, token, passphrase, at, order, replace_roll=replace_roll) as place:
            measured = simulate_election(order, place, folder, console)
    if as_json:
        typer.echo(json.dumps(summarise(measured), indent=1))
    else:
        _print(measured, out)


def _read_kinds(text: str) -> tuple[Kind, ...]:
    names = [name.strip() for name in text.split(",")]
    kinds = tuple(kind for name in names for kind in KINDS if kind == name)
    if len(kinds) != len(names) or len(set(kinds)) != len(kinds):
        fail(f"The contests are each one of {', '.join(KINDS)}.", WRONG_USE)
    return kinds


@contextmanager
def _place(
    url: str | None,
    token: str,
    passphrase: str,
    scratch: Path,
    order: Order,
    *,
    replace_roll: bool,
) -> Iterator[Place]:
    if url is None:
        with own_service(scratch / "service", council=COUNCIL in order.contests) as place:
            yield place
        return
    if not token or not passphrase:
        fail("With --url the operator's token and the passphrase are needed.", WRONG_USE)
    place = Place(url.rstrip("/"), token, passphrase)
    with Client(place.base_url, token) as client:
        roll = client.get("/api/operator/roll")
    if not replace_roll and (roll["associates"] or any(number for _, number in roll["members"])):
        fail("That service has a roll. --replace-roll throws it away.", WRONG_USE)
    yield place


@contextmanager
def _plain_endings() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        fail("Interrupted: nothing is left of this simulation.", UNREACHABLE)
    except (NoCouncilError, NoCredentialsError, ServiceDiedError) as error:
        fail(*_SENTENCES[type(error)])
    except RefusedError as error:
        fail(f"The service refused: {error}", REFUSED)
    except UnreachableError as error:
        fail(f"The service cannot be reached: {error}", UNREACHABLE)
    except (TrusteeProgramError, BallotError) as error:
        fail(f"What a trustee is shown does not hold together: {error}", REFUSED)
    except ResultDiffersError as error:
        fail(f"The result is not what was cast: {error}", REFUSED)
    except VerificationError as error:
        fail(f"The record does not verify: {error}", REFUSED)
    except AuditError as error:
        fail(f"The record cannot be read: {error}", REFUSED)


def summarise(measured: Measured) -> dict[str, object]:
    """The measurements for programs; times in seconds and milliseconds."""
    seconds = measured.seconds
    return {
        "election": measured.election,
        "outcomes": dict(measured.outcomes),
        "members": measured.members,
        "ballots": measured.ballots,
        "sealed_per_second": round(measured.ballots / seconds["seal"], 1),
        "accepted_per_second": round(measured.ballots / seconds["cast"], 1),
        "cast_p50_ms": percentile(measured.latencies, 50) / 1000,
        "cast_p95_ms": percentile(measured.latencies, 95) / 1000,
        "seconds": {name: round(value, 2) for name, value in seconds.items()},
        "verified": True,
    }


def percentile(ordered: tuple[int, ...], part: int) -> int:
    """The least value that `part` of a hundred values do not exceed."""
    return ordered[max(0, -(-len(ordered) * part // 100) - 1)]


def _print(measured: Measured, out: Path | None) -> None:
    told = summarise(measured)
    seconds = measured.seconds
    say = typer.echo
    outcomes = ", ".join(f"{name} {outcome}" for name, outcome in measured.outcomes.items())
    say(f"election      {measured.election}: {outcomes}; it is what was cast")
    say(f"members       {measured.members}, {measured.ballots} ballots with the second ones")
    say(f"sealed        {told['sealed_per_second']} a second")
    say(f"accepted      {told['accepted_per_second']} a second")
    say(f"each cast     p50 {told['cast_p50_ms']} ms, p95 {told['cast_p95_ms']} ms")
    say(f"verified      in {seconds['verify']:.1f} s")
    say("seconds       " + ", ".join(f"{name} {value:.1f}" for name, value in seconds.items()))
    if out is not None:
        say(f"record        {out}   (teg verify {out})")
