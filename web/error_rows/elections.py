"""Rows for people, elections, trustees and the tally."""

from collections.abc import Mapping
from typing import Final

from ballots import errors as ballot
from voting import errors as voting
from voting.roll import RollError
from web import errors as service
from web.error_rows.row import ErrorMessage

_WRONG_SHARE: Final = ErrorMessage(
    422,
    "wrong-share",
    "This share was not made with this trustee's key for this tally.",
    "Ni wnaed y gyfran hon ag allwedd yr ymddiriedolwr hwn ar gyfer y cyfrif hwn.",
)

PEOPLE: Final[Mapping[type[Exception], ErrorMessage]] = {
    service.UnknownCodeError: ErrorMessage(
        403,
        "unknown-code",
        "This link is not known. It may have been replaced by a newer one.",
        "Nid yw'r ddolen hon yn hysbys. Efallai bod un fwy newydd wedi cymryd ei lle.",
    ),
    service.UnknownMemberError: ErrorMessage(
        404, "unknown-member", "There is no such member.", "Does dim aelod o'r fath."
    ),
    service.UnknownOfficerError: ErrorMessage(
        404, "unknown-officer", "There is no such officer.", "Does dim swyddog o'r fath."
    ),
    service.BadAddressError: ErrorMessage(
        422,
        "bad-address",
        "A name or an e-mail address is not right.",
        "Nid yw enw neu gyfeiriad e-bost yn gywir.",
    ),
}

ELECTIONS: Final[Mapping[type[Exception], ErrorMessage]] = {
    service.UnknownElectionError: ErrorMessage(
        404, "unknown-election", "There is no such election.", "Does dim etholiad o'r fath."
    ),
    service.ElectionNotDraftError: ErrorMessage(
        409,
        "not-a-draft",
        "The election has been announced, so this stays as it is.",
        "Mae'r etholiad wedi'i gyhoeddi, felly mae hyn yn aros fel y mae.",
    ),
    service.NotReadyError: ErrorMessage(
        409,
        "not-ready",
        "Something is still missing before the election can be announced.",
        "Mae rhywbeth ar goll o hyd cyn y gellir cyhoeddi'r etholiad.",
    ),
    service.MissingTitleError: ErrorMessage(
        422,
        "missing-title",
        "The election needs a short title in English and in Welsh.",
        "Mae angen teitl byr ar yr etholiad yn Gymraeg ac yn Saesneg.",
    ),
    service.MissingReasonError: ErrorMessage(
        422,
        "missing-reason",
        "This cannot be undone, so it needs a reason that everyone can read.",
        "Ni ellir dadwneud hyn, felly mae angen rheswm y gall pawb ei ddarllen.",
    ),
    service.ReasonTooLongError: ErrorMessage(
        422, "reason-too-long", "The reason is too long.", "Mae'r rheswm yn rhy hir."
    ),
    service.ClosingTimePassedError: ErrorMessage(
        409,
        "closing-time-passed",
        "The closing time has passed already.",
        "Mae'r amser cau wedi mynd heibio eisoes.",
    ),
    service.StalePreviewError: ErrorMessage(
        409,
        "stale-preview",
        "Something has changed since you looked. Please look again first.",
        "Mae rhywbeth wedi newid ers i chi edrych. Edrychwch eto yn gyntaf.",
    ),
    voting.VotingError: ErrorMessage(
        422,
        "against-the-rules",
        "A value is missing, or is not one that can be used.",
        "Mae gwerth ar goll, neu nid yw'n un y gellir ei ddefnyddio.",
    ),
    voting.WrongStateError: ErrorMessage(
        409,
        "wrong-state",
        "The election is not at the stage where this can be done.",
        "Nid yw'r etholiad ar y cam lle y gellir gwneud hyn.",
    ),
    voting.GuaranteeDoesNotHoldError: ErrorMessage(
        409,
        "guarantee-does-not-hold",
        "The majority of the protected members would not be safe, so this cannot go on.",
        "Ni fyddai mwyafrif yr aelodau gwarchodedig yn ddiogel, felly ni all hyn fynd ymlaen.",
    ),
    voting.CalendarError: ErrorMessage(
        422,
        "bad-calendar",
        "The closing time must be after the opening time.",
        "Rhaid i'r amser cau fod ar ôl yr amser agor.",
    ),
    RollError: ErrorMessage(
        422,
        "bad-roll",
        "The roll has mistakes, so nothing was imported.",
        "Mae camgymeriadau yn y gofrestr, felly ni fewnforiwyd dim.",
    ),
}

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
    service.TrusteeKeySeenError: ErrorMessage(
        409,
        "key-seen",
        "This key was given before. Make a new one.",
        "Rhoddwyd yr allwedd hon o'r blaen. Gwnewch un newydd.",
    ),
    service.TrusteeKeyGivenError: ErrorMessage(
        409,
        "key-given",
        "This trustee has given another key already.",
        "Mae'r ymddiriedolwr hwn wedi rhoi allwedd arall eisoes.",
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
        "A share is needed for each ballot box, and for no other.",
        "Mae angen cyfran ar gyfer pob blwch pleidleisio, a dim un arall.",
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
    ballot.DecryptionProofError: _WRONG_SHARE,
    ballot.SecondProofError: _WRONG_SHARE,
    ballot.SecondProofBindingError: _WRONG_SHARE,
}
