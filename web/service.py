"""The running service: settings, store, log and checker, wired in one place."""

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from audit.guard import Guard
from web.checker import Checker
from web.door import Door
from web.errors import LogFrozenError
from web.log_keeper import LogKeeper
from web.settings import Settings
from web.store.rows import OrganisationRow
from web.store.store import Store
from web.vault import Vault


@dataclass(slots=True)
class Service:
    """What every action is given first.

    Attributes:
        clock: UTC seconds.
        random: bytes of randomness, shaped like os.urandom.
        cache: what never changes once it is announced (elections of boxes).
        sending: held by whoever hands messages to the mail server.
    """

    settings: Settings
    clock: Callable[[], int]
    random: Callable[[int], bytes]
    store: Store
    vault: Vault
    keeper: LogKeeper
    checker: Checker
    door: Door
    cache: dict[str, object] = field(default_factory=dict)
    sending: threading.Lock = field(default_factory=threading.Lock)
    _stop: Callable[[], None] = lambda: None

    def close(self) -> None:
        """Stop the threads and processes; everything acknowledged is on disk already."""
        self._stop()
        self.keeper.stop()
        self.checker.close()
        self.store.close()


def open_service(
    settings: Settings,
    *,
    clock: Callable[[], int] | None = None,
    random: Callable[[int], bytes] | None = None,
    background: bool = True,
) -> Service:
    """Migrate the database, start the writer, publisher, calendar and message queue.

    Args:
        settings: where everything is.
        clock: UTC seconds; the system's by default.
        random: os.urandom by default.
        background: False leaves out the calendar and the message queue (scripts and tests call
            those actions themselves); the log is published all the same.

    Raises:
        DatabaseError: the database was made by a newer program.
        KeyFileError: the organisation is set up, and one of its key files is gone.
    """
    clock = clock or (lambda: int(time.time()))
    random = random or os.urandom
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = Store(settings.database)
    try:
        vault = Vault(settings.data / "keys", random)
        with store.read() as session:
            is_set_up = session.get(OrganisationRow, 1) is not None
        if not is_set_up:
            vault.make_key()
        signer = vault.log_key() if is_set_up else None
        vault.require_key()
    except BaseException:
        store.close()
        raise
    keeper = LogKeeper(store, clock, signer, Guard(vault.guard_path))
    service = Service(
        settings=settings,
        clock=clock,
        random=random,
        store=store,
        vault=vault,
        keeper=keeper,
        checker=Checker(settings.workers),
        door=Door(clock),
    )
    # Frozen, the service still shows what it has; nothing more is taken (keeper.problem).
    with suppress(LogFrozenError):
        keeper.require_consistent()
    keeper.start()
    if background:
        from web.background import start_background  # noqa: PLC0415  it imports the actions

        service._stop = start_background(service)  # noqa: SLF001
    return service
