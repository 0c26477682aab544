"""What the service does by itself: the calendar, messages, its own check, old sessions."""

import logging
import threading
from collections.abc import Callable

from web.actions.close_election import close_due_elections
from web.actions.send_messages import send_waiting_messages
from web.actions.sign_in import forget_old_sessions
from web.self_check import require_sound
from web.service import Service

log = logging.getLogger("teg.background")

CALENDAR_SECONDS = 1.0
MESSAGE_SECONDS = 1.0
CHECK_SECONDS = 3600.0
SESSION_SECONDS = 3600.0


def start_background(service: Service) -> Callable[[], None]:
    """Start the threads; the answer stops them and waits for what they are at."""
    stop = threading.Event()
    threads = [
        _repeat("calendar", CALENDAR_SECONDS, stop, lambda: close_due_elections(service)),
        _repeat("messages", MESSAGE_SECONDS, stop, lambda: send_waiting_messages(service)),
        _repeat("self-check", CHECK_SECONDS, stop, lambda: require_sound(service)),
        _repeat("sessions", SESSION_SECONDS, stop, lambda: forget_old_sessions(service)),
    ]

    def end() -> None:
        stop.set()
        for thread in threads:
            thread.join()

    return end


def _repeat(
    name: str, seconds: float, stop: threading.Event, work: Callable[[], object]
) -> threading.Thread:
    """Do the work again and again; a failure is noted and does not end it."""

    def run() -> None:
        while not stop.wait(seconds):
            try:
                work()
            except Exception as error:  # noqa: BLE001  must go on; a trace may show values
                log.error("%s: %s", name, type(error).__name__)  # noqa: TRY400

    thread = threading.Thread(target=run, name=f"teg-{name}", daemon=True)
    thread.start()
    return thread
