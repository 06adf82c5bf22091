"""The file of formulas: one entry for each provision, and a person's own laid over the program's."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from evenhand.contracts.durations import Duration, parse_duration
from evenhand.contracts.nodes import Fields, Node, read_document, read_yaml
from evenhand.contracts.records import Key, Record
from evenhand.contracts.shapes import TEXT, Choice, Listed, Named, Value, suggest
from evenhand.errors import ContractError, Log
from evenhand.negotiation.clauses.expressions import FormulaError, parsed

_NUMBER = Value("a number", "30 or 0.5", r"[+-]?(\d{1,12}(\.\d{1,9})?|\.\d{1,9})", float)
UNITS = ("days", "months", "share", "percent", "yes or no")
_MONTH = 30.4375
CLAUSE = Record(
    "formula",
    (
        Key("provision", TEXT, "Where a contract states it, under 'provisions:'; a dot goes one level down."),
        Key("unit", Choice({unit: unit for unit in UNITS}), "What its value counts."),
        Key("silent", _NUMBER, "The value that holds where the contract says nothing."),
        Key("to", _NUMBER, "The value a change is tried to."),
        Key("words", Named(_NUMBER), "Words the provision may be stated in, with their values."),
        Key("cost", TEXT, "What it costs the provider, in dollars a year."),
        Key("needs", Listed(TEXT, split=True), "What the book must show."),
        Key("says", TEXT, "What the formula means."),
        Key("nothing", TEXT, "Why a change would come to nothing."),
    ),
)


@dataclass(frozen=True, slots=True)
class Formula:
    """How one provision is valued.

    Attributes:
        name: its name.
        provision: where a contract states it; a dot goes one level down.
        unit: what its value counts: days, months, a share, percent, or yes (1) and no (0).
        silent: the value taken where the contract says nothing.
        to: the value a change is tried to.
        words: values of words it may be stated in.
        cost: the formula, as written.
        needs: what the book must show.
        says: what the formula means.
        nothing: why a change comes to nothing, where it does.
        source: the file it stands in.
    """

    name: str
    provision: str
    unit: str
    silent: float
    to: float
    words: Mapping[str, float]
    cost: str
    needs: tuple[str, ...]
    says: str
    nothing: str
    source: str

    def number(self, stated: Any) -> float | None:
        """The value of a provision as a contract states it; ``None`` where it says nothing that can be read."""
        if isinstance(stated, bool) or stated is None:
            return None if stated is None else float(stated)
        length = stated if isinstance(stated, Duration) else parse_duration(str(stated))
        if length is not None:
            return self._length(length)
        text = str(stated).strip().lower()
        known = {"yes": 1.0, "no": 0.0, **{word.lower(): value for word, value in self.words.items()}}
        if text in known:
            return known[text]
        if not re.fullmatch(r"[+-]?\d+(\.\d+)?\s?%?", text):
            return None
        value = float(Decimal(text.rstrip("% ")))
        share = self.unit == "percent" and not isinstance(stated, Decimal)
        return value / 100 if text.endswith("%") or share else value

    def _length(self, length: Duration) -> float | None:
        if self.unit not in ("days", "months"):
            return None
        days = length.days if length.days is not None else (length.months or 0) * _MONTH
        months = length.months if length.months is not None else days / _MONTH
        return float(round(days)) if self.unit == "days" else float(months)

    def shown(self, value: float) -> str:
        """A value of the provision for a reader.

        >>> of_program()["payment_days"].shown(30), of_program()["all_products"].shown(1.0)
        ('30 days', 'yes')
        """
        if self.unit == "yes or no" and value in (0.0, 1.0):
            return "yes" if value else "no"
        if self.unit == "percent":
            return f"{value * 100:g}%"
        return f"{value:g}" + (f" {self.unit}" if self.unit in ("days", "months") else "")


@cache
def of_program() -> dict[str, Formula]:
    """The formulas that come with the program."""
    text = (files("evenhand.negotiation.clauses") / "formulas.yaml").read_text(encoding="utf-8")
    log = Log("formulas.yaml")
    node = read_document(text, log)
    assert isinstance(node, Fields), log.problems
    return {name.text: _new(name.text, value, log) for name, value in node.entries}


def _new(name: str, node: Node, log: Log) -> Formula:
    entry = CLAUSE.read(node, log, name)
    assert entry is not None, log.problems
    assert not log.failed, log.problems
    values = {key.name: entry.get(key.name) for key in CLAUSE.keys}
    words = {word.text: value for word, value in entry.get("words", ())}
    return Formula(name=name, source=log.file, **{**values, "words": words, "needs": entry.get("needs", ())})


def read_formulas(file: Path | str | None, names: set[str], functions: set[str]) -> dict[str, Formula]:
    """The program's formulas with those of a file laid over them; every one parsed.

    Args:
        file: a YAML file of the same shape; what it does not say stays. ``None``: the program's alone.
        names: the names formulas may hold.
        functions: the functions they may call.

    Raises:
        ReadError: the file cannot be read.
        ContractError: a provision, a key or a formula is refused; all problems at once, with their lines.
    """
    known = of_program()
    if file is None:
        return known
    node, log = read_yaml(Path(file), "give a YAML file of formulas")
    found = dict(known)
    if isinstance(node, Fields):
        for name, value in node.entries:
            if name.text not in known:
                log.error(name.line, f"'{name.text}' is no provision here", suggest(name.text, list(known)))
            elif (changed := _changed(known[name.text], value, log, (names, functions))) is not None:
                found[name.text] = changed
    elif node is not None:
        log.error(node.line, "a file of formulas must hold keys", "write 'payment_days: {cost: …}'")
    if log.failed:
        raise ContractError(log.problems)
    return found


def _changed(known: Formula, node: Node, log: Log, allowed: tuple[set[str], set[str]]) -> Formula | None:
    entry = CLAUSE.read(node, log, known.name)
    if entry is None:
        return None
    values = dict(entry.values)
    if "words" in values:
        values["words"] = {word.text: value for word, value in values["words"]}
    if "cost" in values:
        try:
            parsed(values["cost"], *allowed)
        except FormulaError as problem:
            log.error(
                entry.line_of("cost"), f"{known.name}: {problem}", "write it like 'paid * cost_of_capital * it / 365'"
            )
            return None
    return replace(known, source=log.file, **values)


def tree_of(formula: Formula, names: set[str], functions: set[str]) -> ast.expr:
    """A formula ready to be evaluated."""
    return parsed(formula.cost, names, functions)


def stated(provisions: Mapping[str, Any], where: str) -> Any:
    """What a contract's provisions say at a place; ``None`` where nothing."""
    held: Any = provisions
    for part in where.split("."):
        held = held.get(part) if isinstance(held, Mapping) else None
    return held
