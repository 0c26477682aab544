"""What the machine interface says of each error: one table, in English and Welsh.

The status and the code are for programs, the two sentences for the person behind one. A
class without its own row has that of its nearest base; what is in no row at all is our
own fault, and is said without a word of what happened inside.

Source: design 8, section 2 ("Bad input gets a 4xx answer in plain words"); design 9,
"Errors"; docs/running/api.md lists the codes.
"""

from collections.abc import Mapping
from typing import Final

from voting import errors as voting
from voting.roll import RollError
from web import errors as service
from web import http_errors as http
from web.error_rows.charters import CHARTERS
from web.error_rows.elections import ELECTIONS, PEOPLE
from web.error_rows.installation import INSTALLATION
from web.error_rows.requests import CASTING, REQUESTS
from web.error_rows.row import OUR_FAULT, ErrorMessage
from web.error_rows.trustees import TRUSTEES

__all__ = ["MESSAGES", "OUR_FAULT", "ErrorMessage", "details_of", "message_for"]

MESSAGES: Final[Mapping[type[Exception], ErrorMessage]] = {
    **REQUESTS,
    **CASTING,
    **INSTALLATION,
    **PEOPLE,
    **ELECTIONS,
    **CHARTERS,
    **TRUSTEES,
}


def message_for(error: BaseException) -> ErrorMessage:
    """What to answer to an error; our own fault where the table does not know it."""
    for kind in type(error).__mro__:
        if kind in MESSAGES:
            return MESSAGES[kind]
    return OUR_FAULT


def details_of(error: BaseException) -> dict[str, object]:
    """What else a program may be told: codes and places, never what somebody typed."""
    details: dict[str, object] = {}
    match error:
        case RollError():
            details["problems"] = [
                {"line": each.line, "column": each.column, "problem": each.problem}
                for each in error.problems
            ]
        case service.NotReadyError():
            details["missing"] = list(error.missing)
        case voting.GuaranteeDoesNotHoldError():
            details["reasons"] = list(error.reasons)
        case http.MalformedRequestError():
            details["field"] = error.field
        case voting.WrongStateError():
            details.update(state=error.state, to=error.to)
        case service.WrongStepError():
            details["expected"] = error.expected
        case service.CollegesInUseError():
            details["members"] = [list(pair) for pair in error.colleges]
        case service.DraftsInTheWayError():
            details["contests"] = [list(each[:2]) for each in error.contests]
        case service.SmallBoxError():
            details.update(colleges=list(error.colleges), least=error.least)
    return details
