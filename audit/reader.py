"""Reading a record's files by what the log says of them.

Source: docs/formats/record.md.
"""

from hashlib import sha256

from audit.record import Record
from audit.record_errors import ObjectDigestError, RecordMissingError
from audit.report import Steps

OBJECT_LIMIT = 4 * 1024 * 1024


class Reader:
    """Fetches files, tells the steps where it looks, and checks each digest.

    Attributes:
        record: where the files come from.
    """

    def __init__(self, record: Record, steps: Steps) -> None:
        self.record = record
        self._steps = steps

    def look_at(self, where: str) -> None:
        """Say which part of the record is looked at from now on."""
        self._steps.where = where

    def fetch(self, path: str, limit: int) -> bytes:
        """A file of whatever content."""
        self._steps.where = path
        return self.record.fetch(path, limit)

    def fetch_if_there(self, path: str, limit: int) -> bytes | None:
        """A file that a record may lack."""
        try:
            return self.fetch(path, limit)
        except RecordMissingError:
            return None

    def fetch_object(self, digest: str, limit: int = OBJECT_LIMIT) -> bytes:
        """The object that an entry of the log names.

        Raises:
            ObjectDigestError: the file is another one.
        """
        return self.fetch_named(f"objects/{digest}", digest, limit)

    def fetch_named(self, path: str, digest: str, limit: int) -> bytes:
        """A file whose digest the log names.

        Raises:
            ObjectDigestError: the file is another one.
        """
        raw = self.fetch(path, limit)
        if sha256(raw).hexdigest() != digest:
            raise ObjectDigestError(path, digest)
        return raw
