"""A server on this machine that answers each path with bytes of the test's choosing."""

import socket
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress

Answer = Callable[[socket.socket], None]


def say(raw: bytes) -> Answer:
    return lambda connection: connection.sendall(raw)


def plain(status: str, body: bytes = b"", *headers: str) -> Answer:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return say("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def dripping(start: bytes, pause: float = 0.05) -> Answer:
    """The start at once, then a byte now and then for ever."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            time.sleep(pause)
            connection.sendall(b"a")

    return answer


def endless(start: bytes) -> Answer:
    def answer(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(bytes(65_536))

    return answer


def silent(connection: socket.socket) -> None:
    """Nothing, until the other side has had enough."""
    connection.recv(1)


@contextmanager
def serving(*answers: Answer) -> Generator[str]:
    """One answer for each request, the last for all that follow; a connection per request."""
    listener = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def accept() -> None:
        for number in range(1000):
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            answer = answers[min(number, len(answers) - 1)]
            thread = threading.Thread(target=handle, args=(connection, answer), daemon=True)
            thread.start()
            threads.append(thread)

    def handle(connection: socket.socket, answer: Answer) -> None:
        with connection, suppress(OSError):
            request = b""
            while b"\r\n\r\n" not in request:
                part = connection.recv(4096)
                if not part:
                    return
                request += part
            answer(connection)

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join()
        for thread in threads:
            thread.join()
