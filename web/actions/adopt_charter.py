"""Adopt another charter: what it changes first, then into the log with a public reason.

Elections that are announced keep the charter of their manifest; drafts go by the new one. So
nobody may be left in a college that there is no longer, and no draft may ask what the new
charter does not allow.

Source: design 4, section 1; docs/formats/entries.md, "Order".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from sqlmodel import Session, col, func, select

from audit.entries import CharterEntry
from voting.charter.charter import Charter
from voting.charter.charter_format import charter_digest, charter_object, format_charter
from voting.contests import Contest, require_fit, require_reserved
from voting.errors import VotingError
from voting.members import CollegeId, Language
from web.actions.steps import check_reason, put_reason
from web.errors import (
    CollegesInUseError,
    DraftsInTheWayError,
    SameCharterError,
    StalePreviewError,
)
from web.service import Service
from web.store.load import contests_of, load_charter, load_organisation, put_object, title_of
from web.store.rows import CharterRow, ElectionRow, MemberRow

Changed = Literal[
    "name",
    "statute",
    "colleges",
    "protected",
    "scheme",
    "floors",
    "caps",
    "motions",
    "council",
]
CHANGED: Final[tuple[Changed, ...]] = (
    *("name", "statute", "colleges", "protected", "scheme"),
    *("floors", "caps", "motions", "council"),
)


@dataclass(frozen=True, slots=True)
class UnfitContest:
    """A question of a draft that the new charter does not allow.

    Attributes:
        election: uuid of the draft.
        title: the draft's, in every language.
        contest: the question.
        problem: why it does not fit, as its own error.
    """

    election: str
    title: Mapping[Language, str]
    contest: Contest
    problem: VotingError


@dataclass(frozen=True, slots=True)
class CharterPreview:
    """What adopting a charter would do.

    Attributes:
        current: the charter in force.
        charter: the new one.
        seen: stands for the charter in force; `adopt_charter` takes it.
        changes: which parts of the charter would change, in its order.
        left_out: colleges that the new charter lacks, with the members who sit in them.
        unfit: questions of drafts that the new charter does not allow.
    """

    current: Charter = field(repr=False)
    charter: Charter = field(repr=False)
    seen: str
    changes: tuple[Changed, ...]
    left_out: tuple[tuple[CollegeId, int], ...]
    unfit: tuple[UnfitContest, ...]

    @property
    def is_possible(self) -> bool:
        """Whether it can be adopted: something changes, and nothing is left behind."""
        return bool(self.changes) and not self.left_out and not self.unfit


def preview_charter(service: Service, charter: Charter) -> CharterPreview:
    """Compare a charter with the one in force; changes nothing.

    Raises:
        NotSetUpError: there is none in force.
    """
    with service.store.read() as session:
        return _preview(session, charter)


def adopt_charter(
    service: Service,
    charter: Charter,
    reason: str,
    *,
    seen: str = "",
    officer_id: int | None = None,
) -> None:
    """Make a charter the one in force from now on.

    Args:
        service: the service.
        charter: the new one.
        reason: public; it is logged.
        seen: CharterPreview.seen, before whoever decides was shown what changes; "" where
            nobody was.
        officer_id: who does it; None for a script.

    Raises:
        NotSetUpError: there is none in force yet.
        MissingReasonError, ReasonTooLongError, TextError
        StalePreviewError: the charter in force is no longer the one that was shown.
        SameCharterError: it is in force already.
        CollegesInUseError: members sit in colleges that it lacks.
        DraftsInTheWayError: drafts ask what it does not allow.
    """
    reason = check_reason("adopt", reason)

    def write(session: Session) -> None:
        preview = _preview(session, charter)
        # What another officer adopted meanwhile, nobody decided to replace.
        if seen and seen != preview.seen:
            raise StalePreviewError(seen, preview.seen)
        _require_possible(preview)
        row = load_organisation(session)
        text = format_charter(charter)
        entry = CharterEntry(
            time=service.keeper.now(session),
            charter=put_object(session, text),
            certifier=row.certifier,
            reason=put_reason(session, reason),
        )
        row.charter = text.decode()
        session.add(row)
        number = service.keeper.append(session, entry)
        session.add(CharterRow(entry=number, reason=reason, time=entry.time, officer=officer_id))

    service.store.write(write)
    service.keeper.publish()


def _preview(session: Session, charter: Charter) -> CharterPreview:
    current = load_charter(session)
    old, new = charter_object(current), charter_object(charter)
    return CharterPreview(
        current=current,
        charter=charter,
        seen=charter_digest(current),
        changes=tuple(name for name in CHANGED if old[name] != new[name]),
        left_out=_find_left_out(session, current, charter),
        unfit=_find_unfit(session, charter),
    )


def _find_left_out(
    session: Session, current: Charter, charter: Charter
) -> tuple[tuple[CollegeId, int], ...]:
    kept = {college.id for college in charter.colleges}
    counted = dict(
        session.exec(
            select(MemberRow.college, func.count())
            .where(col(MemberRow.removed).is_(False))
            .group_by(col(MemberRow.college))
        ).all()
    )
    numbers = ((college.id, counted.get(college.id, 0)) for college in current.colleges)
    return tuple((college, number) for college, number in numbers if number and college not in kept)


def _find_unfit(session: Session, charter: Charter) -> tuple[UnfitContest, ...]:
    drafts = select(ElectionRow).where(ElectionRow.state == "draft")
    found: list[UnfitContest] = []
    for row in session.exec(drafts.order_by(col(ElectionRow.place))):
        before: list[Contest] = []
        for contest in contests_of(row):
            before.append(contest)
            same = [each for each in before if each.college == contest.college]
            try:
                require_fit(charter, contest)
                require_reserved(charter, same)
            except VotingError as problem:
                found.append(UnfitContest(row.uuid, title_of(row), contest, problem))
    return tuple(found)


def _require_possible(preview: CharterPreview) -> None:
    if not preview.changes:
        raise SameCharterError
    if preview.left_out:
        raise CollegesInUseError(preview.left_out)
    if preview.unfit:
        raise DraftsInTheWayError(
            tuple((each.election, each.contest.id, str(each.problem)) for each in preview.unfit)
        )
