"""The trustees of an election: those whom the boxes name are those whom the log tells of.

Where all of them are needed, the boxes list their logged keys. Where fewer are enough, the
boxes hold the one group in which they made a key together; it must be of that number and that
size, its keys the logged ones, and what each showed what she had committed to before.

Source: design 3, sections 4, 11.2 and 13; docs/formats/trustees.md.
"""

from dataclasses import dataclass
from hashlib import sha256

from audit.objects import LIST_LIMIT, CommitmentList, parse_commitments_list
from audit.reader import Reader
from audit.record_errors import (
    BoxMismatchError,
    CommitmentListError,
    CommitmentMismatchError,
    TrusteeGroupError,
    TrusteeKeyMismatchError,
)
from audit.story import ElectionStory
from ballots.encoding import format_json
from ballots.keys import key_object
from ballots.messages import format_signed
from ballots.seeds import commit_to
from ballots.trustees import (
    PedersenTrustees,
    TrusteePublicKey,
    format_trustees,
    joint_key,
    parse_trustees,
    verify_public_key,
)
from voting.manifest import TrusteeRule

_KEY_LIMIT = 8192


@dataclass(frozen=True, slots=True)
class VerifiedTrustees:
    """The trustees of an election.

    Attributes:
        raw: as every box's archive names them.
        keys: their public keys, by number from 1.
        joint: the key to which ballots are sealed.
    """

    raw: bytes
    keys: tuple[TrusteePublicKey, ...]
    joint: str


def verify_trustees(reader: Reader, story: ElectionStory, rule: TrusteeRule) -> VerifiedTrustees:
    """Check the trustees that the boxes name against the log and the manifest.

    Raises:
        BoxMismatchError: a box names others.
        TrusteeGroupError, TrusteeKeyMismatchError: they are not those whose keys were logged.
        CommitmentListError, CommitmentMismatchError: they did not show what they committed to.
        BallotError: a key or a group is not what it must be by itself.
    """
    assert story.setup is not None  # the caller asks about announced elections only
    logged = [reader.fetch_object(story.keys[number], _KEY_LIMIT) for number in sorted(story.keys)]
    if rule.is_threshold:
        raw = reader.fetch_object(story.setup.boxes[0].trustees, LIST_LIMIT)
        group = _verify_group(raw, rule, logged)
        _verify_commitments(reader, story, group)
    else:
        for key in logged:
            verify_public_key(key)
        raw = format_trustees(logged)
    for box in story.setup.boxes:
        if box.trustees != sha256(raw).hexdigest():
            raise BoxMismatchError(box.college, "list of trustees", "the trustees' logged keys")
    trustees = parse_trustees(raw)
    return VerifiedTrustees(raw, trustees.keys, joint_key(trustees))


def _verify_group(raw: bytes, rule: TrusteeRule, logged: list[bytes]) -> PedersenTrustees:
    groups = parse_trustees(raw).groups
    group = groups[0]
    # One key beside the group, or another number, would change who can open the boxes.
    if len(groups) != 1 or not isinstance(group, PedersenTrustees):
        raise TrusteeGroupError(rule.needed, rule.count)
    if (group.threshold, len(group.keys)) != (rule.needed, rule.count):
        raise TrusteeGroupError(rule.needed, rule.count)
    for number, (key, own) in enumerate(zip(group.keys, logged, strict=True), 1):
        if format_json(key_object(key)) != own:
            raise TrusteeKeyMismatchError(number)
    return group


def _verify_commitments(reader: Reader, story: ElectionStory, group: PedersenTrustees) -> None:
    assert story.commitments is not None  # the log's order asks for it before the set-up
    digest = story.commitments.commitments
    listed = parse_commitments_list(f"objects/{digest}", reader.fetch_object(digest, LIST_LIMIT))
    if listed != CommitmentList(story.uuid, group.threshold, listed.commitments) or len(
        listed.commitments
    ) != len(group.keys):
        raise CommitmentListError(story.uuid)
    for number, (committed, shown) in enumerate(
        zip(listed.commitments, group.commitments, strict=True), 1
    ):
        # The last to show hers could otherwise choose it after seeing the others'.
        if commit_to(format_json(format_signed(shown.signed))) != committed:
            raise CommitmentMismatchError(number)
