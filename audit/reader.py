"""Reading a record's files by what the log says of them.

Source: docs/formats/record.md.
"""

from hashlib import sha256
from typing import BinaryIO

from audit.record import Record
from audit.record_errors import ObjectDigestError, RecordMissingError
from audit.report import Steps

OBJECT_LIMIT = 4 * 1024 * 1024
_CHUNK = 65_536


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

    def copy_if_there(self, path: str, limit: int, file: BinaryIO) -> bool:
        """Write a file that a record may lack into an empty one; whether it was there."""
        self._steps.where = path
        try:
            self.record.copy(path, limit, file)
        except RecordMissingError:
            return False
        file.seek(0)
        return True

    def copy_named(self, path: str, digest: str, limit: int, file: BinaryIO) -> None:
        """Write a file whose digest the log names into an empty one.

        Raises:
            ObjectDigestError: the file is another one.
        """
        self._steps.where = path
        self.record.copy(path, limit, file)
        file.seek(0)
        found = sha256()
        while part := file.read(_CHUNK):
            found.update(part)
        if found.hexdigest() != digest:
            raise ObjectDigestError(path, digest)
        file.seek(0)

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
