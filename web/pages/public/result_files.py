"""Downloads of a result: each contest as a table for spreadsheets, and its ballots for counting.

Source: docs/formats/csv.md, docs/formats/blt.md.
"""

from typing import Final

from flask import Response
from flask.typing import ResponseReturnValue

from voting.contests import OptionContest
from voting.counting.ballots_blt import Offer
from voting.counting.option_result import OptionResult
from voting.elections import SMALL_SHUFFLED_BOX
from web.access import declare
from web.pages.problems import Problem
from web.pages.public.blueprint import blueprint, the_service
from web.pages.public.csv_words import csv_words
from web.pages.public.election import find_election
from web.pages.translations import current_language
from web.result_files import find_contest, make_ballots, make_table, offer_ballots

# A result never changes: anybody may keep its files for a year.
_HEADERS: Final = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@blueprint.get("/elections/<uuid>/contest/<contest_id>/result.csv")
@declare("public")
def result_table(uuid: str, contest_id: str) -> ResponseReturnValue:
    """The result of one contest as a table."""
    view = find_election(uuid)
    found = find_contest(view, contest_id)
    if view.manifest is None or found is None:
        raise Problem("no-file", 404, uuid=uuid, offer="none")
    content = make_table(view.manifest, *found, current_language(), csv_words())
    return _send(content, "text/csv", f"{uuid}-{contest_id}-{current_language()}.csv")


@blueprint.get("/elections/<uuid>/contest/<contest_id>/ballots.blt")
@declare("public")
def ballots(uuid: str, contest_id: str) -> ResponseReturnValue:
    """The counted ballots of one ranked contest."""
    view = find_election(uuid)
    contest, result = find_contest(view, contest_id) or (None, None)
    offer: Offer = "none"
    if contest is not None and result is not None:
        offer = offer_ballots(contest, result)
    if view.manifest is None or offer != "file":
        raise Problem("no-file", 404, uuid=uuid, offer=offer, least=SMALL_SHUFFLED_BOX)
    assert isinstance(contest, OptionContest)
    assert isinstance(result, OptionResult)
    language = current_language()
    content = make_ballots(the_service(), view.manifest, contest, result, language)
    return _send(content, "text/plain", f"{uuid}-{contest_id}-{language}.blt")


def _send(content: bytes, content_type: str, name: str) -> Response:
    # The name is made of ids only: they hold nothing that a header or a disk could take ill.
    disposition = f'attachment; filename="{name}"'
    headers = {**_HEADERS, "Content-Disposition": disposition}
    return Response(content, headers=headers, content_type=f"{content_type}; charset=utf-8")
