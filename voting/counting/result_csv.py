"""The result of one contest as a table for spreadsheets, in sections with titles.

It says what is in the canonical result, and nothing more: every exact number, with its
decimals beside it. It is for reading; what is signed and checked is the canonical result.

Source: docs/formats/csv.md.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from voting.counting.count import ContestResult
from voting.counting.csv_cells import Row, format_table, write_amount, write_text
from voting.counting.csv_table import COLLEGE, CsvNames, ResultTable, Words
from voting.counting.motion import Agreement, HeadCountResult, MotionResult
from voting.counting.option_result import OptionResult, Stage


def format_result_csv(names: CsvNames, result: ContestResult, words: Words) -> bytes:
    """Write the table.

    Args:
        names: of this contest.
        result: of this contest.
        words: for each of TITLES and ANSWERS what it is in the reader's language.
    """
    if isinstance(result, MotionResult):
        rows = _MotionTable(names, words).rows(result)
    else:
        rows = _OptionTable(names, words).rows(result)
    return format_table(list(rows))


class _MotionTable(ResultTable):
    def rows(self, result: MotionResult) -> Iterator[Row]:
        yield from self.start(result, "motion/v1", "fraction")
        yield self.text("rule", result.rule)
        yield self.say("threshold"), *self.bound(result.threshold)
        yield self.amount("for-weight", result.total_for)
        yield self.amount("against-weight", result.total_against)
        yield self.amount("total", result.counted_share)
        yield from ((), (self.say("colleges"),), self.head(*COLLEGE, "for", "against"))
        for row in result.colleges:
            yield (*self.describe(row), str(row.for_), str(row.against))
        yield from self.caps(result.caps)
        yield from self.agreements(result.agreements)
        yield from self.heads(result.head_count)
        yield from self.start_guarantee(result)
        yield self.truth("control", is_so=result.guarantee.control)
        yield self.amount("cohesion", result.guarantee.cohesion_needed)

    def agreements(self, agreements: Sequence[Agreement]) -> Iterator[Row]:
        """The colleges that must agree; one that has no members is not asked."""
        if agreements:
            yield from ((), (self.say("agreements"),))
            yield (*self.head("college-id", "college", "=threshold"), "", self.say("agreed"))
        for each in agreements:
            agreed = "" if each.agreed is None else self.say("yes" if each.agreed else "no")
            yield *self.college(each.college), *self.bound(each.threshold), agreed

    def heads(self, heads: HeadCountResult | None) -> Iterator[Row]:
        """The plain count beside."""
        if heads is None:
            return
        yield from ((), (self.say("heads"),))
        yield self.amount("for", heads.for_)
        yield self.amount("against", heads.against)
        yield self.amount("roll", heads.roll)
        yield self.say("threshold"), *self.bound(heads.threshold)
        yield self.amount("turnout", heads.turnout)
        yield self.truth("reached", is_so=heads.reached)


class _OptionTable(ResultTable):
    def rows(self, result: OptionResult) -> Iterator[Row]:
        yield from self.start(result, f"{result.method}/v1", result.arithmetic)
        yield self.text("digest", result.digest)
        yield self.text("seed", result.seed or "")
        yield self.text("reserved", self.names.colleges[result.college] if result.college else "")
        yield self.amount("seats", result.seats)
        # Without a result all stay empty for now: no number here would be understood.
        yield self.amount("vacant", None if result.outcome == "void" else result.vacant)
        yield self.amount("total", result.total_weight)
        yield self.amount("quota", result.quota)
        yield from self.elected(result)
        yield from ((), (self.say("colleges"),), self.head(*COLLEGE))
        yield from map(self.describe, result.colleges)
        yield from self.caps(result.caps)
        yield from self.marks(result)
        yield from self.stages(result)
        yield from self.matrix("pairs", "before", self.names.options, result.pairwise)
        yield from self.matrix("grades", "grade", self.names.grades, result.grades)
        yield from self.ties(result)
        yield from self.start_guarantee(result)
        check = result.guarantee
        yield self.amount("seats-guaranteed", check.seats_guaranteed)
        yield self.amount("majority", check.majority_needed)
        yield self.amount("least-share", check.least_share)
        yield self.truth("controls", is_so=check.controls)

    def option(self, number: int) -> Row:
        """An option's number and name."""
        return str(number), write_text(self.names.options[number - 1])

    def elected(self, result: OptionResult) -> Iterator[Row]:
        if result.elected:
            yield from ((), (self.say("elected"),))
            yield self.head("order", "number", "option", "stage", "on")
        for each in result.elected:
            why = self.say(f"on-{each.on}")
            yield str(each.order), *self.option(each.option), str(each.stage), why

    def marks(self, result: OptionResult) -> Iterator[Row]:
        marked = [(row, row.marks) for row in result.colleges if row.marks is not None]
        if marked:
            yield from ((), (self.say("marks"),))
            yield self.head("college-id", "college", "number", "option", "marks")
        for row, marks in marked:
            for number, count in enumerate(marks, start=1):
                yield *self.college(row.id), *self.option(number), str(count)

    def stages(self, result: OptionResult) -> Iterator[Row]:
        if result.stages:
            yield from ((), (self.say("stages"),))
            yield self.head(
                *("stage", "action", "mover", "number", "option", "=held", "=transfer", "status")
            )
        for stage in result.stages:
            yield from self.stage(stage)

    def stage(self, stage: Stage) -> Iterator[Row]:
        mover = "" if stage.option is None else self.option(stage.option)[1]
        start = str(stage.number), self.say(f"action-{stage.action}"), mover
        for number, (total, transfer, status) in enumerate(
            zip(stage.totals, stage.transfers, stage.status, strict=True), start=1
        ):
            amounts = *write_amount(total), *write_amount(transfer)
            yield *start, *self.option(number), *amounts, self.say(f"status-{status}")
        yield *start, "", self.say("non-transferable"), *write_amount(stage.non_transferable)
        yield *start, "", self.say("lost"), *write_amount(stage.lost)
        if stage.quota is not None:
            yield *start, "", self.say("quota"), *write_amount(stage.quota)

    def matrix(
        self,
        title: str,
        column: str,
        columns: Sequence[str],
        matrix: Sequence[Sequence[Fraction]] | None,
    ) -> Iterator[Row]:
        """A weight for each option and each other one, or each grade."""
        if matrix:
            yield from ((), (self.say(title),), self.head("number", "option", column, "=held"))
        for number, weights in enumerate(matrix or (), start=1):
            for other, (name, weight) in enumerate(zip(columns, weights, strict=True), start=1):
                if column == "grade" or other != number:
                    yield *self.option(number), write_text(name), *write_amount(weight)

    def ties(self, result: OptionResult) -> Iterator[Row]:
        if result.ties:
            yield from (
                (),
                (self.say("ties"),),
                self.head("stage", "kind", "tied", "tried", "chosen"),
            )
        for tie in result.ties:
            tried = "; ".join(self.words[f"tie-{rule}"] for rule in tie.tried)
            yield (
                str(tie.stage),
                self.say(f"kind-{tie.kind}"),
                self.options(tie.options),
                write_text(tried),
                self.options(tie.chosen),
            )

    def options(self, numbers: Sequence[int]) -> str:
        """Several options in one cell."""
        return write_text("; ".join(self.names.options[number - 1] for number in numbers))
