"""What is read of an e-mail, whichever way it was saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

#: Characters that are kept of a text, and files that are kept of one e-mail.
LONGEST, MOST = 50_000, 50


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail: ``who`` are sender and receivers, ``files`` the names and bytes of what is attached."""

    date: date
    who: tuple[str, ...]
    subject: str
    text: str
    files: tuple[tuple[str, bytes], ...] = ()

    @property
    def said(self) -> str:
        """Subject and text."""
        return f"{self.subject}\n\n{self.text}".strip()


def day_of(moment: datetime) -> date:
    """The day a moment is on: in UTC, where its zone is told."""
    return moment.astimezone(UTC).date() if moment.tzinfo else moment.date()
