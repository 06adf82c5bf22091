"""Text that people typed, made fit for a page and for XML before anything is laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from evenhand.documents.sheet import printable

Thing = TypeVar("Thing")


def cleaned(thing: Thing) -> Thing:
    r"""The same with every text in it printable, however deep; escaping is left to the rendering.

    >>> cleaned({"name": "Summit\x00 Health", "rows": ("a\ud800",)})
    {'name': 'Summit� Health', 'rows': ('a�',)}
    """
    made: Any = thing
    if isinstance(thing, str):
        made = printable(thing)
    elif isinstance(thing, Mapping):
        made = {key: cleaned(value) for key, value in thing.items()}
    elif isinstance(thing, tuple | list):
        made = type(thing)(cleaned(one) for one in thing)
    elif is_dataclass(thing) and not isinstance(thing, type):
        made = replace(thing, **{one.name: cleaned(getattr(thing, one.name)) for one in fields(thing)})
    found: Thing = made
    return found
