"""What can be wrong with a public record, one class per fact.

`UsageError` is the caller's slip, `IncompleteError` says that something could not be
fetched; every other leaf says that the record is wrong.
"""

from audit.errors import AuditError

# The record: reaching it


class UsageError(AuditError):
    """The base of what the caller asked for wrongly."""


class AddressError(UsageError):
    """Values: the text, what is wrong."""

    sentence = "{0!r} is not the address of a record: {1}"


class UnknownElectionAskedError(UsageError):
    """Values: election."""

    sentence = "the record has no election {0}"


class IncompleteError(AuditError):
    """The base of what could not be fetched: nothing is wrong, but not all is known."""


class RecordMissingError(IncompleteError):
    """Values: path."""

    sentence = "{0} is not there"


class RecordUnreachableError(IncompleteError):
    """Values: path, why."""

    sentence = "{0} could not be fetched: {1}"


class SlowRecordError(IncompleteError):
    """Values: path, seconds waited."""

    sentence = "{0} did not arrive within {1} seconds"


class RecordPathError(AuditError):
    """Values: path."""

    sentence = "{0!r} is not a path inside a record"


class RecordLimitError(AuditError):
    """Values: path, limit in bytes."""

    sentence = "{0} is longer than the {1} bytes it can have"


class RecordRedirectError(AuditError):
    """Values: path, address it points to."""

    sentence = "{0} points elsewhere, to {1!r}: give the record's own address"


class RecordAnswerError(AuditError):
    """Values: path, what is wrong."""

    sentence = "the answer for {0} is not a file of a record: {1}"


class LogLimitError(AuditError):
    """Values: size, limit."""

    sentence = "the log says to have {0} entries, more than the {1} this program is ready to read"


# The record: what it says


class ObjectDigestError(AuditError):
    """Values: path, expected digest."""

    sentence = "{0} has not the digest {1} that the log names"


class ObjectFormError(AuditError):
    """Values: path, what is wrong."""

    sentence = "{0} is malformed: {1}"


class MismatchError(AuditError):
    """The base of two parts of a record that contradict each other."""


class ManifestMismatchError(MismatchError):
    """Values: what differs, from what."""

    sentence = "the manifest's {0} is not that of {1}"


class BoxMismatchError(MismatchError):
    """Values: college, what differs, from what."""

    sentence = "in the box of {0}, the {1} is not that of {2}"


class TrusteeGroupError(MismatchError):
    """Values: how many are needed, of how many."""

    sentence = "the boxes' trustees are not one group of whom {0} of {1} are enough"


class TrusteeKeyMismatchError(MismatchError):
    """Values: number of the trustee."""

    sentence = "the key of trustee {0} in the boxes is not the one in the log"


class CommitmentListError(MismatchError):
    """Values: election."""

    sentence = "the logged commitments are not those of the trustees of the election {0}"


class CommitmentMismatchError(MismatchError):
    """Values: number of the trustee."""

    sentence = "trustee {0} showed another polynomial than the one she had committed to"


class CredentialCountError(MismatchError):
    """Values: college, number of credentials, members on the roll."""

    sentence = "the box of {0} has {1} credentials for {2} members"


class SharedCredentialError(MismatchError):
    """Values: credential."""

    sentence = "the credential {0} is on the lists of two boxes"


class DroppedBallotError(MismatchError):
    """Values: college, digest, index of its entry."""

    sentence = "the archive of {0} lacks the ballot {1} that is entry {2} of the log"


class UnloggedBallotError(MismatchError):
    """Values: college, digest."""

    sentence = "the archive of {0} holds the ballot {1} where the log has another or none"


class ArchiveMismatchError(MismatchError):
    """Values: college."""

    sentence = "the archive of {0} is not the one that follows from the log"


class UnfinishedArchiveError(MismatchError):
    """Values: college."""

    sentence = "the archive of {0} has no result"


class SmallBoxError(MismatchError):
    """Values: college, number of voters."""

    sentence = "the box of {0} was opened with only {1} voters, against the election's rules"


class ProofListError(MismatchError):
    """Values: election."""

    sentence = "proofs.json of the election {0} is not the list of second proofs in the log"


class CountMismatchError(MismatchError):
    """Values: election."""

    sentence = "the result of the election {0} is not what its boxes and its charter give"


class LotSeedError(MismatchError):
    """Values: election."""

    sentence = "the seed of the election {0} is not the one that its manifest binds"


class CopyMismatchError(MismatchError):
    """Values: path, path of the original."""

    sentence = "{0} is not the same as {1}"


# The certificate


class CertificateFormError(AuditError):
    """Values: what is wrong."""

    sentence = "the certificate is malformed: {0}"


class CertificateKeyError(AuditError):
    """Values: key found, key expected."""

    sentence = "the certificate is by the key {0}, not by the certifying key {1}"


class CertificateSignatureError(AuditError):
    """Values: key."""

    sentence = "the certificate is not signed by the key {0}"


class CertificateMismatchError(AuditError):
    """Values: what differs."""

    sentence = "the certificate's {0} is not the record's"


# Trustees


class NotATrusteeError(AuditError):
    """Values: election."""

    sentence = "the private key belongs to no trustee of the election {0}"


class OtherCertificatesError(AuditError):
    """Values: election."""

    sentence = "the key of the election {0} was made with other certificates than you were shown"


class TallyNotReadyError(AuditError):
    """Values: election, state."""

    sentence = "the tally of the election {0} cannot be opened while it is {1}"


class NothingToShuffleError(AuditError):
    """Values: election, how many shuffles it has at most."""

    sentence = "nothing is to be shuffled in the election {0}: it has all {1} shuffles"


class SealedKeyMissingError(UsageError):
    """Values: path."""

    sentence = (
        "{0} is the key of one of several trustees: give the file with her sealed share too, "
        "with --decryption-key"
    )


class FileExistsAlreadyError(UsageError):
    """Values: path."""

    sentence = "{0} exists already and is not overwritten"


class UnwritableFileError(UsageError):
    """Values: path, why."""

    sentence = "{0} cannot be written: {1}"


class UnreadableFileError(UsageError):
    """Values: path, why."""

    sentence = "{0} cannot be read: {1}"


class RefusedCharterError(AuditError):
    """Values: path, why."""

    sentence = "{0} is no charter: {1}"


class UnknownMembersError(UsageError):
    """Values: what --members has too much, or lacks."""

    sentence = "--members: {0}"


class ElectionListError(IncompleteError):
    """Values: election. It may have been announced a moment ago, before the next signed head."""

    sentence = "elections.json names the election {0}, of which the signed log does not tell yet"


class GuaranteeStatementError(MismatchError):
    """Values: contest."""

    sentence = "the guarantee stated for {0} is not the one that charter and roll give"


# One archive by itself


class NotOfTheServiceError(AuditError):
    """Values: what of the archive, what the service's have."""

    sentence = "{0} is not what elections of the service have: {1}"


class LargeFileError(UsageError):
    """Values: path, limit in bytes."""

    sentence = "{0} is longer than the {1} bytes that an archive may have here"


class WrongOptionError(UsageError):
    """Values: options, what they are for."""

    sentence = "{0} are for {1}"


# A count from a file


class UncountableFileError(AuditError):
    """Values: path, what is wrong."""

    sentence = "{0}: {1}"


class WrongSeatsError(UsageError):
    """Values: seats, method."""

    sentence = "{0} are not seats that {1} can fill from these candidates"
