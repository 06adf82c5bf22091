"""Finding the archives of a release: from the publisher's page, and one page further where each release has its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.errors import ReadError
from evenhand.periods import Period, add_months
from evenhand.schedules.fetching.names import Archive, newest
from evenhand.schedules.fetching.pages import archives, links, release_pages
from evenhand.schedules.fetching.published import Asked, Publication, publications
from evenhand.schedules.fetching.web import Web

#: So many pages of one release are read at most.
_PAGES = 6


@dataclass(frozen=True, slots=True)
class Found:
    """What the publisher's page offers of one archive.

    Attributes:
        publication: What was looked for.
        asked: The release it is of: where no quarter was named, the newest there is.
        archives: Those whose name is right; several where there are versions.
        trouble: Why the page could not be read; empty where it could.
    """

    publication: Publication
    asked: Asked
    archives: Sequence[Archive] = ()
    trouble: str = ""

    @property
    def chosen(self) -> Archive | None:
        """The newest of them; ``None`` where there is none, or where the names do not tell."""
        return newest(self.archives)

    @property
    def likely(self) -> str:
        """The archive's likely name, for people."""
        return self.asked.fill(self.publication.likely, plain=True)

    @property
    def page(self) -> str:
        """The page it should be on."""
        return self.asked.fill(self.publication.page)

    @property
    def licence(self) -> str:
        """Whose licence has to be accepted before it is taken; empty where none has."""
        behind = bool(self.chosen and self.chosen.licence)
        return self.publication.licence or ("AMA" if behind else "")

    @property
    def period(self) -> Period:
        """The days the release holds for."""
        year, number = self.asked.year, (self.asked.quarter or 1) - 1
        if self.publication.lasts == "fiscal year":
            return Period(date(year - 1, 10, 1), date(year, 10, 1))
        first = date(year, number * 3 + 1, 1)
        return Period(first, add_months(first, 3 if self.publication.lasts == "quarter" else 12))

    @property
    def by_hand(self) -> str:
        """What a person does instead of the command."""
        sure = "" if self.publication.sure == "seen" else " (a name that is not certain)"
        years = f" of {self.asked.year}" if self.publication.lasts == "quarter" else ""
        lines = (
            f"By hand: open {self.page}",
            f"download {self.likely}{sure}, or the newest archive{years}; a later version's name goes on, as in "
            "-updated-MM-DD-YYYY.zip",
            f"and load it: evenhand schedules load {self.likely}",
        )
        return "\n".join(lines)

    def of(self, archive: Archive) -> Found:
        """This, with one archive chosen by a person."""
        return Found(self.publication, self.asked, (archive,))


def find(web: Web, schedule: str, year: int, quarter: int | None = None) -> list[Found]:
    """Look for every archive of a schedule's release.

    Args:
        web: What is read from.
        schedule: Name of the schedule.
        year: The year; of schedules that last a fiscal year, that one.
        quarter: The quarter, of schedules published by it; without it the newest of the year.

    Raises:
        UsageError: The schedule is not known, or not published by the quarter.
    """
    reader = _Reader(web)
    return [_find(reader, one, one.asked(year, quarter), quarter) for one in publications(schedule, quarter)]


def _find(reader: _Reader, publication: Publication, asked: Sequence[Asked], quarter: int | None) -> Found:
    trouble = ""
    for release in asked:
        try:
            found = list(reader.archives(publication, release))
        except ReadError as problem:
            trouble = trouble or str(problem)
            continue
        if found:
            return Found(publication, release, found)
    return Found(publication, asked[0] if quarter else asked[-1], (), trouble)


class _Reader:
    """Reads pages, each once."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.seen: dict[str, Sequence[str] | ReadError] = {}

    def archives(self, publication: Publication, asked: Asked) -> Iterator[Archive]:
        """The archives of a release that its page links to, or the pages it links to.

        Raises:
            ReadError: A page cannot be read.
        """
        pattern = asked.fill(publication.archive)
        start = self._links(asked.fill(publication.page))
        direct = archives(start, pattern)
        yield from direct
        further = list(release_pages(start, asked.fill(publication.follow)))[:_PAGES] if not direct else []
        names = {one.name for one in direct}
        for page in further:
            for archive in archives(self._links(page), pattern):
                if archive.name not in names:
                    names.add(archive.name)
                    yield archive

    def _links(self, page: str) -> Sequence[str]:
        """Addresses a page links to, of the publisher's and the mirror's alone."""
        if page not in self.seen:
            try:
                address, text = self.web.page(page)
                found = [self.web.here(one) for one in links(address, text)]
                self.seen[page] = [one for one in found if self.web.allowed(one)]
            except ReadError as problem:
                self.seen[page] = problem
        held = self.seen[page]
        if isinstance(held, ReadError):
            raise held
        return held
