"""Hand messages over: to a mail server through SMTP, and to a folder (the demo).

Errors say what the server did, never to whom: a server's own sentence may repeat the
address, so only its code is kept.
"""

import smtplib
import socket
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from types import TracebackType
from typing import Self

from web.errors import MailServerError
from web.settings import Settings
from web.vault import write_durably

TIMEOUT_SECONDS = 20


class Mailer:
    """One connection for a run of messages; opened with the first."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._server.quit()
        self._server = None

    @property
    def sends(self) -> bool:
        """Whether there is anything to hand messages to."""
        return bool(self._settings.smtp_host or self._settings.mail_folder)

    def send(self, message: EmailMessage, name: str) -> None:
        """Hand one message over; returns once it was taken.

        Args:
            message: the whole message.
            name: of its file, where a folder is set.

        Raises:
            MailServerError: it was not taken; `is_down` says whether any would be.
        """
        if self._settings.smtp_host:
            self._send(message)
        if self._settings.mail_folder is not None:
            write_to_folder(self._settings.mail_folder, message, name)

    def _send(self, message: EmailMessage) -> None:
        try:
            if self._server is None:
                self._server = self._connect()
            self._server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            codes = sorted({code for code, _ in error.recipients.values()})
            raise MailServerError(f"recipient refused: {codes[0]}", is_down=False) from None
        except smtplib.SMTPDataError as error:
            # Refused for what it says, as a filter does: the next one may be taken.
            problem = f"message refused: {error.smtp_code}"
            raise MailServerError(problem, is_down=False) from None
        except smtplib.SMTPResponseException as error:
            self._drop()
            problem = f"refused by the mail server: {error.smtp_code}"
            raise MailServerError(problem, is_down=True) from None
        except (smtplib.SMTPException, ssl.SSLError, OSError) as error:
            self._drop()
            problem = f"no mail server: {type(error).__name__}"
            raise MailServerError(problem, is_down=True) from None

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if settings.smtp_security == "tls":
            server = smtplib.SMTP_SSL(
                settings.smtp_host,
                settings.smtp_port,
                local_hostname=_own_name(settings),
                timeout=TIMEOUT_SECONDS,
                context=context,
            )
        else:
            server = smtplib.SMTP(
                settings.smtp_host,
                settings.smtp_port,
                local_hostname=_own_name(settings),
                timeout=TIMEOUT_SECONDS,
            )
        try:
            if settings.smtp_security == "starttls":
                server.starttls(context=context)
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password)
        except BaseException:
            server.close()
            raise
        return server

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None


def _own_name(settings: Settings) -> str:
    """What we call ourselves to the server; looking it up may take long."""
    return settings.mail_from.rpartition("@")[2] or socket.gethostname()


def write_to_folder(folder: Path, message: EmailMessage, name: str) -> None:
    """Write a message to a file of its own; whoever reads the folder reads the links."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_durably(folder / f"{name}.eml", message.as_bytes(policy=SMTP))
