"""Ties: the rules that resolve one, in order, each of them written down.

    protected-college   the larger tally among the ballots of the protected college
    earlier-stage       the larger total at the latest earlier stage where they differ
    lot                 drawn from the digest of what was counted, and from a seed that was
                        committed to before voting: the same for everybody

A method says which rules it has before the lot. To exclude an option, the smaller tally or
total takes the place of the larger.

Source: design 4, section 3; docs/rules/counting.md, "Ties".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256

from voting.counting.option_result import Tie, TieKind, TieRule

Values = Sequence[Fraction]
Rule = tuple[TieRule, Sequence[Values]]
"""Its name, and lists of values of all options to look at until the options differ."""


def lot_seed(digest: str, seed: str | None) -> str:
    """What the lots of a contest are drawn from, in hex.

    The digest alone could be tried out beforehand by trustees who open a box in secret and
    add ballots of their own; the seed alone, by whoever keeps it. Both must conspire.

    Args:
        digest: of what is counted, in hex.
        seed: the election's, in hex; None where there is none, and then it is the digest.
    """
    if seed is None:
        return digest
    return sha256(f"teg/lot-seed/v1|{seed}|{digest}".encode()).hexdigest()


def draw_lot(seed: str, draw: int, options: Sequence[int]) -> int:
    """One of these options, each as likely as another to whoever cannot choose the seed.

    Args:
        seed: a digest in hex.
        draw: which lot of the count this is, from 1.
        options: counted from 0.
    """

    def lot(option: int) -> bytes:
        return sha256(f"teg/lot/v1|{seed}|{draw}|{option + 1}".encode()).digest()

    return min(options, key=lot)


@dataclass(slots=True)
class TieLog:
    """Resolves the ties of one count, and remembers them.

    Attributes:
        seed: what lots are drawn from.
        ties: resolved so far.
    """

    seed: str
    ties: list[Tie] = field(default_factory=list[Tie])

    def choose(
        self,
        options: Sequence[int],
        *,
        stage: int,
        kind: TieKind,
        rules: Sequence[Rule],
        pairs: Sequence[tuple[int, int]] = (),
    ) -> int:
        """The option (or the pair of `pairs` with this place) that a decision falls on.

        Args:
            options: two or more, counted from 0, that are level; places in `pairs` where
                there are some.
            stage: of the count.
            kind: what is decided.
            rules: those before the lot.
            pairs: what is tied, where that is not options but majorities of one over another.
        """
        left = list(options)
        tried: list[TieRule] = []
        for name, lists in rules:
            tried.append(name)
            for values in lists:
                best = (min if kind == "exclude" else max)(values[option] for option in left)
                left = [option for option in left if values[option] == best]
            if len(left) == 1:
                break
        else:
            tried.append("lot")
            left = [draw_lot(self.seed, len(self.ties) + 1, left)]
        level = [option for place in options for option in pairs[place]] if pairs else options
        chosen = pairs[left[0]] if pairs else left
        self.ties.append(
            Tie(
                stage=stage,
                kind=kind,
                options=tuple(sorted({option + 1 for option in level})),
                tried=tuple(tried),
                chosen=tuple(option + 1 for option in chosen),
            )
        )
        return left[0]
