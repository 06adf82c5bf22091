"""From what stands under ``for:`` to the selector of a term."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from evenhand.codes import CodeRange
from evenhand.contracts.codevalues import FORMS, CodeFormError, parse_codes
from evenhand.contracts.model import Bound, Condition, Selector
from evenhand.contracts.nodes import Scalar
from evenhand.contracts.readmissionlanguage import read_readmission
from evenhand.contracts.records import Entry
from evenhand.contracts.shapes import suggest
from evenhand.errors import Log

ON_SCHEDULE = "on schedule"
CodeSets = Mapping[str, tuple[CodeRange, ...]]


def read_code_sets(
    pairs: tuple[tuple[Scalar, tuple[Scalar, ...]], ...], log: Log, *, known: CodeSets | None = None
) -> dict[str, tuple[CodeRange, ...]]:
    """The named lists of procedure codes, with those already known; a set may name sets above it."""
    sets = dict(known or {})
    for name, values in pairs:
        sets[name.text.lower()] = read_codes(values, sets, log)
    return sets


def read_codes(values: tuple[Scalar, ...], sets: CodeSets, log: Log) -> tuple[CodeRange, ...]:
    """Procedure codes, ranges of them and names of code sets."""
    return _ranges("codes", values, sets, log)


def read_selector(entry: Entry | None, sets: CodeSets, log: Log) -> Selector:
    """All conditions and bounds of one ``for:``."""
    if entry is None:
        return Selector()
    conditions = [*_conditions(entry, sets, log, negated=False)]
    negative = entry.get("not")
    if negative is not None:
        conditions += _conditions(negative, sets, log, negated=True)
    on_schedule = any(_says_on_schedule(value) for value in entry.get("codes", ()))
    return Selector(
        tuple(conditions),
        _bounds(entry, log),
        on_schedule,
        with_line=_nested(entry, "with", sets, log),
        without_line=_nested(entry, "without", sets, log),
        readmission=read_readmission(entry.get("readmitted_within"), log),
    )


def _nested(entry: Entry, key: str, sets: CodeSets, log: Log) -> Selector | None:
    """What another line of the claim must, or must not, meet."""
    said: Entry | None = entry.get(key)
    if said is None:
        return None
    selector = read_selector(said, sets, log)
    if selector.on_schedule:
        log.error(said.line_of("codes"), f"'on schedule' has no meaning under '{key}'", "name the codes instead")
    elif selector == Selector():
        log.error(entry.line_of(key), f"{key} names no lines", "write conditions, such as {revenue_codes: 0360-0369}")
    return selector


def _says_on_schedule(value: Scalar) -> bool:
    return value.text.strip().lower() == ON_SCHEDULE


def _conditions(entry: Entry, sets: CodeSets, log: Log, *, negated: bool) -> list[Condition]:
    found = []
    if "present_on_admission" in entry and "diagnosis" not in entry:
        line = entry.line_of("present_on_admission")
        log.error(line, "present_on_admission needs a diagnosis beside it", "name the diagnoses it is asked of")
    for attribute in (name for name in entry.values if name in FORMS):
        values = entry.get(attribute)
        if attribute == "codes" and any(_says_on_schedule(value) for value in values):
            _check_on_schedule(entry, log, negated=negated)
            continue
        ranges = _ranges(attribute, values, sets, log)
        if ranges:
            present = entry.get("present_on_admission", ()) if attribute == "diagnosis" else ()
            found.append(Condition(attribute, ranges, negated, present))
        elif not values:
            log.error(entry.line_of(attribute), f"{attribute} lists nothing", "give a value, or drop the key")
    return found


def _check_on_schedule(entry: Entry, log: Log, *, negated: bool) -> None:
    line = entry.line_of("codes")
    if negated:
        log.error(line, "'on schedule' cannot stand under 'not'", "put the term after those it must not take from")
    elif len(entry.get("codes")) > 1:
        log.error(line, "'on schedule' stands beside other codes", "make two terms of it")


def _ranges(attribute: str, values: tuple[Scalar, ...], sets: CodeSets, log: Log) -> tuple[CodeRange, ...]:
    ranges: list[CodeRange] = []
    for value in values:
        if attribute == "codes" and value.text.strip().lower() in sets:
            ranges.extend(sets[value.text.strip().lower()])
            continue
        try:
            ranges.extend(parse_codes(attribute, value.text))
        except CodeFormError as wrong:
            log.error(value.line, f"{attribute}: {wrong.what}", _right(attribute, value.text, sets, wrong))
    return tuple(dict.fromkeys(ranges))


def _right(attribute: str, text: str, sets: CodeSets, wrong: CodeFormError) -> str:
    if attribute != "codes" or not any(character.islower() for character in text):
        return wrong.right
    close = suggest(text, [*sets, ON_SCHEDULE])
    return close if "did you mean" in close else "name it under code_sets"


def _bounds(entry: Entry, log: Log) -> tuple[Bound, ...]:
    found = [_charge_bound(entry, measure, log) for measure in ("charge", "claim_charge", "invoice")]
    found += [_span(entry, measure, log) for measure in ("age", "length_of_stay")]
    return tuple(bound for bound in found if bound is not None)


def _charge_bound(entry: Entry, measure: str, log: Log) -> Bound | None:
    over, least, most = (entry.get(f"{measure}_{end}") for end in ("over", "at_least", "up_to"))
    if over is not None and least is not None:
        line = entry.line_of(f"{measure}_at_least")
        log.error(line, f"{measure}_over and {measure}_at_least both stand here", "keep one of them")
    low: Decimal | None = least if over is None else over
    if low is None and most is None:
        return None
    if low is not None and most is not None and (low > most or (low == most and over is not None)):
        log.error(entry.line_of(f"{measure}_up_to"), f"no {measure} is more than {low} and up to {most}", "swap them")
    return Bound(measure, low, most, above=over is not None)


def _span(entry: Entry, measure: str, log: Log) -> Bound | None:
    text: str | None = entry.get(measure)
    if text is None:
        return None
    low, dash, high = text.partition("-")
    first = Decimal(low) if low else None
    last = (Decimal(high) if high else None) if dash else first
    if first is not None and last is not None and first > last:
        log.error(entry.line_of(measure), f"{measure}: '{text}' runs backwards", f"write {high}-{low}")
    return Bound(measure, first, last)
