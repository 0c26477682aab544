"""Certify a result: the returning officer's signature over result, record and checkpoint."""

from sqlmodel import Session

from audit.certificate import Statement, format_certificate, record_digest, sign_certificate
from audit.entries import CertificateEntry
from audit.note import VerifierKey
from voting.elections import move
from web.actions.steps import check_reason, move_election, note_act, put_reason
from web.errors import NoCheckpointError
from web.self_check import require_sound
from web.service import Service
from web.store.load import load_boxes, load_election, load_organisation, put_object, state_of
from web.store.rows import ElectionRow


def certify_election(
    service: Service,
    election: str,
    passphrase: str,
    reason: str,
    *,
    officer_id: int | None = None,
) -> None:
    """Move tallied to certified.

    Raises:
        UnknownElectionError, WrongStateError, MissingReasonError, ReasonTooLongError
        WrongPassphraseError: it does not open the certifying key.
        NoCheckpointError: no signed checkpoint covers the result.
    """
    reason = check_reason("certify", reason)
    with service.store.read() as session:
        move(state_of(load_election(session, election)), "certified")
    key = service.vault.certifying_key(passphrase)
    service.keeper.publish()
    require_sound(service)

    def write(session: Session) -> None:
        row = move_election(session, election, "certified")
        time = service.keeper.now(session)
        reason_object = put_reason(session, reason)
        public = key.public_key().public_bytes_raw().hex()
        statement = _state(session, service, row, time=time, reason=reason_object, key=public)
        certificate = put_object(session, format_certificate(sign_certificate(statement, key)))
        entry = CertificateEntry(time=time, election=election, certificate=certificate)
        service.keeper.append(session, entry)
        row.certificate_object, row.certified_at = certificate, time
        note_act(session, election, "certify", reason, time=time, officer_id=officer_id)

    service.store.write(write)
    service.keeper.publish()


def _state(
    session: Session, service: Service, row: ElectionRow, *, time: int, reason: str, key: str
) -> Statement:
    """What the returning officer signs: digests, and the newest checkpoint over the result."""
    published, index = service.keeper.published(session), row.result_entry
    assert index is not None
    if published is None or published.size <= index:
        raise NoCheckpointError(index)
    boxes = load_boxes(session, row.uuid)
    return Statement(
        election=row.uuid,
        manifest=row.manifest_object or "",
        result=row.result_object or "",
        record=record_digest((box.uuid, box.archive_object or "") for box in boxes),
        origin=VerifierKey.parse(load_organisation(session).vkey).name,
        size=published.size,
        root=published.root,
        time=time,
        reason=reason,
        key=key,
    )
