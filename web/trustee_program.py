"""A trustee's work by program: from what her page shows and her secret, what she gives next.

It is what the page's script does, for `teg trustee make-key`, the simulation and the
demonstration. Nothing is sent or kept here; her secret goes into nothing that is made.

Source: design 3, sections 4, 9 and 10; docs/formats/trustees.md.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pydantic import TypeAdapter, ValidationError

from ballots.decryption import Share, decrypt_share
from ballots.election import parse_election
from ballots.encoding import read_scalar
from ballots.errors import ChannelError, RevealedError, TrusteeSignatureError
from ballots.group import BASE, Random, combine, format_point
from ballots.keys import make_private_key, make_public_key
from ballots.mixing import shuffle_tally
from ballots.pedersen import Certificate, Context
from ballots.rehearsal import verify_practice
from ballots.rounds import make_polynomial, make_verification_key, open_private_key
from ballots.seeds import (
    Seed,
    find_seat,
    make_certificate,
    make_commitment,
    make_seed,
    parse_certificates,
)
from web.trustee_values import TallyBox, TrusteePageView, TrusteeStep

Secret = int | Seed
"""What a key file holds: of a single trustee her private key, else the seed of her share."""

KEY_STEPS: Final[frozenset[TrusteeStep]] = frozenset(
    {"key", "certificate", "commitment", "polynomial", "verification-key", "rehearse"}
)
_PATHS: Final[Mapping[TrusteeStep, str]] = {"rehearse": "rehearsal", "open": "share"}
_PAGE: Final = TypeAdapter(TrusteePageView)


class TrusteeProgramError(Exception):
    """A trustee's own program does not go on."""


class OtherSeatError(TrusteeProgramError):
    """The secret is another trustee's of the same election."""

    def __init__(self, own: int, found: int) -> None:
        self.own = own
        self.found = found
        super().__init__(f"this is the key of trustee {found}, not of trustee {own}")


class NotHerKeyError(TrusteeProgramError):
    """The secret is not the one whose public half this trustee gave."""

    def __init__(self, own: int) -> None:
        self.own = own
        super().__init__(f"this is not the key that trustee {own} gave to this election")


class UnreadablePageError(TrusteeProgramError):
    """What the service shows is not a trustee's page."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a trustee gives at one step.

    Attributes:
        step: which.
        body: as the machine interface takes it.
    """

    step: TrusteeStep
    body: Mapping[str, object] = field(repr=False)

    @property
    def path(self) -> str:
        """Where the machine interface takes it."""
        return f"/api/trustee/{_PATHS.get(self.step, self.step)}"


def read_page(value: Mapping[str, object]) -> TrusteePageView:
    """A trustee's page, as the machine interface shows it.

    Raises:
        UnreadablePageError: it is none.
    """
    try:
        # The number of her row is the service's own matter.
        return _PAGE.validate_python({**value, "id": 0})
    except (TypeError, ValidationError):
        raise UnreadablePageError from None


def draw_secret(page: TrusteePageView, random: Random) -> Secret:
    """A new secret, of the kind that this election's trustees have."""
    return make_seed(random) if page.is_threshold else make_private_key(random)


def make_step(page: TrusteePageView, secret: Secret, random: Random) -> Made:
    """What she gives at the step that her page shows.

    Raises:
        NotASeatError, OtherSeatError, NotHerKeyError: the secret is another's.
        NotPracticeError: what is shown for practice may be a ballot.
        RevealedError, SecretShareError, BallotError: what another gave, or the service
            shows, does not hold together.
        TrusteeProgramError: nothing is to be made at this step.
    """
    makers = _MAKERS.get(page.step)
    if makers is None:
        raise TrusteeProgramError(f"there is nothing to make while the step is {page.step}")
    if isinstance(secret, Seed) is not page.is_threshold:
        raise NotHerKeyError(page.number)
    return Made(page.step, makers(page, secret, random))


def private_of(page: TrusteePageView, secret: Secret) -> int:
    """The private half of her key, once it is made.

    Raises:
        NotHerKeyError: the secret is another's.
    """
    try:
        private = open_private_key(secret, page.sealed_key) if isinstance(secret, Seed) else secret
    except (ChannelError, TrusteeSignatureError):
        raise NotHerKeyError(page.number) from None
    (public,) = combine([[(BASE, private)]])
    if format_point(public) != page.public_key:
        raise NotHerKeyError(page.number)
    return private


# --- making the key ---------------------------------------------------------------------


def _make_key(page: TrusteePageView, secret: Secret, random: Random) -> dict[str, object]:
    assert isinstance(secret, int)
    return {"public_key": make_public_key(secret, random, page.name).decode()}


def _make_certificate(page: TrusteePageView, seed: Secret, random: Random) -> dict[str, object]:
    assert isinstance(seed, Seed)
    certificate = make_certificate(seed, Context(page.count, page.needed, page.number), random)
    return {"certificate": certificate.decode(), **_make_commitment(page, seed, random)}


def _make_commitment(page: TrusteePageView, seed: Secret, _random: Random) -> dict[str, object]:
    assert isinstance(seed, Seed)
    Context(page.count, page.needed, page.number)  # the service may say anything
    return {"commitment": make_commitment(seed, page.needed, page.election)}


def _make_polynomial(page: TrusteePageView, seed: Secret, random: Random) -> dict[str, object]:
    assert isinstance(seed, Seed)
    certificates = _require_seat(page, seed)
    # Nobody's polynomial is shown before all have committed, to what the service keeps.
    committed, own = page.commitments, make_commitment(seed, page.needed, page.election)
    shown = committed[page.number - 1] if len(committed) == page.count else ""
    if shown != own:
        raise RevealedError(shown, own)
    polynomial = make_polynomial(seed, certificates, random, election=page.election)
    return {"polynomial": polynomial.decode()}


def _make_verification_key(
    page: TrusteePageView, seed: Secret, random: Random
) -> dict[str, object]:
    assert isinstance(seed, Seed)
    certificates = _require_seat(page, seed)
    gathered = page.gathered.encode()
    key = make_verification_key(seed, certificates, gathered, random, page.commitments)
    return {"key": key.decode()}


def _require_seat(page: TrusteePageView, seed: Seed) -> Sequence[Certificate]:
    raws = [certificate.encode() for certificate in page.certificates]
    certificates = parse_certificates(page.needed, raws)
    found = find_seat(seed, certificates)
    if found != page.number:
        raise OtherSeatError(page.number, found)
    return certificates


def _rehearse(page: TrusteePageView, secret: Secret, random: Random) -> dict[str, object]:
    if page.rehearsal is None:
        raise UnreadablePageError
    # A share of whatever is called practice could open a single ballot.
    election = parse_election(page.rehearsal.election.encode())
    nonces = [read_scalar(nonce) for nonce in page.practice_nonces]
    verify_practice(election, page.rehearsal.encrypted_tally.encode(), nonces)
    return _format_share(_decrypt(page.rehearsal, private_of(page, secret), random))


# --- the tally --------------------------------------------------------------------------


def _shuffle(page: TrusteePageView, _secret: Secret, random: Random) -> dict[str, object]:
    shuffles = {box.box: {"shuffle": _shuffle_box(box, random).decode()} for box in page.to_shuffle}
    return {"shuffles": shuffles}


def _shuffle_box(box: TallyBox, random: Random) -> bytes:
    election = parse_election(box.election.encode())
    return shuffle_tally(election, box.encrypted_tally.encode(), random)


def _open(page: TrusteePageView, secret: Secret, random: Random) -> dict[str, object]:
    private = private_of(page, secret)
    return {
        "shares": {box.box: _format_share(_decrypt(box, private, random)) for box in page.boxes}
    }


def _decrypt(box: TallyBox, private: int, random: Random) -> Share:
    election = parse_election(box.election.encode())
    return decrypt_share(election, box.encrypted_tally.encode(), private, random)


def _format_share(share: Share) -> dict[str, object]:
    return {"decryption": share.decryption.decode(), "proofs": share.proofs.decode()}


_Maker = Callable[[TrusteePageView, Secret, Random], dict[str, object]]
_MAKERS: Final[Mapping[TrusteeStep, _Maker]] = {
    "key": _make_key,
    "certificate": _make_certificate,
    "commitment": _make_commitment,
    "polynomial": _make_polynomial,
    "verification-key": _make_verification_key,
    "rehearse": _rehearse,
    "shuffle": _shuffle,
    "open": _open,
}
