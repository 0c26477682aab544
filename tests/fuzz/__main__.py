"""`python -m tests.fuzz TARGET --seconds N`: fuzz one reader; 0 where nothing was found."""

import argparse
import contextlib
import sys
from pathlib import Path

import atheris

WORDS = ('\\"', "{", "}", "[", "]", ":", ",", "null", "true", "1e9", "\\x00", "\\xff")


def main() -> None:
    """Fuzz; atheris ends the process."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path, default=Path(".fuzz"))
    asked = parser.parse_args()
    with atheris.instrument_imports(include=["voting", "ballots", "audit"]):
        from tests.fuzz.targets import TARGETS

    target = TARGETS[asked.target]()
    folder = asked.corpus / asked.target
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (folder / f"seed-{number}").write_bytes(seed)
        target(seed)
    longest = max(len(seed) for seed in target.seeds) + 4096
    dictionary = asked.corpus / "dictionary"
    dictionary.write_text("".join(f'"{word}"\n' for word in WORDS))
    options = [
        f"-max_total_time={asked.seconds}",
        f"-max_len={longest}",
        # Bounded time and memory: an input that takes longer, or more, is a finding.
        "-timeout=10",
        "-rss_limit_mb=2048",
        f"-dict={dictionary}",
        f"-artifact_prefix={folder.parent}/found-{asked.target}-",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(folder)], target)
    with contextlib.suppress(KeyboardInterrupt):
        atheris.Fuzz()


if __name__ == "__main__":
    main()
