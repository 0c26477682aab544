"""Valid, blank or invalid: the published rule for a ballot that was opened as numbers.

    blank     every number is 0
    ranked    the ranks are 1 to k, each once, for k options; 0 for the others
    scored    every option has a number from 1 (a score of 0) to the highest score + 1
    graded    every option has a number from 1 to the number of grades

Everything else is invalid: it is counted as such, published, and decides nothing. Nothing is
guessed, not even for a ballot that ranks 1, 2 and then 4: guesses would have to be agreed on.

Source: design 3, section 7, and 4, section 2; docs/rules/counting.md, "Which ballots count".
"""

from typing import Literal

from voting.counting.profile import Numbers
from voting.option_contests import OptionContest

Verdict = Literal["counted", "blank", "invalid"]


def judge_ballot(contest: OptionContest, numbers: Numbers | None) -> Verdict:
    """Whether a ballot counts.

    Args:
        contest: one whose ballots are shuffled.
        numbers: as opened; None where the ballot held none.
    """
    if numbers is None or len(numbers) != len(contest.options):
        return "invalid"
    if not any(numbers):
        return "blank"
    if contest.form == "ranked":
        ranks = sorted(number for number in numbers if number)
        return "counted" if ranks == list(range(1, len(ranks) + 1)) else "invalid"
    highest = contest.top + 1 if contest.top is not None else len(contest.grades)
    return "counted" if all(1 <= number <= highest for number in numbers) else "invalid"
