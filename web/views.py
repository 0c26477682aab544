"""What pages and the API read, made from the rows in one place; nothing is changed here."""

from typing import cast

from sqlmodel import Session, col, func, select

from audit.note import VerifierKey
from voting.charter.colleges import CollegeId
from voting.counting.count import ContestResult
from voting.counting.result import parse_result
from voting.manifest import Manifest, Rules, parse_manifest
from web.actions.close_election import BY_CALENDAR
from web.actions.prepare import count_members, find_missing, state_guarantees
from web.member_views import elections_of_member, member_view
from web.messages.outbox import count_waiting
from web.service import Service
from web.store.load import (
    calendar_of,
    contests_of,
    get_object,
    is_shuffled,
    load_boxes,
    load_charter,
    load_election,
    load_organisation,
    load_trustees,
    needed_of,
    state_of,
    title_of,
)
from web.store.rows import (
    ActRow,
    BoxRow,
    ElectionRow,
    MemberRow,
    OrganisationRow,
)
from web.trustee_steps import count_shuffles
from web.trustee_values import TallyBox, TrusteePageView, TrusteeStep, TrusteeView
from web.trustee_views import trustee_view, trustees_of
from web.view_values import (
    Act,
    BoxView,
    ElectionView,
    LogView,
    MemberView,
    OrganisationView,
    ReasonView,
)

__all__ = [
    "Act",
    "BoxView",
    "ElectionView",
    "LogView",
    "MemberView",
    "OrganisationView",
    "ReasonView",
    "TallyBox",
    "TrusteePageView",
    "TrusteeStep",
    "TrusteeView",
    "election_view",
    "elections_of_member",
    "list_elections",
    "log_view",
    "member_view",
    "organisation",
    "trustee_view",
]


def organisation(service: Service) -> OrganisationView:
    """The co-op, its charter and keys; charter is None before it is set up."""
    with service.store.read() as session:
        if session.get(OrganisationRow, 1) is None:
            return OrganisationView({"en": "", "cy": ""}, None, "", "", "", (), 0, 0)
        row, charter = load_organisation(session), load_charter(session)
        associates = select(func.count()).where(
            col(MemberRow.removed).is_(False), col(MemberRow.college).is_(None)
        )
        return OrganisationView(
            name=charter.name,
            charter=charter,
            fingerprint=VerifierKey.parse(row.vkey).fingerprint,
            vkey=row.vkey,
            certifier=row.certifier,
            roll_counts=count_members(session, charter),
            associates=session.exec(associates).one(),
            roll_version=row.roll_version,
        )


def list_elections(service: Service) -> tuple[ElectionView, ...]:
    """Every election, newest first."""
    with service.store.read() as session:
        rows = session.exec(select(ElectionRow).order_by(col(ElectionRow.place).desc())).all()
        return tuple(_view(session, service, row) for row in rows)


def election_view(service: Service, election: str) -> ElectionView:
    """One election.

    Raises:
        UnknownElectionError: there is none.
    """
    with service.store.read() as session:
        return _view(session, service, load_election(session, election))


def log_view(service: Service) -> LogView:
    """The published log."""
    with service.store.read() as session:
        published = service.keeper.published(session)
        organisation = session.get(OrganisationRow, 1)
        return LogView(
            origin="" if organisation is None else VerifierKey.parse(organisation.vkey).name,
            size=0 if published is None else published.size,
            checkpoint=b"" if published is None else published.note,
            problem=service.keeper.problem,
        )


def _view(session: Session, service: Service, row: ElectionRow) -> ElectionView:
    manifest = None
    if row.manifest_object is not None:
        manifest = _manifest(session, service, row.manifest_object)
    trustees = load_trustees(session, row.uuid)
    waiting, problem = count_waiting(session, service, row.uuid)
    is_draft = row.state == "draft"
    return ElectionView(
        uuid=row.uuid,
        state=state_of(row),
        title=title_of(row),
        contests=contests_of(row),
        calendar=calendar_of(row),
        rules=Rules(open_small_boxes=row.open_small_boxes),
        manifest=manifest,
        guarantee=state_guarantees(session, row) if manifest is None else manifest.guarantee,
        trustees=trustees_of(row, trustees),
        trustees_needed=needed_of(row, trustees) if trustees else 0,
        shuffled=is_shuffled(row),
        shuffles_given=count_shuffles(trustees),
        boxes=_boxes(session, row),
        results=_results(session, row),
        tally_started=row.tally_started,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        certified_at=row.certified_at,
        result_index=row.result_entry,
        reasons=_reasons(session, row),
        missing=find_missing(session, row, service.clock()) if is_draft else (),
        messages_waiting=waiting,
        messages_problem=problem,
    )


def _manifest(session: Session, service: Service, digest: str) -> Manifest:
    """A manifest, parsed once: it never changes."""
    known = service.cache.get(digest)
    if not isinstance(known, Manifest):
        known = parse_manifest(get_object(session, digest))
        service.cache[digest] = known
    return known


def _boxes(session: Session, row: ElectionRow) -> tuple[BoxView, ...]:
    boxes = load_boxes(session, row.uuid)
    if boxes:
        return tuple(map(_box, boxes))
    members = count_members(session, load_charter(session))
    return tuple(BoxView(college, "", "", number, 0, 0, False) for college, number in members)


def _box(row: BoxRow) -> BoxView:
    return BoxView(
        college=CollegeId(row.college),
        uuid=row.uuid,
        election_object=row.election_object,
        members=row.members,
        voted=row.voted,
        ballots=row.ballots,
        opened=row.result_object is not None,
    )


def _results(session: Session, row: ElectionRow) -> tuple[ContestResult, ...] | None:
    if row.result_object is None:
        return None
    return parse_result(get_object(session, row.result_object)).contests


def _reasons(session: Session, row: ElectionRow) -> tuple[ReasonView, ...]:
    acts = select(ActRow).where(ActRow.election == row.uuid).order_by(col(ActRow.id))
    return tuple(
        # The calendar's reason is for the log; a page says in its own language what happened.
        ReasonView(cast("Act", act.act), "" if act.reason == BY_CALENDAR else act.reason, act.time)
        for act in session.exec(acts)
    )
