"""Rankings of procedures in the contract language: what may be written, how it is read and written back."""

from __future__ import annotations

from typing import Any

from evenhand.codes import CodeRange
from evenhand.contracts.model import ASSISTANTS, Condition, MultipleProcedures, Selector
from evenhand.contracts.nodes import Log
from evenhand.contracts.records import Entry, Key, Record
from evenhand.contracts.selectors import CodeSets, read_selector
from evenhand.contracts.shapes import PERCENT, Choice, Either, Listed, Shape, Value

#: Procedures ranked when a contract does not say which: surgery, as the code book orders it.
SURGERY = Selector((Condition("codes", (CodeRange("10004", "69990"),)),))


INDICATOR = Value("an indicator of a few letters or digits", "2", r"[A-Za-z0-9]{1,4}", str.upper)


def ranking_keys(selector: Record, modifier: Value) -> tuple[Key, ...]:
    """The keys of ``multiple_procedures``."""
    apart: Shape = Either(Choice({"none": "none"}, "modifiers"), Listed(modifier, split=True))
    return (
        Key(
            "order",
            Choice({"fee": "fee", "rvu": "rvu"}),
            "Highest fee (so without it) or relative value first.",
        ),
        Key(
            "percent",
            Listed(PERCENT),
            "First, second, third…; the last repeats.",
            required=True,
            example="[100, 50, 25]",
        ),
        Key("for", selector, "Which procedures; without it codes 10004-69990."),
        Key(
            "units",
            Choice({"line": "line", "each": "each"}),
            "line: a line is one procedure, whatever its units (so without this key). each: every unit takes a rank.",
        ),
        Key("scope", Choice({"day": "day", "claim": "claim"}), "Rank those of one day (so without it), or all."),
        Key("indicator", Listed(INDICATOR, split=True), "Which procedures, by their 'multiple' indicator."),
        Key("apart", apart, "Modifiers whose lines are ranked by themselves; without it 80, 81, 82, AS."),
    )


def read_ranking(said: Entry, sets: CodeSets, log: Log) -> MultipleProcedures | None:
    """The ranking an entry states; ``None`` when it does not say what it pays."""
    selector = Selector() if "indicator" in said else SURGERY
    if "for" in said:
        selector = read_selector(said.get("for"), sets, log)
    if selector.on_schedule:
        log.error(said.line_of("for"), "'on schedule' has no meaning here", "name the codes instead")
    factors = said.get("percent", ())
    if "percent" in said and not factors:
        log.error(said.line_of("percent"), "percent lists nothing", "write it like [100, 50, 25]")
    if not factors:
        return None
    return MultipleProcedures(
        factors,
        selector,
        units=said.get("units", "line"),
        scope=said.get("scope", "day"),
        apart=_apart(said.get("apart")),
        order=said.get("order", "fee"),
        indicators=tuple(dict.fromkeys(said.get("indicator", ()))),
    )


def _apart(said: Any) -> tuple[str, ...]:
    if said is None:
        return ASSISTANTS
    return () if "none" in (said, *said) else tuple(said)


def said_ranking(ranking: MultipleProcedures) -> dict[str, Any]:
    """What a contract file says of the ranking, all but its percentages and its selector."""
    said: dict[str, Any] = {"order": ranking.order, "units": ranking.units, "scope": ranking.scope}
    if ranking.indicators:
        said["indicator"] = list(ranking.indicators)
    return said | ({} if ranking.apart == ASSISTANTS else {"apart": list(ranking.apart) or "none"})
