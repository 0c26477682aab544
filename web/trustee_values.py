"""What a trustee's own page is shown, and what everyone may know of a trustee.

Nothing here is secret from the trustee it belongs to. What is sealed to her alone is only in
her own page's value, and opens nothing without the key file that stays with her.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from voting.charter.colleges import CollegeId
from voting.elections import State
from voting.members import Language

TrusteeStep = Literal[
    "key",
    "certificate",
    "commitment",
    "polynomial",
    "verification-key",
    "rehearse",
    "shuffle",
    "open",
    "wait",
    "done",
]
"""What a trustee does next. Where each has a key of her own: key, rehearse. Where some of them
are enough: certificate, commitment, polynomial, verification-key, rehearse. After closing:
shuffle, open. "wait" is for others or for the returning officer; "done" is for good."""


@dataclass(frozen=True, slots=True)
class TrusteeView:
    """A trustee as everyone may see her.

    Attributes:
        number: from 1.
        has_key: her part of making the key is done.
        step: what she does next.
        rehearsed: she has opened the practice tally.
        has_shuffled: she has given a shuffle of every box.
        has_shared: she has given her share of every box.
    """

    id: int
    number: int
    name: str
    has_key: bool
    has_shared: bool
    step: TrusteeStep
    rehearsed: bool
    has_shuffled: bool


@dataclass(frozen=True, slots=True)
class TallyBox:
    """What a trustee's page works on: one box, raw records as text.

    Attributes:
        box: the box's uuid; of the rehearsal, the practice election's.
        college: whose; "" for the rehearsal.
        election: the election record.
        encrypted_tally: what is shuffled or opened next: the sealed tally, or what the last
            shuffle left of it.
    """

    box: str
    college: CollegeId
    election: str = field(repr=False)
    encrypted_tally: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TrusteePageView:
    """A trustee's own page.

    Attributes:
        number: hers, from 1.
        count: how many trustees there are.
        needed: how many of them open the tally; the key is made together when fewer than all.
        step: what she does next.
        public_key: her key (64 hex) once it is made.
        has_shared: she has given her share.
        can_rehearse: the practice tally waits for her.
        rehearsed: she has opened it.
        certificates: of all trustees by number, raw; empty until all are there.
        commitments: of all trustees by number, 64 hex; empty until all are there.
        gathered: what the others sent her, for her verification key; "" until all polynomials
            are there, and again once the election is announced.
        sealed_key: the private half of her share, sealed to herself; "" until it is made, and
            always "" where each trustee has a key of her own.
        rehearsal: the practice tally, None until the key is made, and once it is announced.
        practice_nonces: with which the practice tally was sealed, in decimals: her program sees
            by them that it opens nobody's ballot.
        to_shuffle: what she shuffles now; empty when nothing waits for her shuffle.
        has_shuffled: she has given hers.
        shuffles_given: by all trustees; `needed` are needed.
        boxes: what she opens now: empty until the tally is started and shuffled to the end.
    """

    id: int
    number: int
    name: str
    election: str
    title: Mapping[Language, str]
    state: State
    count: int
    needed: int
    step: TrusteeStep
    public_key: str | None
    has_shared: bool
    can_rehearse: bool
    rehearsed: bool
    certificates: tuple[str, ...] = field(repr=False)
    commitments: tuple[str, ...]
    gathered: str = field(repr=False)
    sealed_key: str = field(repr=False)
    rehearsal: TallyBox | None
    practice_nonces: tuple[str, ...]
    to_shuffle: tuple[TallyBox, ...]
    has_shuffled: bool
    shuffles_given: int
    boxes: tuple[TallyBox, ...]

    @property
    def is_threshold(self) -> bool:
        """Whether the trustees make one key together, of which some of them are enough."""
        return self.needed < self.count
