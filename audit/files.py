"""Files of a person's own: read up to a limit, and written once, for nobody else to read.

Source: docs/trustees.md, "Without the page"; docs/formats/verify-state.md.
"""

import os
from pathlib import Path

from audit.record_errors import FileExistsAlreadyError, UnreadableFileError, UnwritableFileError


def read_file(path: Path, limit: int) -> bytes:
    """A file, or one byte more than it may have.

    Raises:
        UnreadableFileError: there is no such file.
    """
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise UnreadableFileError(path, error.strerror) from None


def write_new(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, and that was not there before.

    Raises:
        FileExistsAlreadyError: it was.
        UnwritableFileError: it cannot be written.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise FileExistsAlreadyError(path) from None
    except OSError as error:
        raise UnwritableFileError(path, error.strerror) from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
