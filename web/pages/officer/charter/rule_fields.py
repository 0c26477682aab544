"""What motions need, as a form asks it: how much must be For, who must agree, who counts heads.

More than and at least are different rules, so each threshold is asked in these words.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from voting.charter.charter import Charter
from voting.charter.errors import HeadCountError, ThresholdError
from voting.charter.motion_rules import RULES, STATUTORY, HeadCount, MotionRule, Rule
from voting.charter.thresholds import MORE_THAN_HALF, THREE_QUARTERS, Threshold
from voting.members import CollegeId
from web.pages.officer.charter.names import rule_name
from web.pages.officer.charter.numbers import read_part, write_part
from web.pages.officer.charter.rows import CollegeRow
from web.pages.officer.forms import Form
from web.pages.officer.texts import _

KINDS: Final = ("more", "least")
OPTIONAL_KINDS: Final = ("none", *KINDS)


def read_rules(form: Form, rows: Iterable[CollegeRow]) -> dict[Rule, MotionRule]:
    """What each rule needs that the charter holds; what is wrong stands at its field."""
    colleges = tuple(rows)
    return {
        rule: _read_rule(form, rule, colleges)
        for rule in RULES
        if rule not in STATUTORY or form.value(f"{rule}-held") == "yes"
    }


def fill_rules(charter: Charter) -> dict[str, str]:
    """The fields of rules that were written before."""
    fields: dict[str, str] = {}
    for rule in RULES:
        if rule in STATUTORY and rule not in charter.statutory:
            fields |= _fill_rule(charter, rule, MotionRule(THREE_QUARTERS, heads=STATUTORY[rule]))
            fields[f"{rule}-held"] = "no"
        else:
            fields |= _fill_rule(charter, rule, charter.rule(rule))
            fields[f"{rule}-held"] = "yes"
    return fields


def start_rules() -> dict[str, str]:
    """The fields of a new page: what most co-ops have."""
    fields: dict[str, str] = {}
    for rule in RULES:
        threshold = MORE_THAN_HALF if rule == "ordinary" else THREE_QUARTERS
        fields |= _fill_threshold(rule, f"{rule}-share", threshold)
        fields |= _fill_heads(rule, STATUTORY.get(rule))
    return fields


def _read_rule(form: Form, rule: Rule, rows: Iterable[CollegeRow]) -> MotionRule:
    agree: dict[CollegeId, Threshold] = {}
    for row in rows:
        name = f"{rule}-agree-{row.number}"
        share = f"{rule}-agree-share-{row.number}"
        if form.value(name) in KINDS:
            asked = _(
                "%(rule)s, agreement of college %(number)d", rule=rule_name(rule), number=row.number
            )
            agree[row.college.id] = _read_threshold(form, name, share, asked)
    asked = _("%(rule)s, how much must be For", rule=rule_name(rule))
    threshold = _read_threshold(form, rule, f"{rule}-share", asked)
    return MotionRule(threshold, agree, _read_heads(form, rule))


def _read_heads(form: Form, rule: Rule) -> HeadCount | None:
    if form.value(f"{rule}-heads") not in KINDS:
        return None
    asked = _("%(rule)s, the head count", rule=rule_name(rule))
    threshold = _read_threshold(form, f"{rule}-heads", f"{rule}-heads-share", asked)
    turnout = f"{rule}-turnout"
    if not form.value(turnout).strip():
        return HeadCount(threshold)
    part = read_part(form, turnout, _("%(rule)s, turnout", rule=rule_name(rule)))
    try:
        return HeadCount(threshold, part)
    except HeadCountError:
        sentence = _("%(rule)s: write a turnout of at most 100%%.", rule=rule_name(rule))
        form.fail(turnout, sentence)
        return None


def _read_threshold(form: Form, kind: str, share: str, asked: str) -> Threshold:
    """A threshold; what is none is noted and read as more than half."""
    form.choice(kind, KINDS, missing=_("%(asked)s: choose “more than” or “at least”.", asked=asked))
    part = read_part(form, share, asked)
    if {kind, share} & form.errors.keys():
        return MORE_THAN_HALF
    try:
        return Threshold(part, strict=form.value(kind) == "more")
    except ThresholdError:
        form.fail(share, _say_threshold(asked, part, strict=form.value(kind) == "more"))
        return MORE_THAN_HALF


def _say_threshold(asked: str, part: Fraction, *, strict: bool) -> str:
    if part >= 1 and strict:
        return _("%(asked)s: nothing can be more than all of the votes.", asked=asked)
    if part > 1:
        return _("%(asked)s: the most is all of the votes, 100%%.", asked=asked)
    return _(
        "%(asked)s: the least is more than half. With %(share)s, a tie could be passed.",
        asked=asked,
        share=write_part(part),
    )


def _fill_rule(charter: Charter, rule: Rule, given: MotionRule) -> dict[str, str]:
    fields = _fill_threshold(rule, f"{rule}-share", given.threshold)
    fields |= _fill_heads(rule, given.heads)
    for number, college in enumerate(charter.colleges, 1):
        threshold = given.agree.get(college.id)
        if threshold is not None:
            share = f"{rule}-agree-share-{number}"
            fields |= _fill_threshold(f"{rule}-agree-{number}", share, threshold)
    return fields


def _fill_heads(rule: Rule, heads: HeadCount | None) -> dict[str, str]:
    if heads is None:
        return {f"{rule}-heads": "none"}
    return {
        **_fill_threshold(f"{rule}-heads", f"{rule}-heads-share", heads.threshold),
        f"{rule}-turnout": write_part(heads.turnout) if heads.turnout else "",
    }


def _fill_threshold(kind: str, share: str, threshold: Threshold) -> dict[str, str]:
    return {kind: "more" if threshold.strict else "least", share: write_part(threshold.share)}
