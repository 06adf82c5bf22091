"""Everything an organisation owns, written out as plain files; and taken away for good."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import connection, models, transaction
from django.utils import timezone

from evenhand.errors import SelectionError, UsageError
from evenhand.workspace.organisations.files import folders_of
from evenhand.workspace.organisations.models import Membership, Organisation
from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.actions import Deed, recorded
from evenhand.workspace.trail.guard import unguarded
from evenhand.workspace.trail.models import Event, Head, chain_of

#: Who does it, as the log names them.
OPERATOR = "whoever runs the site"
_MANIFEST = "manifest.json"
_FRESH = timedelta(days=1)


def organisation_named(slug: str) -> Organisation:
    """An organisation by its short name.

    Raises:
        SelectionError: there is none.
    """
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        there = ", ".join(Organisation.objects.order_by("slug").values_list("slug", flat=True)) or "none"
        raise SelectionError(f"there is no organisation '{slug}'; there are: {there}")
    return found


def export(organisation: Organisation, folder: Path) -> dict[str, Any]:
    """Write all that an organisation owns into a new folder; the answer is the manifest, which is written last.

    ``book/`` is its book with contracts, negotiations and originals; ``files/`` what the rooms of the site keep beside
    it; ``rows/`` has a file of JSON lines for each kind of row the site keeps for it, the log among them;
    ``people.jsonl`` says who its members are.

    Raises:
        UsageError: the folder is there already.
        OSError: it cannot be written.
    """
    if folder.exists():
        raise UsageError(f"{folder} is there already; name a new folder")
    with recorded(Deed("exported", "organisation", organisation.slug, None, organisation, by=OPERATOR)):
        pass  # first, so that the log that leaves says so
    (folder / "rows").mkdir(parents=True)
    if organisation.folder.is_dir():
        shutil.copytree(organisation.folder, folder / "book")
    for room, kept in folders_of(organisation).items():
        shutil.copytree(kept, folder / "files" / room, ignore=shutil.ignore_patterns(".*"))  # hidden: being written
    _write_people(organisation, folder / "people.jsonl")
    for model, path in owned():
        _write_rows(model, path, organisation, folder / "rows")
    return _manifest(organisation, folder)


def delete(organisation: Organisation, *, book: bool = False, without_export: bool = False) -> None:
    """Take away all the site keeps for an organisation, its log as well; one event in the site's own log says so.

    Cut off, or where a file cannot be deleted, the organisation is still there, and this can be done again.

    Args:
        organisation: Whose.
        book: Delete its book, too.
        without_export: Do it although there is no export of the last day.

    Raises:
        UsageError: it was not exported within a day.
        OSError: a file cannot be deleted.
    """
    exported = Event.objects.filter(chain=chain_of(organisation), what="exported", kind="organisation")
    if not without_export and not exported.filter(at__gt=timezone.now() - _FRESH).exists():
        words = f"{organisation.name} was not exported within a day"
        raise UsageError(f"{words}; run: evenhand workspace export {organisation.slug} --out FOLDER")
    folders = [*folders_of(organisation).values(), *([organisation.folder] if book else [])]
    with recorded(Deed("deleted", "organisation", organisation.slug, None, by=OPERATOR)) as draft:
        draft.before = _last_words(organisation, book=book)
        _delete_rows(organisation)
        for folder in folders:
            if folder.exists():
                shutil.rmtree(folder)


def owned() -> list[tuple[type[models.Model], str]]:
    """Each kind of row that belongs to organisations, with the path of fields that leads to its organisation.

    Those that hang on others come after them.
    """
    found: list[tuple[type[models.Model], str]] = [(Organisation, "pk")]
    seen: set[type[models.Model]] = {Organisation}
    for model, path in found:
        for one in apps.get_models():
            link = None if one in seen else _link(one, model)
            if link:
                seen.add(one)
                found.append((one, link if path == "pk" else f"{link}__{path}"))
    return found


def _link(model: type[models.Model], to: type[models.Model]) -> str | None:
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.related_model is to:
            return field.name
    return None


def _write_rows(model: type[models.Model], path: str, organisation: Organisation, folder: Path) -> None:
    rows = model._default_manager.filter(**{path: organisation.pk}).order_by("pk")
    with (folder / f"{model._meta.label_lower}.jsonl").open("w", encoding="utf-8") as out:
        serializers.serialize("jsonl", rows.iterator(2_000), stream=out, ensure_ascii=False)


def _write_people(organisation: Organisation, path: Path) -> None:
    people = Person.objects.filter(memberships__organisation=organisation).distinct().order_by("pk")
    with path.open("w", encoding="utf-8") as out:
        for one in people:
            roles = Membership.objects.filter(organisation=organisation, person=one).values_list("role", flat=True)
            told = {"number": one.pk, "name": one.name, "email": one.email, "roles": sorted(roles)}
            out.write(json.dumps(told, ensure_ascii=False) + "\n")


def _manifest(organisation: Organisation, folder: Path) -> dict[str, Any]:
    files = {
        path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": _digest(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    head = Head.objects.get(chain=chain_of(organisation))
    told = {
        "organisation": {"name": organisation.name, "slug": organisation.slug, "side": organisation.side},
        "made": timezone.now().isoformat(),
        "log": {"events": head.number, "ends_at": head.digest},
        "files": files,
    }
    (folder / _MANIFEST).write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return told


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _last_words(organisation: Organisation, *, book: bool) -> str:
    head = Head.objects.filter(chain=chain_of(organisation)).first()
    log = f"its log had {head.number} events and ended at {head.digest}" if head else "it had no log"
    return f"{organisation.name}\n{log}\nits book was {'deleted' if book else 'kept'}"


def _delete_rows(organisation: Organisation) -> None:
    """Deepest first; the log's guard is lifted for this one organisation only."""
    with transaction.atomic(), unguarded(connection):
        for model, path in reversed(list(_rows())):
            model._base_manager.filter(**{path: organisation.pk}).delete()
        Head.objects.filter(chain=chain_of(organisation)).delete()


def _rows() -> Iterator[tuple[type[models.Model], str]]:
    """The log before all others, since nothing may go that it names."""
    kinds = owned()
    yield from (one for one in kinds if one[0] is not Event)
    yield from (one for one in kinds if one[0] is Event)
