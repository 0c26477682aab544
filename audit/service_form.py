"""What the service's own elections have, as far as one archive shows it.

Any archive is verified; these rules are asked of one that is said to be the service's. What
follows from the log and the manifest, only the whole record shows (`audit.setup_checks`).

Source: docs/formats/record.md, "What a contest is in a box"; docs/adr/0005 and 0007.
"""

from typing import cast

from audit.record_errors import NotOfTheServiceError
from ballots.archive import Archive
from ballots.credentials import parse_credentials
from ballots.election import AnyQuestion, Election, Question, ShuffledQuestion, parse_election
from ballots.encoding import parse_json
from ballots.trustees import parse_trustees
from voting.manifest import box_description
from voting.option_contests import MAX_OPTIONS, MAX_SHUFFLED_OPTIONS, MIN_OPTIONS

_HINT_LIMIT = 65_536
_HINTS = {
    "STV": ("method", "blank", "seats"),
    "Schulze": ("method", "blank"),
    "MajorityJudgment": ("method", "blank", "grades"),
}


def require_ours(archive: Archive) -> None:
    """Require the form that the service gives its elections.

    Raises:
        NotOfTheServiceError: it has another.
    """
    election = parse_election(archive.election)
    _require_election(election)
    _require_trustees(archive, election)
    if parse_credentials(archive.credentials).weighted:
        raise NotOfTheServiceError("the list of credentials", "no weights")


def _require_election(election: Election) -> None:
    digest = election.description.rpartition(":")[2]
    if len(digest) != 64 or election.description != box_description(digest):
        raise NotOfTheServiceError("the description", "the digest of a manifest")
    for number, question in enumerate(election.questions, 1):
        if not _is_ours(question):
            raise NotOfTheServiceError(f"question {number}", "a motion or options, with blank")
    if any((election.administrator, election.credential_authority, election.language)):
        raise NotOfTheServiceError("the election record", "no optional fields")


def _require_trustees(archive: Archive, election: Election) -> None:
    seats = parse_trustees(archive.trustees).seats
    first, is_alone = seats[0], len(seats) == 1
    fewer_are_enough = is_alone and 2 <= first.needed < len(first.numbers)
    if any(group.is_threshold for group in seats) and not fewer_are_enough:
        raise NotOfTheServiceError("the list of trustees", "single ones, or one group of several")
    needed = sum(group.needed for group in seats) if election.is_shuffled else 0
    done = len(archive.shuffles)
    if done > needed or (archive.decryptions and done < needed):
        raise NotOfTheServiceError("the number of shuffles", f"as many as are needed: {needed}")


def _is_ours(question: AnyQuestion) -> bool:
    if isinstance(question, Question):
        is_right_size = MIN_OPTIONS <= len(question.answers) <= MAX_OPTIONS
        has_blank = question.blank is True and question.min == 1
        return is_right_size and has_blank and question.extra is None
    if isinstance(question, ShuffledQuestion):
        is_right_size = MIN_OPTIONS <= len(question.answers) <= MAX_SHUFFLED_OPTIONS
        return is_right_size and (question.extra is None or _is_hint(question.extra))
    return False


def _is_hint(extra: str) -> bool:
    """Whether it says how to count, as `audit.setup_checks` writes it for `belenios-tool`."""
    value = parse_json(extra.encode(), _HINT_LIMIT)
    if not isinstance(value, dict):
        return False
    members = cast("dict[str, object]", value)
    names = tuple(members)
    return members.get("blank") is True and names == _HINTS.get(str(members.get("method")))
