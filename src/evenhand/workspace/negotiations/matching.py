"""What the log says of a negotiation's versions: an event for each, and the lines that became different."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from evenhand.negotiation.record import Kept, versions
from evenhand.negotiation.record.versions import Version
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.trail import matching

KIND = "negotiation"


def told(organisation: Organisation, kept: Kept) -> None:
    """Write the event of every version that has none."""
    listed = versions.versions(kept.file)
    pairs = zip([None, *listed], listed, strict=False)
    matching.told(organisation, KIND, kept.name, [_made(before, one) for before, one in pairs])


def _made(before: Version | None, version: Version) -> matching.Made:
    what = "changed" if version.restores is None else f"brought back version {version.restores}"

    def said() -> tuple[str, str]:
        return difference(before.text if before else "", version.text)

    return matching.Made(str(version.number), version.made, version.author, what, said)


def difference(before: str, after: str) -> tuple[str, str]:
    r"""The lines taken away, and the lines added.

    >>> difference("a: 1\nb: 2", "a: 1\nb: 3")
    ('b: 2', 'b: 3')
    """
    lines = list(_changes(before, after))
    return tuple("\n".join(line[1:] for line in lines if line[0] == sign) for sign in "-+")  # type: ignore[return-value]


def _changes(before: str, after: str) -> Iterator[str]:
    found = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return (line for place, line in enumerate(found) if place >= 2 and line[0] in "-+")
