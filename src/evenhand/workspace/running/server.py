"""Starting the workspace: folder and key, tables, then the server."""

from __future__ import annotations

import os
import secrets
import signal
import sys
from dataclasses import dataclass

from evenhand.errors import UsageError
from evenhand.workspace.configuration import Configuration, current

#: Seconds for open connections to end when the server is stopped: pages that listen for changes never do by themselves.
_PATIENCE = 3


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens."""

    host: str = "127.0.0.1"
    port: int = 8000


def prepare() -> Configuration:
    """Make the folder and the key if this is the first start, start Django, bring the tables up to date.

    Raises:
        UsageError: the folder cannot be written.
    """
    configuration = current()
    make_key(configuration)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.workspace.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    return configuration


def make_key(configuration: Configuration) -> None:
    """Make the workspace's folder and the key that signs, readable by their owner only."""
    try:
        configuration.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not configuration.key():
            descriptor = os.open(configuration.key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as out:
                out.write(secrets.token_urlsafe(64) + "\n")
    except FileExistsError:
        return  # another process was faster
    except OSError as problem:
        words = f"the workspace's folder {configuration.folder} cannot be written ({problem.strerror})"
        raise UsageError(f"{words}; name another by EVENHAND_WORKSPACE") from problem


def first_link(configuration: Configuration, base: str = "") -> str:
    """The link of the first administrator; empty when somebody is there.

    Args:
        configuration: How the workspace runs.
        base: Where the server listens; behind TLS, or when not given, the first of its names is taken.
    """
    from django.urls import reverse

    from evenhand.workspace.organisations.actions.starting import first_token
    from evenhand.workspace.people.queries import nobody_yet

    if not nobody_yet():
        return ""
    return site_address(configuration, base) + reverse("first", args=[first_token()])


def site_address(configuration: Configuration, base: str = "") -> str:
    """Where people open the site: ``https://`` and its first name behind TLS, else ``base`` or this machine."""
    if configuration.https:
        return f"https://{configuration.hosts[0]}"
    return base or "http://127.0.0.1:8000"


def serve(address: Address, *, workers: int = 1) -> None:
    """Serve until stopped, with a worker beside the server that does the tasks."""
    import uvicorn

    from evenhand.workspace.tasks.keeper import worker_beside

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # else the worker would not be stopped with the server
    with worker_beside():
        uvicorn.run(
            "evenhand.workspace.asgi:application",
            host=address.host,
            port=address.port,
            workers=workers,
            log_level="critical",  # what goes wrong in a page is told by Django
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            timeout_graceful_shutdown=_PATIENCE,
        )
