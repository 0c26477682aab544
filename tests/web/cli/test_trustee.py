"""`teg trustee give`: what a trustee made is recognised by its form and handed in over HTTP."""

import os
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from audit.trustee_cli import trustee_app
from ballots.keys import make_private_key, make_public_key
from ballots.pedersen import Context
from ballots.seeds import make_seed
from tests.ballots.foreign_trustee import ForeignTrustee
from tests.conftest import Tool
from tests.web.cli.desk import Desk, DeskMaker
from tests.web.contests import MOTION, RANKED
from web.record import export_record
from web.views import election_view


@pytest.fixture
def desk(make_desk: DeskMaker) -> Desk:
    """Two trustees, each with a key of her own."""
    return make_desk(count=2, needed=2)


def run_core(*arguments: str | Path) -> None:
    """The part of the program that needs no service."""
    app = typer.Typer()
    app.add_typer(trustee_app, name="trustee")
    result = CliRunner().invoke(app, ["trustee", *(str(each) for each in arguments)])
    assert result.exit_code == 0, result.output


def export(desk: Desk, name: str) -> Path:
    """The public record, as it is now, in a folder."""
    folder = desk.folder / name
    desk.coop.service.keeper.publish()
    export_record(desk.coop.service, folder)
    return folder


def test_keys_and_shares_are_handed_in(desk: Desk) -> None:
    for seat in desk.seats:
        run_core("key", "--out", seat.key)
        ran = seat.give(seat.key.with_suffix(".pubkey"))
        assert (ran.code, ran.out) == (0, "The key was taken.\n")
    for seat in desk.seats:
        assert seat.make_key().code == 0  # the rehearsal
    desk.tally([[0, 1, 0]])
    record = export(desk, "record")
    for number, seat in enumerate(desk.seats, 1):
        out = seat.key.with_suffix(".share")
        options = ("--election", desk.coop.election, "--key", seat.key, "--out", out)
        run_core("decrypt", record, *options)
        ran = seat.give(out)
        assert (ran.code, ran.out) == (0, f"The share was taken: {number} of 2 are there.\n")
    assert election_view(desk.coop.service, desk.coop.election).state == "tallied"


def test_what_the_small_core_shuffles_and_decrypts_is_taken(make_desk: DeskMaker) -> None:
    desk = make_desk(MOTION, RANKED)
    desk.make_keys()
    desk.tally([[0, 1, 0], [2, 1, 0]], [[1, 0, 0], [0, 0, 0]])
    election = ("--election", desk.coop.election)
    for number, seat in enumerate((desk.seats[2], desk.seats[0]), 1):
        out = seat.key.with_suffix(".shuffle")
        run_core("shuffle", export(desk, f"record-{number}"), *election, "--out", out)
        ran = seat.give(out)
        assert (ran.code, ran.out) == (0, f"The shuffle was taken: {number} of 2 are there.\n")
    record = export(desk, "record")
    for number, seat in enumerate(desk.seats[1:], 1):
        out, sealed = seat.key.with_suffix(".share"), seat.key.with_suffix(".dkey")
        keys = ("--key", seat.key, "--decryption-key", sealed)
        run_core("decrypt", record, *election, *keys, "--out", out)
        ran = seat.give(out)
        assert (ran.code, ran.out) == (0, f"The share was taken: {number} of 2 are there.\n")
    assert election_view(desk.coop.service, desk.coop.election).state == "tallied"


# --- the independent program ------------------------------------------------------------


@pytest.mark.peer
def test_what_the_independent_tool_makes_is_taken(
    make_desk: DeskMaker, belenios_tool: Tool, tmp_path: Path
) -> None:
    """One of three makes her part of the key, and her share, with that program."""
    desk = make_desk()
    one, *others = desk.seats
    folder = tmp_path / "tool"
    folder.mkdir()

    hers, page = ForeignTrustee(belenios_tool, folder), one.page
    certificate = hers.make_certificate(Context(page.count, page.needed, page.number))
    one.key.write_bytes(hers.key_file.read_bytes())
    # The other program ends what it writes with a line end.
    assert one.give_content(certificate + b"\n").out == "The certificate was taken.\n"
    for seat in others:
        assert seat.make_key().code == 0
    polynomial = hers.make_polynomial(raw.encode() for raw in one.page.certificates) + b"\n"
    # It draws the polynomial by lot, which is committed to in a visit of its own.
    assert "give the same file again" in one.give_content(polynomial).out
    assert one.give_content(polynomial).out == "The polynomial was taken.\n"
    for seat in others:
        assert seat.make_key().code == 0
    verification_key = hers.make_verification_key(one.page.gathered.encode()) + b"\n"
    assert one.give_content(verification_key).out == "The verification key was taken.\n"
    for seat in (*others, *desk.seats):
        ran = seat.make_key()
        assert ran.code == 0, ran.err
    assert all(seat.page.rehearsed for seat in desk.seats)


# --- what is no such file ---------------------------------------------------------------


def test_a_private_key_is_never_sent(desk: Desk) -> None:
    """Who mixes her files up must not publish her key."""
    for content in (b'"12345678901234567890"', make_seed(os.urandom).text.encode()):
        ran = desk.seats[0].give_content(content)
        assert ran.code == 2
        assert "nothing that a trustee gives" in ran.err


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b'{"a":1}', b'{"a":{}}', b"\xff", b"[" * 100_000, b'{"pok":1}'],
)
def test_anything_else_is_wrong_use(desk: Desk, content: bytes) -> None:
    assert desk.seats[0].give_content(content).code == 2


def test_a_refusal_is_said_in_a_sentence(desk: Desk) -> None:
    key = make_public_key(make_private_key(os.urandom), os.urandom)
    link = desk.seats[0].link
    link.write_text(link.read_text().partition("#")[0] + "#not-her-secret")
    ran = desk.seats[0].give_content(key)
    assert (ran.code, ran.err) == (
        1,
        "This link is not known. It may have been replaced by a newer one.\n",
    )


def test_a_service_that_is_not_there_is_exit_code_three(desk: Desk) -> None:
    desk.seats[0].link.write_text("http://127.0.0.1:9/en/start#secret")
    key = make_public_key(make_private_key(os.urandom), os.urandom)
    assert desk.seats[0].give_content(key).code == 3


@pytest.mark.parametrize("link", ["", "secret", "http://127.0.0.1/en/start", "ftp://x/y#z"])
def test_what_is_no_link_is_wrong_use(desk: Desk, link: str) -> None:
    desk.seats[0].link.write_text(link)
    key = make_public_key(make_private_key(os.urandom), os.urandom)
    assert desk.seats[0].give_content(key).code == 2
