"""Files of a result for people and other programs: each contest as a table, and its ballots.

They are made from what is in the record, where everything is signed and checked; nothing
here is. What was opened never changes, and so these files do not.

Source: docs/formats/csv.md, docs/formats/blt.md.
"""

import json
from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from ballots.decryption import open_box
from ballots.trustees import parse_trustees
from voting.contests import Contest, OptionContest
from voting.counting.ballots_blt import Offer, find_offer, make_blt
from voting.counting.blt import format_blt
from voting.counting.count import ContestResult
from voting.counting.csv_table import CsvNames, Words
from voting.counting.option_result import OptionResult
from voting.counting.parts import CollegeBallots
from voting.counting.profile import Numbers
from voting.counting.result_csv import format_result_csv
from voting.counting.validity import judge_ballot
from voting.manifest import Manifest
from voting.members import CollegeId, Language
from web.boxes import find_box, tally_stages
from web.service import Service
from web.store.load import get_object, load_boxes, load_shares
from web.store.rows import BoxRow
from web.view_values import ElectionView

Opened = tuple[Numbers | None, ...]


def find_contest(view: ElectionView, contest: str) -> tuple[Contest, ContestResult] | None:
    """A contest with its result; None where there is no such contest, or no result yet."""
    for each, result in zip(view.contests, view.results or (), strict=False):
        if each.id == contest:
            return each, result
    return None


def offer_ballots(contest: Contest, result: ContestResult) -> Offer:
    """Whether a contest has a file of ballots."""
    if isinstance(contest, OptionContest) and isinstance(result, OptionResult):
        return find_offer(contest, result)
    return "none"


def make_table(
    manifest: Manifest, contest: Contest, result: ContestResult, language: Language, words: Words
) -> bytes:
    """The table of a contest's result."""
    options = contest.options if isinstance(contest, OptionContest) else ()
    grades = contest.grades if isinstance(contest, OptionContest) else ()
    names = CsvNames(
        vote=manifest.title[language],
        question=contest.text(language).title,
        colleges={each.id: each.names[language] for each in manifest.charter.colleges},
        options=[option.names[language] for option in options],
        grades=[grade[language] for grade in grades],
    )
    return format_result_csv(names, result, words)


def make_ballots(
    service: Service,
    manifest: Manifest,
    contest: OptionContest,
    result: OptionResult,
    language: Language,
) -> bytes:
    """The file of a contest's ballots, for which there is an offer; kept once it was made."""
    name = f"{manifest.election}/{contest.id}/{language}.blt"
    known = service.cache.get(name)
    if not isinstance(known, bytes):
        with service.store.read() as session:
            parts = list(_read_parts(session, service, manifest, contest, result))
        known = format_blt(make_blt(contest, result, parts, language))
        service.cache[name] = known
    return known


def _read_parts(
    session: Session,
    service: Service,
    manifest: Manifest,
    contest: OptionContest,
    result: OptionResult,
) -> Iterator[CollegeBallots]:
    rows = {row.id: row for row in result.colleges if row.weight is not None}
    for box in load_boxes(session, manifest.election):
        college = CollegeId(box.college)
        row = rows.get(college)
        if row is None:
            continue
        place = manifest.find_question(college, contest.id)
        assert place is not None  # what was counted was asked
        opened = _read_opened(session, box, place)
        if _count(contest, opened) != row.counted:
            opened = _open_again(session, service, box, place)
        yield CollegeBallots(college, box.members, row.cast, opened)


def _count(contest: OptionContest, opened: Opened) -> int:
    return sum(judge_ballot(contest, numbers) == "counted" for numbers in opened)


def _read_opened(session: Session, box: BoxRow, place: int) -> Opened:
    """Every ballot as it stands in the box's result."""
    rows: list[Any] = json.loads(get_object(session, box.result_object))["result"]
    return tuple(tuple(numbers) for numbers in rows[place])


def _open_again(session: Session, service: Service, box: BoxRow, place: int) -> Opened:
    # In the result a ballot that no honest program made may read like one that counts. Only
    # what the shares open tells them apart, which takes long and is hardly ever needed.
    return open_box(
        find_box(service, box.uuid).parsed,
        parse_trustees(get_object(session, box.trustees_object)),
        tally_stages(session, service, box)[-1],
        {
            number: get_object(session, share.decryption_object)
            for number, share in load_shares(session, box.uuid)
        },
        box.voted,
    ).opened[place]
