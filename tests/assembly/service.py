"""The honest service: it holds an election stage by stage, and logs what it did."""

import json
from typing import Any, Literal, get_args

from audit.certificate import Statement, format_certificate, record_digest, sign_certificate
from audit.entries import (
    BallotEntry,
    CertificateEntry,
    CharterEntry,
    ClosingEntry,
    CommitmentsEntry,
    DecryptionEntry,
    Entry,
    OpeningEntry,
    ResultEntry,
    RollEntry,
    ScriptsEntry,
    SetupBox,
    SetupEntry,
    ShuffleEntry,
    TallyEntry,
    TrusteeKeyEntry,
    format_entry,
)
from audit.merkle import leaf_hash, root_at, subtree_of
from audit.objects import (
    CommitmentList,
    format_commitments_list,
    format_elections,
    format_proof_list,
    format_reason,
    format_scripts,
)
from audit.setup_checks import make_box_election
from ballots.archive import ArchiveBuilder
from ballots.ballot import parse_ballot
from ballots.credentials import format_credentials, make_credential, public_credential
from ballots.decryption import Share, decrypt_share, open_shares
from ballots.election import parse_election
from ballots.mixing import shuffle_tally, take_shuffle
from ballots.sealing import seal_ballot
from ballots.tally import tally_box
from ballots.trustees import joint_key, parse_trustees
from tests.assembly.bending import Bend, honest
from tests.assembly.folder import Assembly, log_files
from tests.assembly.people import (
    BOXES,
    CERTIFIER,
    COLLEGES,
    ELECTION,
    LOT_SEED,
    MEMBERS,
    MOTION,
    ORIGIN,
    SIGNER,
    Plan,
    Source,
    digest,
    make_charter,
    make_manifest,
)
from tests.assembly.trustees import make_keys
from voting.charter.charter_format import format_charter
from voting.contests import Contest, Motion
from voting.counting.count import ContestResult, count_contest
from voting.counting.parts import Part, college_part
from voting.counting.result import format_result
from voting.elections import Rules
from voting.manifest import RollSummary, format_manifest
from voting.members import CollegeId

Stage = Literal[
    "draft",
    "announced",
    "open",
    "closed",
    "shuffling",
    "shuffled",
    "tallying",
    "tallied",
    "certified",
]
STAGES: tuple[Stage, ...] = get_args(Stage)


def hold_election(
    bend: Bend = honest,
    *,
    plan: Plan = MOTION,
    until: Stage = "certified",
    rules: Rules | None = None,
) -> Assembly:
    """A whole election, or as much of it as there is at a stage.

    While it is "shuffling" and "tallying", the last of the trustees is waited for.
    """
    rules = rules or Rules(open_small_boxes=True)
    return _Service(bend, plan, STAGES.index(until), rules).run()


class _Service:
    def __init__(self, bend: Bend, plan: Plan, until: int, rules: Rules) -> None:
        self.bend = bend
        self.plan = plan
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
        if self.reaches("shuffling"):
            self.give_shuffles()
        if self.reaches("tallying"):
            self.give_shares()
        if self.reaches("tallied"):
            self.tally()
        if self.reaches("certified"):
            self.certify()
        self.publish()
        return self.made

    def prepare(self) -> None:
        self.charter = make_charter(self.plan.council)
        charter = self.bend("charter", format_charter(self.charter))
        certifier = CERTIFIER.public_key().public_bytes_raw().hex()
        reason = self.keep(self.bend("charter-reason", format_reason("The first charter.")))
        self.log(CharterEntry(self.now(), self.keep(charter), certifier, reason))
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
        self.keys = make_keys(self.plan, self.random, self.bend)
        if self.keys.commitments:
            listed = CommitmentList(ELECTION, self.plan.trustees.needed, self.keys.commitments)
            raw = format_commitments_list(self.bend("commitments", listed))
            self.log(CommitmentsEntry(self.now(), ELECTION, self.keep(raw)))
        for number, key in enumerate(self.keys.public, 1):
            self.log(TrusteeKeyEntry(self.now(), ELECTION, number, self.keep(key)))

    def announce(self) -> None:
        manifest = make_manifest(self.plan, self.charter, self.roll, self.rules, ELECTION)
        self.manifest = self.bend("manifest", manifest)
        raw = self.bend("raw-manifest", format_manifest(self.manifest))
        self.manifest_digest = self.name("manifest.json", raw)
        self.trustees = self.bend("trustees", self.keys.raw)
        self.elections: dict[str, bytes] = {}
        self.public: dict[str, bytes] = {}
        boxes: list[SetupBox] = []
        for college in COLLEGES:
            made = [make_credential(self.random) for _ in range(MEMBERS[college])]
            self.made.credentials[college] = made
            box = BOXES[college]
            public = format_credentials([public_credential(box, each) for each in made])
            self.public[college] = self.bend(f"credentials:{college}", public)
            key = joint_key(parse_trustees(self.keys.raw))
            made_for = CollegeId(college)
            election = make_box_election(self.manifest, self.manifest_digest, made_for, key)
            self.elections[college] = self.bend(f"election:{college}", election.raw)
            boxes.append(
                SetupBox(
                    college,
                    box,
                    election.is_shuffled,
                    self.keep(self.elections[college]),
                    self.keep(self.trustees),
                    self.keep(self.public[college]),
                )
            )
        self.announced = self.now()
        self.log(
            SetupEntry(
                self.announced,
                ELECTION,
                self.manifest_digest,
                self.plan.trustees.needed,
                tuple(boxes),
            )
        )

    def vote(self) -> None:
        self.log(OpeningEntry(self.now(), ELECTION, self.keep(format_reason("It is time."))))
        self.ballots: dict[str, list[bytes]] = {}
        for college in COLLEGES:
            election = parse_election(self.elections[college])
            secrets = self.made.credentials[college]
            choices = self.bend(f"choices:{college}", self.plan.votes[college])
            sealed = [
                seal_ballot(election, secrets[member], chosen, self.random)
                for member, chosen in choices
            ]
            self.ballots[college] = self.bend(f"ballots:{college}", sealed)
            for raw in self.ballots[college]:
                self.log(BallotEntry(ELECTION, BOXES[college], self.keep(raw)))

    def close(self) -> None:
        counts = tuple((BOXES[c], len(self.ballots[c])) for c in COLLEGES)
        reason = self.keep(format_reason("Everybody has voted."))
        self.log(ClosingEntry(self.now(), ELECTION, reason, LOT_SEED.hex(), counts))
        self.tallies: dict[str, tuple[bytes, bytes]] = {}
        self.latest: dict[str, bytes] = {}
        self.totals: dict[str, int] = {}
        for college in COLLEGES:
            election = parse_election(self.elections[college])
            ballots = [parse_ballot(election, raw) for raw in self.ballots[college]]
            tally = tally_box(election, ballots)
            encrypted = self.bend(f"tally:{college}", tally.encrypted)
            sized = self.bend(f"sized:{college}", tally.sized)
            self.tallies[college] = (encrypted, sized)
            self.latest[college] = encrypted
            self.totals[college] = tally.num_tallied
            self.log(
                TallyEntry(
                    self.now(), ELECTION, BOXES[college], self.keep(encrypted), self.keep(sized)
                )
            )

    def give_shuffles(self) -> None:
        self.shuffles: dict[str, dict[int, bytes]] = {college: {} for college in COLLEGES}
        for number in self.plan.shufflers:
            if number == self.plan.shufflers[-1] and not self.reaches("shuffled"):
                break
            for college in COLLEGES:
                election = parse_election(self.elections[college])
                if not election.is_shuffled:
                    continue
                made = shuffle_tally(election, self.latest[college], self.random)
                raw = self.bend(f"shuffle:{college}:{number}", made)
                self.shuffles[college][number] = raw
                self.latest[college] = take_shuffle(election, self.latest[college], raw)
                box = BOXES[college]
                self.log(ShuffleEntry(self.now(), ELECTION, box, number, self.keep(raw)))

    def give_shares(self) -> None:
        self.shares: dict[str, dict[int, Share]] = {college: {} for college in COLLEGES}
        for number in self.plan.openers:
            if number == self.plan.openers[-1] and not self.reaches("tallied"):
                break
            for college in COLLEGES:
                election = parse_election(self.elections[college])
                private = self.keys.private[number - 1]
                made = decrypt_share(election, self.latest[college], private, self.random)
                share = self.bend(f"share:{college}:{number}", made)
                self.shares[college][number] = share
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
        opened: dict[str, Any] = {}
        for college in COLLEGES:
            raw = self.bend(f"box-result:{college}", self.open(college))
            archive = self.bend(f"archive:{college}", self.archive(college, raw))
            archives.append((BOXES[college], self.name(f"boxes/{college}.bel", archive)))
            opened[college] = json.loads(raw)["result"]
        self.archives = tuple(archives)
        counted: list[ContestResult] = []
        for number, contest in enumerate(self.manifest.contests):
            rows = [
                self.part(contest, college, opened[college][at])
                for college in COLLEGES
                if (at := self.manifest.find_question(CollegeId(college), contest.id)) is not None
            ]
            name = f"rows:{contest.id}" if number else "rows"
            bent = self.bend(name, rows)
            counted.append(count_contest(self.charter, contest, bent, seed=LOT_SEED.hex()))
        result = self.bend("result", format_result(ELECTION, counted))
        self.result_digest = self.name("result.json", result)
        listed = [
            (BOXES[college], number, share.proofs)
            for college in COLLEGES
            for number, share in sorted(self.shares[college].items())
        ]
        proofs = self.bend("proofs", format_proof_list(ELECTION, listed))
        proofs_digest = self.name("proofs.json", proofs)
        self.log(
            ResultEntry(self.now(), ELECTION, self.archives, self.result_digest, proofs_digest)
        )

    def open(self, college: str) -> bytes:
        return open_shares(
            parse_election(self.elections[college]),
            parse_trustees(self.keys.raw),
            self.latest[college],
            {number: share.decryption for number, share in self.shares[college].items()},
            self.totals[college],
        )

    def archive(self, college: str, result: bytes) -> bytes:
        builder = ArchiveBuilder(self.bend(f"time:{college}", self.announced))
        builder.setup(self.elections[college], self.trustees, self.public[college])
        for raw in self.bend(f"archived:{college}", list(self.ballots[college])):
            builder.ballot(raw)
        builder.end_ballots()
        builder.encrypted_tally(*self.tallies[college])
        for number, raw in self.bend(f"mixed:{college}", list(self.shuffles[college].items())):
            builder.shuffle(number, raw)
        if parse_election(self.elections[college]).is_shuffled:
            builder.end_shuffles()
        shares = [(number, share.decryption) for number, share in self.shares[college].items()]
        for number, share in self.bend(f"owned:{college}", shares):
            builder.partial_decryption(number, share)
        builder.result(result)
        return builder.to_bytes()

    def part(self, contest: Contest, college: str, opened: list[Any]) -> Part:
        shuffled = contest.is_shuffled
        # Of a motion as many as its answers, as a service that lies about them would.
        cast = sum(opened) if isinstance(contest, Motion) else self.totals[college]
        return college_part(
            contest,
            college=CollegeId(college),
            roll=MEMBERS[college],
            cast=cast,
            counts=() if shuffled else tuple(opened),
            opened=tuple(tuple(numbers) for numbers in opened) if shuffled else (),
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
