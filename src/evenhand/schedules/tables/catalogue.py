"""All kinds of table that are known."""

from __future__ import annotations

from evenhand.schedules.tables import asc, clinical_lab, dmepos, drugs, ipps, opps, own, pfs
from evenhand.schedules.tables.kind import Kind

_ROOMS = (pfs, opps, asc, clinical_lab, drugs, dmepos, ipps, own)
#: Those told by their headings.
KINDS: tuple[Kind, ...] = tuple(kind for room in _ROOMS for kind in room.KINDS)
#: Those told by the layout of their lines.
LAYOUTS: tuple[Kind, ...] = (*pfs.LAYOUTS,)
#: Published beside them and none of them: a pattern of the words of their heads, and what they are.
OTHERS: tuple[tuple[str, str], ...] = (*pfs.OTHERS, *opps.OTHERS)
#: Kind by name.
BY_NAME = {kind.name: kind for kind in (*KINDS, *LAYOUTS)}
