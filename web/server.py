"""The process: one service, served by uvicorn until it is told to stop.

On SIGTERM or SIGINT it takes nothing new, answers what is under way for a few seconds,
closes the service and ends. Everything that was acknowledged is on disk before its
answer, so that nothing is lost by ending.

Source: design 2, "Processes"; design 8, section 2 (4 and 5); docs/running/serving.md.
"""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from web.actions.publish_scripts import publish_scripts
from web.app import build_app
from web.assets import load_assets
from web.body import stop_waiting
from web.errors import LogFrozenError, ServiceError
from web.logs import configure_logs
from web.patience import PatientProtocol, raise_limits
from web.service import Service, open_service
from web.settings import Settings

_log = logging.getLogger(__name__)

_FINISH_REQUESTS = 2  # seconds
_FINISH_ALL = 4.5  # seconds, after which the process ends without waiting any longer
_BACKLOG = 2048


class PortTakenError(ServiceError):
    """Something else listens at the address, or it is not one of this machine.

    Attributes:
        address: host and port.
    """

    def __init__(self, host: str, port: int) -> None:
        self.address = f"{host}:{port}"
        super().__init__(f"Nothing can listen at {self.address}: choose another port.")


def serve(
    settings: Settings,
    *,
    on_ready: Callable[[], None],
    beside: Callable[[Service], None] | None = None,
) -> None:
    """Serve until the process is told to stop.

    Args:
        settings: of the installation.
        on_ready: called once requests are answered.
        beside: run in a thread of its own while the service runs (the demo's trustees).

    Raises:
        AssetsMissingError: the page scripts are not built.
        PortTakenError: the port is not free.
        ServiceError: the service cannot be opened.
    """
    configure_logs()
    raise_limits()
    assets = load_assets()
    with listen(settings) as listener, _closing(open_service(settings)) as service:
        # A frozen log takes no ballot, nor other scripts; what is there is still shown.
        with suppress(LogFrozenError):
            publish_scripts(service, assets.scripts())
        app = build_app(service, assets=assets)
        if beside is not None:
            threading.Thread(target=beside, args=(service,), daemon=True).start()
        _run(app, settings, listener, on_ready)


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready
        self.is_told_to_stop = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.is_told_to_stop:
            self.should_exit = True
        elif self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        stop_waiting()
        await super().shutdown(sockets)


def _run(
    app: ASGIApp, settings: Settings, listener: socket.socket, on_ready: Callable[[], None]
) -> None:
    proxies = [each.strip() for each in settings.trusted_proxies.split(",") if each.strip()]
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=_FINISH_REQUESTS,
        backlog=_BACKLOG,
    )
    server = _Server(config, on_ready)

    # Before uvicorn listens to signals these end it as soon as it has started; afterwards it
    # raises them again, which must not end the process before the service is closed.
    def stop(_number: int, _frame: FrameType | None) -> None:
        server.is_told_to_stop = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    server.run(sockets=[listener])


@contextmanager
def _closing(service: Service) -> Iterator[Service]:
    try:
        yield service
    finally:
        last_resort = threading.Timer(_FINISH_ALL - _FINISH_REQUESTS, _end_at_once)
        last_resort.daemon = True
        last_resort.start()
        service.close()
        last_resort.cancel()


def _end_at_once() -> None:
    _log.error("the service did not close in time: ended without waiting")
    logging.shutdown()
    os._exit(1)


@contextmanager
def listen(settings: Settings) -> Iterator[socket.socket]:
    """A socket at the settings' address; closed on leaving.

    Raises:
        PortTakenError: nothing can listen there.
    """
    try:
        family, *_, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.create_server(
            address[:2], family=socket.AddressFamily(family), backlog=_BACKLOG
        )
    except (OSError, UnicodeError):
        raise PortTakenError(settings.host, settings.port) from None
    # Accepted connections inherit this. asyncio sets it only on sockets whose protocol number is
    # given, and without it each answer over a kept connection waits 40 ms for an acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with listener:
        yield listener
