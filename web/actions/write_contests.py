"""Write what a draft's members will be asked: contests are added, replaced and removed."""

from collections.abc import Sequence

from sqlmodel import Session

from voting.contests import Contest, require_fit, require_reserved
from voting.errors import LimitError
from voting.manifest import MAX_CONTESTS
from web.actions.steps import load_draft
from web.errors import UnknownContestError
from web.service import Service
from web.store.load import contests_of, load_charter, write_contests_text
from web.store.rows import ElectionRow


def write_contest(service: Service, election: str, contest: Contest) -> None:
    """Add a contest to a draft, or replace the one with its id, in its place.

    Raises:
        UnknownElectionError, ElectionNotDraftError
        LimitError: there are as many contests as one election takes.
        VotingError: the charter does not allow it, see `require_fit` and `require_reserved`.
    """

    def write(session: Session) -> None:
        row = load_draft(session, election)
        charter = load_charter(session)
        require_fit(charter, contest)
        contests = list(contests_of(row))
        places = [place for place, each in enumerate(contests) if each.id == contest.id]
        if places:
            contests[places[0]] = contest
        else:
            contests.append(contest)
        if len(contests) > MAX_CONTESTS:
            raise LimitError("contests", len(contests))
        require_reserved(charter, contests)
        _keep(session, row, contests)

    service.store.write(write)


def remove_contest(service: Service, election: str, contest_id: str) -> None:
    """Take a contest out of a draft.

    Raises:
        UnknownElectionError, ElectionNotDraftError
        UnknownContestError: it has none of this id.
    """

    def write(session: Session) -> None:
        row = load_draft(session, election)
        contests = contests_of(row)
        rest = [each for each in contests if each.id != contest_id]
        if len(rest) == len(contests):
            raise UnknownContestError(contest_id)
        _keep(session, row, rest)

    service.store.write(write)


def _keep(session: Session, row: ElectionRow, contests: Sequence[Contest]) -> None:
    row.contests = write_contests_text(contests)
    session.add(row)
