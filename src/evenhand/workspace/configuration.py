"""What the surroundings say: where the workspace lies, its database, how it is reached, how it writes to people."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from evenhand.errors import UsageError

#: Name of the variable → what it is for. The manual lists exactly these.
VARIABLES: dict[str, str] = {
    "EVENHAND_WORKSPACE": "Folder of the workspace: its database, key and attachments. Default: ./workspace.",
    "DATABASE_URL": "Where people, tasks and the log are kept; postgres://… for a team. Default: SQLite in the folder.",
    "EVENHAND_SECRET_KEY": "Key that signs sessions and links. Default: one made at the first start, in the folder.",
    "EVENHAND_HOSTS": "Names under which the site is reached, with commas. Default: localhost and 127.0.0.1.",
    "EVENHAND_HTTPS": "`yes` behind TLS: cookies are sent over HTTPS only, browsers are told to stay with it.",
    "EVENHAND_PROXIES": "How many proxies stand before the server and tell the caller's address. Default: 0.",
    "EVENHAND_SESSION_HOURS": "Hours without a click after which one has to sign in again. Default: 8.",
    "EVENHAND_SECOND_FACTOR": "`no` lets people sign in by password alone. Default: a second factor is asked for.",
    "EVENHAND_OIDC": "Issuer of an OpenID Connect provider for signing in, with _ID and _SECRET beside it.",
    "EVENHAND_OIDC_ID": "Client id at that provider.",
    "EVENHAND_OIDC_SECRET": "Client secret at that provider.",
    "EVENHAND_SMTP": "Server that sends reminders: smtp://user:password@host:587, or smtps://… Default: none are sent.",
    "EVENHAND_MAIL_FROM": "Address reminders come from. Default: evenhand@localhost.",
    "EVENHAND_MAIL_FOLDER": "Folder for e-mails to be recorded; `no`: none. Default: mail, in the workspace's folder.",
    "EVENHAND_DEMO": "`yes` shows ready people to sign in as. Never where real claims are.",
}

_HOSTS = ("localhost", "127.0.0.1", "[::1]")
_FROM, _MAIL = "evenhand@localhost", "mail"
_SMTP_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Configuration:
    """How this workspace runs.

    >>> Configuration.of({"EVENHAND_HOSTS": "evenhand.example, 10.0.0.8"}).hosts
    ('evenhand.example', '10.0.0.8')
    """

    folder: Path
    database: str
    secret: str = ""
    hosts: tuple[str, ...] = _HOSTS
    https: bool = False
    proxies: int = 0
    session_hours: int = 8
    second_factor: bool = True
    oidc: tuple[str, str, str] | None = None
    smtp: str = ""
    mail_from: str = _FROM
    mail_folder: Path | None = None
    demo: bool = False

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Configuration:
        """Read it from variables.

        Raises:
            UsageError: a value is none that could be meant.
        """
        folder = Path(given.get("EVENHAND_WORKSPACE") or "workspace").absolute()
        oidc = tuple(given.get(name, "") for name in ("EVENHAND_OIDC", "EVENHAND_OIDC_ID", "EVENHAND_OIDC_SECRET"))
        hosts = tuple(one.strip() for one in given.get("EVENHAND_HOSTS", "").split(",") if one.strip())
        return cls(
            folder,
            given.get("DATABASE_URL") or f"sqlite:///{folder / 'workspace.sqlite3'}",
            secret=given.get("EVENHAND_SECRET_KEY", ""),
            hosts=hosts or _HOSTS,
            https=_yes(given, "EVENHAND_HTTPS", default=False),
            proxies=_whole(given, "EVENHAND_PROXIES", 0),
            session_hours=_whole(given, "EVENHAND_SESSION_HOURS", 8),
            second_factor=_yes(given, "EVENHAND_SECOND_FACTOR", default=True),
            oidc=_all_or_none(oidc),
            smtp=given.get("EVENHAND_SMTP", ""),
            mail_from=given.get("EVENHAND_MAIL_FROM", "") or _FROM,
            mail_folder=_folder_or_none(given, "EVENHAND_MAIL_FOLDER", folder / _MAIL),
            demo=_yes(given, "EVENHAND_DEMO", default=False),
        )

    @property
    def makes_mail_folder(self) -> bool:
        """Whether the folder for e-mails is our own to make; one that was named may be a share that is not there."""
        return self.mail_folder == self.folder / _MAIL

    @property
    def key_file(self) -> Path:
        """Where the key is kept that was made at the first start."""
        return self.folder / "secret-key"

    def key(self) -> str:
        """The key that signs; empty before the first start."""
        if self.secret:
            return self.secret
        return self.key_file.read_text("ascii").strip() if self.key_file.is_file() else ""

    def providers(self) -> list[dict[str, Any]]:
        """The provider of sign-in as allauth is told of it; none without one."""
        if self.oidc is None:
            return []
        issuer, client, secret = self.oidc
        named = {"provider_id": "oidc", "name": urlsplit(issuer).hostname or issuer}
        return [{**named, "client_id": client, "secret": secret, "settings": {"server_url": issuer.rstrip("/")}}]

    def provider_origins(self) -> tuple[str, ...]:
        """Where a form of this site may lead besides the site itself."""
        if self.oidc is None:
            return ()
        issuer = urlsplit(self.oidc[0])
        return (f"{issuer.scheme}://{issuer.netloc}",)

    def mail(self) -> dict[str, Any]:
        """The server that sends letters, taken apart; empty without one."""
        if not self.smtp:
            return {}
        given = urlsplit(self.smtp)
        if given.scheme not in _SMTP_PORTS or not given.hostname:
            raise UsageError("EVENHAND_SMTP is smtp://user:password@host:587 or smtps://user:password@host:465")
        port = given.port or _SMTP_PORTS[given.scheme]
        user, password = unquote(given.username or ""), unquote(given.password or "")
        told = {"scheme": given.scheme, "host": given.hostname, "port": port, "user": user, "password": password}
        return told | {"starttls": given.scheme == "smtp" and bool(user)}


def current() -> Configuration:
    """The configuration of this process."""
    return Configuration.of(os.environ)


def _yes(given: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = given.get(name, "").strip().lower()
    if text not in ("", "yes", "no"):
        raise UsageError(f"{name} is '{text}'; it is yes or no")
    return default if text == "" else text == "yes"


def _folder_or_none(given: Mapping[str, str], name: str, default: Path) -> Path | None:
    text = given.get(name, "").strip()
    if text.lower() == "no":
        return None
    return Path(text).absolute() if text else default


def _whole(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, "").strip()
    if text and not text.isdigit():
        raise UsageError(f"{name} is '{text}'; it is a whole number, such as {default or 1}")
    return int(text) if text else default


def _all_or_none(oidc: tuple[str, ...]) -> tuple[str, str, str] | None:
    if not any(oidc):
        return None
    if not all(oidc):
        raise UsageError("EVENHAND_OIDC, EVENHAND_OIDC_ID and EVENHAND_OIDC_SECRET go together; give all three or none")
    issuer, client, secret = oidc
    return issuer, client, secret
