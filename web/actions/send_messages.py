"""Hand waiting messages to the mail server."""

from web.service import Service


def send_waiting_messages(service: Service) -> int:
    """Send what waits; returns how many were handed over.

    A message is blanked once it was taken. When the server fails, messages stay waiting, are
    tried again later, and the failure is kept as a sentence without an address.
    """
    raise NotImplementedError


def messages_waiting(service: Service) -> tuple[int, str]:
    """How many messages wait to be sent, and the last problem ("" when there is none)."""
    raise NotImplementedError
