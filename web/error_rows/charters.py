"""Rows for the charter, and for questions that it does not allow."""

from collections.abc import Mapping
from typing import Final

from voting import errors as voting
from voting.charter import errors as charter
from web.error_rows.row import ErrorMessage

CHARTERS: Final[Mapping[type[Exception], ErrorMessage]] = {
    charter.CollegeSharesError: ErrorMessage(
        422,
        "bad-shares",
        "The shares of the colleges must each be above nothing, and add up to exactly 1.",
        "Rhaid i gyfran pob coleg fod yn fwy na dim, a rhaid iddynt roi cyfanswm o 1 yn union.",
    ),
    charter.EqualSharesError: ErrorMessage(
        422,
        "equal-shares",
        "Where every member has one vote, shares decide nothing. So they must all be equal.",
        "Lle mae gan bob aelod un bleidlais, nid yw cyfrannau'n penderfynu dim. Felly rhaid "
        "iddynt i gyd fod yn gyfartal.",
    ),
    charter.UnknownCollegeError: ErrorMessage(
        422,
        "unknown-college",
        "The charter has no such college.",
        "Nid oes coleg o'r fath yn y siarter.",
    ),
    charter.DuplicateCollegeError: ErrorMessage(
        422,
        "college-twice",
        "A college stands here twice.",
        "Mae coleg yn sefyll yma ddwywaith.",
    ),
    charter.MissingCollegeError: ErrorMessage(
        422,
        "missing-college",
        "A college of the charter is left out, or is not in its place.",
        "Mae un o golegau'r siarter ar goll, neu nid yw yn ei le.",
    ),
    charter.ProtectedShareError: ErrorMessage(
        422,
        "protected-share",
        "A protected college needs more than half of the votes.",
        "Mae angen mwy na hanner y pleidleisiau ar goleg gwarchodedig.",
    ),
    charter.ProtectedSchemeError: ErrorMessage(
        422,
        "protected-scheme",
        "Votes weighed in this way keep no majority safe, so no college can be protected.",
        "Nid yw pwyso pleidleisiau fel hyn yn cadw unrhyw fwyafrif yn ddiogel, felly ni ellir "
        "gwarchod unrhyw goleg.",
    ),
    charter.MissingFloorError: ErrorMessage(
        422,
        "missing-floor",
        "The protected college needs a least number of votes. Without it, a count could stand "
        "without that college.",
        "Mae angen isafswm o bleidleisiau ar y coleg gwarchodedig. Hebddo, gallai cyfrif sefyll "
        "heb y coleg hwnnw.",
    ),
    charter.FloorError: ErrorMessage(
        422,
        "bad-floor",
        "The least number of votes of a college is a number from 1 to 1,000,000.",
        "Mae'r isafswm o bleidleisiau i goleg yn rhif o 1 i 1,000,000.",
    ),
    charter.CapError: ErrorMessage(
        422,
        "bad-cap",
        "A cap is out of its range, or on a college where it means nothing.",
        "Mae terfyn yn rhy fawr neu'n rhy fach, neu ar goleg lle nad yw'n golygu dim.",
    ),
    charter.CouncilSeatsError: ErrorMessage(
        422,
        "council-seats",
        "The protected college has too few of the council's seats for a sure majority.",
        "Mae gan y coleg gwarchodedig rhy ychydig o seddi'r cyngor i gael mwyafrif sicr.",
    ),
    charter.ScicCollegesError: ErrorMessage(
        422,
        "scic-colleges",
        "A SCIC needs at least three colleges.",
        "Mae angen o leiaf dri choleg ar SCIC.",
    ),
    charter.ScicShareError: ErrorMessage(
        422,
        "scic-share",
        "In a SCIC each college has from one tenth to one half of the votes.",
        "Mewn SCIC mae gan bob coleg rhwng un rhan o ddeg a hanner y pleidleisiau.",
    ),
    charter.ThresholdError: ErrorMessage(
        422,
        "bad-threshold",
        "A motion must need more than half of the votes, and at most all of them.",
        "Rhaid i gynnig fod angen mwy na hanner y pleidleisiau, a phob un ar y mwyaf.",
    ),
    charter.HeadCountError: ErrorMessage(
        422,
        "bad-head-count",
        "A head count can ask for at most all members of the roll to choose.",
        "Gall cyfrif pennau ofyn i holl aelodau'r gofrestr ddewis, ar y mwyaf.",
    ),
    charter.StatutoryHeadCountError: ErrorMessage(
        422,
        "statutory-head-count",
        "The law counts heads for this resolution. The charter must ask for at least as much.",
        "Mae'r gyfraith yn cyfrif pennau ar gyfer y penderfyniad hwn. Rhaid i'r siarter ofyn am "
        "o leiaf gymaint.",
    ),
    charter.UnknownRuleError: ErrorMessage(
        422,
        "unknown-rule",
        "The charter has no such rule for motions.",
        "Nid oes rheol o'r fath ar gyfer cynigion yn y siarter.",
    ),
    charter.EasySpecialError: ErrorMessage(
        422,
        "easy-special",
        "A special motion must not be easier to pass than an ordinary one.",
        "Rhaid i gynnig arbennig beidio â bod yn haws ei dderbyn nag un cyffredin.",
    ),
    voting.ReservedSeatsError: ErrorMessage(
        422,
        "reserved-seats",
        "The charter reserves fewer seats for this college.",
        "Mae'r siarter yn cadw llai o seddi i'r coleg hwn.",
    ),
    voting.BlocMethodError: ErrorMessage(
        422,
        "bloc-method",
        "Where whole colleges are weighed, members can only choose one option.",
        "Lle caiff colegau cyfan eu pwyso, un opsiwn yn unig y gall aelodau ei ddewis.",
    ),
    voting.NothingAskedError: ErrorMessage(
        422,
        "nothing-asked",
        "One college is asked nothing, so its members would have no vote.",
        "Ni ofynnir dim i un coleg, felly ni fyddai gan ei aelodau bleidlais.",
    ),
    voting.SeatsError: ErrorMessage(
        422,
        "bad-seats",
        "The number of seats does not go with the options, or with this way of counting.",
        "Nid yw nifer y seddi'n mynd gyda'r opsiynau, neu gyda'r ffordd hon o gyfrif.",
    ),
    voting.DuplicateOptionError: ErrorMessage(
        422,
        "option-twice",
        "Two options or grades of one question read alike.",
        "Mae dau opsiwn neu radd mewn un cwestiwn yn darllen yr un fath.",
    ),
}
