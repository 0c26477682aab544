"""Rows for trustees: making the key, rehearsing, shuffling, opening; and the tally."""

from collections.abc import Mapping
from typing import Final

from ballots import errors as ballot
from voting import errors as voting
from web import errors as service
from web.error_rows.row import ErrorMessage

_WRONG_SHARE: Final = ErrorMessage(
    422,
    "wrong-share",
    "This share was not made with this trustee's key for this tally.",
    "Ni wnaed y gyfran hon ag allwedd yr ymddiriedolwr hwn ar gyfer y cyfrif hwn.",
)
_WRONG_PART: Final = ErrorMessage(
    422,
    "wrong-part",
    "This part of the key does not fit with the others, or is not signed by this trustee.",
    "Nid yw'r rhan hon o'r allwedd yn cyd-fynd â'r lleill, neu nid yr ymddiriedolwr hwn a'i "
    "llofnododd.",
)

TRUSTEES: Final[Mapping[type[Exception], ErrorMessage]] = {
    service.UnknownTrusteeError: ErrorMessage(
        404, "unknown-trustee", "There is no such trustee.", "Does dim ymddiriedolwr o'r fath."
    ),
    service.TooFewTrusteesError: ErrorMessage(
        422,
        "too-few-trustees",
        "An election needs at least two trustees.",
        "Mae angen o leiaf ddau ymddiriedolwr ar etholiad.",
    ),
    voting.TrusteesNeededError: ErrorMessage(
        422,
        "trustees-needed",
        "At least two of the trustees must be needed, and at most all of them.",
        "Rhaid bod angen o leiaf ddau o'r ymddiriedolwyr, a dim mwy na phob un ohonynt.",
    ),
    service.TrusteeKeySeenError: ErrorMessage(
        409,
        "key-seen",
        "This key was given before. Make a new one.",
        "Rhoddwyd yr allwedd hon o'r blaen. Gwnewch un newydd.",
    ),
    service.TrusteeKeyGivenError: ErrorMessage(
        409,
        "key-given",
        "This trustee has given another key, or another part of it, already.",
        "Mae'r ymddiriedolwr hwn wedi rhoi allwedd arall, neu ran arall ohoni, eisoes.",
    ),
    service.WrongStepError: ErrorMessage(
        409,
        "wrong-step",
        "This is not what comes next for this trustee. Please look at your page again.",
        "Nid hyn sy'n dod nesaf i'r ymddiriedolwr hwn. Edrychwch ar eich tudalen eto.",
    ),
    service.RehearsalFailedError: ErrorMessage(
        409,
        "rehearsal-failed",
        "The practice tally did not come out as it was sealed. The key must be made again, with "
        "the returning officer.",
        "Ni ddaeth y cyfrif ymarfer allan fel y cafodd ei selio. Rhaid gwneud yr allwedd eto, "
        "gyda'r swyddog canlyniadau.",
    ),
    service.ShuffleGivenError: ErrorMessage(
        409,
        "shuffle-given",
        "This trustee has shuffled already.",
        "Mae'r ymddiriedolwr hwn wedi cymysgu eisoes.",
    ),
    service.StaleShuffleError: ErrorMessage(
        409,
        "stale-shuffle",
        "Another trustee has shuffled meanwhile. Please open the page again, and shuffle what "
        "is there now.",
        "Mae ymddiriedolwr arall wedi cymysgu yn y cyfamser. Agorwch y dudalen eto, a chymysgwch "
        "yr hyn sydd yno nawr.",
    ),
    service.TallyNotStartedError: ErrorMessage(
        409,
        "tally-not-started",
        "There is nothing to open now.",
        "Does dim byd i'w agor nawr.",
    ),
    service.TallyStartedError: ErrorMessage(
        409,
        "tally-started",
        "The tally has been started already.",
        "Mae'r cyfrif wedi'i ddechrau eisoes.",
    ),
    service.SmallBoxError: ErrorMessage(
        409,
        "small-box",
        "So few people voted in one group that opening its box could show how they voted. "
        "The rules of this election do not allow that.",
        "Pleidleisiodd cyn lleied o bobl mewn un grŵp fel y gallai agor ei flwch ddangos sut y "
        "gwnaethant bleidleisio. Nid yw rheolau'r etholiad hwn yn caniatáu hynny.",
    ),
    service.WrongBoxesError: ErrorMessage(
        422,
        "wrong-boxes",
        "One part is needed for each ballot box, and for no other.",
        "Mae angen un rhan ar gyfer pob blwch pleidleisio, a dim un arall.",
    ),
    service.ShareGivenError: ErrorMessage(
        409,
        "share-given",
        "This trustee has given her share already.",
        "Mae'r ymddiriedolwr hwn wedi rhoi ei chyfran eisoes.",
    ),
    service.WrongPassphraseError: ErrorMessage(
        403,
        "wrong-passphrase",
        "This passphrase does not open the certifying key.",
        "Nid yw'r cyfrinymadrodd hwn yn agor yr allwedd ardystio.",
    ),
    service.NoCheckpointError: ErrorMessage(
        409,
        "no-checkpoint",
        "The record does not cover the result yet. Please try again in a few seconds.",
        "Nid yw'r cofnod yn cynnwys y canlyniad eto. Rhowch gynnig arall arni mewn ychydig "
        "eiliadau.",
    ),
    ballot.TrusteeProofError: ErrorMessage(
        422,
        "wrong-proof",
        "This is not a key that its owner has proved to hold.",
        "Nid yw hon yn allwedd y mae ei pherchennog wedi profi ei bod yn ei dal.",
    ),
    ballot.CertificateContextError: ErrorMessage(
        422,
        "foreign-certificate",
        "This certificate was made for another place, or for another number of trustees.",
        "Gwnaed y dystysgrif hon ar gyfer lle arall, neu ar gyfer nifer arall o ymddiriedolwyr.",
    ),
    ballot.RepeatedTrusteeError: _WRONG_PART,
    ballot.TrusteeSignatureError: _WRONG_PART,
    ballot.VerificationKeyError: _WRONG_PART,
    ballot.RevealedError: ErrorMessage(
        422,
        "not-committed",
        "This is not what this trustee committed to before.",
        "Nid dyma'r hyn yr ymrwymodd yr ymddiriedolwr hwn iddo o'r blaen.",
    ),
    ballot.ShuffleProofError: ErrorMessage(
        422,
        "wrong-shuffle",
        "This shuffle does not prove that every vote is still there, unchanged.",
        "Nid yw'r cymysgiad hwn yn profi bod pob pleidlais yn dal yno, heb ei newid.",
    ),
    ballot.DecryptionProofError: _WRONG_SHARE,
    ballot.SecondProofError: _WRONG_SHARE,
    ballot.SecondProofBindingError: _WRONG_SHARE,
}
