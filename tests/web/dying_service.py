"""A service that casts the ballots of a folder until it is killed.

Run as a program of its own: folder of the data, folder of the ballots. It prints a tracker
for each ballot after the ballot was acknowledged.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.web.cooperative import Clock, make_settings
from web.actions.cast_ballot import cast_ballot
from web.service import open_service


def main(data: str, ballots: str) -> None:
    service = open_service(make_settings(Path(data)), clock=Clock(), background=False)

    def cast(path: Path) -> None:
        box, _ = path.name.split(".")
        tracker = cast_ballot(service, box, path.read_bytes()).tracker
        sys.stdout.write(tracker + "\n")
        sys.stdout.flush()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(cast, sorted(Path(ballots).iterdir(), key=lambda path: path.suffix)))


if __name__ == "__main__":
    main(*sys.argv[1:])
