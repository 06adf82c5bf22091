"""G4: benchmarks come from published files or one's own contracts, never from rivals' private rates."""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.errors import UsageError
from evenhand.negotiation.rails.facts import RAILS, Flag

PUBLISHED, OWN = "published", "own contract"


def pooled(sources: Iterable[tuple[str, str]]) -> Flag:
    """Whether a benchmark pools what it must not.

    Args:
        sources: each source's name and its kind: ``published``, ``own contract``, or anything else.
    """
    others = [name for name, kind in sources if kind not in (PUBLISHED, OWN)]
    if not others:
        return Flag("G4", "clear", "benchmark", "published files and one's own contracts only")
    found = f"not published and not your own: {', '.join(others)}"
    return Flag("G4", "blocked", "benchmark", found, f"take {PUBLISHED} files or your {OWN}s")


def refuse_pooled(sources: Iterable[tuple[str, str]]) -> None:
    """Go no further with a benchmark that pools others' private rates.

    Raises:
        UsageError: it does.
    """
    flag = pooled(sources)
    if flag.state == "blocked":
        raise UsageError(f"G4: {flag.found}; {flag.clears} ({RAILS['G4'].source})")
