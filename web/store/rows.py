"""The rows of the database. They store; the rules live in `voting` and in the actions.

A `table=True` class accepts wrong types without a word, so rows are only made from checked
values, in `web/actions` and `web/store`. What is personal and not needed in clear is sealed
under the key file (`web/vault.py`): e-mail addresses, frozen rolls, messages.

Source: design 2, "Data"; design 5, section 0.1; design 8, sections 0 and 1.
"""

import re

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel


class Row(SQLModel):
    """A row; its table is named after the class, `LogStateRow` is in `log_state`."""

    @declared_attr.directive
    @classmethod
    def __tablename__(cls) -> str:
        return re.sub(r"(?<!^)([A-Z])", r"_\1", cls.__name__.removesuffix("Row")).lower()


class OrganisationRow(Row, table=True):
    """The one organisation of this installation, and its public keys."""

    id: int = Field(default=1, primary_key=True)
    charter: str
    vkey: str
    certifier: str
    created: int
    roll_version: int = 0
    scripts_object: str | None = None


class ObjectRow(Row, table=True):
    """A public object, served by its SHA-256."""

    digest: str = Field(primary_key=True)
    content: bytes


# The log


class EntryRow(Row, table=True):
    """One entry as it was hashed; never updated, never deleted (triggers)."""

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    content: bytes
    leaf: bytes


class LogStateRow(Row, table=True):
    """Size and right edge of the tree, and the latest time an entry bears."""

    id: int = Field(default=1, primary_key=True)
    size: int
    edge: bytes
    time: int


class TileRow(Row, table=True):
    """A full tile and the root over it; partial tiles are computed when asked for."""

    level: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    hashes: bytes
    root: bytes


class CheckpointRow(Row, table=True):
    """A signed checkpoint; never updated, never deleted (triggers)."""

    size: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    root: bytes
    note: bytes


# People


class MemberRow(Row, table=True):
    """A member of the current roll, or a former one (`removed`); the address is sealed."""

    __table_args__ = {"sqlite_autoincrement": True}
    id: int | None = Field(default=None, primary_key=True)
    number: str
    name: str
    email: bytes
    college: str | None
    language: str
    text_format: str
    removed: bool = False


class OfficerRow(Row, table=True):
    """A returning officer."""

    __table_args__ = {"sqlite_autoincrement": True}
    id: int | None = Field(default=None, primary_key=True)
    name: str
    email: bytes


class TrusteeRow(Row, table=True):
    """A trustee of one election; no key is ever taken twice.

    What she gives while a key is made together is kept here as it came: `polynomial` and
    `sealed_key` hold secrets sealed to trustees, and are never public objects.
    """

    # No id is ever used again: a session of a replaced trustee must not become another's.
    __table_args__ = (UniqueConstraint("election", "number"), {"sqlite_autoincrement": True})
    id: int | None = Field(default=None, primary_key=True)
    election: str = Field(foreign_key="election.uuid")
    number: int
    name: str
    email: bytes
    certificate: str | None = None
    commitment: str | None = None
    polynomial: str | None = None
    sealed_key: str | None = None
    key_object: str | None = None
    public_key: str | None = None
    rehearsal_share: str | None = None
    rehearsed: bool = False
    shuffled: bool = False
    shared: bool = False


class SeenKeyRow(Row, table=True):
    """A key that a trustee gave once, kept when the trustee is replaced."""

    public_key: str = Field(primary_key=True)


class SignInCodeRow(Row, table=True):
    """SHA-256 of a sign-in code, and whose it is."""

    digest: str = Field(primary_key=True)
    role: str
    person: int
    election: str | None = None


class SessionRow(Row, table=True):
    """A page session; the cookie holds the token, we hold its SHA-256."""

    digest: str = Field(primary_key=True)
    role: str | None = None
    person: int | None = None
    election: str | None = None
    created: int
    seen: int = Field(index=True)
    content: str = "{}"


# Elections


class ElectionRow(Row, table=True):
    """An election; title and contests are JSON texts.

    `trustees_needed` is None where the election was made when all were needed; `rehearsal` is
    the practice tally, once the key is made. `lot_seed` is sealed until it is shown at closing.
    """

    uuid: str = Field(primary_key=True)
    created: int
    place: int = Field(index=True)
    state: str
    title: str
    contests: str = "[]"
    opens: int | None = None
    closes: int | None = None
    zone: str = "Europe/London"
    open_small_boxes: bool = False
    trustees_needed: int | None = None
    rehearsal: str | None = None
    manifest_object: str | None = None
    roll: bytes | None = None
    roll_salt: bytes | None = None
    lot_seed: bytes | None = None
    opened_at: int | None = None
    closed_at: int | None = None
    certified_at: int | None = None
    tally_started: bool = False
    result_object: str | None = None
    proofs_object: str | None = None
    certificate_object: str | None = None
    result_entry: int | None = None


class BoxRow(Row, table=True):
    """The ballot box of one college in one election."""

    __table_args__ = (UniqueConstraint("election", "place"),)
    uuid: str = Field(primary_key=True)
    election: str = Field(foreign_key="election.uuid")
    place: int
    college: str
    members: int
    created: int
    election_object: str
    trustees_object: str
    credentials_object: str
    ballots: int = 0
    voted: int = 0
    tally_object: str | None = None
    sized_object: str | None = None
    result_object: str | None = None
    archive_object: str | None = None


class VoterRow(Row, table=True):
    """Which public credential is whose, so that a member can find her own ballot."""

    __table_args__ = (
        UniqueConstraint("box", "credential"),
        UniqueConstraint("election", "member"),
    )
    id: int | None = Field(default=None, primary_key=True)
    election: str = Field(foreign_key="election.uuid")
    member: int = Field(foreign_key="member.id", index=True)
    box: str = Field(foreign_key="box.uuid")
    credential: str


class BallotRow(Row, table=True):
    """An accepted ballot. It bears no time, and stands in the order of the log."""

    __table_args__ = (UniqueConstraint("box", "digest"),)
    entry: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    box: str = Field(foreign_key="box.uuid")
    credential: str = Field(index=True)
    digest: str = Field(index=True)
    content: bytes


class ShareRow(Row, table=True):
    """One trustee's verified share of one box."""

    trustee: int = Field(
        primary_key=True, foreign_key="trustee.id", sa_column_kwargs={"autoincrement": False}
    )
    box: str = Field(primary_key=True, foreign_key="box.uuid")
    decryption_object: str
    proofs_object: str
    entry: int


class ShuffleRow(Row, table=True):
    """One trustee's verified shuffle of one box; the entries give their order."""

    trustee: int = Field(
        primary_key=True, foreign_key="trustee.id", sa_column_kwargs={"autoincrement": False}
    )
    box: str = Field(primary_key=True, foreign_key="box.uuid")
    shuffle_object: str
    entry: int


class CharterRow(Row, table=True):
    """A charter that was adopted after the first; which officer did it is not public."""

    entry: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    reason: str
    time: int
    officer: int | None = None


class ActRow(Row, table=True):
    """An act with its public reason; which officer did it is not public."""

    id: int | None = Field(default=None, primary_key=True)
    election: str = Field(foreign_key="election.uuid", index=True)
    act: str
    reason: str
    time: int
    officer: int | None = None


# Messages


class MessageRow(Row, table=True):
    """A message to a person: sealed while it waits, blank once it was handed over.

    `state` is held (until the election opens), waiting, sent or cancelled.
    """

    id: str = Field(primary_key=True)
    kind: str
    election: str | None = Field(default=None, index=True)
    state: str = Field(index=True)
    sealed: bytes | None
    attempts: int = 0
    not_before: int = 0
    problem: str = ""
