"""What the log has told about one election so far.

Source: docs/formats/entries.md, "Order"; `audit.story` says what may come next.
"""

from dataclasses import dataclass, field
from typing import Literal

from audit.entries import (
    CertificateEntry,
    CharterEntry,
    ClosingEntry,
    CommitmentsEntry,
    DecryptionEntry,
    OpeningEntry,
    ResultEntry,
    RollEntry,
    SetupEntry,
    ShuffleEntry,
    TallyEntry,
    VoidEntry,
)

Moment = Literal["draft", "announced", "open", "closed", "tallied", "certified", "void"]


@dataclass(slots=True)
class ElectionStory:
    """What the log has told about one election so far.

    Attributes:
        uuid: of the election.
        state: where it stands; `draft` until it is announced.
        charter: the charter in force when it was announced.
        result_index, certificate_index: where in the log these entries stand.
        certifier: the certifying key in force when it was certified.
        ballots: index and digest of each ballot entry, by box, in order.
        keys: digest of each trustee's key object, by number.
        commitments: what they committed to before; the last of these entries counts.
        shuffles, decryptions: by box and trustee, in the order of the log.
    """

    uuid: str
    state: Moment = "draft"
    charter: CharterEntry | None = None
    roll: RollEntry | None = None
    setup: SetupEntry | None = None
    opening: OpeningEntry | None = None
    closing: ClosingEntry | None = None
    result: ResultEntry | None = None
    result_index: int = -1
    certificate: CertificateEntry | None = None
    certificate_index: int = -1
    certifier: str = ""
    void: VoidEntry | None = None
    keys: dict[int, str] = field(default_factory=dict[int, str])
    commitments: CommitmentsEntry | None = None
    ballots: dict[str, list[tuple[int, str]]] = field(
        default_factory=dict[str, list[tuple[int, str]]]
    )
    tallies: dict[str, TallyEntry] = field(default_factory=dict[str, TallyEntry])
    shuffles: dict[tuple[str, int], ShuffleEntry] = field(
        default_factory=dict[tuple[str, int], ShuffleEntry]
    )
    decryptions: dict[tuple[str, int], DecryptionEntry] = field(
        default_factory=dict[tuple[str, int], DecryptionEntry]
    )

    @property
    def boxes(self) -> tuple[str, ...]:
        """The uuids of its boxes, in the order of the set-up."""
        return tuple(box.box for box in self.setup.boxes) if self.setup else ()

    @property
    def shuffled_boxes(self) -> frozenset[str]:
        """The uuids of those boxes whose ballots are shuffled before they are opened."""
        boxes = self.setup.boxes if self.setup else ()
        return frozenset(box.box for box in boxes if box.shuffled)

    def shuffles_of(self, box: str) -> dict[int, ShuffleEntry]:
        """A box's shuffles by trustee, in the order of the log."""
        return {number: entry for (at, number), entry in self.shuffles.items() if at == box}

    def shares_of(self, box: str) -> dict[int, DecryptionEntry]:
        """A box's shares by trustee, in the order of the log."""
        return {number: entry for (at, number), entry in self.decryptions.items() if at == box}
