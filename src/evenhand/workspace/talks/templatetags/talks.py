"""Names of files without their folders."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def last_part(path: str) -> str:
    """What a path ends in.

    >>> last_part("attachments/9f86d0-letter.pdf")
    '9f86d0-letter.pdf'
    """
    return path.rpartition("/")[2]
