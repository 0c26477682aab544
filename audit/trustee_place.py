"""Whether a trustee is really one of an election's: before anybody votes.

A service that put itself into the places of other trustees, or into hers, made another key
than hers, and could read every ballot sealed to it. Her own key stands in the public record
only if the election's key was made with it; and if every trustee finds the certificates there
that she sealed her secrets to, each secret went to the trustee it was meant for.

Source: design 3, sections 4 and 13; docs/trustees.md, "Without the page".
"""

from collections.abc import Callable

from audit.note import VerifierKey
from audit.objects import LIST_LIMIT
from audit.record import Record
from audit.record_errors import (
    NotATrusteeError,
    OtherCertificatesError,
    UnknownElectionAskedError,
)
from audit.report import Progress
from audit.setup_checks import verify_setup
from audit.verifier import read_record
from ballots.encoding import format_json
from ballots.messages import format_signed
from ballots.trustees import (
    PedersenTrustees,
    make_public_key,
    parse_trustees,
    verify_public_key,
)

Random = Callable[[int], bytes]


def find_place(
    record: Record,
    election: str,
    private: int,
    random: Random,
    *,
    first_round: bytes | None = None,
    key: VerifierKey | None = None,
    progress: Progress | None = None,
) -> int:
    """A trustee's number in an announced election, from 1.

    Args:
        record: the public record.
        election: its uuid.
        private: her private key, from `trustee_files.read_secret`.
        random: os.urandom.
        first_round: what `teg trustee make-key` kept: every trustee's certificate, one a line.
        key: the log's key from elsewhere.
        progress: told each step.

    Raises:
        UnknownElectionAskedError: it was not announced.
        NotATrusteeError: its key was made without hers.
        OtherCertificatesError: it was made with other certificates than she was shown.
        VerificationError: the record is not right.
    """
    reader, steps, _, story = read_record(record, key=key, progress=progress)
    told = story.elections.get(election)
    if told is None or told.setup is None:
        raise UnknownElectionAskedError(election)
    with steps.step("set-up", "The set-up holds together", f"elections/{election}"):
        announced = verify_setup(reader, told)
    own = verify_public_key(make_public_key(private, random)).public_key
    keys = [trustee.public_key for trustee in announced.keys]
    if own not in keys:
        raise NotATrusteeError(election)
    if first_round is not None:
        raw = reader.fetch_object(told.setup.boxes[0].trustees, LIST_LIMIT)
        found = [
            format_json(format_signed(certificate.signed))
            for group in parse_trustees(raw).groups
            if isinstance(group, PedersenTrustees)
            for certificate in group.certificates
        ]
        if first_round.split(b"\n")[: len(found)] != found:
            raise OtherCertificatesError(election)
    return keys.index(own) + 1
