"""Messages: what they say, that they arrive, and what is left of them afterwards."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlmodel import Session, select

from audit.note import VerifierKey
from ballots.credentials import sign_in_code
from tests.ports import free_port
from tests.web.contests import RANKED
from tests.web.cooperative import Cooperative, found
from tests.web.messages.postbox import Postbox
from tests.web.trustees import TrusteePerson
from web.actions.appoint_trustees import appoint_trustees
from web.actions.open_election import open_election
from web.actions.send_messages import messages_waiting, send_waiting_messages
from web.actions.sign_in import sign_in, who_is
from web.actions.start_tally import start_tally
from web.actions.write_election import create_election
from web.messages.outbox import Letter, open_message
from web.messages.render import write_message
from web.service import Service
from web.store.rows import MessageRow
from web.views import election_view

VOTERS = 6
# To the officer, to two trustees for their keys, and to the first when the rehearsal is ready.
MAILS = 4


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    box, port = Postbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


def found_with_mail(folder: Path, port: int) -> Cooperative:
    return found(folder, smtp_host="127.0.0.1", smtp_port=port, mail_from="vote@coop.example")


def rows(coop: Cooperative) -> list[MessageRow]:
    with coop.service.store.read() as session:
        return list(session.exec(select(MessageRow)).all())


def words(text: str) -> str:
    """A text without its line ends."""
    return " ".join(text.split())


def read_link(message: EmailMessage, language: str) -> str:
    """The secret of the link in a message."""
    begin = f"http://localhost:8000/{language}/start#"
    (line,) = [x for x in message.get_content().splitlines() if x.startswith(begin)]
    return str(line).removeprefix(begin)


def test_everybody_gets_a_link_that_signs_in(tmp_path: Path, postbox: tuple[Postbox, int]) -> None:
    box, port = postbox
    coop = found_with_mail(tmp_path / "data", port)
    coop.open()
    assert send_waiting_messages(coop.service) == VOTERS + MAILS
    for member in range(1, VOTERS + 1):
        language = "cy" if member % 2 else "en"
        message = box.to(f"member{member}@people.example")
        signed_in = sign_in(coop.service, sign_in_code(read_link(message, language)))
        person = who_is(coop.service, signed_in.session_token)
        assert person is not None
        assert (person.role, person.name) == ("member", f"Example Member {member}")
        assert (person.language, person.election) == (language, coop.election)
    officer = box.to("officer@people.example")
    assert read_link(officer, "en") == read_link(officer, "cy") == coop.set_up.officer_link_secret
    trustee = sign_in(
        coop.service, sign_in_code(read_link(box.to("trustee2@people.example"), "en"))
    )
    assert trustee.role == "trustee"
    coop.service.close()


def test_who_may_vote_and_who_runs_it_have_the_logs_key_in_hand(
    tmp_path: Path, postbox: tuple[Postbox, int]
) -> None:
    """`teg verify` shows the key's fingerprint, to be compared with the one sent by e-mail."""
    box, port = postbox
    coop = found_with_mail(tmp_path / "data", port)
    coop.open()
    send_waiting_messages(coop.service)
    key = VerifierKey.parse(coop.set_up.vkey)
    people = [f"member{member}@people.example" for member in range(1, VOTERS + 1)]
    for address in (*people, "officer@people.example"):
        text = box.to(address).get_content()
        assert key.vkey in text
        assert key.fingerprint in text
    coop.service.close()


def test_links_go_out_only_after_opening(tmp_path: Path, postbox: tuple[Postbox, int]) -> None:
    _, port = postbox
    coop = found_with_mail(tmp_path / "data", port)
    coop.write_draft()
    coop.appoint()
    coop.announce()
    assert send_waiting_messages(coop.service) == MAILS
    assert sum(row.state == "held" for row in rows(coop)) == VOTERS
    coop.service.close()


def test_each_language_and_easy_read(tmp_path: Path, postbox: tuple[Postbox, int]) -> None:
    box, port = postbox
    coop = found_with_mail(tmp_path / "data", port)
    coop.open()
    send_waiting_messages(coop.service)
    welsh, easy, english = (box.to(f"member{n}@people.example") for n in (1, 2, 4))
    assert welsh["Subject"] == "Eich pleidlais: Yr ardd"
    assert "Annwyl Example Member 1" in welsh.get_content()
    assert "3:13yh amser y DU" in welsh.get_content()
    assert "3:13pm UK time" in easy.get_content()
    assert english["Subject"] == easy["Subject"] == "Your vote: The garden"
    assert "Tuesday 22 September 2026" in english.get_content()
    assert "Dear Example Member 4" in english.get_content()
    assert "You can change your mind." in easy.get_content()
    assert english["From"].addresses[0].addr_spec == "vote@coop.example"
    assert english["From"].addresses[0].display_name == "Example Care Co-operative"
    trustee = box.to("trustee2@people.example").get_content()
    assert "Please" in trustee or "please" in trustee
    assert "ymddiriedolwr" in trustee
    coop.service.close()


def test_trustees_are_told_their_next_step_what_to_shuffle_and_what_to_open(
    tmp_path: Path, postbox: tuple[Postbox, int]
) -> None:
    box, port = postbox
    coop = found_with_mail(tmp_path / "data", port)
    coop.write_draft(RANKED)
    first, second, third = coop.invite(3, 2)
    send_waiting_messages(coop.service)
    invitation = words(box.to("trustee1@people.example").get_content())
    assert "2 of the 3 trustees open the tally" in invitation
    assert "2 o'r 3 ymddiriedolwr agor y cyfrif" in invitation

    def read_next() -> tuple[str, str]:
        """The one message to the first trustee since the last look."""
        box.taken.clear()
        send_waiting_messages(coop.service)
        message = box.to("trustee1@people.example")
        return message["Subject"].strip(), message.get_content()

    for each in (first, second, third):
        each.give_certificate()
    subject, content = read_next()
    assert subject == (
        "Your next step as a trustee: The garden / Eich cam nesaf fel ymddiriedolwr: Yr ardd"
    )
    assert "Dear Example Trustee 1" in content
    assert "Annwyl Example Trustee 1" in content
    # The link opens her own page, in each language.
    codes = {part.split()[0] for part in content.split("/start#")[1:]}
    assert len(codes) == 1
    token = sign_in(coop.service, sign_in_code(codes.pop())).session_token
    person = who_is(coop.service, token)
    assert person is not None
    assert (person.role, person.id) == ("trustee", first.id)

    for give in (TrusteePerson.give_polynomial, TrusteePerson.give_verification_key):
        for each in (first, second, third):
            give(each)
        assert read_next()[0] == subject
    coop.trustees = [(one.id, one.private) for one in coop.people]
    coop.rehearse()
    coop.announce()
    open_election(coop.service, coop.election, "It is time.")
    coop.close()
    start_tally(coop.service, coop.election)
    subject, content = read_next()
    assert subject.startswith("Please shuffle the votes: The garden / Cymysgwch y pleidleisiau:")
    assert "2 of the 3 trustees shuffle them" in words(content)
    second.give_shuffle()
    third.give_shuffle()
    subject, content = read_next()
    assert subject.startswith("Please open the tally: The garden / Agorwch y cyfrif: Yr ardd")
    coop.service.close()


def test_what_was_handed_over_is_blank(tmp_path: Path, postbox: tuple[Postbox, int]) -> None:
    _, port = postbox
    coop = found_with_mail(tmp_path / "data", port)
    coop.open()
    send_waiting_messages(coop.service)
    assert messages_waiting(coop.service) == (0, "")
    for row in rows(coop):
        assert (row.state, row.sealed, row.problem) == ("sent", None, "")
    assert send_waiting_messages(coop.service) == 0
    coop.service.close()


def test_while_the_server_is_down_messages_wait_and_say_so(
    tmp_path: Path, postbox: tuple[Postbox, int]
) -> None:
    box, port = postbox
    coop = found_with_mail(tmp_path / "data", free_port())
    coop.open()
    assert send_waiting_messages(coop.service) == 0
    count, problem = messages_waiting(coop.service)
    assert count == VOTERS + MAILS
    assert problem == "no mail server: ConnectionRefusedError"
    view = election_view(coop.service, coop.election)
    assert (view.messages_waiting, view.messages_problem) == (VOTERS + MAILS - 1, problem)
    assert send_waiting_messages(coop.service) == 0  # not before its time
    coop.service.close()

    object.__setattr__(coop.service.settings, "smtp_port", port)
    coop.reopen()
    coop.clock.now += 3600
    assert send_waiting_messages(coop.service) == VOTERS + MAILS
    assert messages_waiting(coop.service) == (0, "")
    assert len(box.taken) == VOTERS + MAILS
    coop.service.close()


def test_one_refused_address_holds_up_nobody_else(
    tmp_path: Path, postbox: tuple[Postbox, int]
) -> None:
    box, port = postbox
    box.refused = "member3@people.example"
    coop = found_with_mail(tmp_path / "data", port)
    coop.open()
    assert send_waiting_messages(coop.service) == VOTERS + MAILS - 1
    assert messages_waiting(coop.service) == (1, "recipient refused: 550")
    (waiting,) = [row for row in rows(coop) if row.state == "waiting"]
    assert open_message(coop.service, waiting).email == box.refused
    coop.service.close()


def test_a_message_that_a_filter_refuses_holds_up_nobody_else(
    tmp_path: Path, postbox: tuple[Postbox, int]
) -> None:
    box, port = postbox
    box.disliked = "member3@people.example"
    coop = found_with_mail(tmp_path / "data", port)
    coop.open()
    assert send_waiting_messages(coop.service) == VOTERS + MAILS - 1
    assert messages_waiting(coop.service) == (1, "message refused: 554")
    coop.service.close()


def test_a_message_that_cannot_be_made_holds_up_nobody_else(
    tmp_path: Path, postbox: tuple[Postbox, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, port = postbox

    def fail_for_one(session: Session, service: Service, letter: Letter) -> EmailMessage:
        if letter.email == "member3@people.example":
            raise ValueError("the address of member3@people.example")
        return write_message(session, service, letter)

    monkeypatch.setattr("web.actions.send_messages.write_message", fail_for_one)
    coop = found_with_mail(tmp_path / "data", port)
    coop.open()
    assert send_waiting_messages(coop.service) == VOTERS + MAILS - 1
    assert messages_waiting(coop.service) == (1, "ValueError")
    coop.service.close()


@pytest.mark.parametrize(
    "name",
    ["x =?utf-8?q?=0D=0ABcc=3A?= y", "x =?utf-8?b?DQpCY2M6?= y", "x ==?=?utf-8?q?=0D=0ABcc=3A?= y"],
)
def test_a_name_or_title_is_never_a_header(
    tmp_path: Path, postbox: tuple[Postbox, int], name: str
) -> None:
    """An encoded word that stands for the end of a line."""
    box, port = postbox
    coop = found_with_mail(tmp_path / "data", port)
    coop.election = create_election(coop.service, {"en": name, "cy": name})
    appoint_trustees(
        coop.service,
        coop.election,
        [(name, "one@people.example"), ("Example Trustee 2", "two@people.example")],
    )
    send_waiting_messages(coop.service)
    message = box.to("one@people.example")
    assert "Bcc" not in message
    (address,) = message["To"].addresses
    assert address.display_name == name.replace("=?", "= ?")
    assert name.replace("=?", "= ?") in message["Subject"]
    coop.service.close()


def test_a_folder_takes_messages_as_files(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    coop = found(tmp_path / "data", mail_folder=str(folder))
    coop.open()
    assert send_waiting_messages(coop.service) == VOTERS + MAILS
    files = sorted(folder.iterdir())
    assert [path.name.rsplit("-", 1)[0] for path in files] == (
        ["officer-link"] + ["trustee-key"] * 2 + ["trustee-step"] + ["vote"] * VOTERS
    )
    for path in files:
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert "/start#" in message.get_content()
    coop.service.close()


def test_without_a_mail_server_that_is_said(tmp_path: Path) -> None:
    coop = found(tmp_path / "data")
    assert send_waiting_messages(coop.service) == 0
    assert messages_waiting(coop.service) == (1, "no mail server is set")
    coop.service.close()


def test_a_message_of_a_closed_election_is_not_sent(tmp_path: Path) -> None:
    coop = found(tmp_path / "data")
    coop.open()
    coop.close()
    votes = [row for row in rows(coop) if row.kind == "vote"]
    assert len(votes) == VOTERS
    assert all((row.state, row.sealed) == ("cancelled", None) for row in votes)
    coop.service.close()


def test_no_log_line_names_a_person_or_a_secret(
    tmp_path: Path, postbox: tuple[Postbox, int], caplog: pytest.LogCaptureFixture
) -> None:
    box, port = postbox
    box.refused = "member3@people.example"
    caplog.set_level("DEBUG", logger="teg")
    coop = found_with_mail(tmp_path / "data", port)
    coop.open()
    send_waiting_messages(coop.service)
    coop.vote("supported", 0, "for")
    coop.tally()
    assert "people.example" not in caplog.text
    assert "Example Member" not in caplog.text
    assert coop.credential("supported", 0) not in caplog.text
    coop.service.close()
