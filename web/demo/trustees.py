"""The demonstration's trustees: their key files, and what they do where they are played."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from ballots.seeds import Seed, make_seed
from web.actions.give_share import give_share
from web.actions.give_shuffle import give_shuffle
from web.actions.make_shared_key import (
    give_certificate,
    give_polynomial,
    give_verification_key,
)
from web.actions.rehearse_opening import rehearse_opening
from web.api.trustee import ShareBody, ShuffleBody, share_bytes
from web.service import Service
from web.trustee_program import make_step
from web.trustee_values import TrusteeStep
from web.vault import write_durably
from web.views import trustee_view

_FIRST: Final[TrusteeStep] = "certificate"


def make_key_together(service: Service, files: Mapping[int, Path]) -> None:
    """Make the key of a draft's trustees, with a new key file for each, and rehearse.

    Args:
        service: the service.
        files: each trustee's id to where her key file goes.
    """
    for path in files.values():
        write_durably(path, make_seed(os.urandom).text.encode())
    step: TrusteeStep = _FIRST
    while step != "wait":
        for trustee_id, path in files.items():
            step = do_step(service, trustee_id, path)


def do_step(service: Service, trustee_id: int, key: Path) -> TrusteeStep:
    """Do what a trustee's page says is next, if it is anything; returns what it was."""
    page = trustee_view(service, trustee_id)
    give = _GIVE.get(page.step)
    if give is not None:
        made = make_step(page, Seed(key.read_text("ascii")), os.urandom)
        give(service, trustee_id, made.body)
    return page.step


def _give_certificate(service: Service, trustee_id: int, body: Mapping[str, Any]) -> None:
    give_certificate(service, trustee_id, body["certificate"].encode(), body["commitment"])


def _give_polynomial(service: Service, trustee_id: int, body: Mapping[str, Any]) -> None:
    give_polynomial(service, trustee_id, body["polynomial"].encode())


def _give_verification_key(service: Service, trustee_id: int, body: Mapping[str, Any]) -> None:
    give_verification_key(service, trustee_id, body["key"].encode())


def _rehearse(service: Service, trustee_id: int, body: Mapping[str, Any]) -> None:
    rehearse_opening(service, trustee_id, body["decryption"].encode(), body["proofs"].encode())


def _give_shuffle(service: Service, trustee_id: int, body: Mapping[str, Any]) -> None:
    parts = ShuffleBody.model_validate(body).shuffles
    give_shuffle(service, trustee_id, {box: one.shuffle.encode() for box, one in parts.items()})


def _give_share(service: Service, trustee_id: int, body: Mapping[str, Any]) -> None:
    give_share(service, trustee_id, share_bytes(ShareBody.model_validate(body)))


_GIVE: Final[Mapping[TrusteeStep, Callable[[Service, int, Mapping[str, Any]], None]]] = {
    "certificate": _give_certificate,
    "polynomial": _give_polynomial,
    "verification-key": _give_verification_key,
    "rehearse": _rehearse,
    "shuffle": _give_shuffle,
    "open": _give_share,
}
