"""What is unsafe in how a workspace is set up, each with what would be right."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.core.checks import run_checks

from evenhand.workspace.configuration import Configuration

#: Inside the folder for e-mails: those of organisations, negotiations, what was recorded and refused.
_INSIDE = ("*", "*/*", "*/*/*")
_HERE = {"localhost", "127.0.0.1", "[::1]"}
#: What Django says of a site without HTTPS: one sentence of ours says it.
_OF_HTTPS = {f"security.W{number}" for number in ("004", "005", "008", "012", "016", "021")}


@dataclass(frozen=True, slots=True)
class Unsafe:
    """Something to mend: what it is, and what would be right."""

    what: str
    right: str


def unsafe(configuration: Configuration) -> list[Unsafe]:
    """Everything unsafe, ours first, then what Django's own deployment check says."""
    rules: tuple[Callable[[Configuration], Iterator[Unsafe]], ...] = (
        _reached,
        _signing_in,
        _files,
        _mail_folder,
        _mail,
        _django,
    )
    return [found for rule in rules for found in rule(configuration)]


def _reached(told: Configuration) -> Iterator[Unsafe]:
    others = sorted(set(told.hosts) - _HERE)
    if others and not told.https:
        yield Unsafe(f"{', '.join(others)} is reached without HTTPS", "put it behind TLS and set EVENHAND_HTTPS=yes")
    if "*" in told.hosts:
        yield Unsafe("any name is taken for the site's own", "name the site in EVENHAND_HOSTS")
    if told.https and not told.proxies:
        yield Unsafe(
            "HTTPS is on but no proxy is told of", "set EVENHAND_PROXIES=1 behind nginx, which speaks TLS for it"
        )


def _signing_in(told: Configuration) -> Iterator[Unsafe]:
    if told.demo:
        yield Unsafe("ready people can sign in without a password of their own", "unset EVENHAND_DEMO")
    if not told.second_factor:
        yield Unsafe("a password alone is enough to sign in", "unset EVENHAND_SECOND_FACTOR")
    if told.session_hours > 24:
        yield Unsafe(
            f"sessions last {told.session_hours} hours without a click", "set EVENHAND_SESSION_HOURS=8 or less"
        )
    if len(told.key()) < 50:
        yield Unsafe("the key that signs is short", "unset EVENHAND_SECRET_KEY: a long one is made at the next start")
    if told.oidc and not told.oidc[0].startswith("https://"):
        yield Unsafe("the OpenID Connect provider is reached without TLS", "give EVENHAND_OIDC an https:// address")


def _files(told: Configuration) -> Iterator[Unsafe]:
    for place in (told.folder, told.key_file):
        if place.exists() and place.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) & ~stat.S_IXGRP & ~stat.S_IXOTH:
            yield Unsafe(f"others on this machine may read {place}", f"chmod go= {place}")


def _mail_folder(told: Configuration) -> Iterator[Unsafe]:
    top = told.mail_folder
    if top is None:
        return
    if not top.is_dir() and (top.exists() or not told.makes_mail_folder):
        right = "make it, for whoever runs the workspace to read and write, or set EVENHAND_MAIL_FOLDER=no"
        yield Unsafe(f"the folder for e-mails, {top}, is not there", right)
    places = (top, *(one for deep in _INSIDE for one in sorted(top.glob(deep))))
    for place in filter(Path.is_dir, places):
        if not os.access(place, os.R_OK | os.W_OK | os.X_OK):
            yield Unsafe(f"e-mails dropped into {place} cannot be taken from there", f"chmod u+rwx {place}")
        if place.stat().st_mode & stat.S_IRWXO:
            yield Unsafe(f"everybody on this machine may look into {place}", f"chmod o= {place}")


def _mail(told: Configuration) -> Iterator[Unsafe]:
    parts = urlsplit(told.smtp)
    if parts.scheme == "smtp" and parts.hostname not in {"localhost", "127.0.0.1", "::1", None} and parts.port == 25:
        yield Unsafe("reminders go to the mail server in clear", "use smtps://… or port 587 in EVENHAND_SMTP")


def _django(told: Configuration) -> Iterator[Unsafe]:
    for message in run_checks(include_deployment_checks=True):
        if told.https or message.id not in _OF_HTTPS:
            yield Unsafe(message.msg.splitlines()[0], message.hint or "see Django's deployment checklist")
