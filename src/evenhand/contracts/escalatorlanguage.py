"""The language of escalators: their keys, what they mean, how they are written and said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.contracts.escalation import Escalator, Index
from evenhand.contracts.nodes import Scalar
from evenhand.contracts.records import Entry, Key, Record
from evenhand.contracts.shapes import CHANGE, DATE, LENGTH, YES, Choice, Listed, Value, Word
from evenhand.errors import Log

METHODS_ESCALATED = ("fee_schedule", "percent_of", "amount", "anesthesia", "case", "day")
_METHOD_WORDS = {
    "fee_schedule": "fee schedules",
    "percent_of": "percentages of a schedule",
    "amount": "stated amounts",
    "anesthesia": "anesthesia",
    "case": "case rates",
    "day": "day rates",
}
_NAMES = Listed(Word("a name", "Implants"))


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


MONTH = Value("a month", "2024-09", r"\d{4}-\d{2}", _month)
DECIMALS = Value("a number from 0 to 4", "1", r"[0-4]", int)

ESCALATOR = Record(
    "escalator",
    (
        Key("every", LENGTH, "How often, in months or years.", required=True, example="1 year"),
        Key("percent", CHANGE, "Rise at each step, compounding."),
        Key("index", Word("a CSV or XLSX file", "cpi-medical.csv"), "Table of a published index by month, instead."),
        Key("floor", CHANGE, "With an index: the least rise of a step, in percent."),
        Key("cap", CHANGE, "With an index: the most a step may rise, in percent."),
        Key("lag", LENGTH, "With an index: how many months before a step its index was published for."),
        Key("base_month", MONTH, "With an index: the month the first step is compared with."),
        Key("decimals", DECIMALS, "With an index: decimals of a percent its change is rounded to."),
        Key(
            "applies_to",
            Listed(Choice({word: word for word in METHODS_ESCALATED})),
            "Ways of paying it moves, and 'case' or 'day' for such terms.",
        ),
        Key("terms", _NAMES, "Terms it moves, by name."),
        Key("schedules", _NAMES, "Schedules it moves, by name or file."),
        Key("from", DATE, "Where counting starts; without it, the effective date."),
        Key("thresholds", YES, "Whether dollar thresholds and caps of the rules rise as well."),
    ),
)
#: Keys that say nothing without an index.
_OF_INDEX = ("floor", "cap", "lag", "base_month", "decimals")


def read_escalators(
    said: tuple[Entry, ...], effective: date, index: Callable[[Scalar], Index | None], log: Log
) -> tuple[Escalator, ...]:
    """The escalators stated; what is wrong with one goes into the log, and it is left out."""
    found = (_escalator(one, effective, index, log) for one in said)
    return tuple(one for one in found if one is not None)


def _escalator(said: Entry, effective: date, index: Callable[[Scalar], Index | None], log: Log) -> Escalator | None:
    every, wrong = said.get("every"), _wrong(said)
    for key, what, right in wrong:
        log.error(said.line_of(key), what, right)
    if wrong or every is None:
        return None
    table = index(said.get("index")) if "index" in said.values else None
    lag = said.get("lag")
    return Escalator(
        start=said.get("from", effective),
        months=every.months,
        factor=1 + said.get("percent", Decimal(0)),
        applies_to=said.get("applies_to", ()),
        terms=tuple(name.text for name in said.get("terms", ())),
        schedules=tuple(name.text for name in said.get("schedules", ())),
        index=table,
        floor=said.get("floor"),
        cap=said.get("cap"),
        lag=0 if lag is None else lag.months,
        base_month=said.get("base_month"),
        decimals=said.get("decimals"),
        thresholds=said.get("thresholds", False),
        line=said.line,
        source=log.file,
    )


def _wrong(said: Entry) -> list[tuple[str, str, str]]:
    """What does not go together: the key it stands under, what is wrong, what would be right."""
    found: list[tuple[str, str, str]] = [
        (key, f"{key}: '{said.get(key)}' is not months or years", "write it like 1 year")
        for key in ("every", "lag")
        if key in said.values and said.get(key).months is None
    ]
    if 1 + said.get("percent", Decimal(0)) <= 0:
        found.append(("percent", "the escalator takes rates to zero or below", "write it like 3"))
    if not {"applies_to", "terms", "schedules"} & said.lines.keys():
        right = "add 'applies_to: [fee_schedule, case]', or name terms or schedules"
        found.append(("every", "escalator has no 'applies_to'", right))
    return found + _wrong_with_index(said)


def _wrong_with_index(said: Entry) -> list[tuple[str, str, str]]:
    found = []
    if "percent" in said and "index" in said:
        found.append(("index", "percent and index both stand here", "keep one of them"))
    elif "percent" not in said and "index" not in said:
        found.append(("every", "escalator has no 'percent'", "add 'percent: 3', or 'index: FILE'"))
    if "index" not in said:
        stray = [key for key in _OF_INDEX if key in said]
        found += [(key, f"{key} belongs to an index", "name the index, or drop the key") for key in stray]
    floor, cap = said.get("floor"), said.get("cap")
    if floor is not None and cap is not None and floor > cap:
        found.append(("floor", "the floor is above the cap", "swap them"))
    return found


def written_escalators(escalators: tuple[Escalator, ...], index_file: Callable[[Index], str]) -> Any:
    """Escalators as the contract file has them; ``index_file`` gives the name of an index's table."""
    return [_written(one, index_file) for one in escalators] or "none"


def _written(one: Escalator, index_file: Callable[[Index], str]) -> dict[str, Any]:
    said: dict[str, Any] = {"every": f"{one.months} months"}
    if one.index is None:
        said["percent"] = _percent(one.factor - 1)
    else:
        said["index"] = index_file(one.index)
        optional = {
            "floor": None if one.floor is None else _percent(one.floor),
            "cap": None if one.cap is None else _percent(one.cap),
            "lag": f"{one.lag} months" if one.lag else None,
            "base_month": None if one.base_month is None else f"{one.base_month:%Y-%m}",
            "decimals": one.decimals,
        }
        said |= {key: value for key, value in optional.items() if value is not None}
    lists = {"applies_to": one.applies_to, "terms": one.terms, "schedules": one.schedules}
    said |= {key: value for key, value in lists.items() if value}
    return {**said, "from": one.start, **({"thresholds": "yes"} if one.thresholds else {})}


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}"


def escalators_words(escalators: tuple[Escalator, ...]) -> str:
    """All escalators in words."""
    return "; ".join(map(escalator_words, escalators)) or "none"


def escalator_words(rule: Escalator) -> str:
    """One escalator in words."""
    every = "year" if rule.months == 12 else f"{rule.months} months"
    words = f"{_rise_words(rule)} every {every} from {rule.start}, on {_what_words(rule)}"
    return f"{words}, thresholds included" if rule.thresholds else words


def _rise_words(rule: Escalator) -> str:
    if rule.index is None:
        return f"{_percent(rule.factor - 1)}%"
    parts = [f"the change of {rule.index.name}"]
    parts += [] if rule.lag == 0 else [f"{rule.lag} month{'' if rule.lag == 1 else 's'} before"]
    parts += [] if rule.base_month is None else [f"first compared with {rule.base_month:%Y-%m}"]
    parts += [] if rule.floor is None else [f"at least {_percent(rule.floor)}%"]
    parts += [] if rule.cap is None else [f"at most {_percent(rule.cap)}%"]
    parts += [] if rule.decimals is None else [f"rounded to {rule.decimals} decimals"]
    return f"{parts[0]} ({', '.join(parts[1:])})" if parts[1:] else parts[0]


def _what_words(rule: Escalator) -> str:
    kinds = [*(_METHOD_WORDS[kind] for kind in rule.applies_to), *(f"'{name}'" for name in rule.terms)]
    kinds += [f"schedule {name}" for name in rule.schedules]
    return " and ".join([", ".join(kinds[:-1]), kinds[-1]] if len(kinds) > 1 else kinds) or "nothing"
