"""Writing the settings of a new installation, and other files that only their owner may read."""

import json
import os
from pathlib import Path

from web.settings import FILE


def write_settings(data: Path, **settings: str | int | Path | None) -> None:
    """Write the settings of a new installation; a file that is there is left alone."""
    path = data / FILE
    given = {name: value for name, value in settings.items() if value is not None}
    if path.exists() or not given:
        return
    # Text and number in JSON are TOML as well.
    lines = [
        f"{name} = {json.dumps(str(value) if isinstance(value, Path) else value)}\n"
        for name, value in given.items()
    ]
    write_private(path, "".join(lines))


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
