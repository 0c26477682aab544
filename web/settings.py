"""Settings of one installation: from `teg.toml` in the data folder, then TEG_… variables.

None of them chooses cryptography. Secrets among them (operator token, mail password) are
left out of `repr`, so that no traceback or log line shows one.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, Self, get_args
from urllib.parse import urlsplit

from web.errors import SettingsError

MailSecurity = Literal["none", "starttls", "tls"]
FILE = "teg.toml"
LEAST_TOKEN = 24
_RATES = ("sign_in_burst", "sign_ins_per_minute", "casting_burst", "casts_per_minute")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One installation.

    Attributes:
        data: folder of database, key files and guard.
        base_url: public address without a trailing slash.
        host, port: where the service listens.
        database_url: "" for the embedded database in the data folder.
        workers: processes that check ballots; 0 checks in the service itself.
        smtp_host: "" sends no e-mail.
        smtp_security: "starttls" and "tls" verify the server's certificate.
        mail_from: sender's address.
        mail_folder: also write each message there as a file (the demo).
        operator_token: bearer token for scripts; None switches their interface off.
        return_credentials: scripts may be handed the private credentials when they announce an
            election (simulation only: whoever holds them can vote).
        trusted_proxies: addresses of proxies, comma separated, whose X-Forwarded-For says who
            asks; "" believes none.
        sign_in_burst, sign_ins_per_minute: how often one address may try a personal link, at
            once and in the long run; many members of one house share an address.
        casting_burst, casts_per_minute: how often one address may send a ballot.
        help_phone, help_email: whom members may call, printed on every page; "" leaves it out.
    """

    data: Path
    base_url: str = "http://localhost:8000"
    host: str = "127.0.0.1"
    port: int = 8000
    database_url: str = ""
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_security: MailSecurity = "none"
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    mail_from: str = "teg@localhost"
    mail_folder: Path | None = None
    operator_token: str | None = field(default=None, repr=False)
    return_credentials: bool = False
    trusted_proxies: str = ""
    # A whole general meeting opens its links in one room. This saves work, no secret: a code
    # of 128 bits is not found by trying.
    sign_in_burst: int = 300
    sign_ins_per_minute: int = 300
    casting_burst: int = 200
    casts_per_minute: int = 600
    help_phone: str = ""
    help_email: str = ""

    def __post_init__(self) -> None:
        url = urlsplit(self.base_url)
        if url.scheme not in ("http", "https") or not url.hostname or url.query or url.fragment:
            raise SettingsError("base_url", "not an http(s) address")
        if self.base_url.endswith("/"):
            raise SettingsError("base_url", "ends in a slash")
        if not 0 <= self.port <= 65535 or not 0 < self.smtp_port <= 65535:
            raise SettingsError("port", "not a port")
        for rate in _RATES:
            if getattr(self, rate) < 1:
                raise SettingsError(rate, "below one")
        if self.workers < 0:
            raise SettingsError("workers", "below zero")
        if self.smtp_security not in get_args(MailSecurity):
            raise SettingsError("smtp_security", "none, starttls or tls")
        if self.operator_token is not None and len(self.operator_token) < LEAST_TOKEN:
            raise SettingsError("operator_token", f"shorter than {LEAST_TOKEN} characters")
        if self.database_url and not self.database_url.startswith("sqlite:///"):
            raise SettingsError("database_url", "only sqlite:/// addresses are supported yet")

    @property
    def origin(self) -> str:
        """Name of the log: the public address without its scheme, and "/log"."""
        return self.base_url.partition("://")[2] + "/log"

    @property
    def database(self) -> str:
        """The database's address, the embedded one by default."""
        return self.database_url or f"sqlite:///{self.data / 'teg.sqlite'}"

    @classmethod
    def load(
        cls, data: Path, *, environment: Mapping[str, str] | None = None, **given: Any
    ) -> Self:
        """Settings of a data folder.

        Args:
            data: the folder; its teg.toml is read when there is one.
            environment: TEG_<SETTING> variables that go before the file; os.environ by default.
            given: values that go before both; None means not given.

        Raises:
            SettingsError: an unknown setting, or a value that cannot be one.
        """
        values: dict[str, Any] = {}
        path = data / FILE
        if path.exists():
            try:
                values.update(tomllib.loads(path.read_text("utf-8")))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise SettingsError(FILE, str(error)) from None
        known = {entry.name for entry in fields(cls)} - {"data"}
        for name in known:
            text = (os.environ if environment is None else environment).get(f"TEG_{name.upper()}")
            if text is not None:
                values[name] = text
        values.update({name: value for name, value in given.items() if value is not None})
        if unknown := sorted(values.keys() - known):
            raise SettingsError(unknown[0], "no such setting")
        return cls(data=data, **{name: _convert(name, value) for name, value in values.items()})


def _convert(name: str, value: Any) -> Any:
    """Give a value read as text the type of its setting."""
    if name in ("port", "workers", "smtp_port", *_RATES):
        return _whole_number(name, value)
    if name == "return_credentials":
        if value not in (True, False, "true", "false"):
            raise SettingsError(name, "true or false")
        return value in (True, "true")
    if name == "mail_folder":
        return Path(value) if value else None
    if not isinstance(value, str):
        raise SettingsError(name, "not a text")
    return None if name == "operator_token" and not value else value


def _whole_number(name: str, value: Any) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise SettingsError(name, "not a whole number")
    return value
