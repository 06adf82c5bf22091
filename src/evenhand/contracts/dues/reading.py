"""From what stands under ``sequestration:``, ``withhold:`` and ``prompt_pay:`` to the rules of the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.contracts.dues.states import State, built_in
from evenhand.contracts.escalation import Index
from evenhand.contracts.lateness import LateStep, LateTerms, PromptPay, wrong_steps
from evenhand.contracts.model import Selector
from evenhand.contracts.nodes import Scalar
from evenhand.contracts.records import Entry
from evenhand.contracts.selectors import CodeSets, read_selector
from evenhand.contracts.takings import Sequestration, Withhold
from evenhand.errors import Log
from evenhand.periods import Period, through

#: Keys that state terms of one's own.
_OWN = ("days", "count", "percent", "per", "year_days", "months", "steps", "of", "margin", "at_least")


@dataclass(frozen=True, slots=True)
class Tables:
    """How tables a rule names are read; each logs what it cannot read."""

    index: Callable[[Scalar], Index | None]
    states: Callable[[Scalar], Mapping[str, State]]


def _sequestrations(said: tuple[Entry, ...], sets: CodeSets, _: Tables, log: Log) -> tuple[Sequestration, ...]:
    return tuple(
        Sequestration(_percent(entry, log), _covers(entry, sets, log), _period(entry, log), entry.get("cite", ""))
        for entry in said
        if "percent" in entry.values
    )


def _withholds(said: tuple[Entry, ...], sets: CodeSets, _: Tables, log: Log) -> tuple[Withhold, ...]:
    return tuple(
        Withhold(
            _percent(entry, log),
            entry.get("order"),
            _covers(entry, sets, log),
            _period(entry, log),
            entry.get("cite", ""),
        )
        for entry in said
        if "percent" in entry.values
    )


def _percent(entry: Entry, log: Log) -> Decimal:
    share: Decimal = entry.get("percent")
    if share > 1:
        log.error(entry.line_of("percent"), "more than the whole payment cannot be taken off", "write it like 2")
    elif 0 < share < Decimal("0.001"):
        log.warn(entry.line_of("percent"), "this is less than a tenth of one percent", "write 2 for 2 %, not 0.02")
    return share


def _covers(entry: Entry, sets: CodeSets, log: Log) -> Selector | None:
    selector = read_selector(entry.get("for"), sets, log)
    return None if selector == Selector() else selector


def _period(entry: Entry, log: Log) -> Period:
    first, last = entry.get("from", date.min), entry.get("ends")
    if last is not None and last < first:
        log.error(entry.line_of("ends"), f"it would end on {last}, before it starts on {first}", "check the dates")
        last = None
    return through(first, last)


def _prompt_pays(said: tuple[Entry, ...], sets: CodeSets, tables: Tables, log: Log) -> tuple[PromptPay, ...]:
    found = (_prompt_pay(entry, sets, tables, log) for entry in said)
    return tuple(rule for rule in found if rule is not None)


def _prompt_pay(entry: Entry, sets: CodeSets, tables: Tables, log: Log) -> PromptPay | None:
    index = tables.index(entry.get("index")) if "index" in entry.values else None
    rule = PromptPay(
        (),
        paper=entry.get("claims", False),
        index=index,
        covers=_covers(entry, sets, log),
        period=_period(entry, log),
        cite=entry.get("cite", ""),
        line=entry.line,
    )
    if "state" not in entry:
        terms = _own_terms(entry, log)
        return None if terms is None else replace(rule, terms=(terms,))
    state = _state(entry, tables, log)
    if state is None:
        return None
    if index is not None and not any(terms.linked_to for terms in state.terms):
        log.error(entry.line_of("index"), f"{state.source.state} has no rate that follows an index", "drop the index")
    return replace(rule, terms=state.terms, source=state.source)


def _state(entry: Entry, tables: Tables, log: Log) -> State | None:
    stray = [key for key in _OWN if key in entry]
    if stray:
        what = f"state and {stray[0]} both stand here"
        log.error(entry.line_of(stray[0]), what, "keep the state, or state all terms yourself")
    states = tables.states(entry.get("table")) if "table" in entry.values else built_in()
    name = entry.get("state")
    if name is None or name in states:
        return states[name] if name else None
    if states or "table" not in entry.values:
        right = f"state the terms yourself, or name a table; known: {', '.join(states)}"
        log.error(entry.line_of("state"), f"there are no terms of {name}", right)
    return None


def _own_terms(entry: Entry, log: Log) -> LateTerms | None:
    if "table" in entry:
        log.error(entry.line_of("table"), "a table of states goes with state", "add 'state: TX', or drop the table")
    days: Any = entry.get("days")
    paper = None
    if isinstance(days, Entry):
        days, paper = days.get("electronic"), days.get("paper")
    terms = LateTerms(
        days=days,
        paper_days=paper,
        working=entry.get("count", False),
        per=entry.get("per", "year"),
        steps=_steps(entry, log),
        of=entry.get("of", "payment"),
        year_days=entry.get("year_days", 365),
        months=entry.get("months", "days"),
        linked_to=entry.get("index").text if "index" in entry.values else "",
        margin=entry.get("margin", Decimal(0)),
        at_least=entry.get("at_least"),
    )
    wrong = _wrong(entry, terms)
    for key, what, right in wrong:
        log.error(entry.line_of(key), what, right)
    return None if wrong else terms


def _steps(entry: Entry, log: Log) -> tuple[LateStep, ...]:
    if "steps" not in entry.values:
        return (LateStep(entry.get("percent")),) if "percent" in entry.values else ()
    said = [step for step in entry.get("steps") if "percent" in step.values]
    steps = tuple(
        LateStep(step.get("percent"), step.get("to_day"), step.get("at_most"), step.get("interest")) for step in said
    )
    wrong = wrong_steps(steps)
    if wrong is not None:
        log.error(entry.line_of("steps"), *wrong)
    return steps


def _wrong(entry: Entry, terms: LateTerms) -> list[tuple[str, str, str]]:
    """What does not go together: the key it stands under, what is wrong, what would be right."""
    ways = [key for key in ("percent", "steps", "index") if key in entry]
    found = []
    if len(ways) != 1:
        what = "prompt_pay says nothing about what is owed" if not ways else f"{' and '.join(ways)} both stand here"
        found.append((ways[-1] if ways else "days", what, "keep one of percent, steps and index, or name a state"))
    if "index" not in entry:
        stray = [key for key in ("margin", "at_least") if key in entry]
        found += [(key, f"{key} belongs to an index", "name the index, or drop the key") for key in stray]
    elif terms.per != "year":
        found.append(("per", "an index is a rate for a year", "drop per"))
    if terms.per != "once":
        if any(step.most is not None or step.yearly is not None for step in terms.steps):
            found.append(("steps", "at_most and interest belong to what is owed once", "add 'per: once'"))
        if terms.of == "discount":
            found.append(("of", "a share of charges less allowed is owed once", "add 'per: once'"))
    if "months" in entry and terms.per != "month":
        found.append(("months", "months belongs to a rate per month", "drop months, or write 'per: month'"))
    return found


#: Key under ``rules:`` → how it is read. Each rule is a tuple, empty where none holds.
DUES: dict[str, Callable[[Any, CodeSets, Tables, Log], tuple[Any, ...]]] = {
    "sequestration": _sequestrations,
    "withhold": _withholds,
    "prompt_pay": _prompt_pays,
}


def read_dues(key: str, said: Any, sets: CodeSets, tables: Tables, log: Log) -> Any:
    """The rule under a key."""
    return DUES[key](said, sets, tables, log)
