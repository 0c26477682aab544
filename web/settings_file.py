"""Writing the settings of a new installation."""

import json
from pathlib import Path

from web.settings import FILE
from web.vault import write_durably


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
    write_durably(path, "".join(lines).encode())
