"""Verifying a whole record: what an observer need not take anybody's word for.

The log first: its key, its signed head, that the entries hash to it, that they may stand
in this order. Then every election that the record tells of, as far as it has come: set-up,
guarantee, boxes, shares, result, certificate.

Source: design 3, section 11; design 5; docs/observers.md explains each step.
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from audit.box_checks import VerifiedBox, verify_box
from audit.checkpoint import open_checkpoint
from audit.entries import CharterEntry, ClosingEntry, Entry, ScriptsEntry
from audit.log import (
    Log,
    fetch_checkpoint,
    fetch_entries,
    fetch_key,
    read_story,
    verify_growth,
    verify_tiles,
)
from audit.note import VerifierKey
from audit.objects import LIST_LIMIT, REASON_LIMIT, parse_elections, parse_reason, parse_scripts
from audit.reader import Reader
from audit.record import FolderRecord, Record
from audit.record_errors import (
    CopyMismatchError,
    ElectionListError,
    UnknownElectionAskedError,
)
from audit.report import ElectionReport, Progress, Report, Steps
from audit.result_checks import verify_certified, verify_proof_list, verify_result
from audit.resume import KeptState
from audit.setup_checks import Announced, verify_guarantee, verify_lot, verify_setup
from audit.story import ElectionStory, Story
from voting.charter.charter_format import parse_charter
from voting.counting.count import ContestResult
from voting.counting.option_result import OptionResult
from voting.guarantee import OptionGuarantee, Statement

__all__ = ["verify_record"]


def verify_record(
    record: Record,
    *,
    key: VerifierKey | None = None,
    earlier: bytes | None = None,
    election: str | None = None,
    executor: Executor | None = None,
    kept: KeptState | None = None,
    progress: Progress | None = None,
) -> Report:
    """Verify a record.

    Args:
        record: where its files come from.
        key: the log's key from elsewhere; without it the one the record names is taken,
            and the report says so.
        earlier: a signed checkpoint that the observer kept.
        election: look at this one only.
        executor: where to check ballots of large boxes.
        kept: what an earlier run kept, and where this one keeps how far it came.
        progress: told each step.

    Raises:
        VerificationError: a check failed or could not be finished; it has the report.
        UsageError: the record has no such election.
    """
    steps = Steps(Report(record.name), progress or Progress())
    for remark in kept.remarks if kept else ():
        steps.remark(remark)
    reader = Reader(record, steps)
    log = _verify_log(reader, steps, key, earlier)
    story = _verify_story(reader, steps, log)
    chosen = _choose_elections(reader, steps, story, election)
    for uuid in chosen:
        _Verification(reader, steps, log, story.elections[uuid], executor, kept).run()
    _verify_copies(reader, steps, story, chosen)
    return steps.report


def read_record(
    record: Record, *, key: VerifierKey | None, progress: Progress | None = None
) -> tuple[Reader, Steps, Log, Story]:
    """Verify a record's log only, for those who go on by themselves."""
    steps = Steps(Report(record.name), progress or Progress())
    reader = Reader(record, steps)
    log = _verify_log(reader, steps, key, None)
    return reader, steps, log, _verify_story(reader, steps, log)


def _verify_log(
    reader: Reader, steps: Steps, given: VerifierKey | None, earlier: bytes | None
) -> Log:
    with steps.step("key", "The log's key", "key"):
        key = given or fetch_key(reader)
        steps.report = replace(steps.report, key=key.vkey, key_given=given is not None)
        steps.detail = key.fingerprint
        if given is None:
            steps.remark(
                f"The key {key.vkey} was taken from the record itself: compare its fingerprint, "
                f"{key.fingerprint}, with the one in the e-mail that invited you to vote."
            )
    with steps.step("checkpoint", "The signed head of the log", "log/checkpoint"):
        checkpoint = fetch_checkpoint(reader, key)
        steps.detail = f"{checkpoint.size} entries"
    with steps.step("entries", "All entries hash to the signed head", "log"):
        log = fetch_entries(reader, checkpoint, steps.tell)
        steps.report = replace(steps.report, size=checkpoint.size, checkpoint=log.checkpoint.raw)
    with steps.step("tiles", "The served hash tiles are those of the entries", "log"):
        steps.detail = f"{verify_tiles(reader, log, steps.tell)} tiles"
    if earlier is not None:
        with steps.step("growth", "The log continues the one you saw earlier", "your checkpoint"):
            kept = open_checkpoint(earlier, key)
            verify_growth(log, kept)
            steps.detail = f"grown from {kept.size} to {checkpoint.size} entries"
    return log


def _verify_story(reader: Reader, steps: Steps, log: Log) -> Story:
    with steps.step("order", "Every entry is well formed and stands where it may", "log"):
        story, entries = read_story(log, reader.look_at, steps.tell)
        steps.detail = f"{len(story.elections)} elections"
    with steps.step("objects", "The charter and the page scripts are the logged ones", "objects"):
        for entry in entries:
            _verify_objects(reader, entry)
    return story


def _verify_objects(reader: Reader, entry: Entry) -> None:
    if isinstance(entry, CharterEntry):
        parse_charter(reader.fetch_object(entry.charter))
        where = f"objects/{entry.reason}"
        parse_reason(where, reader.fetch_object(entry.reason, REASON_LIMIT))
    if isinstance(entry, ScriptsEntry):
        parse_scripts(f"objects/{entry.scripts}", reader.fetch_object(entry.scripts, LIST_LIMIT))


def _choose_elections(
    reader: Reader, steps: Steps, story: Story, asked: str | None
) -> tuple[str, ...]:
    known = tuple(story.elections)
    if asked is not None:
        if asked not in known:
            raise UnknownElectionAskedError(asked)
        return (asked,)
    with steps.step("elections", "The elections of this record", "elections.json"):
        raw = reader.fetch_if_there("elections.json", LIST_LIMIT)
        listed = known if raw is None else parse_elections("elections.json", raw)
        for uuid in listed:
            if uuid not in known:
                raise ElectionListError(uuid)
        for uuid in known:
            if uuid not in listed and story.elections[uuid].setup is not None:
                steps.remark(f"The log tells of the election {uuid}, which this record leaves out.")
        steps.detail = ", ".join(listed) or "none yet"
    return listed


@dataclass(slots=True)
class _Verification:
    """The steps of one election."""

    reader: Reader
    steps: Steps
    log: Log
    story: ElectionStory
    executor: Executor | None
    kept: KeptState | None

    def run(self) -> None:
        story = self.story
        report = ElectionReport(story.uuid, "", story.state)
        if story.setup is None:
            self._keep(report)
            return
        announced = self._verify_setup()
        title = announced.manifest.title["en"]
        report = replace(report, title=title)
        self._verify_acts(title)
        if story.closing is not None:
            self._verify_lot(announced, story.closing)
        if story.void is not None:
            self.steps.remark(
                f"The election “{title}” was called off; its boxes are not looked at."
            )
            self._keep(report)
            return
        boxes = [self._verify_box(announced, at) for at in range(len(announced.boxes))]
        voters = tuple((box.college, box.members, box.summary.counted) for box in boxes)
        report = replace(report, voters=voters)
        if story.result is None:
            self.steps.remark(
                f"The election “{title}” is {story.state}: what is there was verified, "
                "a result is still to come."
            )
        else:
            report = self._verify_result(report, announced, boxes)
        self._keep(report)

    def _keep(self, report: ElectionReport) -> None:
        whole = self.steps.report
        self.steps.report = replace(whole, elections=(*whole.elections, report))

    def _verify_setup(self) -> Announced:
        uuid = self.story.uuid
        where = f"elections/{uuid}/manifest.json"
        with self.steps.step("set-up", f"The set-up of {uuid} holds together", where):
            announced = verify_setup(self.reader, self.story)
            members = sum(box.members for box in announced.boxes)
            self.steps.detail = (
                f"“{announced.manifest.title['en']}”: {len(announced.boxes)} boxes, "
                f"{members} members, {len(announced.keys)} trustees"
            )
        with self.steps.step("guarantee", "The guarantee that was stated before opening", where):
            verify_guarantee(announced.manifest, announced.manifest.guarantee)
            self.steps.detail = ", ".join(map(_say_guarantee, announced.manifest.guarantee))
        return announced

    def _verify_acts(self, title: str) -> None:
        acts = (self.story.opening, self.story.closing, self.story.void)
        with self.steps.step("acts", f"The officers' public reasons in “{title}”", "objects"):
            for act in acts:
                if act is not None:
                    path = f"objects/{act.reason}"
                    parse_reason(path, self.reader.fetch_object(act.reason, REASON_LIMIT))
            self.steps.detail = f"{sum(act is not None for act in acts)} reasons"

    def _verify_lot(self, announced: Announced, closing: ClosingEntry) -> None:
        where = f"elections/{self.story.uuid}/manifest.json"
        with self.steps.step("lot", "Lots are drawn from the seed bound before voting", where):
            verify_lot(announced.manifest, closing.seed)
            self.steps.detail = f"{closing.seed[:16]}…"

    def _verify_box(self, announced: Announced, at: int) -> VerifiedBox:
        box, uuid = announced.boxes[at], self.story.uuid
        where = f"elections/{uuid}/boxes/{box.college}.bel"
        with self.steps.step("box", f"The ballot box of {box.college}", where):
            verified = verify_box(
                self.reader,
                self.story,
                box,
                rules=announced.manifest.rules,
                executor=self.executor,
                tell=self.steps.tell,
                kept=self.kept,
            )
            summary = verified.summary
            self.steps.detail = (
                f"{len(summary.ballots)} ballots of {summary.counted} members out of {box.members}"
            )
        if self.kept is not None:
            for remark in self.kept.describe(box.college, summary):
                self.steps.remark(remark)
        return verified

    def _verify_result(
        self, report: ElectionReport, announced: Announced, boxes: list[VerifiedBox]
    ) -> ElectionReport:
        reader, steps, story = self.reader, self.steps, self.story
        folder = f"elections/{story.uuid}"
        assert story.result is not None
        with steps.step("proofs", "Every share has its second proof", f"{folder}/proofs.json"):
            steps.detail = f"{verify_proof_list(reader, story, boxes)} shares"
        with steps.step("result", "The result, counted and weighed again", f"{folder}/result.json"):
            results = verify_result(reader, story, announced, boxes)
            outcomes = tuple((result.contest, _say_outcome(result)) for result in results)
            steps.detail = ", ".join(f"{contest}: {outcome}" for contest, outcome in outcomes)
        report = replace(report, outcomes=outcomes, result=story.result.result)
        if story.certificate is None:
            steps.remark(f"The election “{report.title}” is not certified yet.")
            return report
        with steps.step(
            "certificate", "The certificate is about this record", f"{folder}/certificate.json"
        ):
            verify_certified(reader, self.log, story, announced)
            steps.detail = f"by the key {story.certifier[:16]}…"
        return replace(report, certified=True)


def _verify_copies(reader: Reader, steps: Steps, story: Story, elections: Sequence[str]) -> None:
    """A folder of one election has its files at the top as well: they must be the same."""
    folder = reader.record
    if len(elections) != 1 or not isinstance(folder, FolderRecord):
        return
    election = story.elections[elections[0]]
    names = [f"{name}.json" for name in ("manifest", "result", "proofs", "certificate")]
    if election.setup is not None:
        names += [f"boxes/{box.college}.bel" for box in election.setup.boxes]
    copies = [name for name in names if folder.has(name)]
    if not copies:
        return
    with steps.step("copies", "The copies at the top of the folder", "."):
        for name in copies:
            original = f"elections/{election.uuid}/{name}"
            reader.look_at(name)
            if not folder.are_same(name, original):
                raise CopyMismatchError(name, original)
        steps.detail = f"{len(copies)} copies"


def _say_guarantee(statement: Statement) -> str:
    if isinstance(statement, OptionGuarantee):
        return f"{statement.contest}: {statement.seats_guaranteed} of {statement.seats} seats"
    promised = [word for word in ("control", "veto") if getattr(statement, word)]
    return f"{statement.contest}: {' and '.join(promised) or 'nothing promised'}"


def _say_outcome(result: ContestResult) -> str:
    if isinstance(result, OptionResult) and result.elected:
        return f"{result.outcome} {', '.join(str(each.option) for each in result.elected)}"
    return str(result.outcome)
