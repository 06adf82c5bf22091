"""How figures and days are written on a page: as documents write them, and how long ago something was."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from evenhand.documents.sheet import Kind, show
from evenhand.documents.words import away_words, counted, day_words

#: Kinds of figure that have a filter of the same name.
KINDS: tuple[Kind, ...] = ("money", "dollars", "change", "rate", "percent", "count", "days", "number")

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def shown(value: Any, kind: Kind) -> str:
    """One value as documents show it; nothing is ``–``.

    >>> shown(Decimal("0.0451"), "percent"), shown(None, "money"), shown("", "count")
    ('4.5%', '–', '–')
    """
    if value is None or value == "":
        return "–"
    return show(Decimal(str(value)) if isinstance(value, float) else value, kind)


def day(value: date | None) -> str:
    """A day as people write it, from a day or a moment.

    >>> day(datetime(2026, 9, 12, 8, 0)), day(None)
    ('12 September 2026', '–')
    """
    return day_words(value.date() if isinstance(value, datetime) else value or None)


def moment(value: datetime | None) -> str:
    """A moment to the minute, in UTC; one without a zone is in UTC already.

    >>> moment(datetime(2026, 9, 12, 8, 5))
    '12 September 2026, 08:05 UTC'
    """
    if not value:
        return "–"
    there = value.astimezone(UTC) if value.tzinfo else value
    return f"{day_words(there.date())}, {there:%H:%M} UTC"


def ago(then: date | None, now: datetime) -> str:
    """How far off a day or a moment is; of a moment within the last day, in minutes or hours.

    >>> noon = datetime(2026, 9, 12, 12, 0)
    >>> ago(datetime(2026, 9, 12, 11, 57), noon), ago(date(2026, 9, 10), noon), ago(date(2026, 9, 12), noon)
    ('3 minutes ago', '2 days ago', 'today')
    """
    if not then:
        return "–"
    if isinstance(then, datetime):
        passed = int((now - then).total_seconds())
        if 0 <= passed < _DAY:
            return _lately(passed)
        then = then.date()
    apart = (then - now.date()).days
    return away_words(apart) if apart else "today"


def _lately(seconds: int) -> str:
    if seconds < _MINUTE:
        return "just now"
    return f"{counted(seconds // _MINUTE, 'minute') if seconds < _HOUR else counted(seconds // _HOUR, 'hour')} ago"
