"""A member's place in one election, and which of its pages may be shown now.

A page never says more than is true: nobody is shown a choice that could not be sent any
more, and nobody is thanked for a vote that does not count.

Source: design 8, section 0, decision 5 (one closing rule); design 2, "States".
"""

from dataclasses import dataclass

from voting.charter.colleges import College
from voting.contests import Contest
from voting.elections import Calendar
from voting.members import TEXT_FORMATS, TextFormat
from web.errors import UnknownElectionError, UnknownMemberError
from web.pages.problems import Problem
from web.pages.public.blueprint import the_service
from web.pages.sessions import current_person
from web.views import ElectionView, MemberView, election_view, member_view


@dataclass(frozen=True, slots=True)
class Place:
    """One member in one election."""

    election: ElectionView
    member: MemberView
    calendar: Calendar
    colleges: tuple[College, ...]
    college: College
    now: int

    @property
    def contests(self) -> tuple[Contest, ...]:
        """What members of her college are asked, in the order of their box."""
        assert self.election.manifest is not None  # `find_place` looked
        return self.election.manifest.contests_of(self.college.id)

    @property
    def is_open(self) -> bool:
        """Whether a ballot that arrives now would be taken, by the server's clock."""
        return self.election.state == "open" and self.now < self.calendar.closes

    @property
    def is_waiting(self) -> bool:
        """Whether voting has not begun."""
        return self.election.state == "announced"

    @property
    def has_voted(self) -> bool:
        """Whether a ballot of hers is in the box."""
        return self.member.last_tracker is not None

    def text_format(self, asked: str | None) -> TextFormat:
        """Which of the two texts to show: the one asked for, else her own."""
        formats: dict[str, TextFormat] = {form: form for form in TEXT_FORMATS}
        return formats.get(asked or "", self.member.text_format)


def find_place(uuid: str) -> Place:
    """The place of whoever is signed in.

    Raises:
        Problem: there is no such election, or she has no vote in it.
    """
    service = the_service()
    person = current_person()
    assert person is not None
    try:
        election = election_view(service, uuid)
        member = member_view(service, person.id, uuid)
    except UnknownElectionError:
        raise Problem("no-election", 404) from None
    except UnknownMemberError:
        raise Problem("no-vote-here", 403) from None
    if election.manifest is None or election.calendar is None:
        raise Problem("no-election", 404)
    charter = election.manifest.charter
    return Place(
        election=election,
        member=member,
        calendar=election.calendar,
        colleges=charter.colleges,
        college=charter.college(member.college),
        now=service.clock(),
    )


def require_open(place: Place) -> None:
    """Let a page go on only while a ballot would be taken.

    Raises:
        Problem: 409, with the true state.
    """
    if place.is_open:
        return
    if place.election.state == "void":
        raise Problem("called-off", 409, place=place)
    if place.is_waiting:
        raise Problem("not-open-yet", 409, place=place)
    raise Problem("closed", 409, place=place)
