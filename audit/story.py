"""What may follow what in the log.

A log whose entries each look right can still tell an impossible story: a ballot after
closing, a share before the ballots were shuffled, a result of too few shares. This state machine
reads the entries in order and refuses the first that may not stand where it does. The
service asks it before it appends; an observer's verifier asks it again.

    unknown → draft → announced → open → closed → tallied → certified
    and void from every state before certified

Source: design 2, "Formats the first election settles"; docs/formats/entries.md, "Order".
"""

from collections.abc import Callable, Mapping
from functools import singledispatchmethod

from audit.election_story import ElectionStory, Moment
from audit.entries import (
    BallotEntry,
    CertificateEntry,
    CharterEntry,
    ClosingEntry,
    CommitmentsEntry,
    DecryptionEntry,
    Entry,
    OpeningEntry,
    ResultEntry,
    RollEntry,
    ScriptsEntry,
    SetupEntry,
    ShuffleEntry,
    TallyEntry,
    TrusteeKeyEntry,
    VoidEntry,
)
from audit.errors import (
    BallotCountError,
    BoxListError,
    EarlyShareError,
    MissingBeforeSetupError,
    NeededTrusteesError,
    NoCharterError,
    NotShuffledError,
    RepeatedEntryError,
    SurplusShuffleError,
    TimeGoesBackError,
    UnfinishedTallyError,
    UnknownBoxError,
    UnknownElectionError,
    UnknownTrusteeError,
    WrongMomentError,
)

__all__ = ["ElectionStory", "Moment", "Story"]

Apply = Callable[[], None]


class Story:
    """The log read so far.

    Attributes:
        size: number of entries followed.
        time: the latest time that any entry bears; a clock that was set back must not be
            believed, so the next entry takes this time or a later one.
        charter: the charter entry in force, if any.
    """

    def __init__(self) -> None:
        self.size = 0
        self.time = 0
        self.charter: CharterEntry | None = None
        self.scripts: list[ScriptsEntry] = []
        self.charters: list[CharterEntry] = []
        self._elections: dict[str, ElectionStory] = {}
        self._used_boxes: set[str] = set()
        self._used_keys: set[str] = set()
        self._ballots: set[str] = set()

    @property
    def elections(self) -> Mapping[str, ElectionStory]:
        """Every election that the log tells of, in order of its first entry."""
        return self._elections

    def check(self, entry: Entry) -> None:
        """Ask whether an entry may come next; nothing changes.

        Raises:
            StoryError: the leaf says why it may not.
        """
        self._prepare(entry)

    def follow(self, entry: Entry) -> None:
        """Read the next entry.

        Raises:
            StoryError: it may not come next; nothing changes.
        """
        apply = self._prepare(entry)
        apply()
        self.time = max(self.time, getattr(entry, "time", 0))
        self.size += 1

    def _prepare(self, entry: Entry) -> Apply:
        if self.charter is None and not isinstance(entry, CharterEntry):
            raise NoCharterError(entry.type)
        time: int = getattr(entry, "time", self.time)
        if time < self.time:
            raise TimeGoesBackError(entry.type, time, self.time)
        return self._next(entry)

    @singledispatchmethod
    def _next(self, entry: Entry) -> Apply:
        raise TypeError(entry)

    @_next.register
    def _(self, entry: CharterEntry) -> Apply:
        def apply() -> None:
            self.charter = entry
            self.charters.append(entry)

        return apply

    @_next.register
    def _(self, entry: ScriptsEntry) -> Apply:
        return lambda: self.scripts.append(entry)

    @_next.register
    def _(self, entry: RollEntry) -> Apply:
        election = self._draft(entry.type, entry.election)

        def apply() -> None:
            election.roll = entry
            self._elections[election.uuid] = election

        return apply

    @_next.register
    def _(self, entry: TrusteeKeyEntry) -> Apply:
        election = self._draft(entry.type, entry.election)
        # A key that opened another tally, or another trustee's, is no fresh key.
        if entry.key in self._used_keys:
            raise RepeatedEntryError(entry.type, entry.election, "a key that was logged before")

        def apply() -> None:
            election.keys[entry.trustee] = entry.key
            self._used_keys.add(entry.key)
            self._elections[election.uuid] = election

        return apply

    @_next.register
    def _(self, entry: CommitmentsEntry) -> Apply:
        election = self._draft(entry.type, entry.election)

        def apply() -> None:
            election.commitments = entry
            # Who committed anew has to show her key anew, after all have committed.
            election.keys.clear()
            self._elections[election.uuid] = election

        return apply

    @_next.register
    def _(self, entry: SetupEntry) -> Apply:
        election = self._at(entry.type, entry.election, "draft")
        if election.roll is None:
            raise MissingBeforeSetupError(entry.election, "a roll")
        trustees = sorted(election.keys)
        if not trustees or trustees != list(range(1, len(trustees) + 1)):
            raise MissingBeforeSetupError(entry.election, "the keys of trustees 1, 2, …")
        # One of several who is enough by herself could open any ballot alone.
        if entry.needed != len(trustees) and not 2 <= entry.needed < len(trustees):
            raise NeededTrusteesError(entry.election, entry.needed, len(trustees))
        if entry.needed < len(trustees) and election.commitments is None:
            raise MissingBeforeSetupError(entry.election, "the trustees' commitments")
        boxes = {box.box for box in entry.boxes}
        colleges = {box.college for box in entry.boxes}
        if not len(boxes) == len(colleges) == len(entry.boxes):
            raise BoxListError(entry.type, entry.election)
        if colleges != {college for college, _ in election.roll.members}:
            raise MissingBeforeSetupError(entry.election, "one box for each college of its roll")
        # Credentials and proofs are bound to the box's uuid: two boxes must never share one.
        if boxes & self._used_boxes or boxes & self._elections.keys():
            raise RepeatedEntryError(entry.type, entry.election, "the uuid of another box")

        def apply() -> None:
            election.setup, election.state, election.charter = entry, "announced", self.charter
            election.ballots = {box.box: [] for box in entry.boxes}
            self._used_boxes.update(boxes)

        return apply

    @_next.register
    def _(self, entry: OpeningEntry) -> Apply:
        election = self._at(entry.type, entry.election, "announced")

        def apply() -> None:
            election.opening, election.state = entry, "open"

        return apply

    @_next.register
    def _(self, entry: BallotEntry) -> Apply:
        election = self._at(entry.type, entry.election, "open")
        self._require_box(election, entry.type, entry.box)
        if entry.ballot in self._ballots:
            raise RepeatedEntryError(entry.type, entry.election, f"the ballot {entry.ballot}")

        def apply() -> None:
            self._ballots.add(entry.ballot)
            election.ballots[entry.box].append((self.size, entry.ballot))

        return apply

    @_next.register
    def _(self, entry: ClosingEntry) -> Apply:
        election = self._at(entry.type, entry.election, "open")
        if tuple(box for box, _ in entry.ballots) != election.boxes:
            raise BoxListError(entry.type, entry.election)
        for box, stated in entry.ballots:
            if stated != len(election.ballots[box]):
                raise BallotCountError(entry.election, box, stated, len(election.ballots[box]))

        def apply() -> None:
            election.closing, election.state = entry, "closed"

        return apply

    @_next.register
    def _(self, entry: TallyEntry) -> Apply:
        election = self._at(entry.type, entry.election, "closed")
        self._require_box(election, entry.type, entry.box)
        if entry.box in election.tallies:
            raise RepeatedEntryError(entry.type, entry.election, f"that of box {entry.box}")

        def apply() -> None:
            election.tallies[entry.box] = entry

        return apply

    @_next.register
    def _(self, entry: ShuffleEntry) -> Apply:
        election = self._opening(entry)
        setup, done = election.setup, election.shuffles_of(entry.box)
        assert setup is not None  # it is closed, so it was announced
        if entry.box not in election.shuffled_boxes:
            raise NotShuffledError(entry.election, entry.box)
        if entry.trustee in done:
            raise _repeated(entry)
        # So many are enough to open, and so many to keep the order secret from fewer. None
        # stands after a share, since a share stands after the last.
        if len(done) >= setup.needed:
            raise SurplusShuffleError(entry.election, entry.box, setup.needed)

        def apply() -> None:
            election.shuffles[entry.box, entry.trustee] = entry

        return apply

    @_next.register
    def _(self, entry: DecryptionEntry) -> Apply:
        election = self._opening(entry)
        setup, done = election.setup, election.shuffles_of(entry.box)
        assert setup is not None  # it is closed, so it was announced
        # Opened before all these shuffles, some of the trustees could tell whose ballot is whose.
        if entry.box in election.shuffled_boxes and len(done) < setup.needed:
            raise EarlyShareError(entry.election, entry.box, entry.trustee, len(done), setup.needed)
        if (entry.box, entry.trustee) in election.decryptions:
            raise _repeated(entry)

        def apply() -> None:
            election.decryptions[entry.box, entry.trustee] = entry

        return apply

    @_next.register
    def _(self, entry: ResultEntry) -> Apply:
        election = self._at(entry.type, entry.election, "closed")
        assert election.setup is not None  # it is closed, so it was announced
        if tuple(box for box, _ in entry.boxes) != election.boxes:
            raise BoxListError(entry.type, entry.election)
        for box in election.boxes:
            if box not in election.tallies:
                raise UnfinishedTallyError(entry.election, box, "its sealed sum")
            if len(election.shares_of(box)) < election.setup.needed:
                raise UnfinishedTallyError(
                    entry.election, box, f"the shares of {election.setup.needed} trustees"
                )

        def apply() -> None:
            election.result, election.state = entry, "tallied"
            election.result_index = self.size

        return apply

    @_next.register
    def _(self, entry: CertificateEntry) -> Apply:
        election = self._at(entry.type, entry.election, "tallied")

        def apply() -> None:
            assert self.charter is not None  # no entry stands before one
            election.certificate, election.state = entry, "certified"
            election.certificate_index, election.certifier = self.size, self.charter.certifier

        return apply

    @_next.register
    def _(self, entry: VoidEntry) -> Apply:
        # A draft of which nothing was logged yet can be called off as well.
        election = self._elections.get(entry.election) or ElectionStory(entry.election)
        if election.state in {"certified", "void"}:
            raise WrongMomentError(entry.type, entry.election, election.state)

        def apply() -> None:
            election.void, election.state = entry, "void"
            self._elections[election.uuid] = election

        return apply

    def _draft(self, kind: str, uuid: str) -> ElectionStory:
        """The election while it is being prepared; its first entry makes it known."""
        if uuid in self._used_boxes:
            raise RepeatedEntryError(kind, uuid, "the uuid of a box")
        if uuid not in self._elections:
            return ElectionStory(uuid)
        return self._at(kind, uuid, "draft")

    def _at(self, kind: str, uuid: str, state: Moment) -> ElectionStory:
        election = self._elections.get(uuid)
        if election is None:
            raise UnknownElectionError(kind, uuid)
        if election.state != state:
            raise WrongMomentError(kind, uuid, election.state)
        return election

    def _opening(self, entry: ShuffleEntry | DecryptionEntry) -> ElectionStory:
        """The election in which a trustee does her part of opening a box."""
        election = self._at(entry.type, entry.election, "closed")
        self._require_box(election, entry.type, entry.box)
        if entry.trustee not in election.keys:
            raise UnknownTrusteeError(entry.election, entry.trustee)
        if entry.box not in election.tallies:
            raise UnfinishedTallyError(entry.election, entry.box, "its sealed sum")
        return election

    def _require_box(self, election: ElectionStory, kind: str, box: str) -> None:
        if box not in election.ballots:
            raise UnknownBoxError(kind, election.uuid, box)


def _repeated(entry: ShuffleEntry | DecryptionEntry) -> RepeatedEntryError:
    whose = f"that of trustee {entry.trustee} for box {entry.box}"
    return RepeatedEntryError(entry.type, entry.election, whose)
