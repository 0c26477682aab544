"""Entries of one small honest election, without the objects they name.

Its contests are shuffled, and two of its three trustees are needed.
"""

from hashlib import sha256

from audit.entries import (
    BallotEntry,
    CertificateEntry,
    CharterEntry,
    ClosingEntry,
    CommitmentsEntry,
    DecryptionEntry,
    Entry,
    OpeningEntry,
    ResultEntry,
    RollEntry,
    ScriptsEntry,
    SetupBox,
    SetupEntry,
    ShuffleEntry,
    TallyEntry,
    TrusteeKeyEntry,
    VoidEntry,
)

ELECTION = "ExampLeELectioN1"
BOX_A = "ExampLeBoxAAAA1"
BOX_B = "ExampLeBoxBBBB1"


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


CHARTER = CharterEntry(100, digest("charter"), digest("certifier"), digest("reason"))
SCRIPTS = ScriptsEntry(101, digest("scripts"))
ROLL = RollEntry(110, ELECTION, digest("roll"), (("employees", 3), ("members", 0)))
COMMITMENTS = CommitmentsEntry(110, ELECTION, digest("commitments"))
KEY_1 = TrusteeKeyEntry(111, ELECTION, 1, digest("key 1"))
KEY_2 = TrusteeKeyEntry(112, ELECTION, 2, digest("key 2"))
KEY_3 = TrusteeKeyEntry(113, ELECTION, 3, digest("key 3"))
SETUP = SetupEntry(
    120,
    ELECTION,
    digest("manifest"),
    2,
    (
        SetupBox("employees", BOX_A, True, digest("election a"), digest("t"), digest("c a")),
        SetupBox("members", BOX_B, True, digest("election b"), digest("t"), digest("c b")),
    ),
)
OPENING = OpeningEntry(130, ELECTION, digest("reason"))
BALLOT_1 = BallotEntry(ELECTION, BOX_A, digest("ballot 1"))
BALLOT_2 = BallotEntry(ELECTION, BOX_A, digest("ballot 2"))
CLOSING = ClosingEntry(140, ELECTION, digest("reason"), digest("seed"), ((BOX_A, 2), (BOX_B, 0)))
TALLY_A = TallyEntry(150, ELECTION, BOX_A, digest("tally a"), digest("sized a"))
TALLY_B = TallyEntry(150, ELECTION, BOX_B, digest("tally b"), digest("sized b"))
SHUFFLES = tuple(
    ShuffleEntry(155, ELECTION, box, trustee, digest(f"s{box}{trustee}"))
    for trustee in (2, 1)
    for box in (BOX_A, BOX_B)
)
SHARES = tuple(
    DecryptionEntry(160, ELECTION, box, trustee, digest(f"d{box}{trustee}"), digest(f"p{box}"))
    for trustee in (3, 1)
    for box in (BOX_A, BOX_B)
)
RESULT = ResultEntry(
    170,
    ELECTION,
    ((BOX_A, digest("archive a")), (BOX_B, digest("archive b"))),
    digest("result"),
    digest("proofs"),
)
CERTIFICATE = CertificateEntry(180, ELECTION, digest("certificate"))
VOID = VoidEntry(180, ELECTION, digest("reason"))

WHOLE: tuple[Entry, ...] = (
    CHARTER,
    SCRIPTS,
    ROLL,
    COMMITMENTS,
    KEY_1,
    KEY_2,
    KEY_3,
    SETUP,
    OPENING,
    BALLOT_1,
    BALLOT_2,
    CLOSING,
    TALLY_A,
    TALLY_B,
    *SHUFFLES,
    *SHARES,
    RESULT,
    CERTIFICATE,
)
