"""Made-up trustees, each with what she would keep in her key file, at work through the actions."""

import os
from dataclasses import dataclass, field

from ballots.decryption import Share, decrypt_share
from ballots.election import parse_election
from ballots.keys import make_private_key, make_public_key
from ballots.mixing import shuffle_tally
from ballots.pedersen import Context
from ballots.rounds import make_polynomial, make_verification_key, open_private_key
from ballots.seeds import Seed, make_certificate, make_commitment, make_seed, parse_certificates
from web.actions.appoint_trustees import give_trustee_key
from web.actions.give_shuffle import ShuffleTaken, give_shuffle
from web.actions.make_shared_key import (
    give_certificate,
    give_polynomial,
    give_verification_key,
)
from web.actions.rehearse_opening import rehearse_opening
from web.service import Service
from web.trustee_values import TrusteePageView
from web.views import trustee_view


@dataclass
class TrusteePerson:
    """A trustee: her id, and her key file; a seed where the key is made together."""

    service: Service
    id: int
    single: int = field(default_factory=lambda: make_private_key(os.urandom))
    seed: Seed = field(default_factory=lambda: make_seed(os.urandom))

    @property
    def page(self) -> TrusteePageView:
        """Her page."""
        return trustee_view(self.service, self.id)

    @property
    def private(self) -> int:
        """The private half of her key, once it is made."""
        page = self.page
        return open_private_key(self.seed, page.sealed_key) if page.is_threshold else self.single

    # Making the key

    def give_single_key(self) -> None:
        """Her own key."""
        give_trustee_key(self.service, self.id, make_public_key(self.single, os.urandom))

    def certificate(self) -> bytes:
        """Her certificate, for her seat."""
        page = self.page
        return make_certificate(
            self.seed, Context(page.count, page.needed, page.number), os.urandom
        )

    def commitment(self) -> str:
        """What she commits to."""
        page = self.page
        return make_commitment(self.seed, page.needed, page.election)

    def polynomial(self) -> bytes:
        """Her polynomial, as her page's script would make it."""
        page = self.page
        certificates = parse_certificates(page.needed, [one.encode() for one in page.certificates])
        return make_polynomial(self.seed, certificates, os.urandom, election=page.election)

    def verification_key(self) -> bytes:
        """Her part of the key, from what all the others sent her."""
        page = self.page
        certificates = parse_certificates(page.needed, [one.encode() for one in page.certificates])
        gathered = page.gathered.encode()
        return make_verification_key(
            self.seed, certificates, gathered, os.urandom, page.commitments
        )

    def give_certificate(self) -> None:
        """Certificate and commitment, in one visit."""
        give_certificate(self.service, self.id, self.certificate(), self.commitment())

    def give_polynomial(self) -> None:
        """Her polynomial."""
        give_polynomial(self.service, self.id, self.polynomial())

    def give_verification_key(self) -> None:
        """Her verification key."""
        give_verification_key(self.service, self.id, self.verification_key())

    # Using it

    def rehearse(self) -> None:
        """Open the practice tally."""
        rehearse(self.service, self.id, self.private)

    def shuffle(self) -> dict[str, bytes]:
        """Her shuffle of every box, made from what her page shows her."""
        return {
            box.box: shuffle_tally(
                parse_election(box.election.encode()), box.encrypted_tally.encode(), os.urandom
            )
            for box in self.page.to_shuffle
        }

    def give_shuffle(self) -> ShuffleTaken:
        """Make and give it."""
        return give_shuffle(self.service, self.id, self.shuffle())


def make_key_together(people: list[TrusteePerson]) -> None:
    """The whole ceremony, each round by everybody."""
    for person in people:
        person.give_certificate()
    for person in people:
        person.give_polynomial()
    for person in people:
        person.give_verification_key()


def make_rehearsal_share(service: Service, trustee: int, private: int) -> Share:
    """A trustee's share of the practice tally, made from what her page shows her."""
    box = trustee_view(service, trustee).rehearsal
    assert box is not None
    election, tally = parse_election(box.election.encode()), box.encrypted_tally.encode()
    return decrypt_share(election, tally, private, os.urandom)


def rehearse(service: Service, trustee: int, private: int) -> None:
    """Make and give it."""
    share = make_rehearsal_share(service, trustee, private)
    rehearse_opening(service, trustee, share.decryption, share.proofs)


def make_shares(service: Service, trustee: int, private: int) -> dict[str, tuple[bytes, bytes]]:
    """A trustee's share of every box, made from what her page shows her."""
    shares: dict[str, tuple[bytes, bytes]] = {}
    for box in trustee_view(service, trustee).boxes:
        parsed = parse_election(box.election.encode())
        made = decrypt_share(parsed, box.encrypted_tally.encode(), private, os.urandom)
        shares[box.box] = (made.decryption, made.proofs)
    return shares
