"""What a member is shown of her own place in elections; nothing is changed here."""

from typing import cast

from sqlmodel import Session, col, func, select

from voting.charter.colleges import CollegeId
from voting.members import Language, TextFormat
from web.actions.cast_ballot import tracker_of
from web.errors import UnknownMemberError
from web.service import Service
from web.store.load import load_box, load_election, newest_entry
from web.store.rows import BallotRow, ElectionRow, MemberRow, VoterRow
from web.view_values import MemberView


def member_view(service: Service, member_id: int, election: str) -> MemberView:
    """A member's own place in an announced election.

    Raises:
        UnknownElectionError: there is none.
        UnknownMemberError: she is not on its roll with a vote.
    """
    with service.store.read() as session:
        load_election(session, election)
        voter = session.exec(
            select(VoterRow).where(VoterRow.election == election, VoterRow.member == member_id)
        ).first()
        member = session.get(MemberRow, member_id)
        if voter is None or member is None:
            raise UnknownMemberError(member_id)
        box = load_box(session, voter.box)
        newest = newest_entry(session, voter.box, voter.credential)
        sent = select(func.count()).where(
            BallotRow.box == voter.box, BallotRow.credential == voter.credential
        )
        return MemberView(
            member_id=member_id,
            name=member.name,
            college=CollegeId(box.college),
            language=cast("Language", member.language),
            text_format=cast("TextFormat", member.text_format),
            election=election,
            box=box.uuid,
            election_object=box.election_object,
            public_credential=voter.credential,
            last_tracker=None if newest is None else _tracker(session, newest),
            ballots_sent=session.exec(sent).one(),
        )


def elections_of_member(service: Service, member_id: int) -> tuple[str, ...]:
    """The uuids of announced (and later) elections on whose roll she has a vote, newest first."""
    with service.store.read() as session:
        hers = (
            select(ElectionRow.uuid)
            .join(VoterRow, col(VoterRow.election) == col(ElectionRow.uuid))
            .where(VoterRow.member == member_id)
            .order_by(col(ElectionRow.place).desc())
        )
        return tuple(session.exec(hers).all())


def _tracker(session: Session, entry: int) -> str:
    return tracker_of(session.exec(select(BallotRow.digest).where(BallotRow.entry == entry)).one())
