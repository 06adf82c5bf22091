"""Files of an organisation that are neither rows nor in its book. Every room that keeps some asks here where.

So they can leave with their organisation, and go with it, without this being said for each room.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from evenhand.workspace.organisations.models import Organisation

_BROUGHT_IN, _MAIL = "brought-in", "mail"


def kept_in(organisation: Organisation, room: str) -> Path:
    """Where a room keeps what it wrote for an organisation."""
    return Path(settings.ATTACHMENTS) / room / str(organisation.pk)


def staged_in(organisation: Organisation) -> Path:
    """Where files wait that were brought in and are not loaded yet."""
    return Path(settings.STAGING) / organisation.slug


def dropped_in(organisation: Organisation) -> Path | None:
    """Where its e-mails are dropped to be recorded; ``None`` where none are taken that way."""
    return None if settings.MAIL_FOLDER is None else Path(settings.MAIL_FOLDER) / organisation.slug


def folders_of(organisation: Organisation) -> dict[str, Path]:
    """Every such folder that is there, by the name of its room."""
    rooms = sorted(Path(settings.ATTACHMENTS).glob("[!.]*"))
    found = {room.name: kept_in(organisation, room.name) for room in rooms}
    others = {_BROUGHT_IN: staged_in(organisation), _MAIL: dropped_in(organisation)}
    return {name: folder for name, folder in (found | others).items() if folder is not None and folder.is_dir()}
