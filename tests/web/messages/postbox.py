"""A mail server of our own, which keeps what it is handed and can be told to refuse."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Conversation


class Postbox:
    """Takes every message, but those to an address that it refuses."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.refused = ""
        self.disliked = ""

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self,
        server: SMTP,
        session: Conversation,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if address == self.refused:
            return f"550 no such person: {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Conversation, envelope: Envelope
    ) -> str:
        if self.disliked in envelope.rcpt_tos:
            return f"554 looks like spam to {self.disliked}"
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append(message_from_bytes(content, policy=policy.default))
        return "250 OK"

    def to(self, address: str) -> EmailMessage:
        (message,) = [m for m in self.taken if m["To"].addresses[0].addr_spec == address]
        return message
