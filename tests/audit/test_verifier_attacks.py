"""A dishonest service, with all its keys: each attack is named by one check and one error."""

from dataclasses import replace
from pathlib import Path

import pytest

from ballots.decryption import Share, format_box_result
from tests.assembly import (
    SIGNER,
    Bend,
    bending,
    digest,
    hold_election,
)
from tests.audit.attacks import (
    add_late_ballot,
    bad_ballot,
    bend_share,
    count_wrongly,
    cut_result,
    drop_last_vote,
    extra_credential,
    flip_digit,
    more_votes_for,
    proofs_of_another_box,
    rename_trustees,
    repeat,
    replace_credential,
    restate,
    reword_question,
    share_credentials,
    stranger_certifies,
    stranger_trustees,
    stuffed,
    swap_entries,
    unsign,
    without,
)
from tests.audit.verifying import refuse
from voting.elections import Rules, TrusteeRule

ATTACKS: list[tuple[str, Bend, str, str]] = [
    ("changed-result", bending("rows", more_votes_for), "result", "CountMismatchError"),
    (
        "result-of-other-words",
        bending("result", lambda raw: raw.replace(b'"passed"', b'"lost"')),
        "result",
        "CountMismatchError",
    ),
    (
        "swapped-answers-in-a-box",
        bending("box-result:community", lambda _: format_box_result(((0, 1, 0),))),
        "box",
        "ResultError",
    ),
    (
        "more-votes-than-voters-in-a-box",
        bending("box-result:community", lambda _: format_box_result(((1, 0, 1),))),
        "box",
        "ResultError",
    ),
    ("dropped-ballot", bending("archived:employees", drop_last_vote), "box", "DroppedBallotError"),
    (
        "dropped-first-ballot",
        bending("archived:supported", without(0)),
        "box",
        "DroppedBallotError",
    ),
    (
        "reordered-ballots",
        bending("archived:supported", lambda found: found[::-1]),
        "box",
        "UnloggedBallotError",
    ),
    (
        "ballot-beside-the-log",
        bending("archived:community", stuffed),
        "box",
        "UnloggedBallotError",
    ),
    ("stuffed-box", bending("ballots:supported", stuffed), "box", "UnknownCredentialError"),
    ("bent-ballot", bending("ballots:supported", bad_ballot), "box", "BallotHashError"),
    ("ballot-left-out-of-the-sum", count_wrongly("employees", 1), "box", "EncryptedTallyError"),
    (
        "wrong-size-beside-the-sum",
        bending("sized:employees", lambda raw: raw.replace(b":2,", b":3,", 1)),
        "box",
        "SizedTallyError",
    ),
    (
        "archive-of-other-trustees",
        bending("trustees", stranger_trustees),
        "set-up",
        "BoxMismatchError",
    ),
    (
        "archive-of-other-trustees-than-the-log",
        bending("archive:community", rename_trustees),
        "box",
        "BoxMismatchError",
    ),
    (
        "archive-cut-short",
        bending("archive:community", lambda raw: raw[:-512]),
        "box",
        "TruncatedArchiveError",
    ),
    (
        "archive-with-more-behind",
        bending("archive:community", lambda raw: raw + bytes(1024)),
        "box",
        "RecordHeaderError",
    ),
    ("swapped-boxes", bending("archive:community", lambda _: b""), "box", "TruncatedArchiveError"),
    (
        "archive-without-its-result",
        bending("archive:community", cut_result),
        "box",
        "UnfinishedArchiveError",
    ),
    (
        "archive-of-another-time",
        bending("time:community", lambda time: time + 1),
        "box",
        "ArchiveMismatchError",
    ),
    (
        "shares-in-another-order",
        bending("owned:community", lambda found: found[::-1]),
        "box",
        "ArchiveMismatchError",
    ),
    (
        "share-of-one-trustee-twice",
        bending("owned:employees", lambda found: [found[0], (2, found[0][1])]),
        "box",
        "BoxMismatchError",
    ),
    (
        "share-of-an-unknown-trustee",
        bending("owned:employees", lambda found: [*found, (3, found[0][1])]),
        "box",
        "BoxMismatchError",
    ),
    (
        "missing-share",
        bending("owned:employees", without(1)),
        "box",
        "BoxMismatchError",
    ),
    (
        "bent-share",
        bend_share(lambda share: Share(flip_digit(share.decryption), share.proofs)),
        "box",
        "DecryptionProofError",
    ),
    (
        "bent-second-proof",
        bend_share(lambda share: Share(share.decryption, flip_digit(share.proofs))),
        "box",
        "SecondProofError",
    ),
    ("second-proof-of-another-box", proofs_of_another_box(), "box", "SecondProofBindingError"),
    (
        "missing-second-proof",
        bend_share(lambda share: Share(share.decryption, b"null")),
        "box",
        "WrongValueError",
    ),
    (
        "incomplete-proof-list",
        bending("proofs", lambda raw: raw[:-3] + b"]}"),
        "proofs",
        "ProofListError",
    ),
    (
        "entries-in-another-order",
        bending("entries", swap_entries("scripts", "roll")),
        "order",
        "TimeGoesBackError",
    ),
    ("late-ballot", bending("entries", add_late_ballot), "order", "WrongMomentError"),
    (
        "extra-opening",
        bending("entries", repeat("opening")),
        "order",
        "WrongMomentError",
    ),
    ("repeated-ballot", bending("entries", repeat("ballot")), "order", "RepeatedEntryError"),
    (
        "unlogged-opening",
        bending("entries", lambda found: [e for e in found if e.type != "opening"]),
        "order",
        "WrongMomentError",
    ),
    (
        "unlogged-ballot",
        bending("entries", lambda found: [e for e in found if e.type != "ballot"]),
        "order",
        "BallotCountError",
    ),
    (
        "unlogged-charter",
        bending("entries", lambda found: found[1:]),
        "order",
        "NoCharterError",
    ),
    (
        "certificate-before-result",
        bending("entries", swap_entries("certificate", "result")),
        "order",
        "WrongMomentError",
    ),
    (
        "entry-of-an-unknown-kind",
        bending("raw-entries", lambda raw: [*raw, b'{"v":1,"type":"note","time":9999999}']),
        "order",
        "EntryFormError",
    ),
    (
        "entry-that-is-no-json",
        bending("raw-entries", lambda raw: [*raw, b"\xff"]),
        "order",
        "EntryFormError",
    ),
    (
        "rules-changed-after-the-log",
        bending("manifest", lambda found: replace(found, rules=Rules(open_small_boxes=False))),
        "box",
        "SmallBoxError",
    ),
    (
        "manifest-of-another-election",
        bending("manifest", lambda found: replace(found, election="AnotherELection")),
        "set-up",
        "ManifestMismatchError",
    ),
    (
        "manifest-of-another-charter",
        bending(
            "manifest",
            lambda found: replace(
                found,
                charter=replace(found.charter, name={"en": "Other co-op", "cy": "Arall"}),
            ),
        ),
        "set-up",
        "ManifestMismatchError",
    ),
    (
        "manifest-of-another-roll",
        bending(
            "manifest",
            lambda found: replace(found, roll=replace(found.roll, commitment=digest(b"other"))),
        ),
        "set-up",
        "ManifestMismatchError",
    ),
    (
        "manifest-of-other-trustees",
        bending("manifest", lambda found: replace(found, trustees=TrusteeRule(3, 3))),
        "set-up",
        "ManifestMismatchError",
    ),
    (
        "manifest-of-other-boxes",
        bending(
            "manifest",
            lambda found: replace(
                found, boxes=(*found.boxes[:2], (found.boxes[2][0], "BoxSomewhere111"))
            ),
        ),
        "set-up",
        "ManifestMismatchError",
    ),
    (
        "manifest-that-promises-more",
        bending("raw-manifest", lambda raw: raw.replace(b'"floor":1', b'"floor":2')),
        "set-up",
        "GuaranteeMismatchError",
    ),
    (
        "other-question-in-a-box",
        bending("election:employees", reword_question),
        "set-up",
        "BoxMismatchError",
    ),
    (
        "one-credential-too-many",
        bending("credentials:community", extra_credential),
        "set-up",
        "CredentialCountError",
    ),
    ("shared-credentials", share_credentials(), "set-up", "SharedCredentialError"),
    (
        "credentials-of-strangers",
        bending("credentials:employees", replace_credential),
        "box",
        "UnknownCredentialError",
    ),
    (
        "charter-that-does-not-add-up",
        bending("charter", lambda raw: raw.replace(b"51/100", b"53/100")),
        "objects",
        "CollegeSharesError",
    ),
    (
        "scripts-out-of-order",
        bending(
            "scripts",
            lambda _: b'{"v":1,"files":[["b","%b"],["a","%b"]]}' % ((b"0" * 64,) * 2),
        ),
        "objects",
        "ObjectFormError",
    ),
    (
        "certificate-of-another-key",
        bending("certificate", stranger_certifies),
        "certificate",
        "CertificateKeyError",
    ),
    (
        "unsigned-certificate",
        bending("certificate", unsign),
        "certificate",
        "CertificateSignatureError",
    ),
    (
        "certificate-of-another-result",
        restate(lambda found: replace(found, result=digest(b"other"))),
        "certificate",
        "CertificateMismatchError",
    ),
    (
        "certificate-of-another-manifest",
        restate(lambda found: replace(found, manifest=digest(b"other"))),
        "certificate",
        "CertificateMismatchError",
    ),
    (
        "certificate-of-another-election",
        restate(lambda found: replace(found, election="AnotherELection")),
        "certificate",
        "CertificateMismatchError",
    ),
    (
        "certificate-of-another-record",
        restate(lambda found: replace(found, record=digest(b"other"))),
        "certificate",
        "CertificateMismatchError",
    ),
    (
        "certificate-of-another-log",
        restate(lambda found: replace(found, origin="other.example/log")),
        "certificate",
        "CertificateMismatchError",
    ),
    (
        "certificate-before-the-result-was-logged",
        restate(lambda found: replace(found, size=found.size - 1)),
        "certificate",
        "CertificateMismatchError",
    ),
    (
        "certificate-of-a-later-log",
        restate(lambda found: replace(found, size=found.size + 1)),
        "certificate",
        "CertificateMismatchError",
    ),
    (
        "certificate-of-a-forked-log",
        restate(lambda found: replace(found, root=bytes(32))),
        "certificate",
        "CertificateMismatchError",
    ),
]


@pytest.mark.parametrize(
    ("bend", "check", "error"), [attack[1:] for attack in ATTACKS], ids=[a[0] for a in ATTACKS]
)
def test_a_dishonest_service_is_named(tmp_path: Path, bend: Bend, check: str, error: str) -> None:
    found = refuse(hold_election(bend).write(tmp_path), key=SIGNER.key)
    assert (found.step.check, type(found.cause).__name__) == (check, error)
    assert not found.is_incomplete
