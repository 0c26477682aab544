"""What a trustee's own page reads, made from the rows; nothing is changed here."""

from collections.abc import Sequence
from functools import lru_cache

from sqlmodel import Session

from ballots.election import parse_election
from ballots.rounds import gather_secrets, parse_polynomial
from ballots.seeds import parse_certificates
from voting.charter.colleges import CollegeId
from web.actions.rehearse_opening import Practice, read_practice
from web.boxes import tally_stages
from web.service import Service
from web.store.load import (
    get_object,
    is_box_shuffled,
    load_boxes,
    load_election,
    load_trustee,
    load_trustees,
    needed_of,
    state_of,
    title_of,
)
from web.store.rows import BoxRow, ElectionRow, TrusteeRow
from web.trustee_steps import (
    count_shuffles,
    have_all,
    have_committed,
    is_threshold,
    next_step,
    next_steps,
    waits_for_shuffles,
)
from web.trustee_values import TallyBox, TrusteePageView, TrusteeView


def trustees_of(row: ElectionRow, trustees: Sequence[TrusteeRow]) -> tuple[TrusteeView, ...]:
    """The trustees as everyone may see them."""
    steps = next_steps(row, trustees)
    return tuple(
        TrusteeView(
            id=one.id or 0,
            number=one.number,
            name=one.name,
            has_key=one.key_object is not None,
            has_shared=one.shared,
            step=steps[one.number],
            rehearsed=one.rehearsed,
            has_shuffled=one.shuffled,
        )
        for one in trustees
    )


def trustee_view(service: Service, trustee_id: int) -> TrusteePageView:
    """A trustee's own page.

    Raises:
        UnknownTrusteeError: there is none.
    """
    with service.store.read() as session:
        trustee = load_trustee(session, trustee_id)
        row = load_election(session, trustee.election)
        trustees = load_trustees(session, row.uuid)
        step = next_step(row, trustees, trustee)
        practice = _practice(row)
        return TrusteePageView(
            id=trustee_id,
            number=trustee.number,
            name=trustee.name,
            election=row.uuid,
            title=title_of(row),
            state=state_of(row),
            count=len(trustees),
            needed=needed_of(row, trustees),
            step=step,
            public_key=trustee.public_key,
            has_shared=trustee.shared,
            can_rehearse=practice is not None and not trustee.rehearsed,
            rehearsed=trustee.rehearsed,
            certificates=_certificates(trustees),
            commitments=_commitments(trustees),
            gathered=_gathered(row, trustees, trustee.number),
            sealed_key=trustee.sealed_key or "",
            rehearsal=None if practice is None else _practice_box(practice),
            practice_nonces=() if practice is None else practice.nonces,
            to_shuffle=_to_shuffle(session, service, row) if step == "shuffle" else (),
            has_shuffled=trustee.shuffled,
            shuffles_given=count_shuffles(trustees),
            boxes=_to_open(session, service, row, trustees),
        )


# --- making the key ---------------------------------------------------------------------


def _certificates(trustees: Sequence[TrusteeRow]) -> tuple[str, ...]:
    if not have_all(trustees, lambda one: one.certificate):
        return ()
    return tuple(one.certificate or "" for one in trustees)


def _commitments(trustees: Sequence[TrusteeRow]) -> tuple[str, ...]:
    # Whoever sees the others' before hers is there learns nothing, and needs nothing, from them.
    return tuple(one.commitment or "" for one in trustees) if have_committed(trustees) else ()


def _gathered(row: ElectionRow, trustees: Sequence[TrusteeRow], number: int) -> str:
    if not is_threshold(row, trustees) or not have_all(trustees, lambda one: one.polynomial):
        return ""
    certificates = tuple((one.certificate or "").encode() for one in trustees)
    polynomials = tuple((one.polynomial or "").encode() for one in trustees)
    return _gather(needed_of(row, trustees), certificates, polynomials, number)


@lru_cache(maxsize=64)
def _gather(
    needed: int, certificates: tuple[bytes, ...], polynomials: tuple[bytes, ...], number: int
) -> str:
    """What one trustee is handed for the last round: every signature is verified for it."""
    parsed = parse_certificates(needed, certificates)
    read = [parse_polynomial(parsed, index, raw) for index, raw in enumerate(polynomials, 1)]
    return gather_secrets(number, read).decode()


def _practice(row: ElectionRow) -> Practice | None:
    if row.state != "draft" or row.rehearsal is None:
        return None
    return read_practice(row.rehearsal)


def _practice_box(practice: Practice) -> TallyBox:
    return TallyBox(
        box=parse_election(practice.election).uuid,
        college=CollegeId(""),
        election=practice.election.decode(),
        encrypted_tally=practice.encrypted_tally.decode(),
    )


# --- the tally --------------------------------------------------------------------------


def _to_shuffle(session: Session, service: Service, row: ElectionRow) -> tuple[TallyBox, ...]:
    boxes = load_boxes(session, row.uuid)
    return tuple(_tally_box(session, service, box) for box in boxes if is_box_shuffled(row, box))


def _to_open(
    session: Session, service: Service, row: ElectionRow, trustees: Sequence[TrusteeRow]
) -> tuple[TallyBox, ...]:
    if row.state != "closed" or not row.tally_started or waits_for_shuffles(row, trustees):
        return ()
    return tuple(_tally_box(session, service, box) for box in load_boxes(session, row.uuid))


def _tally_box(session: Session, service: Service, box: BoxRow) -> TallyBox:
    return TallyBox(
        box=box.uuid,
        college=CollegeId(box.college),
        election=get_object(session, box.election_object).decode(),
        encrypted_tally=tally_stages(session, service, box)[-1].decode(),
    )
