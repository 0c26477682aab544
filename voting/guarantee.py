"""The guarantee: what the protected college can bring about or stop, computed exactly.

With the turnout scheme a ballot of college c weighs s_c / T_c. Of the weight that is
counted, Ω, the protected college P holds s_P/Ω, never less than s_P, as long as one ballot
of P is counted (T1). What follows for motions is in `voting.motion_guarantee`, for choices
among options in `voting.option_guarantee`.

The statement is made before opening, refused when it does not hold, and says nothing more
than follows: a smaller Ω only makes everything easier for P.

Source: design 4, section 2; docs/rules/guarantee.md has the proofs.
"""

from dataclasses import replace
from typing import overload

from voting.charter.charter import Charter
from voting.contests import Contest, Motion, OptionContest
from voting.errors import GuaranteeDoesNotHoldError
from voting.motion_guarantee import GuaranteeStatement, motion_statement_object, state_rule
from voting.option_guarantee import (
    OptionGuarantee,
    option_statement_object,
    state_option_guarantee,
)
from voting.protection import SMALL_COLLEGE, find_protection, format_optional, warn_of_texts
from voting.roll import RollSummary

__all__ = [
    "SMALL_COLLEGE",
    "GuaranteeStatement",
    "OptionGuarantee",
    "Statement",
    "format_optional",
    "require_guarantee",
    "state_guarantee",
    "statement_object",
]

Statement = GuaranteeStatement | OptionGuarantee


@overload
def state_guarantee(charter: Charter, roll: RollSummary, contest: Motion) -> GuaranteeStatement: ...
@overload
def state_guarantee(
    charter: Charter, roll: RollSummary, contest: OptionContest
) -> OptionGuarantee: ...
@overload
def state_guarantee(charter: Charter, roll: RollSummary, contest: Contest) -> Statement: ...
def state_guarantee(charter: Charter, roll: RollSummary, contest: Contest) -> Statement:
    """Compute what is promised for a contest.

    Returns:
        A `GuaranteeStatement` for a motion, an `OptionGuarantee` for any other contest.

    Raises:
        MissingCollegeError, UnknownCollegeError: the roll's colleges are not the charter's.
        VotingError: the charter cannot count it, see `require_method`, or has no such rule.
    """
    if isinstance(contest, OptionContest):
        return state_option_guarantee(charter, roll, contest)
    stated = state_rule(charter, find_protection(charter, roll), contest.rule, contest.id)
    return replace(stated, warnings=(*stated.warnings, *warn_of_texts(contest)))


@overload
def require_guarantee(
    charter: Charter, roll: RollSummary, contest: Motion
) -> GuaranteeStatement: ...
@overload
def require_guarantee(
    charter: Charter, roll: RollSummary, contest: OptionContest
) -> OptionGuarantee: ...
@overload
def require_guarantee(charter: Charter, roll: RollSummary, contest: Contest) -> Statement: ...
def require_guarantee(charter: Charter, roll: RollSummary, contest: Contest) -> Statement:
    """The statement, provided that it holds: announcing an election asks this.

    Raises:
        GuaranteeDoesNotHoldError: with the reasons.
    """
    statement = state_guarantee(charter, roll, contest)
    if not statement.holds:
        raise GuaranteeDoesNotHoldError(statement.reasons)
    return statement


def statement_object(statement: Statement) -> dict[str, object]:
    """The statement as it stands in the manifest."""
    if isinstance(statement, OptionGuarantee):
        return option_statement_object(statement)
    return motion_statement_object(statement)
