"""A whole election through the actions, from the roll to a certificate."""

from pathlib import Path

from audit.record import FolderRecord
from audit.verifier import verify_record
from ballots.archive import read_archive
from ballots.verification import verify_archive
from tests.web.contests import BLANKS, CHOICES, EVERY_KIND, choose
from tests.web.cooperative import PASSPHRASE, Cooperative
from web.actions.certify_election import certify_election
from web.actions.find_ballot import find_ballot
from web.record import export_record, fetch
from web.self_check import require_sound
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


def test_every_kind_of_contest_with_a_key_of_which_two_of_three_open(
    coop: Cooperative, tmp_path: Path
) -> None:
    coop.open(*EVERY_KIND, together=True)
    service = coop.service
    for place in range(2):
        coop.vote("supported", place, choose(EVERY_KIND, CHOICES))
    coop.vote("supported", 2, choose(EVERY_KIND, BLANKS))
    coop.vote("employee", 0, choose(EVERY_KIND, CHOICES))

    coop.tally(2, 0)
    view = election_view(service, coop.election)
    assert (view.state, view.shuffled, view.shuffles_given) == ("tallied", True, 2)
    assert view.results is not None
    assert [result.contest for result in view.results] == [each.id for each in EVERY_KIND]
    assert all(result.outcome in ("passed", "elected") for result in view.results)
    for result in view.results:
        college = result.colleges[0]
        assert (college.id, college.cast, college.blank) == ("supported", 3, 1)

    certify_election(service, coop.election, PASSPHRASE, "Every check was passed.")
    for college_id in ("supported", "employee", "community"):
        archive = fetch(service, f"elections/{coop.election}/boxes/{college_id}.bel")
        assert archive is not None
        verify_archive(read_archive(archive.content))
    require_sound(service)

    export_record(service, tmp_path / "record")
    report = verify_record(FolderRecord(tmp_path / "record"))
    assert [election.election for election in report.elections] == [coop.election]
