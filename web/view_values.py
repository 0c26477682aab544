"""What pages and the API are shown: plain values without behaviour.

Nothing here holds a choice. Personal values (a name, her own public credential) are only
in the view of the person they belong to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from voting.charter.charter import Charter
from voting.charter.colleges import CollegeId
from voting.contests import Contest
from voting.counting.count import ContestResult
from voting.elections import Calendar, State
from voting.guarantee import Statement
from voting.manifest import Manifest, Rules
from voting.members import Language, TextFormat
from web.trustee_values import TrusteeView

Act = Literal["announce", "open", "close", "tally", "certify", "void"]


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """The co-op and the keys by which observers know it.

    Attributes:
        charter: None until the organisation was set up.
        fingerprint: short form of the log key, as printed in invitations.
        vkey: the log's verifier key, one line; "" until set up.
        certifier: the returning officer's certifying key, 64 hex.
        roll_counts: (college, members) in the charter's order; associates are not counted.
        associates: members without a vote.
        roll_version: one more with each import that changed the roll.
    """

    name: Mapping[Language, str]
    charter: Charter | None
    fingerprint: str
    vkey: str
    certifier: str
    roll_counts: tuple[tuple[CollegeId, int], ...]
    associates: int
    roll_version: int


@dataclass(frozen=True, slots=True)
class BoxView:
    """One college's ballot box.

    Attributes:
        uuid, election_object: "" while the election is a draft.
        members: on the roll (the current roll while a draft).
        voted: distinct credentials with a ballot in the box.
        ballots: ballots in the box, replaced ones included.
        opened: the box's totals are known.
    """

    college: CollegeId
    uuid: str
    election_object: str
    members: int
    voted: int
    ballots: int
    opened: bool


@dataclass(frozen=True, slots=True)
class ReasonView:
    """An act, when it was done (UTC seconds), and its public reason; "" where none was given."""

    act: Act
    text: str
    time: int


@dataclass(frozen=True, slots=True)
class ElectionView:
    """Everything public about an election, and what is still to do before it is announced.

    Attributes:
        contests: in the order in which they are voted on; none while none was written.
        calendar: None while a draft without one.
        manifest: None while a draft.
        guarantee: one statement per contest (against the current roll while a draft); empty
            while there is no contest.
        results: set once tallied.
        trustees_needed: how many of the trustees open the tally; 0 while there are none.
        shuffled: ballots are shuffled and then opened one by one, in at least one contest.
        shuffles_given: trustees who have shuffled; where it is shuffled, `trustees_needed` must.
        tally_started: the encrypted tallies are published; trustees may shuffle, then open.
        opened_at, closed_at, certified_at: UTC seconds, None when it has not happened.
        result_index: index of the result entry in the log.
        messages_waiting, messages_problem: of this election's messages; "" without a problem.
        missing: while a draft, codes of what is still to do: "no-roll",
            "no-contests", "nothing-asked:<college>", "no-calendar", "calendar-past",
            "no-trustees",
            "trustee-key:<number>", "trustee-rehearsal:<number>" (once every key is made),
            "guarantee:<reason>"; empty when it can be announced.
    """

    uuid: str
    state: State
    title: Mapping[Language, str]
    contests: tuple[Contest, ...]
    calendar: Calendar | None
    rules: Rules
    manifest: Manifest | None
    guarantee: tuple[Statement, ...]
    trustees: tuple[TrusteeView, ...]
    trustees_needed: int
    shuffled: bool
    shuffles_given: int
    boxes: tuple[BoxView, ...]
    results: tuple[ContestResult, ...] | None
    tally_started: bool
    opened_at: int | None
    closed_at: int | None
    certified_at: int | None
    result_index: int | None
    reasons: tuple[ReasonView, ...]
    missing: tuple[str, ...]
    messages_waiting: int
    messages_problem: str


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member's own place in one election.

    Attributes:
        box, election_object, public_credential: what her page needs to seal.
        last_tracker: of her newest ballot in the box, None when she has not voted.
        ballots_sent: how many of her ballots are in the box.
    """

    member_id: int
    name: str
    college: CollegeId
    language: Language
    text_format: TextFormat
    election: str
    box: str
    election_object: str
    public_credential: str
    last_tracker: str | None
    ballots_sent: int


@dataclass(frozen=True, slots=True)
class LogView:
    """The log as published: its newest signed checkpoint."""

    origin: str
    size: int
    checkpoint: bytes
    problem: str
