"""A negotiation written back: what is not changed stays as a person wrote it, comments included.

A file is rewritten by its sections, which are its first-level keys. What is added to a list is put at its end; a
section that changes otherwise is written anew, and loses the comments in it. The text made is read again and must say
exactly what was meant: if it does not, all of it is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from evenhand.contracts.nodes import Fields, read_document
from evenhand.errors import ContractError, Log
from evenhand.negotiation.record.language import NEGOTIATION
from evenhand.negotiation.record.model import Negotiation
from evenhand.negotiation.record.reading import FILE, negotiation_of

_WIDE = 110
_UNWRITTEN = ("line",)


def whole_text(negotiation: Negotiation) -> str:
    """The file of a negotiation, written anew.

    Raises:
        ContractError: it holds what a file cannot say, or what a reader would refuse.
    """
    text = "".join(_section(key, value) for key, value in _said(negotiation).items())
    if _read(text) != negotiation:
        _refuse(text)
    return text


def changed_text(text: str, negotiation: Negotiation) -> str:
    """A file's text with what has changed in the negotiation, and everything else as it stands.

    Raises:
        ContractError: as :func:`whole_text`.
    """
    before = _read(text)
    made = text if before is None else _with_sections(text, _said(before), _said(negotiation))
    return made if _read(made) == negotiation else whole_text(negotiation)


def _read(text: str) -> Negotiation | None:
    return negotiation_of(text, Log(FILE))


def _refuse(text: str) -> None:
    log = Log(FILE)
    negotiation_of(text, log)
    if not log.failed:
        log.error(None, "a value cannot be written so that it reads back the same", "use plain text and dates")
    raise ContractError(problem for problem in log.problems if problem.severity == "error")


def _said(negotiation: Negotiation) -> dict[str, Any]:
    """First-level keys in the order of the language, without those that say nothing."""
    plain = _plain(negotiation)
    plain["negotiation"] = plain.pop("name")
    return {key.name: plain[key.name] for key in NEGOTIATION.keys if key.name in plain}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        kept = {one.name: getattr(value, one.name) for one in fields(value) if _worth_writing(value, one)}
        return {key: _plain(one) for key, one in kept.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def _worth_writing(value: Any, field: Any) -> bool:
    given = getattr(value, field.name)
    if field.name in _UNWRITTEN or given in (None, "", ()):
        return False
    default = field.default if field.default_factory is MISSING else field.default_factory()
    return bool(default is MISSING or given != default)


class _Dumper(yaml.SafeDumper):
    """Text as a person writes it: dates and amounts bare, long text in quotes."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists stand indented under their key."""
        super().increase_indent(flow, False)


def _number(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:float", f"{value:f}")


_Dumper.add_representer(Decimal, _number)


def _dumped(value: Any) -> str:
    text: str = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDE)
    return text


def _section(key: str, value: Any) -> str:
    return _dumped({key: value})


def _with_sections(text: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    places = _places(text)
    if places is None:
        return text
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    held = sorted((key for key in changed if key in places), key=lambda key: -places[key][0])
    for key in held:  # from the end, so that earlier places stay what they are
        first, last = places[key]
        lines[first:last] = _new_lines(lines[first:last], before.get(key), after.get(key), key)
    for key in changed:
        if key not in places and key in after:
            lines.append(_section(key, after[key]))
    return "".join(lines)


def _new_lines(old: list[str], before: Any, after: Any, key: str) -> list[str]:
    if after is None:
        return []
    added = isinstance(before, list) and isinstance(after, list) and len(after) > len(before)
    if added and before and after[: len(before)] == before:
        dash = re.search(r"^( *)- ", "".join(old[1:]), re.MULTILINE)
        if dash is not None:
            return [*old, *_entries(after[len(before) :], dash[1])]
    return [_section(key, after)]


def _entries(items: list[Any], indent: str) -> list[str]:
    return [f"{indent}{line}\n" for line in _dumped(items).splitlines()]


def _places(text: str) -> dict[str, tuple[int, int]] | None:
    """The lines of each section, from its key up to its last line that says something; ``None`` for one-line files."""
    node = read_document(text, Log(FILE))
    if not isinstance(node, Fields):
        return None
    lines = text.splitlines()
    starts = [key.line - 1 for key, _ in node.entries]
    if any(re.match(r"""["']?\w""", lines[start]) is None for start in starts) or len(set(starts)) < len(starts):
        return None
    places = {}
    for (key, _), start, end in zip(node.entries, starts, [*starts[1:], len(lines)], strict=True):
        while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith(("#", "..."))):
            end -= 1
        places[key.text] = (start, end)
    return places


def shown(value: Any) -> str:
    """A value as the file writes it.

    >>> shown(date(2026, 6, 1)), shown(None)
    ('2026-06-01', '')
    """
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
