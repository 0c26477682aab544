"""Rows for requests as such, and for casting a ballot."""

from collections.abc import Mapping
from typing import Final

from ballots import errors as ballot
from web import errors as service
from web import http_errors as http
from web.error_rows.row import ErrorMessage

_MALFORMED: Final = ErrorMessage(
    400,
    "malformed",
    "What was sent is not in the form that it must have.",
    "Nid yw'r hyn a anfonwyd yn y ffurf y mae'n rhaid iddo fod.",
)
_UNKNOWN_CREDENTIAL: Final = ErrorMessage(
    403,
    "unknown-credential",
    "This vote was not made with a link for this ballot box.",
    "Ni wnaed y bleidlais hon â dolen ar gyfer y blwch pleidleisio hwn.",
)
_WRONG_SIGNATURE: Final = ErrorMessage(
    403,
    "wrong-signature",
    "This vote is not signed as it must be.",
    "Nid yw'r bleidlais hon wedi'i llofnodi fel y dylai fod.",
)
_FOREIGN_BALLOT: Final = ErrorMessage(
    422,
    "foreign-ballot",
    "This vote was made for another ballot box.",
    "Gwnaed y bleidlais hon ar gyfer blwch pleidleisio arall.",
)
_WRONG_PROOF: Final = ErrorMessage(
    422,
    "wrong-proof",
    "This vote does not prove that it follows the rules.",
    "Nid yw'r bleidlais hon yn profi ei bod yn dilyn y rheolau.",
)

REQUESTS: Final[Mapping[type[Exception], ErrorMessage]] = {
    http.RequestError: ErrorMessage(
        400, "bad-request", "This request cannot be read.", "Ni ellir darllen y cais hwn."
    ),
    http.UnknownPathError: ErrorMessage(
        404, "not-found", "There is nothing here.", "Does dim byd yma."
    ),
    http.NoOperatorError: ErrorMessage(
        404, "not-found", "There is nothing here.", "Does dim byd yma."
    ),
    http.NotTheOperatorError: ErrorMessage(
        401,
        "not-the-operator",
        "This needs the operator's token.",
        "Mae angen tocyn y gweithredwr ar gyfer hyn.",
    ),
    http.WrongMethodError: ErrorMessage(
        405,
        "wrong-method",
        "This cannot be asked for in this way.",
        "Ni ellir gofyn am hyn yn y ffordd hon.",
    ),
    http.WrongMediaTypeError: ErrorMessage(
        415,
        "wrong-media-type",
        "Only JSON is read here.",
        "Dim ond JSON sy'n cael ei ddarllen yma.",
    ),
    http.MalformedRequestError: _MALFORMED,
    http.BodyTooLargeError: ErrorMessage(
        413,
        "too-large",
        "What was sent is too large.",
        "Mae'r hyn a anfonwyd yn rhy fawr.",
    ),
    http.NotSignedInError: ErrorMessage(
        401,
        "not-signed-in",
        "You are not signed in. Please open your personal link again.",
        "Nid ydych wedi mewngofnodi. Agorwch eich dolen bersonol eto.",
    ),
    http.SlowBodyError: ErrorMessage(
        408,
        "too-slow",
        "What was sent did not all arrive in time. Please try again.",
        "Ni chyrhaeddodd popeth a anfonwyd mewn pryd. Rhowch gynnig arall arni.",
    ),
    http.GoneAwayError: ErrorMessage(
        400,
        "cut-off",
        "The connection ended before everything had arrived.",
        "Daeth y cysylltiad i ben cyn i bopeth gyrraedd.",
    ),
    http.TooManyRequestsError: ErrorMessage(
        429,
        "too-many",
        "Too many requests came from your connection. Please wait a moment and try again.",
        "Daeth gormod o geisiadau o'ch cysylltiad chi. Arhoswch funud a rhowch gynnig arall arni.",
    ),
}

CASTING: Final[Mapping[type[Exception], ErrorMessage]] = {
    service.UnknownBoxError: ErrorMessage(
        404, "unknown-box", "There is no such ballot box.", "Does dim blwch pleidleisio o'r fath."
    ),
    service.BallotTooLargeError: ErrorMessage(
        413,
        "too-large",
        "This is larger than any vote can be.",
        "Mae hyn yn fwy nag y gall unrhyw bleidlais fod.",
    ),
    service.UnknownCredentialError: _UNKNOWN_CREDENTIAL,
    service.ElectionNotOpenError: ErrorMessage(
        409,
        "not-open",
        "This vote is not open now. Your vote was not put into the box.",
        "Nid yw'r bleidlais hon ar agor nawr. Ni roddwyd eich pleidlais yn y blwch.",
    ),
    service.ReplayedBallotError: ErrorMessage(
        409,
        "replayed",
        "This vote was sent before, and a later one has replaced it.",
        "Anfonwyd y bleidlais hon o'r blaen, ac mae un ddiweddarach wedi cymryd ei lle.",
    ),
    ballot.BallotError: _MALFORMED,
    ballot.UnknownCredentialError: _UNKNOWN_CREDENTIAL,
    ballot.BallotHashError: _WRONG_SIGNATURE,
    ballot.BallotSignatureError: _WRONG_SIGNATURE,
    ballot.WrongElectionError: _FOREIGN_BALLOT,
    ballot.WrongFingerprintError: _FOREIGN_BALLOT,
    ballot.BallotProofError: _WRONG_PROOF,
    ballot.PointOutsideGroupError: _WRONG_PROOF,
    ballot.IdentityPointError: _WRONG_PROOF,
}
