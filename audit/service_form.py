"""What the service's own elections have, as far as one archive shows it.

Any archive is verified; these rules are asked of one that is said to be the service's. What
follows from the log and the manifest, only the whole record shows (`audit.setup_checks`).

Source: docs/formats/record.md, "What a contest is in a box"; docs/adr/0005 and 0007.
"""

from collections.abc import Sequence
from typing import cast

from audit.record_errors import NotOfTheServiceError
from ballots.archive import Archive
from ballots.credentials import parse_credentials
from ballots.election import AnyQuestion, Election, Question, ShuffledQuestion, parse_election
from ballots.encoding import format_json, parse_json
from ballots.trustees import parse_trustees
from voting.charter.charter import MAX_COUNCIL
from voting.manifest import box_description
from voting.option_contests import (
    MAX_GRADES,
    MAX_OPTIONS,
    MAX_SHUFFLED_OPTIONS,
    MIN_GRADES,
)

_HINT_LIMIT = 65_536


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
        raise NotOfTheServiceError("the shuffles", f"as many as trustees are needed, {needed}")


def _is_ours(question: AnyQuestion) -> bool:
    match question:
        case Question():
            has_blank = question.blank is True and question.min == 1
            return _are_names(question.answers, MAX_OPTIONS) and has_blank and not question.extra
        case ShuffledQuestion():
            known = question.extra is None or _is_hint(question.extra)
            return _are_names(question.answers, MAX_SHUFFLED_OPTIONS) and known
        case _:
            return False


def _are_names(names: Sequence[object], most: int, least: int = 1) -> bool:
    """Whether these are so many names, all different; for reserved seats one may stand alone."""
    are_texts = all(isinstance(name, str) for name in names)
    return are_texts and least <= len(names) <= most and len(set(names)) == len(names)


def _is_hint(extra: str) -> bool:
    """Whether it says how to count, as `audit.setup_checks` writes it for `belenios-tool`."""
    value = parse_json(extra.encode(), _HINT_LIMIT)
    if not isinstance(value, dict):
        return False
    hint = cast("dict[str, object]", value)
    method, seats = str(hint.get("method")), hint.get("seats")
    grades = cast("list[object]", hint["grades"] if type(hint.get("grades")) is list else [])
    known: dict[str, tuple[bool, dict[str, object]]] = {
        # bool is an int in Python; true is no number of seats. Reserved seats may be as many as
        # the options, or more, and an archive does not say which are reserved.
        "STV": (type(seats) is int and 1 <= seats <= MAX_COUNCIL, {"seats": seats}),
        "Schulze": (True, {}),
        "MajorityJudgment": (_are_names(grades, MAX_GRADES, MIN_GRADES), {"grades": grades}),
    }
    fits, more = known.get(method, (False, {}))
    return fits and extra == format_json({"method": method, "blank": True, **more}).decode()
