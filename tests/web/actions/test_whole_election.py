"""A whole election through the actions, from the roll to a certificate."""

from pathlib import Path

from audit.record import FolderRecord
from audit.verifier import verify_record
from ballots.archive import read_archive
from ballots.verification import verify_archive
from tests.web.cooperative import PASSPHRASE, Cooperative
from web.actions.certify_election import certify_election
from web.actions.find_ballot import find_ballot
from web.record import export_record, fetch
from web.views import election_view


def test_from_the_roll_to_a_certificate(open_coop: Cooperative, tmp_path: Path) -> None:
    coop, service = open_coop, open_coop.service
    first = coop.vote("supported", 0, "against")
    coop.vote("supported", 1, "for")
    coop.vote("supported", 2, "for")
    coop.vote("employee", 0, "against")
    coop.vote("community", 0, "blank")
    again = coop.vote("supported", 0, "for")

    before, after = find_ballot(service, first.tracker), find_ballot(service, again.tracker)
    assert before is not None
    assert after is not None
    assert (before.counts, after.counts) == (False, True)

    coop.tally()
    view = election_view(service, coop.election)
    assert view.state == "tallied"
    assert view.results is not None
    (result,) = view.results
    assert result.outcome == "passed"
    assert [(c.id, c.for_, c.against, c.blank) for c in result.colleges] == [
        ("supported", 3, 0, 0),
        ("employee", 0, 1, 0),
        ("community", 0, 0, 1),
    ]

    certify_election(service, coop.election, PASSPHRASE, "Every check was passed.")
    assert election_view(service, coop.election).state == "certified"
    for college in ("supported", "employee", "community"):
        archive = fetch(service, f"elections/{coop.election}/boxes/{college}.bel")
        assert archive is not None
        verify_archive(read_archive(archive.content))

    export_record(service, tmp_path / "record")
    report = verify_record(FolderRecord(tmp_path / "record"))
    assert [election.election for election in report.elections] == [coop.election]
