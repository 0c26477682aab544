"""An honest election in memory, with real keys, which a test bends in one place.

`hold_election` does everything an honest service, three colleges and their trustees do, and
gives the public record. Each value passes through `bend(name, value)` on its way; whatever
comes after follows from the bent value, digests and signatures and all, as if the service
itself had been dishonest. Files can be changed afterwards as well, as an outsider would.

`people` says who takes part and what is asked of them: a motion, or contests of every form with
shuffles and a key that three trustees made together. `trustees` has their keys, `bending` the
names that can be bent, `service` holds the election and logs it, `folder` is the record that
comes out.
"""

from tests.assembly.bending import Bend, bending
from tests.assembly.folder import Assembly, log_files
from tests.assembly.people import (
    BOXES,
    ELECTION,
    EVERY_FORM,
    FOR,
    LOT_SEED,
    MEMBERS,
    MOTION,
    ORIGIN,
    PRIVATE_KEYS,
    RESERVED,
    SIGNER,
    Plan,
    Source,
    digest,
)
from tests.assembly.service import STAGES, Stage, hold_election

__all__ = [
    "BOXES",
    "ELECTION",
    "EVERY_FORM",
    "FOR",
    "LOT_SEED",
    "MEMBERS",
    "MOTION",
    "ORIGIN",
    "PRIVATE_KEYS",
    "RESERVED",
    "SIGNER",
    "STAGES",
    "Assembly",
    "Bend",
    "Plan",
    "Source",
    "Stage",
    "bending",
    "digest",
    "hold_election",
    "log_files",
]
