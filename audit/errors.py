"""What can be wrong with a log or a record, one class per fact.

Each leaf carries the values at fault in `args` and says them in one sentence, so that
the observer's program can name the failure without a table of its own.
"""

from typing import ClassVar


class AuditError(Exception):
    """The base of everything this package raises about outside bytes."""

    sentence: ClassVar[str] = "{0}"

    def __init__(self, *values: object) -> None:
        super().__init__(*values)

    def __str__(self) -> str:
        return self.sentence.format(*self.args)


# The tree


class InclusionProofError(AuditError):
    """Values: index, size."""

    sentence = "the proof does not show that entry {0} is in the tree of {1} entries"


class ConsistencyProofError(AuditError):
    """Values: older size, newer size."""

    sentence = "the proof does not show that the tree of {0} entries grew into the one of {1}"


class NoSuchLeafError(AuditError):
    """Values: index, size."""

    sentence = "there is no entry {0} in a tree of {1} entries"


class RightEdgeError(AuditError):
    """Values: size, number of hashes given."""

    sentence = "the right edge of a tree of {0} entries cannot have these {1} hashes"


class RootMismatchError(AuditError):
    """Values: size."""

    sentence = "the entries of the log do not hash to the signed root of size {0}"


# Notes, keys and checkpoints


class KeyFormError(AuditError):
    """Values: what is wrong."""

    sentence = "the log's key is malformed: {0}"


class NoteFormError(AuditError):
    """Values: what is wrong."""

    sentence = "the signed note is malformed: {0}"


class UnsignedNoteError(AuditError):
    """Values: name of the key that should have signed."""

    sentence = "the note carries no signature by the key {0}"


class NoteSignatureError(AuditError):
    """Values: name of the key."""

    sentence = "the signature by {0} does not belong to this note"


class CheckpointFormError(AuditError):
    """Values: what is wrong."""

    sentence = "the checkpoint is malformed: {0}"


class WrongOriginError(AuditError):
    """Values: origin found, origin expected."""

    sentence = "the checkpoint is of the log {0}, not of {1}"


class StaleCheckpointError(AuditError):
    """Values: size shown now, size signed before."""

    sentence = "the log shows {0} entries, fewer than the {1} it signed before"


class ForkedLogError(AuditError):
    """Values: size of the earlier checkpoint."""

    sentence = (
        "the log contradicts the checkpoint of size {0} that it signed before: "
        "it has been rewritten"
    )


# Tiles and bundles


class TilePathError(AuditError):
    """Values: the path."""

    sentence = "this is not the path of a tile: {0!r}"


class BundleFormError(AuditError):
    """Values: what is wrong."""

    sentence = "the entry bundle is malformed: {0}"


class TileMismatchError(AuditError):
    """Values: path of the tile."""

    sentence = "{0} does not hold the hashes of the log's entries"


# Entries and what may follow what


class EntryFormError(AuditError):
    """Values: what is wrong."""

    sentence = "the entry is malformed: {0}"


class StoryError(AuditError):
    """The base of entries that stand where they may not."""


class NoCharterError(StoryError):
    """Values: type of the entry."""

    sentence = "an entry of type {0} stands before any charter"


class TimeGoesBackError(StoryError):
    """Values: type, its time, the latest time before it."""

    sentence = "an entry of type {0} bears the time {1}, before {2} which the log already reached"


class UnknownElectionError(StoryError):
    """Values: type of the entry, election."""

    sentence = "an entry of type {0} names the election {1}, which the log does not know"


class WrongMomentError(StoryError):
    """Values: type of the entry, election, state of the election."""

    sentence = "an entry of type {0} may not stand in the election {1} while it is {2}"


class MissingBeforeSetupError(StoryError):
    """Values: election, what is missing."""

    sentence = "the election {0} was announced without {1}"


class RepeatedEntryError(StoryError):
    """Values: type of the entry, election, what is repeated."""

    sentence = "an entry of type {0} of the election {1} repeats {2}"


class UnknownBoxError(StoryError):
    """Values: type of the entry, election, box."""

    sentence = "an entry of type {0} names the box {2}, which the election {1} does not have"


class UnknownTrusteeError(StoryError):
    """Values: election, number of the trustee."""

    sentence = "the election {0} has no trustee {1}"


class BallotCountError(StoryError):
    """Values: election, box, count stated, count in the log."""

    sentence = "closing the election {0} states {2} ballots in box {1}, the log has {3}"


class BoxListError(StoryError):
    """Values: type of the entry, election."""

    sentence = (
        "an entry of type {0} of the election {1} does not list its boxes, each once, in order"
    )


class UnfinishedTallyError(StoryError):
    """Values: election, box, what is missing."""

    sentence = "in the election {0}, box {1} is opened before it has {2}"


class NeededTrusteesError(StoryError):
    """Values: election, how many are needed, how many there are."""

    sentence = "in the election {0}, {1} of {2} trustees cannot be the number that opens it"


class NotShuffledError(StoryError):
    """Values: election, box."""

    sentence = "in the election {0}, box {1} is shuffled, though none of its questions is"


class SurplusShuffleError(StoryError):
    """Values: election, box, how many are needed."""

    sentence = "in the election {0}, box {1} is shuffled again after all {2} shuffles"


class EarlyShareError(StoryError):
    """Values: election, box, number of the trustee, shuffles that are there, that are needed."""

    sentence = (
        "in the election {0}, box {1} was opened by trustee {2} after {3} of {4} shuffles, "
        "so that some could see whose ballot is whose"
    )


# The guard


class GuardError(AuditError):
    """The base of refusals to sign."""


class GuardMissingError(GuardError):
    """Values: path."""

    sentence = "the guard {0} is missing: nothing may be signed without it"


class GuardExistsError(GuardError):
    """Values: path."""

    sentence = "the guard {0} exists already"


class GuardFormError(GuardError):
    """Values: path, what is wrong."""

    sentence = "the guard {0} is damaged: {1}"


class StaleGuardError(GuardError):
    """Values: size expected, size found."""

    sentence = "the guard stands at {1} entries, not at {0}: somebody else has signed"


class RolledBackError(GuardError):
    """Values: size to be signed, size signed before."""

    sentence = "{0} entries may not be signed after {1} were"


class RewrittenLogError(GuardError):
    """Values: size at which the trees part."""

    sentence = "the log no longer has the root that was signed at {0} entries"


class WrongRootError(GuardError):
    """Values: size."""

    sentence = "the root to be signed is not the root of the first {0} entries"
