"""A free port, for a test that starts a server or needs one to be missing."""

import socket


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens at just now."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port
