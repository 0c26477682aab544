"""`teg trustee make-key`: every step of it, and every file that is not the right one."""

import os
import stat
from pathlib import Path

import pytest
from sqlmodel import Session

from ballots.keys import format_private_key, make_private_key
from ballots.pedersen import Context
from ballots.rounds import open_private_key
from ballots.seeds import Seed, make_certificate, make_seed
from tests.web.cli.desk import Desk, DeskMaker, Seat
from tests.web.contests import RANKED
from tests.web.serving import serving
from web.store.rows import TrusteeRow


def test_every_run_does_what_comes_next_and_says_so(make_desk: DeskMaker) -> None:
    desk = make_desk()
    one, two, three = desk.seats
    ran = one.make_key()
    assert "Your certificate and what you commit to were taken" in ran.out
    assert "Next: the other trustees." in ran.out
    assert stat.S_IMODE(one.key.stat().st_mode) == 0o600
    seed = Seed(one.key.read_text())
    again = one.make_key()
    assert (again.code, again.out.count("\n")) == (0, 1)
    two.make_key()
    # The last one goes on at once with what she alone was waited for.
    assert "Your polynomial was taken" in three.make_key().out
    one.make_key()
    assert "your sealed share is in" in two.make_key().out
    sealed = one.key.with_suffix(".dkey")
    assert f"your sealed share is in {sealed}" in one.make_key().out
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o600
    for seat in (three, one, two):
        ran = seat.make_key()
        assert "can be used" in ran.out, ran.err
        assert "There is nothing more to do until voting is over" in ran.out
    assert all(seat.page.rehearsed for seat in desk.seats)
    assert Seed(one.key.read_text()) == seed
    assert open_private_key(seed, sealed.read_text()) > 0


def test_a_single_key_is_made_and_rehearsed(make_desk: DeskMaker) -> None:
    desk = make_desk(count=2, needed=2)
    desk.make_keys()
    assert [seat.page.rehearsed for seat in desk.seats] == [True, True]
    assert not desk.seats[0].key.with_suffix(".dkey").exists()


def test_what_follows_after_voting_is_said(make_desk: DeskMaker) -> None:
    desk = make_desk(RANKED)
    desk.make_keys()
    desk.tally([[1, 2, 0]])
    one, two, three = desk.seats
    record = f"{desk.url} --election {desk.coop.election}"
    assert f"teg trustee shuffle {record} --out" in one.make_key().out
    for seat in (one, two):
        seat.act()
    sealed = three.key.with_suffix(".dkey")
    keys = f"--key {three.key} --decryption-key {sealed}"
    assert f"teg trustee decrypt {record} {keys} --out" in three.make_key().out
    for seat in (one, three):
        seat.act()
    assert two.make_key().out == "The election has ended: there is nothing more to do.\n"


# --- runs that were cut off -------------------------------------------------------------


def test_a_run_that_was_cut_off_goes_on_with_its_file(make_desk: DeskMaker) -> None:
    seat = make_desk().seats[0]
    seed = make_seed(os.urandom)
    seat.key.write_text(seed.text)
    assert seat.make_key().code == 0
    assert seat.key.read_text() == seed.text


def test_a_sealed_share_that_was_not_written_is_there_again(make_desk: DeskMaker) -> None:
    desk = make_desk()
    one = _advance(desk, "rehearse")
    sealed = one.key.with_suffix(".dkey")
    sealed.unlink()
    assert one.make_key().code == 0
    assert sealed.read_text() == one.page.sealed_key


def test_a_service_that_is_not_there_is_exit_code_three(make_desk: DeskMaker) -> None:
    seat = make_desk().seats[0]
    seat.link.write_text("http://127.0.0.1:9/en/start#secret")
    assert seat.make_key().code == 3
    assert not seat.key.exists()


async def _answer_nonsense(scope: object, receive: object, send: object) -> None:
    assert callable(send)
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"step":"certificate"}'})


def test_another_service_is_not_taken_for_ours(make_desk: DeskMaker) -> None:
    seat = make_desk().seats[0]
    with serving(_answer_nonsense) as port:
        seat.link.write_text(f"http://127.0.0.1:{port}/en/start#secret")
        ran = seat.make_key()
    assert (ran.code, "does not show a trustee's page" in ran.err) == (1, True)
    assert not seat.key.exists()


# --- a service that lies ----------------------------------------------------------------


def test_a_polynomial_is_sealed_to_no_second_set_of_keys(make_desk: DeskMaker) -> None:
    """Else a service would have it sealed to itself first, and then make the key as it should."""
    desk = make_desk()
    one = _advance(desk, "verification-key")
    two = desk.seats[1]
    foreign = make_certificate(make_seed(os.urandom), Context(3, 2, 2), os.urandom).decode()

    def bend(session: Session) -> None:
        mine, other = session.get(TrusteeRow, one.id), session.get(TrusteeRow, two.id)
        assert mine is not None
        assert other is not None
        mine.polynomial, other.certificate = None, foreign
        session.add_all([mine, other])

    desk.coop.service.store.write(bend)
    assert (one.page.step, foreign in one.page.certificates) == ("polynomial", True)
    before = one.page
    ran = one.make_key()
    assert (ran.code, "shows other certificates" in ran.err) == (1, True)
    assert one.page == before


# --- wrong files ------------------------------------------------------------------------


def _advance(desk: Desk, step: str) -> Seat:
    """The first trustee, when this is her next step."""
    one, two, three = desk.seats
    runs = {
        "certificate": (),
        "polynomial": (one, two, three),
        "verification-key": (one, two, three, one, two),
        "rehearse": (one, two, three, one, two, one, three),
    }
    for seat in runs[step]:
        ran = seat.make_key()
        assert ran.code == 0, ran.err
    assert one.page.step == step
    return one


@pytest.mark.parametrize("step", ["certificate", "polynomial", "verification-key", "rehearse"])
def test_the_key_of_another_election_or_trustee_is_named(
    make_desk: DeskMaker, tmp_path: Path, step: str
) -> None:
    earlier = make_desk()
    earlier.make_keys()
    other = earlier.seats[0].key
    desk = make_desk()
    one = _advance(desk, step)
    before = one.page
    ran = one.make_key(other)
    assert ran.code == 1
    assert str(other) in ran.err
    assert ("another election" in ran.err) is (step != "rehearse")
    if step == "certificate":
        # Copied alone it is known to the service, which was given its public half.
        copy = tmp_path / "copy.key"
        copy.write_bytes(other.read_bytes())
        ran = one.make_key(copy)
        assert (ran.code, "was given before" in ran.err) == (1, True)
    else:
        ran = one.make_key(desk.seats[1].key)
        expected = "not the key that trustee 1 gave" if step == "rehearse" else "of trustee 2"
        assert (ran.code, expected in ran.err) == (1, True)
    assert one.page == before


CONTENTS = {
    "nothing": b"",
    "a letter": b"Dear trustee",
    "a key of the other kind": format_private_key(make_private_key(os.urandom)),
    "two lines": b"1111111111111111111111\n1111111111111111111111\n",
    "very long": b"1" * 10_000,
}


@pytest.mark.parametrize("name", CONTENTS)
def test_what_is_no_key_file_is_left_as_it_is(make_desk: DeskMaker, name: str) -> None:
    seat = make_desk().seats[0]
    seat.key.write_bytes(CONTENTS[name])
    ran = seat.make_key()
    assert (ran.code, str(seat.key) in ran.err) == (2, True)
    assert seat.key.read_bytes() == CONTENTS[name]
    assert seat.page.step == "certificate"


def test_a_file_that_is_not_there_any_more_is_not_made_again(make_desk: DeskMaker) -> None:
    desk = make_desk()
    one = _advance(desk, "polynomial")
    one.key.unlink()
    ran = one.make_key()
    assert (ran.code, "You began with another one" in ran.err) == (2, True)
    assert not one.key.exists()


def test_a_place_that_cannot_be_written_is_said(make_desk: DeskMaker, tmp_path: Path) -> None:
    seat = make_desk().seats[0]
    assert seat.make_key(tmp_path / "nowhere" / "my.key").code == 2
    assert seat.make_key(tmp_path / "my.dkey").code == 2
    assert seat.make_key(tmp_path / "my.round").code == 2
    assert seat.page.step == "certificate"
