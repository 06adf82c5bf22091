"""Names of archives: which are of a release, and which of its versions is the newest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urlsplit

#: What a later version adds to a name; each word stands behind a sign, so that a name is matched in one way only.
_LATER = r"(?:[-_ ./]+(?:updated?|revised|revision|corrected|correction|final|preliminary|files?|version|v?[0-9]+))*"
_DAY = re.compile(r"(?<!\d)(\d{2})[-_./]?(\d{2})[-_./]?(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive a page links to.

    Attributes:
        name: The name of its file, as it is kept.
        url: Where it is.
        licence: Address of the page on which a licence is accepted first; empty where there is none.
        later: What stands in its name behind that of the release.
    """

    name: str
    url: str
    licence: str = ""
    later: str = ""

    @property
    def day(self) -> date | None:
        """The day in its name."""
        found = _DAY.search(self.later)
        try:
            return date(int(found[3]), int(found[1]), int(found[2])) if found else None
        except ValueError:
            return None

    @property
    def count(self) -> int:
        """The number a second file of one name is given: ``rvu25d-0.zip``; 0 where it has none."""
        found = re.search(r"[-_](\d{1,2})$", _DAY.sub("", self.later))
        return int(found[1]) + 1 if found else 0


def named(url: str, pattern: str) -> Archive | None:
    """The archive an address leads to, if its name is of the release; days written with strokes are in the path.

    >>> named("https://www.cms.gov/files/zip/rvu26a-updated-12-29-2025.zip", "rvu26a").later
    '-updated-12-29-2025'
    """
    path = unquote(urlsplit(url).path)
    found = re.search(rf"(?:^|/)(?P<own>{pattern})(?P<later>{_LATER})[-_ ]*\.zip$", path, re.IGNORECASE)
    if not found:
        return None
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", found[0].strip("/"))
    return Archive(name, url, later=found["later"].lower())


def newest(archives: Sequence[Archive]) -> Archive | None:
    """The newest version of an archive; ``None`` where the names do not tell.

    A name with an addition is newer than the plain one, a final version than a preliminary one, a later day than an
    earlier, a higher number than a lower.
    """
    left = _but(archives, lambda one: "preliminary" in one.later)
    left = _but(left, lambda one: not one.later)
    if len({one.day is None for one in left}) > 1:
        return None
    best = max(((one.day or date.min, one.count) for one in left), default=None)
    first = [one for one in left if (one.day or date.min, one.count) == best]
    alike = len({_wording(one) for one in left}) == 1 or all(one.day for one in left)
    return first[0] if len(first) == 1 and alike else None


def _but(archives: Sequence[Archive], older: Callable[[Archive], bool]) -> Sequence[Archive]:
    return [one for one in archives if not older(one)] or archives


def _wording(archive: Archive) -> str:
    return re.sub(r"[-_ ./0-9]+", "-", archive.later).strip("-")
