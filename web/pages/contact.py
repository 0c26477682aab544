"""Whom a member may call, printed at the same place of every page."""

from dataclasses import dataclass

from web.service import Service


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a person; empty where the co-op has given nothing.

    Attributes:
        phone: as it is to be read and dialled.
        email: an address that somebody reads.
    """

    phone: str
    email: str

    @property
    def shown(self) -> str:
        """The number in one line: a narrow page must not break it."""
        return self.phone.replace(" ", "\N{NO-BREAK SPACE}")

    @property
    def dial(self) -> str:
        """The number without the spaces that help people to read it."""
        return "".join(sign for sign in self.phone if sign in "+0123456789")


def read_contact(service: Service) -> Contact:
    """The contact that whoever runs the service has set."""
    settings = service.settings
    return Contact(settings.help_phone, settings.help_email)
