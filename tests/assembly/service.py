"""The honest service: it holds an election stage by stage, and logs what it did."""

from typing import Any, Literal

from audit.certificate import Statement, format_certificate, record_digest, sign_certificate
from audit.entries import (
    BallotEntry,
    CertificateEntry,
    CharterEntry,
    ClosingEntry,
    DecryptionEntry,
    Entry,
    OpeningEntry,
    ResultEntry,
    RollEntry,
    ScriptsEntry,
    SetupBox,
    SetupEntry,
    TallyEntry,
    TrusteeKeyEntry,
    format_entry,
)
from audit.merkle import leaf_hash, root_at, subtree_of
from audit.objects import format_elections, format_proof_list, format_reason, format_scripts
from audit.setup_checks import make_box_election
from ballots.archive import ArchiveBuilder
from ballots.ballot import parse_ballot
from ballots.credentials import format_credentials, make_credential, public_credential
from ballots.decryption import Share, decrypt_share, open_tally, parse_box_result
from ballots.election import parse_election
from ballots.sealing import seal_ballot
from ballots.tally import tally_box
from ballots.trustees import format_trustees, joint_key, make_public_key, parse_trustees
from tests.assembly.bending import Bend, honest
from tests.assembly.folder import Assembly, log_files
from tests.assembly.people import (
    BOXES,
    CERTIFIER,
    COLLEGES,
    ELECTION,
    MEMBERS,
    ORIGIN,
    PRIVATE_KEYS,
    SIGNER,
    VOTES,
    Source,
    digest,
    make_charter,
    make_manifest,
)
from voting.charter import format_charter
from voting.counting.motion import CollegeTally, count_motion
from voting.counting.result import format_result
from voting.elections import Rules
from voting.manifest import RollSummary, format_manifest
from voting.members import CollegeId

Stage = Literal["draft", "announced", "open", "closed", "tallying", "tallied", "certified"]
STAGES: tuple[Stage, ...] = (
    *("draft", "announced", "open", "closed", "tallying", "tallied", "certified"),
)


def hold_election(
    bend: Bend = honest, *, until: Stage = "certified", rules: Rules | None = None
) -> Assembly:
    """A whole election, or as much of it as there is at a stage."""
    return _Service(bend, STAGES.index(until), rules or Rules(open_small_boxes=True)).run()


class _Service:
    def __init__(self, bend: Bend, until: int, rules: Rules) -> None:
        self.bend = bend
        self.until = until
        self.rules = rules
        self.random = Source(b"an honest election")
        self.made = Assembly()
        self.time = 1_000_000

    def reaches(self, stage: Stage) -> bool:
        return self.until >= STAGES.index(stage)

    def now(self) -> int:
        self.time += 10
        return self.time

    def log(self, entry: Entry) -> None:
        self.made.entries.append(entry)

    def keep(self, raw: bytes) -> str:
        self.made.files[f"objects/{digest(raw)}"] = raw
        return digest(raw)

    def name(self, path: str, raw: bytes) -> str:
        self.made.files[f"elections/{ELECTION}/{path}"] = raw
        return self.keep(raw)

    def run(self) -> Assembly:
        self.prepare()
        if self.reaches("announced"):
            self.announce()
        if self.reaches("open"):
            self.vote()
        if self.reaches("closed"):
            self.close()
        if self.reaches("tallying"):
            self.give_shares()
        if self.reaches("tallied"):
            self.tally()
        if self.reaches("certified"):
            self.certify()
        self.publish()
        return self.made

    def prepare(self) -> None:
        self.charter = make_charter()
        charter = self.bend("charter", format_charter(self.charter))
        certifier = CERTIFIER.public_key().public_bytes_raw().hex()
        self.log(CharterEntry(self.now(), self.keep(charter), certifier))
        scripts = self.bend("scripts", format_scripts([("page.js", digest(b"a script"))]))
        self.log(ScriptsEntry(self.now(), self.keep(scripts)))
        members = tuple((CollegeId(c), MEMBERS[c]) for c in COLLEGES)
        self.roll = self.bend("roll", RollSummary(digest(b"salt and roll"), members))
        self.log(
            RollEntry(
                self.now(),
                ELECTION,
                self.roll.commitment,
                tuple((str(c), n) for c, n in self.roll.members),
            )
        )
        self.keys: list[bytes] = []
        for number, private in enumerate(PRIVATE_KEYS, 1):
            made = make_public_key(private, self.random, f"Example Trustee {number}")
            key = self.bend(f"key:{number}", made)
            self.keys.append(key)
            self.log(TrusteeKeyEntry(self.now(), ELECTION, number, self.keep(key)))

    def announce(self) -> None:
        manifest = make_manifest(self.charter, self.roll, self.rules, ELECTION)
        self.manifest = self.bend("manifest", manifest)
        raw = self.bend("raw-manifest", format_manifest(self.manifest))
        self.manifest_digest = self.name("manifest.json", raw)
        trustees = format_trustees(self.keys)
        self.trustees = self.bend("trustees", trustees)
        self.elections: dict[str, bytes] = {}
        self.public: dict[str, bytes] = {}
        boxes: list[SetupBox] = []
        for college in COLLEGES:
            made = [make_credential(self.random) for _ in range(MEMBERS[college])]
            self.made.credentials[college] = made
            box = BOXES[college]
            public = format_credentials([public_credential(box, each) for each in made])
            self.public[college] = self.bend(f"credentials:{college}", public)
            key = joint_key(parse_trustees(trustees))
            election = make_box_election(self.manifest, self.manifest_digest, box, key)
            self.elections[college] = self.bend(f"election:{college}", election.raw)
            boxes.append(
                SetupBox(
                    college,
                    box,
                    self.keep(self.elections[college]),
                    self.keep(self.trustees),
                    self.keep(self.public[college]),
                )
            )
        self.announced = self.now()
        self.log(SetupEntry(self.announced, ELECTION, self.manifest_digest, tuple(boxes)))

    def vote(self) -> None:
        self.log(OpeningEntry(self.now(), ELECTION, self.keep(format_reason("It is time."))))
        self.ballots: dict[str, list[bytes]] = {}
        for college in COLLEGES:
            election = parse_election(self.elections[college])
            secrets = self.made.credentials[college]
            sealed = [
                seal_ballot(election, secrets[member], [choice], self.random)
                for member, choice in VOTES[college]
            ]
            self.ballots[college] = self.bend(f"ballots:{college}", sealed)
            for raw in self.ballots[college]:
                self.log(BallotEntry(ELECTION, BOXES[college], self.keep(raw)))

    def close(self) -> None:
        counts = tuple((BOXES[c], len(self.ballots[c])) for c in COLLEGES)
        reason = self.keep(format_reason("Everybody has voted."))
        self.log(ClosingEntry(self.now(), ELECTION, reason, counts))
        self.tallies: dict[str, tuple[bytes, bytes]] = {}
        self.totals: dict[str, int] = {}
        for college in COLLEGES:
            election = parse_election(self.elections[college])
            ballots = [parse_ballot(election, raw) for raw in self.ballots[college]]
            tally = tally_box(election, ballots)
            encrypted = self.bend(f"tally:{college}", tally.encrypted)
            sized = self.bend(f"sized:{college}", tally.sized)
            self.tallies[college] = (encrypted, sized)
            self.totals[college] = tally.num_tallied
            self.log(
                TallyEntry(
                    self.now(), ELECTION, BOXES[college], self.keep(encrypted), self.keep(sized)
                )
            )

    def give_shares(self) -> None:
        self.shares: dict[str, list[Share]] = {college: [] for college in COLLEGES}
        for number, private in enumerate(PRIVATE_KEYS, 1):
            if number == len(PRIVATE_KEYS) and not self.reaches("tallied"):
                break
            for college in COLLEGES:
                election = parse_election(self.elections[college])
                made = decrypt_share(election, self.tallies[college][0], private, self.random)
                share = self.bend(f"share:{college}:{number}", made)
                self.shares[college].append(share)
                self.log(
                    DecryptionEntry(
                        self.now(),
                        ELECTION,
                        BOXES[college],
                        number,
                        self.keep(share.decryption),
                        self.keep(share.proofs),
                    )
                )

    def tally(self) -> None:
        archives: list[tuple[str, str]] = []
        rows: list[CollegeTally] = []
        for college in COLLEGES:
            election = parse_election(self.elections[college])
            shares = [share.decryption for share in self.shares[college]]
            opened = open_tally(election, self.tallies[college][0], shares, self.totals[college])
            opened = self.bend(f"box-result:{college}", opened)
            builder = ArchiveBuilder(self.bend(f"time:{college}", self.announced))
            builder.setup(self.elections[college], self.trustees, self.public[college])
            for raw in self.bend(f"archived:{college}", list(self.ballots[college])):
                builder.ballot(raw)
            builder.end_ballots()
            builder.encrypted_tally(*self.tallies[college])
            for number, share in self.bend(f"owned:{college}", list(enumerate(shares, 1))):
                builder.partial_decryption(number, share)
            builder.result(opened)
            archive = self.bend(f"archive:{college}", builder.to_bytes())
            archives.append((BOXES[college], self.name(f"boxes/{college}.bel", archive)))
            blank, for_, against = parse_box_result(opened)[0]
            rows.append(
                CollegeTally(
                    CollegeId(college),
                    MEMBERS[college],
                    blank + for_ + against,
                    blank,
                    for_,
                    against,
                )
            )
        self.archives = tuple(archives)
        counted = count_motion(self.charter, self.manifest.contests[0], self.bend("rows", rows))
        result = self.bend("result", format_result(ELECTION, [counted]))
        self.result_digest = self.name("result.json", result)
        listed = [
            (BOXES[college], number, share.proofs)
            for college in COLLEGES
            for number, share in enumerate(self.shares[college], 1)
        ]
        proofs = self.bend("proofs", format_proof_list(ELECTION, listed))
        proofs_digest = self.name("proofs.json", proofs)
        self.log(
            ResultEntry(self.now(), ELECTION, self.archives, self.result_digest, proofs_digest)
        )

    def certify(self) -> None:
        tree = self.tree()
        size = len(self.made.entries)
        statement = Statement(
            election=ELECTION,
            manifest=self.manifest_digest,
            result=self.result_digest,
            record=record_digest(self.archives),
            origin=ORIGIN,
            size=size,
            root=root_at(size, tree),
            time=self.now(),
            reason=self.keep(format_reason("All was in order.")),
            key=CERTIFIER.public_key().public_bytes_raw().hex(),
        )
        signed = sign_certificate(self.bend("statement", statement), CERTIFIER)
        raw = self.bend("certificate", format_certificate(signed))
        self.log(CertificateEntry(self.now(), ELECTION, self.name("certificate.json", raw)))

    def tree(self) -> Any:
        return subtree_of([leaf_hash(format_entry(entry)) for entry in self.made.entries])

    def publish(self) -> None:
        entries = self.bend("entries", self.made.entries)
        raw = self.bend("raw-entries", [format_entry(entry) for entry in entries])
        self.made.raw_entries = raw
        self.made.files |= log_files(raw)
        self.made.files["key"] = SIGNER.vkey.encode() + b"\n"
        listed = [ELECTION] if self.reaches("announced") else []
        self.made.files["elections.json"] = format_elections(listed)
