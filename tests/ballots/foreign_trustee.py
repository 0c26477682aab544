"""A trustee who makes her part of the key with the independent `belenios-tool`."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ballots.pedersen import Context
from ballots.seeds import Seed
from tests.conftest import Tool


@dataclass(frozen=True)
class ForeignTrustee:
    """She works in a folder of her own, where the program keeps her key file."""

    tool: Tool
    folder: Path

    @property
    def key_file(self) -> Path:
        (path,) = self.folder.glob("*.key")
        return path

    @property
    def seed(self) -> Seed:
        """Her key, as our program reads it."""
        return Seed(self.key_file.read_text().rstrip())

    def make_certificate(self, context: Context) -> bytes:
        self.step(1, "--threshold-context", f"{context.index}/{context.threshold}/{context.size}")
        (path,) = self.folder.glob("*.cert")
        return path.read_bytes().rstrip(b"\n")

    def make_polynomial(self, certificates: Iterable[bytes]) -> bytes:
        """Her part for each trustee, once the program has found all certificates right."""
        self.write_lines("certs", certificates)
        self.step(2, "--certs", "certs")
        return self.step(3, "--certs", "certs", "--key", self.key_file.name)

    def make_verification_key(self, gathered: bytes) -> bytes:
        certificates = ("--certs", "certs")
        return self.step(5, *certificates, "--key", self.key_file.name, stdin=gathered.decode())

    def step(self, number: int, *arguments: str, stdin: str = "") -> bytes:
        """What one step of making the key prints."""
        done = self.tool(
            "setup", "generate-trustee-key-threshold", "--group", "Ed25519",
            "--step", str(number), *arguments, cwd=self.folder, stdin=stdin,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.encode().rstrip(b"\n")

    def write_lines(self, name: str, lines: Iterable[bytes]) -> None:
        """A file that the program reads."""
        (self.folder / name).write_bytes(b"".join(line + b"\n" for line in lines))
