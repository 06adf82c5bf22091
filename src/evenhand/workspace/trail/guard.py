"""The triggers by which the database refuses to change the log; lifted only to take a whole organisation away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_TOLD = "the log is append-only"
_SQLITE = {
    f"trail_event_{act}": f"create trigger trail_event_{act} before {act} on trail_event "
    f"begin select raise(abort, '{_TOLD}'); end"
    for act in ("update", "delete")
}

#: What waits to be checked at the end of a transaction is checked now: PostgreSQL changes no table before.
_POSTGRES = ("set constraints all immediate", "alter table trail_event {} trigger user")


@contextmanager
def unguarded(connection: Any) -> Iterator[None]:
    """Let events be deleted until the end of the block; only inside a transaction, so others never see it lifted."""
    sqlite = connection.vendor == "sqlite"
    lift = [f"drop trigger {name}" for name in _SQLITE] if sqlite else [one.format("disable") for one in _POSTGRES]
    put_back = list(_SQLITE.values()) if sqlite else [one.format("enable") for one in _POSTGRES]
    with connection.cursor() as cursor:
        for statement in lift:
            cursor.execute(statement)
        yield
        for statement in put_back:
            cursor.execute(statement)
