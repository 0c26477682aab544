"""What the service refuses, by name.

Each leaf says a fact and carries the values at fault; the words for people stand in the
pages, the answer codes in the API. Rules that `voting`, `ballots` and `audit` break come
through as those packages' own errors. No error carries a name, an address, a choice, a
credential or a sign-in code, so that none can reach a log file through a traceback.
"""


class ServiceError(Exception):
    """Something a person or a program asked for that the service does not do."""


# The installation


class NotSetUpError(ServiceError):
    """The organisation has no charter yet: `teg init` comes first."""


class AlreadySetUpError(ServiceError):
    """The organisation has its charter and keys already."""


class SameCharterError(ServiceError):
    """This charter is in force already."""


class CollegesInUseError(ServiceError):
    """Members sit in colleges that the charter lacks."""

    def __init__(self, colleges: tuple[tuple[str, int], ...]) -> None:
        self.colleges = colleges
        named = ", ".join(f"{college} ({number})" for college, number in colleges)
        super().__init__(f"members sit in colleges that the charter lacks: {named}")


class DraftsInTheWayError(ServiceError):
    """Drafts ask what the charter does not allow: election, question and why, for each."""

    def __init__(self, contests: tuple[tuple[str, str, str], ...]) -> None:
        self.contests = contests
        named = "; ".join(f"{election}, {contest}: {why}" for election, contest, why in contests)
        super().__init__(f"drafts ask what the charter does not allow: {named}")


class WeakPassphraseError(ServiceError):
    """The certifying key's passphrase is too short."""

    def __init__(self, least: int) -> None:
        self.least = least
        super().__init__(f"a passphrase needs at least {least} characters")


class SettingsError(ServiceError):
    """A setting cannot be what it says."""

    def __init__(self, setting: str, problem: str) -> None:
        self.setting = setting
        self.problem = problem
        super().__init__(f"{setting}: {problem}")


class KeyFileError(ServiceError):
    """A key file is missing, or is not what it must be."""

    def __init__(self, name: str, problem: str) -> None:
        self.name = name
        self.problem = problem
        super().__init__(f"{name}: {problem}")


class SealedValueError(ServiceError):
    """A value kept under the key file does not open: altered, moved, or another key."""


class DatabaseError(ServiceError):
    """The database is of a kind or an age that this program cannot use."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


class ServiceClosedError(ServiceError):
    """The service is shutting down; nothing was changed."""


class LogFrozenError(ServiceError):
    """The log may not grow: what we hold does not extend what was signed."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


class CorruptRowError(ServiceError):
    """Bytes read back from the database are not the bytes that were checked."""

    def __init__(self, digest: str) -> None:
        self.digest = digest
        super().__init__(f"stored bytes differ from those received: {digest}")


# People


class UnknownCodeError(ServiceError):
    """No one has this sign-in code: a mistyped, replaced or foreign link."""


class UnknownMemberError(ServiceError):
    """No such member on this election's roll."""

    def __init__(self, member_id: int) -> None:
        self.member_id = member_id
        super().__init__(f"no member {member_id} on this roll")


class UnknownOfficerError(ServiceError):
    """No such officer."""

    def __init__(self, officer_id: int) -> None:
        self.officer_id = officer_id
        super().__init__(f"no officer {officer_id}")


class BadAddressError(ServiceError):
    """A name or an e-mail address that cannot be one; `place` is its place in the list."""

    def __init__(self, place: int) -> None:
        self.place = place
        super().__init__(f"not a name and e-mail address: number {place}")


# Elections


class UnknownElectionError(ServiceError):
    """No such election."""

    def __init__(self, election: str) -> None:
        self.election = election
        super().__init__(f"no election {election}")


class ElectionNotDraftError(ServiceError):
    """The election was announced: what defines it stays as it is."""

    def __init__(self, election: str, state: str) -> None:
        self.election = election
        self.state = state
        super().__init__(f"election {election} is {state}, no draft")


class NotReadyError(ServiceError):
    """The election cannot be announced yet; `missing` holds the codes of views.ElectionView."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        self.missing = missing
        super().__init__("not ready: " + ", ".join(missing))


class UnknownContestError(ServiceError):
    """The draft has no contest of this id."""

    def __init__(self, contest: str) -> None:
        self.contest = contest
        super().__init__(f"no contest {contest}")


class MissingTitleError(ServiceError):
    """The title lacks a language, or is too long."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.languages = languages
        super().__init__("no good title in: " + ", ".join(languages))


class MissingReasonError(ServiceError):
    """An irreversible act needs a public reason."""

    def __init__(self, act: str) -> None:
        self.act = act
        super().__init__(f"a public reason is needed to {act}")


class ReasonTooLongError(ServiceError):
    """The reason is longer than the public record takes."""

    def __init__(self, length: int, limit: int) -> None:
        self.length = length
        self.limit = limit
        super().__init__(f"a reason has at most {limit} characters, not {length}")


class ClosingTimePassedError(ServiceError):
    """The closing time has passed, so nothing can open or be announced."""

    def __init__(self, closes: int) -> None:
        self.closes = closes
        super().__init__(f"the closing time {closes} has passed")


class StalePreviewError(ServiceError):
    """What was previewed is no longer what would happen."""

    def __init__(self, previewed: str, now: str) -> None:
        self.previewed = previewed
        self.now = now
        super().__init__("what was shown has changed since: look again")


# Casting


class UnknownBoxError(ServiceError):
    """No such ballot box."""

    def __init__(self, box: str) -> None:
        self.box = box
        super().__init__("no such ballot box")


class BallotTooLargeError(ServiceError):
    """The ballot has more bytes than any honest one."""

    def __init__(self, size: int, limit: int) -> None:
        self.size = size
        self.limit = limit
        super().__init__(f"{size} bytes, at most {limit}")


class UnknownCredentialError(ServiceError):
    """The ballot is signed by a credential that this box does not list."""

    def __init__(self, box: str) -> None:
        self.box = box
        super().__init__(f"not a credential of box {box}")


class ElectionNotOpenError(ServiceError):
    """No ballot is taken: not open yet, or closed when the ballot was complete."""

    def __init__(self, election: str, state: str) -> None:
        self.election = election
        self.state = state
        super().__init__(f"election {election} takes no ballots: {state}")


class ReplayedBallotError(ServiceError):
    """These bytes are in the box already and were replaced by a later ballot."""

    def __init__(self, box: str, tracker: str) -> None:
        self.box = box
        self.tracker = tracker
        super().__init__(f"already in box {box}, and replaced since")


# Trustees and the tally


class UnknownTrusteeError(ServiceError):
    """No such trustee."""

    def __init__(self, trustee_id: int) -> None:
        self.trustee_id = trustee_id
        super().__init__(f"no trustee {trustee_id}")


class TooFewTrusteesError(ServiceError):
    """An election needs more trustees than this."""

    def __init__(self, given: int, least: int) -> None:
        self.given = given
        self.least = least
        super().__init__(f"{given} trustees, at least {least} are needed")


class TrusteeKeySeenError(ServiceError):
    """This public key was given before, here or in another election."""


class TrusteeKeyGivenError(ServiceError):
    """This trustee gave another key, or another part of it, already."""

    def __init__(self, trustee: int) -> None:
        self.trustee = trustee
        super().__init__(f"trustee {trustee} gave another one already")


class WrongStepError(ServiceError):
    """Something else is asked of this trustee now; `expected` as in `TrusteeStep`."""

    def __init__(self, expected: str) -> None:
        self.expected = expected
        super().__init__(f"not now; what comes next for this trustee is: {expected}")


class RehearsalFailedError(ServiceError):
    """The practice tally opened to other numbers than were sealed: the key is not right."""

    def __init__(self, election: str) -> None:
        self.election = election
        super().__init__(f"the practice tally of election {election} opened wrongly")


class ShuffleGivenError(ServiceError):
    """This trustee shuffled already, and this shuffle differs from hers."""

    def __init__(self, trustee: int) -> None:
        self.trustee = trustee
        super().__init__(f"trustee {trustee} gave another shuffle already")


class StaleShuffleError(ServiceError):
    """Another trustee shuffled meanwhile: this shuffle starts from what was before hers."""

    def __init__(self, given: int) -> None:
        self.given = given
        super().__init__(f"made before the last of {given} shuffles")


class TallyNotStartedError(ServiceError):
    """There is no encrypted tally to open yet, or no longer."""

    def __init__(self, election: str) -> None:
        self.election = election
        super().__init__(f"election {election} has no tally waiting for shares")


class TallyStartedError(ServiceError):
    """The tally was started already."""

    def __init__(self, election: str) -> None:
        self.election = election
        super().__init__(f"the tally of election {election} was started already")


class SmallBoxError(ServiceError):
    """Opening these boxes would show how few people voted; the rules do not allow it."""

    def __init__(self, colleges: tuple[str, ...], least: int) -> None:
        self.colleges = colleges
        self.least = least
        super().__init__(f"fewer than {least} voters: " + ", ".join(colleges))


class WrongBoxesError(ServiceError):
    """What a trustee gave is not exactly one part for each box of the election."""

    def __init__(self, expected: tuple[str, ...], given: tuple[str, ...]) -> None:
        self.expected = expected
        self.given = given
        super().__init__(f"parts for {len(given)} boxes, expected {len(expected)}")


class ShareGivenError(ServiceError):
    """This trustee gave her share already, and this one differs from it."""

    def __init__(self, trustee: int) -> None:
        self.trustee = trustee
        super().__init__(f"trustee {trustee} gave another share already")


class WrongPassphraseError(ServiceError):
    """The passphrase does not open the certifying key."""


class NoCheckpointError(ServiceError):
    """No signed checkpoint covers the entry yet."""

    def __init__(self, index: int) -> None:
        self.index = index
        super().__init__(f"no checkpoint covers entry {index} yet")


# Messages


class MailServerError(ServiceError):
    """The mail server did not take a message; it stays waiting. Carries no address.

    Attributes:
        is_down: it would take no other message either, for now.
    """

    def __init__(self, problem: str, *, is_down: bool) -> None:
        self.problem = problem
        self.is_down = is_down
        super().__init__(problem)
