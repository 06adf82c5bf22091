"""All kinds of table that are known."""

from __future__ import annotations

from evenhand.schedules.tables import pfs
from evenhand.schedules.tables.kind import Kind

#: Those told by their headings.
KINDS: tuple[Kind, ...] = (*pfs.KINDS,)
#: Those told by the layout of their lines.
LAYOUTS: tuple[Kind, ...] = (*pfs.LAYOUTS,)
#: Kind by name.
BY_NAME = {kind.name: kind for kind in (*KINDS, *LAYOUTS)}
