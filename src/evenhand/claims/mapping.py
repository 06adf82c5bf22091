"""The mapping file: which column of a table is which fact of a claim, as a person writes it down.

::

    mapping: clinic billing export
    money: us                       # us 1,234.50 · european 1.234,50 · cents 123450
    dates: "%m/%d/%Y"
    columns:
      claim_id: Claim No
      charge_amount: {column: Billed, level: line}
      claim_type: {value: professional}
      payer: {column: Plan, values: {BCBS: Blue Cross}}

Every problem of a file is reported at once, with its line. Scalars are read as text, so codes keep their zeros.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from evenhand.claims.tabular import TARGETS, Cell, Layout
from evenhand.claims.tabular.layout import DATE_FORMATS, MONEY_STYLES
from evenhand.errors import EvenhandError, Problem, ReadError

_TOP = ("mapping", "money", "dates", "sheet", "header_row", "columns")
_CELL = ("column", "value", "level", "format", "values")
_NEEDED = ("claim_id", "charge_amount")


class MappingError(EvenhandError):
    """A mapping file is refused. ``problems`` holds everything wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


def read_mapping(path: Path) -> Layout:
    """Read a mapping file.

    Raises:
        ReadError: it cannot be opened, or is no YAML.
        MappingError: something in it is not known; all of it is listed.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as problem:
        raise ReadError(path, f"cannot be read ({problem.strerror})") from problem
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise ReadError(path, f"is no YAML: {' '.join(str(problem).split())}") from problem
    return _Mapping(path).layout(root)


class _Mapping:
    """One file being read: its name, and the problems found so far."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._problems: list[Problem] = []

    def layout(self, root: yaml.Node | None) -> Layout:
        """The layout, or all problems at once."""
        top = dict(self._entries(root, _TOP))
        cells = {name: cell for name, node in self._columns(top) if (cell := self._cell(name, node)) is not None}
        money = self._text(top.get("money"), "us")
        if money not in MONEY_STYLES:
            self._wrong(top["money"], f"money is written as {money!r}", f"say one of {', '.join(MONEY_STYLES)}")
        row = self._text(top.get("header_row"), "1")
        if not row.isdigit() or int(row) < 1:
            self._wrong(top["header_row"], f"header_row is {row!r}", "give the number of the row with the headings")
        for name in _NEEDED:
            if name not in cells:
                self._wrong(top.get("columns"), f"no column is said to be {name}", f"add {name}: under columns")
        if self._problems:
            raise MappingError(self._problems)
        dates = self._dates(top.get("dates"))
        name, sheet = self._text(top.get("mapping"), self._path.stem), self._text(top.get("sheet"), "") or None
        return Layout(name, cells, money, dates, sheet, int(row))

    def _columns(self, top: dict[str, yaml.Node]) -> Iterator[tuple[str, yaml.Node]]:
        return self._entries(top["columns"], tuple(TARGETS)) if "columns" in top else iter(())

    def _entries(self, node: yaml.Node | None, known: tuple[str, ...]) -> Iterator[tuple[str, yaml.Node]]:
        """The entries of a mapping whose keys are known, each once."""
        if not isinstance(node, yaml.MappingNode):
            self._wrong(
                node, "this is not a list of names and values", f"write name: value with {', '.join(known[:6])}"
            )
            return
        seen = set()
        for key, value in node.value:
            name = self._text(key, "")
            if name not in known:
                near = difflib.get_close_matches(name, known, 1)
                right = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(known[:12])}…"
                self._wrong(key, f"{name!r} is not known here", right)
            elif name in seen:
                self._wrong(key, f"{name!r} stands here twice", "keep one")
            else:
                seen.add(name)
                yield name, value

    def _cell(self, name: str, node: yaml.Node) -> Cell | None:
        if isinstance(node, yaml.ScalarNode):
            return Cell(column=node.value) if node.value else None
        said = dict(self._entries(node, _CELL))
        column, value = self._text(said.get("column"), "") or None, self._text(said.get("value"), "") or None
        if (column is None) == (value is None):
            self._wrong(
                node, f"{name} needs a column or a value", f"write {name}: {{column: …}} or {name}: {{value: …}}"
            )
        level = self._text(said.get("level"), "line")
        if level not in ("line", "claim"):
            self._wrong(said["level"], f"level is {level!r}", "say line or claim")
        values = said.get("values")
        pairs = values.value if isinstance(values, yaml.MappingNode) else []
        meant = {self._text(key, ""): self._text(text, "") for key, text in pairs}
        format_ = self._text(said.get("format"), "") or None
        return Cell(column, value, "claim" if level == "claim" else "line", format_, meant)

    def _dates(self, node: yaml.Node | None) -> tuple[str, ...]:
        if isinstance(node, yaml.SequenceNode):
            return tuple(self._text(item, "") for item in node.value)
        return (self._text(node, ""),) if node is not None else DATE_FORMATS

    def _text(self, node: Any, otherwise: str) -> str:
        return node.value if isinstance(node, yaml.ScalarNode) and isinstance(node.value, str) else otherwise

    def _wrong(self, node: yaml.Node | None, what: str, right: str) -> None:
        line = None if node is None else node.start_mark.line + 1
        self._problems.append(Problem(str(self._path), line, what, right))
