"""Furnishing the demonstration: a whole installation with an open election, by the actions.

It is made in a folder beside the one asked for and moved into place when it is whole, so
that an interrupted start leaves nothing that looks finished.
"""

import csv
import io
import json
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from voting.roll import Roll
from web.actions.announce_election import announce_election
from web.actions.appoint_trustees import appoint_trustees
from web.actions.import_roll import import_roll, preview_roll
from web.actions.open_election import open_election
from web.actions.send_messages import send_waiting_messages
from web.actions.set_up import set_up_installation
from web.actions.write_contests import write_contest
from web.actions.write_election import create_election, set_calendar, set_rules
from web.demo.content import (
    HELP,
    NEEDED,
    OFFICER,
    TITLE,
    TRUSTEES,
    demo_charter,
    demo_roll,
    shown_members,
)
from web.demo.questions import demo_contests
from web.demo.trustees import make_key_together
from web.local_time import ZONE
from web.service import Service, open_service
from web.settings import Settings
from web.settings_file import write_settings
from web.vault import write_durably

FILE: Final = "demo.json"
MESSAGES: Final = "messages"
_ZONE: Final = ZoneInfo(ZONE)
_SECRET = re.compile(r"/start#(\S+)")
_WORDS: Final = (
    *("amber", "badger", "candle", "daisy", "ember", "fiddle", "garden", "harbour"),
    *("island", "juniper", "kettle", "lantern", "meadow", "nettle", "orchard", "pebble"),
    *("quarry", "ribbon", "saddle", "thimble", "umbrella", "velvet", "willow", "yarrow"),
    *("acorn", "bramble", "clover", "dragon", "feather", "gorse", "heron", "ivy"),
)


@dataclass(frozen=True, slots=True)
class DemoLink:
    """A personal link: whose it is, and where it leads."""

    who: str
    language: str
    secret: str = field(repr=False)
    key_file: str = ""
    trustee_id: int = 0


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demonstration prints, now and when it is started again."""

    base_url: str
    port: int
    election: str
    vkey: str
    passphrase: str = field(repr=False)
    members: tuple[DemoLink, ...]
    officer: DemoLink
    trustees: tuple[DemoLink, ...]


def read_demo(data: Path) -> Demo | None:
    """The demonstration in a folder, or None."""
    path = data / FILE
    if not path.exists():
        return None
    kept = json.loads(path.read_text("utf-8"))
    return Demo(
        **{
            **kept,
            "members": tuple(DemoLink(**each) for each in kept["members"]),
            "officer": DemoLink(**kept["officer"]),
            "trustees": tuple(DemoLink(**each) for each in kept["trustees"]),
        }
    )


def furnish(data: Path, base_url: str, port: int, say: Callable[[str], None]) -> Demo:
    """Make the demonstration in a folder that does not exist yet, or is empty."""
    making = data.with_name(data.name + ".making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700, parents=True)
    write_settings(making, base_url=base_url, port=port, **HELP)
    settings = Settings.load(making, workers=0, mail_folder=making / MESSAGES)
    service = open_service(settings, background=False)
    try:
        demo = _furnish(service, making, say)
    finally:
        service.close()
    write_durably(making / FILE, json.dumps(asdict(demo), indent=1).encode())
    if data.exists():
        data.rmdir()
    making.replace(data)
    return demo


def _furnish(service: Service, making: Path, say: Callable[[str], None]) -> Demo:
    say("setting up Gofal Enghraifft, a made-up care co-op")
    passphrase = " ".join(secrets.choice(_WORDS) for _ in range(6))
    made = set_up_installation(service, demo_charter(), *OFFICER, passphrase)
    roll = demo_roll()
    raw = roll_csv(roll)
    import_roll(service, raw, preview_roll(service, raw).digest)
    election = _write_election(service)
    say(f"making the trustees' key, of whom {NEEDED} of {len(TRUSTEES)} are needed, and rehearsing")
    trustees = _make_key(service, making, election)
    say(f"making {len(roll.members)} credentials and opening the election")
    announce_election(service, election)
    open_election(service, election, "The demonstration begins. Mae'r arddangosiad yn dechrau.")
    send_waiting_messages(service)
    return Demo(
        base_url=service.settings.base_url,
        port=service.settings.port,
        election=election,
        vkey=made.vkey,
        passphrase=passphrase,
        members=tuple(_find_links(roll, making / MESSAGES)),
        officer=DemoLink(OFFICER[0], "en", made.officer_link_secret),
        trustees=trustees,
    )


def roll_csv(roll: Roll) -> bytes:
    """A roll in the form in which a co-op brings it."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(["number", "name", "email", "college", "language", "format"])
    for each in roll.members:
        person = (each.number, each.name, each.email)
        lines.writerow([*person, each.college or "", each.language, each.text_format])
    return out.getvalue().encode()


def _write_election(service: Service) -> str:
    election = create_election(service, TITLE)
    for contest in demo_contests():
        write_contest(service, election, contest)
    now = service.clock()
    last_day = datetime.fromtimestamp(now, _ZONE) + timedelta(days=14)
    closes = last_day.replace(hour=18, minute=0, second=0, microsecond=0)
    set_calendar(service, election, now, int(closes.timestamp()), _ZONE.key)
    # Whoever tries the demonstration casts two or three votes, not five in each college.
    set_rules(service, election, open_small_boxes=True)
    return election


def _make_key(service: Service, making: Path, election: str) -> tuple[DemoLink, ...]:
    appointed = appoint_trustees(service, election, TRUSTEES, NEEDED)
    (making / "trustees").mkdir(mode=0o700)
    files = {each.id: f"trustees/trustee-{each.number}.key" for each in appointed}
    make_key_together(service, {own: making / file for own, file in files.items()})
    return tuple(
        DemoLink(name, "en", each.link_secret, files[each.id], each.id)
        for each, (name, _) in zip(appointed, TRUSTEES, strict=True)
    )


def _find_links(roll: Roll, folder: Path) -> Iterator[DemoLink]:
    """The links of the shown members, read from the messages that were sent to them."""
    secrets_by_address: dict[str, str] = {}
    for path in sorted(folder.glob("vote-*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=SMTP)
        body = message.get_body(("plain",))
        found = _SECRET.search(body.get_content() if body else "")
        if found:
            address = message["To"].addresses[0].addr_spec
            secrets_by_address[address] = found[1]
    college_words = {"supported": "a person we support", "employees": "an employee"}
    for member in shown_members(roll):
        college = college_words.get(str(member.college), "a community supporter")
        who = f"{member.name}, {college}"
        yield DemoLink(who, member.language, secrets_by_address[member.email])
