"""The roll: the difference first, then all of it or nothing."""

import pytest
from sqlmodel import select

from tests.web.cooperative import (
    COLLEGES,
    CSV_HEADER,
    Cooperative,
    import_csv,
    make_csv,
    make_settings,
)
from voting.roll import RollError
from web.actions.import_roll import import_roll, preview_roll
from web.errors import NotSetUpError, StalePreviewError
from web.service import open_service
from web.store.rows import MemberRow
from web.views import organisation


def counts(coop: Cooperative) -> list[int]:
    return [number for _, number in organisation(coop.service).roll_counts]


def test_the_difference_is_shown_and_nothing_is_changed(coop: Cooperative) -> None:
    csv = make_csv([*COLLEGES[:-1], "employee", "community"]).replace(b"Member 1,", b"Member One,")
    before = organisation(coop.service)
    preview = preview_roll(coop.service, csv)
    assert [member.number for member in preview.changes.added] == ["7"]
    assert [new.name for _, new in preview.changes.changed] == [
        "Example Member One",
        "Example Member 6",
    ]
    assert preview.changes.removed == ()
    assert organisation(coop.service) == before


def test_the_import_does_what_was_shown(coop: Cooperative) -> None:
    csv = make_csv(["employee", "supported"])
    preview = preview_roll(coop.service, csv)
    changes = import_roll(coop.service, csv, preview.digest)
    assert changes == preview.changes
    assert counts(coop) == [1, 1, 0]
    assert preview_roll(coop.service, csv).changes.changed == ()
    assert len(preview_roll(coop.service, make_csv(COLLEGES)).changes.added) == 4


def test_a_member_keeps_her_row_when_her_address_changes(coop: Cooperative) -> None:
    with coop.service.store.read() as session:
        before = {row.number: row.id for row in session.exec(select(MemberRow))}
    import_csv(coop.service, make_csv(COLLEGES).replace(b"member2@people", b"other@people"))
    with coop.service.store.read() as session:
        after = {row.number: row.id for row in session.exec(select(MemberRow))}
    assert after == before


def test_all_faults_are_listed_and_nothing_is_imported(coop: Cooperative) -> None:
    before = organisation(coop.service)
    csv = CSV_HEADER + "1,,x@people.example,supported,en,standard\n2,Two,nothing,moon,en,standard\n"
    with pytest.raises(RollError) as refused:
        preview_roll(coop.service, csv.encode())
    assert [problem.line for problem in refused.value.problems] == [2, 3, 3]
    with pytest.raises(RollError):
        import_roll(coop.service, csv.encode(), "0" * 64)
    assert organisation(coop.service) == before


def test_a_preview_of_another_roll_or_file_is_stale(coop: Cooperative) -> None:
    csv = make_csv(["supported"])
    preview = preview_roll(coop.service, csv)
    with pytest.raises(StalePreviewError):
        import_roll(coop.service, make_csv(["employee"]), preview.digest)
    import_csv(coop.service, make_csv(["supported", "employee"]))
    with pytest.raises(StalePreviewError):
        import_roll(coop.service, csv, preview.digest)
    assert counts(coop) == [1, 1, 0]


def test_without_a_charter_there_is_no_roll(coop: Cooperative) -> None:
    service = open_service(make_settings(coop.folder / "other"), background=False)
    with pytest.raises(NotSetUpError):
        preview_roll(service, make_csv(["supported"]))
    service.close()
