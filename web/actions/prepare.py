"""Steps before announcing: what is missing, what is guaranteed, and all that will be fixed.

Everything that takes long (credentials, the boxes' records) is made outside the database's
transaction; a fingerprint of what it was made from shows there whether it still holds.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, func, select

from audit.setup_checks import make_box_election
from ballots.credentials import (
    format_credentials,
    make_credential,
    make_uuid,
    public_credential,
)
from ballots.election import format_election
from ballots.trustees import format_groups, joint_key
from voting.charter.charter import Charter
from voting.contests import Contest
from voting.elections import Rules, TrusteeRule
from voting.errors import GuaranteeDoesNotHoldError
from voting.guarantee import Statement, require_guarantee, state_guarantee
from voting.manifest import Manifest, manifest_digest
from voting.members import CollegeId, Member
from voting.roll import SALT_LENGTH, RollSummary, format_roll, summarise_roll
from web.actions.lot_seed import draw_lot_seed
from web.actions.trustee_keys import load_keys, make_trustees
from web.errors import NotReadyError
from web.service import Service
from web.store.load import (
    calendar_of,
    contests_of,
    digest_of,
    load_charter,
    load_organisation,
    load_roll,
    load_trustees,
    needed_of,
    title_of,
)
from web.store.rows import ElectionRow, MemberRow

ROLL = "roll"
ROLL_SALT = "roll salt"
NOT_COMMITTED = "0" * 64


@dataclass(frozen=True, slots=True)
class PlannedVoter:
    """A member with a vote, her row, her box and her new credential."""

    row: int
    member: Member = field(repr=False)
    box: str
    credential: str = field(repr=False)
    public: str


@dataclass(frozen=True, slots=True)
class PlannedBox:
    """A box and the raw records that define it."""

    college: CollegeId
    uuid: str
    members: int
    election: bytes = field(repr=False)
    credentials: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that announcing fixes.

    Attributes:
        fingerprint: of the draft and roll it was made from.
        keys: digests of the trustees' key objects by number.
        trustees: the raw trustees record, the same for each box.
    """

    fingerprint: str
    manifest: Manifest
    keys: tuple[str, ...]
    trustees: bytes = field(repr=False)
    boxes: tuple[PlannedBox, ...]
    voters: tuple[PlannedVoter, ...] = field(repr=False)
    sealed_roll: bytes = field(repr=False)
    sealed_salt: bytes = field(repr=False)
    sealed_lot_seed: bytes = field(repr=False)


def count_members(session: Session, charter: Charter) -> tuple[tuple[CollegeId, int], ...]:
    """Members of each college on the current roll, in the charter's order."""
    by_college: Mapping[str | None, int] = dict(
        session.exec(
            select(MemberRow.college, func.count())
            .where(col(MemberRow.removed).is_(False))
            .group_by(col(MemberRow.college))
        ).all()
    )
    return tuple((college.id, by_college.get(college.id, 0)) for college in charter.colleges)


def state_guarantees(session: Session, row: ElectionRow) -> tuple[Statement, ...]:
    """What is guaranteed on the roll of this moment, for each contest of a draft.

    A draft that was called off promises nothing, and need not fit a charter adopted since.
    """
    if row.state != "draft":
        return ()
    charter = load_charter(session)
    summary = RollSummary(NOT_COMMITTED, count_members(session, charter))
    return tuple(state_guarantee(charter, summary, contest) for contest in contests_of(row))


def find_missing(session: Session, row: ElectionRow, now: int) -> tuple[str, ...]:
    """Codes of what a draft still lacks (see views.ElectionView)."""
    missing: list[str] = []
    charter, contests = load_charter(session), contests_of(row)
    if not any(number for _, number in count_members(session, charter)):
        missing.append("no-roll")
    if not contests:
        missing.append("no-contests")
    missing += _find_unasked(charter, contests)
    if row.closes is None:
        missing.append("no-calendar")
    elif row.closes <= now:
        missing.append("calendar-past")
    trustees = load_trustees(session, row.uuid)
    if not trustees:
        missing.append("no-trustees")
    # A rehearsal is possible only when every key is made.
    missing += [f"trustee-key:{one.number}" for one in trustees if one.key_object is None] or [
        f"trustee-rehearsal:{one.number}" for one in trustees if not one.rehearsed
    ]
    reasons = [one for each in state_guarantees(session, row) for one in each.reasons]
    # Contests mostly share their reasons; each is told once.
    missing += [f"guarantee:{reason}" for reason in dict.fromkeys(reasons)]
    return tuple(missing)


def _find_unasked(charter: Charter, contests: Sequence[Contest]) -> Iterator[str]:
    """The colleges that have no vote, where only the reserved seats of others are filled."""
    for college in charter.colleges:
        asked = any(contest.college in (None, college.id) for contest in contests)
        if contests and not asked:
            yield f"nothing-asked:{college.id}"


def require_ready(session: Session, row: ElectionRow, now: int) -> None:
    """Refuse a draft that cannot be announced.

    Raises:
        NotReadyError: something is missing.
        GuaranteeDoesNotHoldError: nothing is missing but the guarantee.
    """
    missing = find_missing(session, row, now)
    if not missing:
        return
    if all(code.startswith("guarantee:") for code in missing):
        reasons = tuple(code.removeprefix("guarantee:") for code in missing)
        raise GuaranteeDoesNotHoldError(reasons)
    raise NotReadyError(missing)


def fingerprint_draft(session: Session, row: ElectionRow) -> str:
    """Changes whenever anything does that an announcement would fix."""
    trustees = [[one.id, one.key_object] for one in load_trustees(session, row.uuid)]
    calendar = [row.opens, row.closes, row.zone, row.open_small_boxes]
    organisation = load_organisation(session)
    rules = [organisation.charter, organisation.roll_version]
    draft = [row.title, row.contests, calendar, row.trustees_needed, trustees, rules]
    return digest_of(json.dumps(draft).encode())


def make_plan(session: Session, service: Service, row: ElectionRow) -> Plan:
    """Make all that the announcement of a ready draft fixes."""
    charter, contests, calendar = load_charter(session), contests_of(row), calendar_of(row)
    assert calendar is not None
    roll, rows = load_roll(session, service.vault)
    salt, (lot, sealed_lot_seed) = service.random(SALT_LENGTH), draw_lot_seed(service, row.uuid)
    summary = summarise_roll(roll, charter, salt)
    trustees = load_trustees(session, row.uuid)
    verified = make_trustees(row, trustees, load_keys(session, trustees))
    manifest = Manifest(
        election=row.uuid,
        charter=charter,
        title=title_of(row),
        contests=contests,
        calendar=calendar,
        rules=Rules(open_small_boxes=row.open_small_boxes),
        roll=summary,
        trustees=TrusteeRule(len(trustees), needed_of(row, trustees)),
        boxes=tuple((college.id, make_uuid(service.random)) for college in charter.colleges),
        guarantee=tuple(require_guarantee(charter, summary, each) for each in contests),
        lot=lot,
    )
    voters = [
        _make_voter(service, rows[member.key], member, manifest.box(member.college))
        for member in roll.members
        if member.college is not None
    ]
    return Plan(
        fingerprint=fingerprint_draft(session, row),
        manifest=manifest,
        keys=tuple(one.key_object or "" for one in trustees),
        trustees=format_groups(verified.groups),
        boxes=_make_boxes(manifest, joint_key(verified), voters),
        voters=tuple(voters),
        sealed_roll=service.vault.seal(ROLL, format_roll(roll)),
        sealed_salt=service.vault.seal(ROLL_SALT, salt),
        sealed_lot_seed=sealed_lot_seed,
    )


def _make_voter(service: Service, row: int, member: Member, box: str) -> PlannedVoter:
    credential = make_credential(service.random)
    return PlannedVoter(row, member, box, credential, public_credential(box, credential))


def _make_boxes(manifest: Manifest, key: str, voters: list[PlannedVoter]) -> tuple[PlannedBox, ...]:
    publics: dict[str, list[str]] = {uuid: [] for _, uuid in manifest.boxes}
    for voter in voters:
        publics[voter.box].append(voter.public)
    digest = manifest_digest(manifest)
    return tuple(
        PlannedBox(
            college=college,
            uuid=uuid,
            members=len(publics[uuid]),
            election=format_election(make_box_election(manifest, digest, college, key)),
            # Sorted by the points, so that the list tells nothing of the roll's order.
            credentials=format_credentials(publics[uuid]),
        )
        for college, uuid in manifest.boxes
    )
