"""The database itself refuses to change or delete an event."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_TOLD = "the log is append-only"
_SQLITE = [
    f"create trigger trail_event_{act} before {act} on trail_event begin select raise(abort, '{_TOLD}'); end"
    for act in ("update", "delete")
]
_POSTGRES = [
    "create function trail_event_refuse() returns trigger language plpgsql as "
    f"$$ begin raise exception '{_TOLD}'; end $$",
    "create trigger trail_event_refuse before update or delete on trail_event "
    "for each row execute function trail_event_refuse()",
    "create trigger trail_event_keep before truncate on trail_event "
    "for each statement execute function trail_event_refuse()",
]


def refuse_changes(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers."""
    for statement in _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRES:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers beside the table."""

    dependencies = (("trail", "0001_initial"),)
    operations = (migrations.RunPython(refuse_changes, migrations.RunPython.noop),)
