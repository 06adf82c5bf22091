"""Days and numbers of things in words, the same on the screen, on paper and on the site."""

from __future__ import annotations

from datetime import date


def day_words(day: date | None) -> str:
    """A day as people write it.

    >>> day_words(date(2026, 9, 2)), day_words(None)
    ('2 September 2026', '–')
    """
    return "–" if day is None else f"{day.day} {day:%B %Y}"


def away_words(days: int) -> str:
    """How far off a day is.

    >>> away_words(1), away_words(-120)
    ('1 day from now', '120 days ago')
    """
    return f"{counted(abs(days), 'day')} {'from now' if days >= 0 else 'ago'}"


def counted(number: int, what: str) -> str:
    """A number of things; their plural stands after a comma where it is not an s.

    >>> counted(1, "load"), counted(1200, "load"), counted(2, "party,parties")
    ('1 load', '1,200 loads', '2 parties')
    """
    one, _, many = what.partition(",")
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
