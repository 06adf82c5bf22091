"""The links of a page, and the archives that hide behind a licence page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from evenhand.schedules.fetching.names import Archive, named

#: Pages on which CMS asks to accept the AMA's licence, and hands on to the archive in ``file=``.
_AMA = re.compile(r"/(?:apps/ama/license\.asp|license/ama)/?", re.IGNORECASE)
#: What CMS's licence page adds to an archive's address when the licence is accepted there.
ACCEPTED = "?agree=yes&next=Accept"


@dataclass
class _Anchors(HTMLParser):
    """Collects where anchors lead."""

    base: str
    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the address of an anchor."""
        if tag == "a":
            self.found += [_joined(self.base, value) for name, value in attrs if name == "href" and value]


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:  # an address that is none
        return ""


def links(page: str, text: str) -> Sequence[str]:
    """Addresses a page links to, in its order, each once."""
    anchors = _Anchors(page)
    anchors.feed(text)
    anchors.close()
    return list(dict.fromkeys(filter(None, anchors.found)))


def archives(addresses: Sequence[str], pattern: str) -> Sequence[Archive]:
    """The archives of a release among addresses, each once; those behind a licence page say so."""
    found: dict[str, Archive] = {}
    for address in addresses:
        archive = _behind_licence(address, pattern) or named(address, pattern)
        if archive and not found.get(archive.name, Archive("", "")).licence:
            found[archive.name] = archive
    return list(found.values())


def _behind_licence(address: str, pattern: str) -> Archive | None:
    parts = urlsplit(address)
    if not _AMA.fullmatch(parts.path):
        return None
    (file, *_) = parse_qs(parts.query).get("file") or [""]
    archive = named(_joined(address, file), pattern) if file else None
    return archive and replace(archive, licence=address)


def release_pages(addresses: Sequence[str], pattern: str) -> Iterator[str]:
    """Addresses of the pages of a release: their last part is its name."""
    for address in addresses:
        last = unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2]
        if pattern and re.fullmatch(rf"(?:{pattern})(?:-\d+)?", last, re.IGNORECASE):
            yield address.partition("#")[0]
