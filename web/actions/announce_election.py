"""Announce an election: freeze the roll, make credentials, write the set-up into the log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, insert

from audit.entries import RollEntry, SetupBox, SetupEntry, TrusteeKeyEntry
from ballots.credentials import sign_in_code
from ballots.election import parse_election
from voting.elections import move
from voting.guarantee import Statement
from voting.manifest import format_manifest, manifest_digest
from web.actions.people import stored_code
from web.actions.prepare import (
    Plan,
    PlannedVoter,
    fingerprint_draft,
    make_plan,
    require_ready,
    state_guarantees,
)
from web.actions.steps import check_reason, move_election, note_act
from web.errors import SettingsError, StalePreviewError
from web.messages.outbox import seal_message
from web.service import Service
from web.store.load import load_election, load_trustees, put_object, state_of
from web.store.rows import BoxRow, ElectionRow, MessageRow, SignInCodeRow, VoterRow


@dataclass(frozen=True, slots=True)
class Announced:
    """What was announced.

    Attributes:
        boxes: college to box uuid.
        credentials: box uuid to its private credentials, sorted; empty unless asked for and
            allowed by the settings.
    """

    manifest: str
    boxes: Mapping[str, str]
    credentials: Mapping[str, tuple[str, ...]] = field(repr=False)


def preview_guarantee(service: Service, election: str) -> tuple[Statement, ...]:
    """What the protected college is guaranteed, per contest, on the roll of this moment."""
    with service.store.read() as session:
        return state_guarantees(session, load_election(session, election))


def preview_draft(service: Service, election: str) -> str:
    """A fingerprint of all that an announcement of this moment would fix."""
    with service.store.read() as session:
        return fingerprint_draft(session, load_election(session, election))


def announce_election(
    service: Service,
    election: str,
    reason: str = "",
    *,
    seen: str = "",
    return_credentials: bool = False,
    officer_id: int | None = None,
) -> Announced:
    """Move draft to announced.

    Each voter's private credential is made here, and kept only in her sealed message until
    that is handed to the mail server after opening.

    Args:
        service: the service.
        election: its uuid.
        reason: may be given; it is shown, not logged.
        seen: from `preview_draft`, before whoever decides was shown the draft; "" where nobody
            was.
        return_credentials: hand the private credentials to the caller (simulation).
        officer_id: who does it; None for a script.

    Raises:
        UnknownElectionError, WrongStateError
        NotReadyError: something is still missing.
        StalePreviewError: the draft or the roll was changed since it was shown.
        GuaranteeDoesNotHoldError: the protected college's majority is not safe.
        SettingsError: credentials were asked for where the settings do not allow it.
    """
    if return_credentials and not service.settings.return_credentials:
        raise SettingsError("return_credentials", "the settings do not allow it")
    reason = check_reason("announce", reason) if reason else ""
    with service.store.read() as session:
        row = load_election(session, election)
        move(state_of(row), "announced")
        require_ready(session, row, service.clock())
        plan = make_plan(session, service, row)
    # What another officer changed meanwhile, nobody decided to announce.
    if seen and seen != plan.fingerprint:
        raise StalePreviewError(seen, plan.fingerprint)
    voters = [_prepare_voter(service, plan, voter) for voter in plan.voters]

    def write(session: Session) -> None:
        row = move_election(session, election, "announced")
        found = fingerprint_draft(session, row)
        if found != plan.fingerprint:
            raise StalePreviewError(plan.fingerprint, found)
        _write_setup(session, service, row, plan)
        _forget_secrets(session, row)
        session.flush()
        for kind, place in ((VoterRow, 0), (SignInCodeRow, 1), (MessageRow, 2)):
            if voters:
                session.execute(insert(kind), [voter[place] for voter in voters])
        time = service.keeper.now(session)
        note_act(session, election, "announce", reason, time=time, officer_id=officer_id)

    service.store.write(write)
    service.keeper.publish()
    return Announced(
        manifest=manifest_digest(plan.manifest),
        boxes=dict(plan.manifest.boxes),
        credentials=_collect_credentials(plan) if return_credentials else {},
    )


def _prepare_voter(
    service: Service, plan: Plan, voter: PlannedVoter
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Her rows: which credential is hers, her sign-in code, her sealed message."""
    election, member = plan.manifest.election, voter.member
    code = stored_code(sign_in_code(voter.credential))
    message = seal_message(
        service,
        "vote",
        name=member.name,
        email=member.email,
        secret=voter.credential,
        election=election,
        language=member.language,
        text_format=member.text_format,
        state="held",
    )
    known = VoterRow(election=election, member=voter.row, box=voter.box, credential=voter.public)
    return (
        known.model_dump(exclude={"id"}),
        {"digest": code, "role": "member", "person": voter.row, "election": election},
        message.model_dump(),
    )


def _write_setup(session: Session, service: Service, row: ElectionRow, plan: Plan) -> None:
    """Roll, trustees' keys and set-up into the log; the boxes into the database."""
    manifest, keeper = plan.manifest, service.keeper
    election, time = manifest.election, keeper.now(session)
    roll = RollEntry(
        time=time,
        election=election,
        roll=manifest.roll.commitment,
        members=tuple((str(college), number) for college, number in manifest.roll.members),
    )
    keeper.append(session, roll)
    for number, key in enumerate(plan.keys, 1):
        entry = TrusteeKeyEntry(time=time, election=election, trustee=number, key=key)
        keeper.append(session, entry)
    row.manifest_object = put_object(session, format_manifest(manifest))
    row.roll, row.roll_salt = plan.sealed_roll, plan.sealed_salt
    row.lot_seed = plan.sealed_lot_seed
    trustees = put_object(session, plan.trustees)
    boxes = [
        BoxRow(
            uuid=box.uuid,
            election=election,
            place=place,
            college=box.college,
            members=box.members,
            created=time,
            election_object=put_object(session, box.election),
            trustees_object=trustees,
            credentials_object=put_object(session, box.credentials),
        )
        for place, box in enumerate(plan.boxes)
    ]
    session.add_all(boxes)
    setup = SetupEntry(
        time=time,
        election=election,
        manifest=row.manifest_object,
        needed=manifest.trustees.needed,
        boxes=tuple(
            SetupBox(
                college=box.college,
                box=box.uuid,
                shuffled=parse_election(planned.election).is_shuffled,
                election=box.election_object,
                trustees=box.trustees_object,
                credentials=box.credentials_object,
            )
            for box, planned in zip(boxes, plan.boxes, strict=True)
        ),
    )
    keeper.append(session, setup)


def _forget_secrets(session: Session, row: ElectionRow) -> None:
    """The trustees' sealed secrets to each other have done their work, the rehearsal as well."""
    row.rehearsal = None
    for trustee in load_trustees(session, row.uuid):
        trustee.polynomial = trustee.rehearsal_share = None
        session.add(trustee)


def _collect_credentials(plan: Plan) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {box.uuid: [] for box in plan.boxes}
    for voter in plan.voters:
        found[voter.box].append(voter.credential)
    return {uuid: tuple(sorted(credentials)) for uuid, credentials in found.items()}
