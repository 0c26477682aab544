"""An election's set-up: manifest, log, trustees, boxes and credentials bind each other.

The manifest's digest stands in each box's description, so in its fingerprint, to which
every ballot and proof is bound; the log binds manifest and boxes. Whatever the log says
beside must be what the manifest says.

Source: design 2, "Formats the first election settles" (Manifest); design 3, section 3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from audit.entries import SetupBox
from audit.reader import Reader
from audit.record_errors import (
    BoxMismatchError,
    CredentialCountError,
    GuaranteeStatementError,
    LotSeedError,
    ManifestMismatchError,
    SharedCredentialError,
)
from audit.story import ElectionStory
from audit.trustee_checks import VerifiedTrustees, verify_trustees
from ballots.credentials import parse_credentials
from ballots.election import AnyQuestion, Election, Question, ShuffledQuestion
from ballots.encoding import format_json
from ballots.trustees import TrusteePublicKey
from voting.charter.charter_format import format_charter
from voting.contests import Contest, Motion, OptionContest
from voting.guarantee import Statement, require_guarantee
from voting.manifest import MAX_MANIFEST, Manifest, box_description, parse_manifest
from voting.members import CollegeId, Language

LANGUAGE: Language = "en"
"""The language in which boxes carry their texts; the manifest has all of them."""
ANSWERS = ("For", "Against")
_LIST_ROOM = 8192
_CREDENTIAL_SIZE = 67


@dataclass(frozen=True, slots=True)
class BoxSetup:
    """One ballot box as it was announced.

    Attributes:
        college: whose; only its members' questions are in the box.
        members: how many members its college has on the roll.
        election: what its archive begins with.
        trustees: raw.
        credentials: raw.
    """

    college: CollegeId
    members: int
    election: Election
    trustees: bytes
    credentials: bytes


@dataclass(frozen=True, slots=True)
class Announced:
    """An election whose set-up holds together.

    Attributes:
        manifest: everything that defines it.
        digest: of the manifest.
        keys: the trustees' public keys, by number from 1.
        boxes: in the manifest's order.
    """

    manifest: Manifest
    digest: str
    keys: tuple[TrusteePublicKey, ...]
    boxes: tuple[BoxSetup, ...]


def make_box_election(
    manifest: Manifest, digest: str, college: CollegeId, public_key: str
) -> Election:
    """What the archive of a college's box must begin with: its contests' questions, in order.

    Raises:
        UnknownCollegeError: the charter has no such college.
    """
    return Election(
        uuid=manifest.box(college),
        name=manifest.title[LANGUAGE],
        description=box_description(digest),
        public_key=public_key,
        questions=tuple(make_question(contest) for contest in manifest.contests_of(college)),
    )


def make_question(contest: Contest) -> AnyQuestion:
    """The question that a contest is in a box."""
    title = contest.texts[LANGUAGE]["standard"].title
    if isinstance(contest, Motion):
        return Question(title, ANSWERS, min=1, max=1, blank=True)
    names = tuple(option.names[LANGUAGE] for option in contest.options)
    if contest.is_shuffled:
        return ShuffledQuestion(title, names, _counting_hint(contest))
    most = {"one": 1, "several": contest.most}.get(contest.form) or len(names)
    return Question(title, names, min=1, max=most, blank=True)


def _counting_hint(contest: OptionContest) -> str | None:
    """What the independent tool keeps beside a question that it can count, in its own words."""
    if contest.method == "majority-judgment":
        grades = [names[LANGUAGE] for names in contest.grades]
        hint = {"method": "MajorityJudgment", "blank": True, "grades": grades}
    elif contest.method == "schulze":
        hint = {"method": "Schulze", "blank": True}
    elif contest.method == "irv" or contest.method.startswith("stv-"):
        hint = {"method": "STV", "blank": True, "seats": contest.seats}
    else:
        return None
    return format_json(hint).decode()


def verify_setup(reader: Reader, story: ElectionStory) -> Announced:
    """Check an announced election's manifest, trustees and boxes against the log.

    Raises:
        MismatchError: a leaf of it: two parts contradict each other.
        VotingError, BallotError: a part is not what it must be by itself.
    """
    setup = story.setup
    assert setup is not None  # the caller asks about announced elections only
    path = f"elections/{story.uuid}/manifest.json"
    manifest = parse_manifest(reader.fetch_named(path, setup.manifest, MAX_MANIFEST))
    _compare_manifest(manifest, story)

    trustees = verify_trustees(reader, story, manifest.trustees)
    boxes: list[BoxSetup] = []
    seen: set[str] = set()
    for box in setup.boxes:
        found = _verify_box(reader, manifest, setup.manifest, box, trustees)
        # A credential on two lists would give one member two votes.
        for credential in parse_credentials(found.credentials).weights:
            if credential in seen:
                raise SharedCredentialError(credential)
            seen.add(credential)
        boxes.append(found)
    return Announced(manifest, setup.manifest, trustees.keys, tuple(boxes))


def verify_guarantee(manifest: Manifest, statements: Sequence[Statement]) -> None:
    """Compute every guarantee statement again from charter and roll, and compare.

    Raises:
        GuaranteeDoesNotHoldError: the protected college's majority was not safe.
        GuaranteeStatementError: more, less or something else was promised.
    """
    for contest, stated in zip(manifest.contests, statements, strict=True):
        if require_guarantee(manifest.charter, manifest.roll, contest) != stated:
            raise GuaranteeStatementError(contest.id)


def verify_lot(manifest: Manifest, seed: str) -> None:
    """Check that the seed shown at closing is the one that was bound before voting began.

    Raises:
        LotSeedError: it was chosen later, perhaps so that lots fall on somebody.
    """
    if sha256(bytes.fromhex(seed)).hexdigest() != manifest.lot:
        raise LotSeedError(manifest.election)


def _compare_manifest(manifest: Manifest, story: ElectionStory) -> None:
    assert story.setup is not None
    assert story.roll is not None
    assert story.charter is not None
    facts: tuple[tuple[str, str, object, object], ...] = (
        ("election", "the set-up entry", manifest.election, story.uuid),
        (
            "charter",
            "the charter entry",
            sha256(format_charter(manifest.charter)).hexdigest(),
            story.charter.charter,
        ),
        ("roll", "the roll entry", manifest.roll.commitment, story.roll.roll),
        ("number of members", "the roll entry", manifest.roll.members, story.roll.members),
        ("number of trustees", "the log", manifest.trustees.count, len(story.keys)),
        (
            "number of trustees who are needed",
            "the set-up entry",
            manifest.trustees.needed,
            story.setup.needed,
        ),
        (
            "list of boxes",
            "the set-up entry",
            manifest.boxes,
            tuple((box.college, box.box) for box in story.setup.boxes),
        ),
    )
    for what, other, found, expected in facts:
        if found != expected:
            raise ManifestMismatchError(what, other)


def _verify_box(
    reader: Reader, manifest: Manifest, digest: str, box: SetupBox, trustees: VerifiedTrustees
) -> BoxSetup:
    college = CollegeId(box.college)
    members = dict(manifest.roll.members)[college]
    limit = _CREDENTIAL_SIZE * members + _LIST_ROOM
    credentials = reader.fetch_object(box.credentials, limit)
    number = len(parse_credentials(credentials))
    # One more credential than members is one ballot that nobody on the roll could have cast.
    if number != members:
        raise CredentialCountError(box.college, number, members)

    raw = reader.fetch_object(box.election)
    election = make_box_election(manifest, digest, college, trustees.joint)
    # Asked more than its contests, members would answer what is not theirs; asked less, they
    # would have no say in it.
    if election.raw != raw:
        raise BoxMismatchError(box.college, "election record", "the manifest and the trustees")
    if election.is_shuffled != box.shuffled:
        raise BoxMismatchError(box.college, "way of opening", "the manifest")
    return BoxSetup(college, members, election, trustees.raw, credentials)
