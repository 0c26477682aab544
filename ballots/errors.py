"""What can be wrong with a ballot, a key, a tally or an archive: one named error each.

Every leaf carries the values at fault as its arguments, so that it survives the way back
from a worker process. Words for people are kept where people are spoken to.
"""


class BallotError(Exception):
    """The base of every error of this package.

    Attributes:
        ballot: hex SHA-256 of the ballot at fault, where one of many was looked at.
    """

    ballot: str | None = None

    def __str__(self) -> str:
        """The first line of the leaf's docstring, with the values at fault."""
        fact = (type(self).__doc__ or "").splitlines()[0].split(";")[0].removesuffix(".")
        values = ", ".join([str(value)[:200] for value in self.args])
        return f"{fact}: {values}" if values else fact


class UnsupportedError(BallotError):
    """The election uses something this version cannot check; arg: what."""


# --- the form of outside bytes ---------------------------------------------------------


class FormError(BallotError):
    """The base of errors of form: the bytes are not the one way to write any value."""


class MalformedJsonError(FormError):
    """The bytes are not canonical JSON (white space, repeated keys, depth, encoding...)."""


class OversizedError(FormError):
    """More bytes, items or characters than allowed; args: what, limit, found."""


class WrongFieldsError(FormError):
    """An object's fields are not the expected ones in their order; args: expected, found."""


class WrongValueError(FormError):
    """A value has the wrong type or is outside its range; args: what was expected, found."""


class WrongLengthError(FormError):
    """A list has the wrong number of items; args: what, expected, found."""


class ScalarFormError(FormError):
    """An exponent is not a plain decimal below the group's order; arg: the text."""


class PointFormError(FormError):
    """A point is not 64 lower-case hexadecimal digits in canonical form; arg: the text."""


class UuidFormError(FormError):
    """An election's uuid is not at least 14 characters of Base58; arg: the text."""


class CredentialFormError(FormError):
    """A credential is not 22 characters of Base58 in groups of 5, 6, 5, 6."""


class PrivateKeyFormError(FormError):
    """A private key's file holds no private key. What it holds is not repeated."""


class SeedFormError(FormError):
    """A threshold trustee's secret is not 22 characters of Base58. What it is is not repeated."""


# --- the group --------------------------------------------------------------------------


class PointOutsideGroupError(BallotError):
    """A point is outside the prime-order group; arg: its text."""


class IdentityPointError(BallotError):
    """The identity stands where no honest program puts it; arg: what it stands for."""


# --- elections, trustees, credentials ---------------------------------------------------


class QuestionRulesError(BallotError):
    """A question's bounds contradict each other; args: min, max, number of answers."""


class TrusteeProofError(BallotError):
    """A trustee does not prove that she knows her private key; arg: her public key."""


class RepeatedTrusteeError(BallotError):
    """Two trustees have the same key; arg: the public key."""


class ThresholdRulesError(BallotError):
    """So many cannot be needed of so many trustees; args: threshold, number of trustees."""


class CertificateContextError(BallotError):
    """A threshold trustee's certificate is for another set-up; args: expected, found context."""


class TrusteeSignatureError(BallotError):
    """A threshold trustee did not sign what stands in her name; args: what, her index."""


class VerificationKeyError(BallotError):
    """A threshold trustee's key is not what the polynomials make; args: index, expected, found."""


class ChannelError(BallotError):
    """A secret message cannot be opened with this key, or is meant for another; arg: what."""


class SecretShareError(BallotError):
    """A threshold trustee sent a secret that is not on her polynomial; arg: her index."""


class NotPracticeError(BallotError):
    """What is shown as a practice tally was sealed by somebody else: it may be a ballot."""


class RevealedError(BallotError):
    """What is revealed is not what was committed to; args: committed, found digest."""


class NotASeatError(BallotError):
    """A secret belongs to no certificate of the set-up."""


class JointKeyError(BallotError):
    """An election's key is not the product of its trustees' keys; args: expected, found."""


class CredentialOrderError(BallotError):
    """Public credentials are repeated, or not in the order that hides the roll's; arg: the one."""


class WeightedShuffleError(BallotError):
    """A ballot to be shuffled has a weight other than one; arg: the public credential."""


class MixedWeightsError(BallotError):
    """Some public credentials have a weight and some have none."""


class UnknownCredentialError(BallotError):
    """A ballot's credential is not on the election's list; arg: the public credential."""


# --- one ballot -------------------------------------------------------------------------


class ChoiceRulesError(BallotError):
    """Choices to be sealed break a question's rules; arg: its number, and never the choices."""


class WrongElectionError(BallotError):
    """A ballot was made for another election; args: expected uuid, found."""


class WrongFingerprintError(BallotError):
    """A ballot was made for other election data; args: expected fingerprint, found."""


class BallotHashError(BallotError):
    """The hash that was signed is not the ballot's; args: expected, found."""


class BallotSignatureError(BallotError):
    """A ballot is not signed by its credential; arg: the public credential."""


class BallotProofError(BallotError):
    """A proof in a ballot does not hold; args: question, which proof, choice (from 0)."""


class DuplicateBallotError(BallotError):
    """The same bytes stand twice in a box; arg: hex SHA-256 of the ballot."""


# --- tally ------------------------------------------------------------------------------


class EncryptedTallyError(BallotError):
    """The encrypted tally is not what the ballots add up to; args: expected, found SHA-256."""


class SizedTallyError(BallotError):
    """The numbers beside the encrypted tally are wrong; args: expected, found bytes."""


class ShuffleProofError(BallotError):
    """A shuffle is not proved to keep every ballot; args: question, which equation."""


class MissingShuffleError(BallotError):
    """A tally is opened whose ballots were not shuffled to the end; arg: what is missing."""


class UnexpectedShuffleError(BallotError):
    """A shuffle is recorded though no question asks for one."""


class DecryptionProofError(BallotError):
    """A trustee's decryption is not proved; args: public key, question, choice (from 0)."""


class SecondProofError(BallotError):
    """A trustee's second decryption proof fails; args: public key, question, choice."""


class SecondProofBindingError(BallotError):
    """Second proofs were made for another box or key; args: what, expected, found."""


class MissingSecondProofError(BallotError):
    """A trustee decrypted without giving the second proof; arg: her number."""


class SharesDisagreeError(BallotError):
    """Shares open different plaintexts; args: question, choice, numbers one of which is wrong."""


class CountOutOfRangeError(BallotError):
    """A decrypted count is not between 0 and the largest possible; args: question, choice."""


class ResultError(BallotError):
    """A published count or ballot is not what the shares open; args: question, choice (from 0)."""


# --- archive ----------------------------------------------------------------------------


class ArchiveError(BallotError):
    """The base of errors in the structure of an archive."""


class TruncatedArchiveError(ArchiveError):
    """The archive ends in the middle of a record; arg: offset of the record."""


class ChangedArchiveError(ArchiveError):
    """The archive was changed while it was being verified; arg: offset of the record's body."""


class RecordHeaderError(ArchiveError):
    """A record's header or padding is not byte-exact; arg: offset of the record."""


class RecordNameError(ArchiveError):
    """A record is not named by its content; args: expected, found."""


class EventChainError(ArchiveError):
    """An event does not follow the one before it; args: height, which field."""


class EventOrderError(ArchiveError):
    """An event stands where the order of events forbids it; args: last type, this type."""


class EventRecordsError(ArchiveError):
    """The records before an event are not those it speaks of; args: height."""


class UnknownOwnerError(ArchiveError):
    """A decryption or a shuffle belongs to no trustee; arg: the number."""


class RepeatedOwnerError(ArchiveError):
    """A trustee decrypted or shuffled twice; arg: her number."""


class MissingShareError(ArchiveError):
    """There is a result though trustees who are needed have not decrypted; arg: their numbers."""
