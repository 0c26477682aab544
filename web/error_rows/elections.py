"""Rows for people and elections."""

from collections.abc import Mapping
from typing import Final

from voting import errors as voting
from voting.roll import RollError
from web import errors as service
from web.error_rows.row import ErrorMessage

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
    service.UnknownContestError: ErrorMessage(
        404,
        "unknown-contest",
        "This election asks no such question.",
        "Nid yw'r etholiad hwn yn gofyn cwestiwn o'r fath.",
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
    voting.WeightedMethodError: ErrorMessage(
        422,
        "weighted-method",
        "This way of counting takes every ballot as one, so it cannot be used where groups have "
        "shares.",
        "Mae'r ffordd hon o gyfrif yn cymryd pob pleidlais fel un, felly ni ellir ei defnyddio "
        "lle mae gan grwpiau gyfrannau.",
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
