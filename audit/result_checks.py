"""A result and its certificate: counted again from the boxes, and signed as it stands.

Source: design 4, sections 2 to 4; docs/formats/certificate.md.
"""

from collections.abc import Sequence

from audit.box_checks import VerifiedBox
from audit.certificate import (
    CERTIFICATE_LIMIT,
    parse_certificate,
    record_digest,
    verify_certificate,
)
from audit.log import Log
from audit.objects import REASON_LIMIT, format_proof_list, parse_reason
from audit.reader import Reader
from audit.record_errors import (
    CertificateMismatchError,
    CountMismatchError,
    ProofListError,
)
from audit.setup_checks import Announced
from audit.story import ElectionStory
from voting.contests import Contest
from voting.counting.count import ContestResult, count_contest
from voting.counting.parts import Part, college_part
from voting.counting.result import MAX_RESULT, format_result


def verify_proof_list(reader: Reader, story: ElectionStory, boxes: Sequence[VerifiedBox]) -> int:
    """Compare proofs.json with the second proofs that the log names; returns their number.

    Raises:
        ProofListError: it is another list.
    """
    assert story.result is not None
    items = [
        (box.summary.uuid, number, raw)
        for box in boxes
        for number, raw in sorted(box.proofs.items())
    ]
    expected = format_proof_list(story.uuid, items)
    path = f"elections/{story.uuid}/proofs.json"
    if reader.fetch_named(path, story.result.proofs, len(expected) + 4096) != expected:
        raise ProofListError(story.uuid)
    return len(items)


def verify_result(
    reader: Reader, story: ElectionStory, announced: Announced, boxes: Sequence[VerifiedBox]
) -> tuple[ContestResult, ...]:
    """Count every contest again, weights and guarantee and all, and compare byte for byte.

    Raises:
        CountMismatchError: the published result is another one.
        VotingError: the numbers cannot be a count's.
    """
    assert story.result is not None
    assert story.closing is not None  # a result follows the closing
    manifest = announced.manifest
    results = tuple(
        count_contest(
            manifest.charter,
            contest,
            [
                _read_part(box, question, contest)
                for box in boxes
                if (question := manifest.find_question(box.college, contest.id)) is not None
            ],
            seed=story.closing.seed,
        )
        for contest in manifest.contests
    )
    path = f"elections/{story.uuid}/result.json"
    raw = reader.fetch_named(path, story.result.result, MAX_RESULT)
    if raw != format_result(story.uuid, results):
        raise CountMismatchError(story.uuid)
    return results


def verify_certified(reader: Reader, log: Log, story: ElectionStory, announced: Announced) -> None:
    """Check the certificate: whose it is, and that it is about this very record.

    Raises:
        CertificateFormError, CertificateKeyError, CertificateSignatureError: it is none of
            the certifying key's.
        CertificateMismatchError: it certifies something else.
    """
    entry, result = story.certificate, story.result
    assert entry is not None
    assert result is not None
    path = f"elections/{story.uuid}/certificate.json"
    certificate = parse_certificate(reader.fetch_named(path, entry.certificate, CERTIFICATE_LIMIT))
    verify_certificate(certificate, story.certifier)
    statement = certificate.statement
    facts: tuple[tuple[str, object, object], ...] = (
        ("election", statement.election, story.uuid),
        ("manifest", statement.manifest, announced.digest),
        ("result", statement.result, result.result),
        ("record", statement.record, record_digest(result.boxes)),
        ("origin", statement.origin, log.checkpoint.origin),
    )
    for what, found, expected in facts:
        if found != expected:
            raise CertificateMismatchError(what)
    # The checkpoint must cover the result, stand before the certificate, and be of this log.
    if not story.result_index < statement.size <= story.certificate_index:
        raise CertificateMismatchError("checkpoint size")
    if log.root_at(statement.size) != statement.root:
        raise CertificateMismatchError("checkpoint root")
    parse_reason(path, reader.fetch_object(statement.reason, REASON_LIMIT))


def _read_part(box: VerifiedBox, question: int, contest: Contest) -> Part:
    summary = box.summary
    assert summary.result is not None  # an archive without a result was refused
    return college_part(
        contest,
        college=box.college,
        roll=box.members,
        cast=summary.counted,
        counts=summary.result[question],
        opened=summary.opened[question],
    )
