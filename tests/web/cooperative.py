"""A made-up co-operative with real keys: what the tests of the service work on."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from ballots.credentials import parse_credential, public_credential
from ballots.sealing import seal_ballot
from tests.web.contests import MOTION, VOTES, Choice
from tests.web.trustees import TrusteePerson, make_key_together, make_shares, rehearse
from voting.charter.charter import Charter
from voting.charter.colleges import College, CollegeId
from voting.contests import Contest
from web.actions.announce_election import Announced, announce_election
from web.actions.appoint_trustees import appoint_trustees
from web.actions.cast_ballot import CastReceipt, cast_ballot
from web.actions.close_election import close_election
from web.actions.give_share import ShareTaken, give_share
from web.actions.import_roll import import_roll, preview_roll
from web.actions.open_election import open_election
from web.actions.set_up import SetUp, set_up_installation
from web.actions.start_tally import start_tally
from web.actions.write_contests import write_contest
from web.actions.write_election import (
    create_election,
    set_calendar,
    set_rules,
)
from web.boxes import find_box
from web.service import Service, open_service
from web.settings import Settings
from web.views import election_view

START = 1_790_000_000
CLOSES = START + 86_400
PASSPHRASE = "plainly made up words"
SUPPORTED, EMPLOYEE, COMMUNITY = (CollegeId(c) for c in ("supported", "employee", "community"))

CHARTER = Charter(
    name={"en": "Example Care Co-operative", "cy": "Cydweithfa Gofal Enghraifft"},
    colleges=(
        College(SUPPORTED, {"en": "People we support", "cy": "Pobl a gefnogwn"}, Fraction(51, 100)),
        College(EMPLOYEE, {"en": "Employees", "cy": "Gweithwyr"}, Fraction(34, 100)),
        College(COMMUNITY, {"en": "Community", "cy": "Cymuned"}, Fraction(15, 100)),
    ),
    protected=SUPPORTED,
    floors={SUPPORTED: 1},
)
TITLE = {"en": "The garden", "cy": "Yr ardd"}
COLLEGES = ["supported", "supported", "supported", "employee", "employee", "community"]
CSV_HEADER = "number,name,email,college,language,format\n"


def make_csv(colleges: list[str]) -> bytes:
    """A roll of made-up members, every other one in Welsh."""
    lines = [
        f"{n},Example Member {n},member{n}@people.example,{college},"
        f"{'cy' if n % 2 else 'en'},{'easy-read' if n == 2 else 'standard'}\n"
        for n, college in enumerate(colleges, 1)
    ]
    return (CSV_HEADER + "".join(lines)).encode()


@dataclass
class Clock:
    """A clock that the test sets."""

    now: int = START

    def __call__(self) -> int:
        return self.now


def import_csv(service: Service, csv: bytes) -> None:
    """Preview and import."""
    import_roll(service, csv, preview_roll(service, csv).digest)


@dataclass
class Cooperative:
    """The service, and the secrets that real people would hold."""

    service: Service
    clock: Clock
    folder: Path
    set_up: SetUp
    election: str = ""
    trustees: list[tuple[int, int]] = field(default_factory=list)
    people: list[TrusteePerson] = field(default_factory=list)
    announced: Announced | None = None

    def write_draft(self, *contests: Contest, open_small_boxes: bool = True) -> str:
        """A draft with everything in it but the trustees; the motion where nothing is said."""
        service = self.service
        self.election = create_election(service, TITLE)
        for contest in contests or (MOTION,):
            write_contest(service, self.election, contest)
        set_calendar(service, self.election, START, CLOSES)
        set_rules(service, self.election, open_small_boxes=open_small_boxes)
        return self.election

    def invite(self, count: int, needed: int) -> list[TrusteePerson]:
        """Trustees who have given nothing yet."""
        people = [
            (f"Example Trustee {n}", f"trustee{n}@people.example") for n in range(1, count + 1)
        ]
        appointed = appoint_trustees(self.service, self.election, people, needed)
        self.people = [TrusteePerson(self.service, each.id) for each in appointed]
        return self.people

    def appoint(self, *, rehearse: bool = True) -> None:
        """Two trustees, each with a key of her own, who have rehearsed."""
        for person in self.invite(2, 2):
            person.give_single_key()
        self._know(rehearse=rehearse)

    def appoint_together(self, count: int = 3, needed: int = 2, *, rehearse: bool = True) -> None:
        """Trustees of whom some are enough: the whole ceremony."""
        make_key_together(self.invite(count, needed))
        self._know(rehearse=rehearse)

    def _know(self, *, rehearse: bool) -> None:
        self.trustees = [(person.id, person.private) for person in self.people]
        if rehearse:
            self.rehearse()

    def rehearse(self) -> None:
        """Every trustee opens the practice tally."""
        for trustee, private in self.trustees:
            rehearse(self.service, trustee, private)

    def announce(self) -> Announced:
        """From the draft to the announcement, credentials kept."""
        self.announced = announce_election(self.service, self.election, return_credentials=True)
        return self.announced

    def open(self, *contests: Contest, together: bool = False) -> None:
        """From nothing to an open election; `together` with a key of which two of three open."""
        self.write_draft(*contests)
        if together:
            self.appoint_together()
        else:
            self.appoint()
        self.announce()
        open_election(self.service, self.election, "It is time.")

    def box(self, college: str) -> str:
        """The uuid of a college's box."""
        assert self.announced is not None
        return self.announced.boxes[college]

    def credential(self, college: str, place: int) -> str:
        """A private credential of a college."""
        assert self.announced is not None
        return parse_credential(self.announced.credentials[self.box(college)][place])

    def public(self, college: str, place: int) -> str:
        """Its public half."""
        return public_credential(self.box(college), self.credential(college, place))

    def seal(self, college: str, place: int, choice: Choice | Sequence[Sequence[int]]) -> bytes:
        """A sealed ballot, as a page would make it: on the motion, or on every contest."""
        parsed = find_box(self.service, self.box(college)).parsed
        votes = [VOTES[choice]] if isinstance(choice, str) else choice
        return seal_ballot(parsed, self.credential(college, place), votes, os.urandom)

    def vote(
        self, college: str, place: int, choice: Choice | Sequence[Sequence[int]]
    ) -> CastReceipt:
        """Seal and cast."""
        return cast_ballot(self.service, self.box(college), self.seal(college, place, choice))

    def close(self) -> None:
        """Close early."""
        close_election(self.service, self.election, "Everybody has voted.")

    def share(self, place: int) -> dict[str, tuple[bytes, bytes]]:
        """A trustee's share, made from what her page shows her."""
        return make_shares(self.service, *self.trustees[place])

    def give(self, place: int) -> ShareTaken:
        """Give a trustee's share."""
        return give_share(self.service, self.trustees[place][0], self.share(place))

    def tally(self, *places: int) -> None:
        """From open to tallied, by these trustees; by as many as are needed where none is said."""
        self.close()
        start_tally(self.service, self.election)
        view = election_view(self.service, self.election)
        able = (places or range(len(self.trustees)))[: view.trustees_needed]
        for place in able if view.shuffled else ():
            self.people[place].give_shuffle()
        for place in able:
            self.give(place)

    def reopen(self) -> Service:
        """Close the service and open it again on the same folder."""
        self.service.close()
        self.service = open_service(self.service.settings, clock=self.clock, background=False)
        return self.service


def make_settings(folder: Path, **changes: object) -> Settings:
    """Settings that check ballots in the test's own process."""
    given: dict[str, object] = {"workers": 0, "return_credentials": True, **changes}
    return Settings.load(folder, environment={}, **given)


def found(
    folder: Path,
    *,
    colleges: list[str] | None = None,
    charter: Charter = CHARTER,
    **changes: object,
) -> Cooperative:
    """Found the co-operative: charter, keys, roll."""
    clock = Clock()
    service = open_service(make_settings(folder, **changes), clock=clock, background=False)
    made = set_up_installation(
        service, charter, "Example Officer", "officer@people.example", PASSPHRASE
    )
    import_csv(service, make_csv(COLLEGES if colleges is None else colleges))
    return Cooperative(service, clock, folder, made)


Founder = Callable[..., Cooperative]
