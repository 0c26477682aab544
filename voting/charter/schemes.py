"""Schemes: how the ballots of a contest of all members are weighed.

    turnout   one counted ballot of college c weighs s_c / T_c: a college its share, whoever came
    roll      s_c / N_c: a college loses what stays away
    bloc      the whole s_c goes where most of the college goes
    none      one member, one vote

Source: design 4, section 2; docs/rules/charters.md.
"""

from typing import Final, Literal

Scheme = Literal["turnout", "roll", "bloc", "none"]
# Of a contest: the charter's, or that of the reserved seats of one college.
CountScheme = Scheme | Literal["seats"]
SCHEMES: Final[tuple[Scheme, ...]] = ("turnout", "roll", "bloc", "none")

# With these a college's majority does not depend on how many of it came (T1, T5).
PROTECTING: Final[frozenset[Scheme]] = frozenset({"turnout", "bloc"})

# With these each ballot has a weight, of which a part can lapse.
CAPPED: Final[frozenset[str]] = frozenset({"turnout", "roll", "none"})
