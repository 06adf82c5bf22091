"""From what stands under ``terms:`` and ``rules:`` to the terms and rules of the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.contracts.anesthesialanguage import read_anesthesia
from evenhand.contracts.capitationlanguage import read_capitation
from evenhand.contracts.chargelimitlanguage import read_limiters
from evenhand.contracts.dues import DUES, State, Tables, read_dues
from evenhand.contracts.escalation import Index
from evenhand.contracts.escalatorlanguage import read_escalators
from evenhand.contracts.inpatientterms import check_stay, stay_values
from evenhand.contracts.leveltexts import check_window, read_levels
from evenhand.contracts.methods import (
    Amount,
    ByCode,
    DrgWeights,
    Excluded,
    Packaged,
    PaidBySchedule,
    Payment,
    PercentOf,
    PercentOfCharges,
    PercentOfInvoice,
)
from evenhand.contracts.model import Per, Rules, Term
from evenhand.contracts.modifiers import read_modifiers
from evenhand.contracts.nodes import Scalar
from evenhand.contracts.paidalone import read_paid_alone
from evenhand.contracts.protection import PROTECTION, read_protection
from evenhand.contracts.rankings import read_rankings
from evenhand.contracts.records import Entry
from evenhand.contracts.selectors import CodeSets, read_selector
from evenhand.contracts.tiers import read_tiers
from evenhand.errors import Log

#: Units a way of paying cannot be stated in.
_NOT_PER: dict[str, tuple[str, ...]] = {
    "excluded": ("day",),
    "packaged": ("day", "case"),
    "capitation": ("day", "case"),
    "fee_schedule": ("day",),
    "drg_weights": ("unit", "line", "day"),
    "levels": ("unit", "line", "case"),
    "percent_of": ("day", "case"),
    "percent_of_charges": ("day",),
    "percent_of_invoice": ("day", "case"),
    "anesthesia": ("line", "day", "case"),
}
#: Units to state them in instead, where it is not ``unit or line``.
_RIGHT_PER = {
    "excluded": "case, or leave it out",
    "percent_of_charges": "case, or leave it out",
    "drg_weights": "case",
    "levels": "day",
    "anesthesia": "unit, or leave it out",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What terms are read against: code sets, the finder of schedules, and where problems go."""

    sets: CodeSets
    schedule: Callable[[Scalar], str]  # the name a schedule goes by; logs one that cannot be found
    log: Log
    index: Callable[[Scalar], Index | None]  # the table of an index; logs one that cannot be found
    states: Callable[[Scalar], Mapping[str, State]]  # a table of prompt-pay terms by state, likewise


def read_term(entry: Entry, reading: Reading) -> Term:
    """One term. What could not be read is left at its default: the log has why."""
    pay = _payment(entry.get("pay"), reading)
    per: Per = entry.get("per", "unit")
    term = Term(
        name=entry.get("name", f"term on line {entry.line}"),
        pay=pay,
        covers=read_selector(entry.get("for"), reading.sets, reading.log),
        per=per,
        cite=entry.get("cite", ""),
        carve_out=entry.get("carve_out", False),
        default=entry.get("default", False),
        excepts=tuple(name.text for name in entry.get("except", ())),
        stop_loss=entry.get("stop_loss", True),
        once=entry.get("once"),
        most_units=entry.get("most_units"),
        line=entry.line,
        source=reading.log.file,
        **stay_values(entry, reading.log),
    )
    if "pay" in entry.values:
        _check_term(term, entry, reading.log)
        check_stay(term, entry, reading.log)
        if isinstance(term.pay, Amount) and isinstance(entry.get("pay"), Entry):
            check_window(entry.get("pay"), term.per, reading.log)
    return term


def _payment(said: Any, reading: Reading) -> Payment:
    if said == "nothing":
        return Excluded()
    if said == "packaged":
        return Packaged()
    if not isinstance(said, Entry):
        return Amount(Decimal(0))
    if "amount" in said:
        return Amount(said.get("amount", Decimal(0)), said.get("days"), said.get("extra_day"))
    if "levels" in said:
        return read_levels(said, reading.log)
    if "capitation" in said:
        return read_capitation(said, reading.log)
    if "percent_of_charges" in said:
        return PercentOfCharges(said.get("percent_of_charges", Decimal(0)))
    if "percent_of_invoice" in said:
        return _by_invoice(said)
    return _by_table(said, reading)


def _by_table(said: Entry, reading: Reading) -> Payment:
    schedule = said.get("fee_schedule", said.get("percent_of", said.get("drg_weights", said.get("anesthesia"))))
    if schedule is None:
        return Amount(Decimal(0))
    if "fee_schedule" in said:
        return PaidBySchedule(reading.schedule(schedule))
    if "anesthesia" in said:
        return read_anesthesia(said, reading.schedule(schedule), reading.log)
    if "drg_weights" in said:
        return DrgWeights(reading.schedule(schedule), said.get("base", Decimal(0)))
    return PercentOf(reading.schedule(schedule), said.get("percent", Decimal(0)), _pinned(said, reading.log))


def _by_invoice(said: Entry) -> PercentOfInvoice:
    otherwise: Entry | None = said.get("otherwise")
    fallback: Amount | PercentOfCharges | None = None
    if otherwise is not None and "amount" in otherwise:
        fallback = Amount(otherwise.get("amount", Decimal(0)))
    elif otherwise is not None:
        fallback = PercentOfCharges(otherwise.get("percent_of_charges", Decimal(0)))
    return PercentOfInvoice(said.get("percent_of_invoice", Decimal(0)), said.get("up_to"), fallback)


def _pinned(said: Entry, log: Log) -> date | None:
    year, day = said.get("year"), said.get("rates_of")
    if year is not None and day is not None:
        log.error(said.line_of("rates_of"), "year and rates_of both stand here", "keep one of them")
    if year is None and day is None and not {"year", "rates_of"} & said.lines.keys():
        log.warn(
            said.line, "percent_of does not say which rates", "add 'year: 2025', or 'rates_of: date of service' to roll"
        )
    if year is not None:
        return date(year, 1, 1)
    return day if isinstance(day, date) else None


def _check_term(term: Term, entry: Entry, log: Log) -> None:
    method = term.pay.method
    if isinstance(term.pay, PercentOf | PercentOfCharges) and 0 < term.pay.factor < Decimal("0.01"):
        log.warn(entry.line_of("pay"), f"'{term.name}' pays less than one percent", "write 45 for 45 %, not 0.45")
    if isinstance(term.pay, PercentOfInvoice) and term.pay.otherwise is None:
        what = f"'{term.name}' does not say how a line without an invoice is paid: it will have no price"
        log.warn(entry.line_of("pay"), what, "add 'otherwise: {percent_of_charges: 40}' with the share agreed")
    if term.per in _NOT_PER.get(method, ()):
        allowed = _RIGHT_PER.get(method, "unit or line")
        log.error(entry.line_of("per"), f"per {term.per} does not go with {_said(method)}", f"write per: {allowed}")
    if term.covers.on_schedule and not isinstance(term.pay, ByCode):
        log.error(entry.line_of("for"), "'on schedule' needs a schedule to pay by", "name the codes instead")
    if term.carve_out and term.claim_level:
        log.error(entry.line_of("carve_out"), f"a term per {term.per} cannot be a carve-out", "drop carve_out")
    by_rate = method in ("fee_schedule", "percent_of", "amount") and not term.claim_level
    if term.once and not by_rate:
        log.error(entry.line_of("once"), "once belongs to terms paid by a rate per unit or line", "drop once")
    if term.most_units is not None and not (by_rate and term.per == "unit"):
        log.error(entry.line_of("most_units"), "most_units belongs to terms paid by a rate per unit", "drop most_units")
    if term.excepts and not term.claim_level and method != "capitation":
        log.error(entry.line_of("except"), "except belongs to terms per case or day", "drop except")


def _said(method: str) -> str:
    return {"excluded": "pay: nothing", "packaged": "pay: packaged"}.get(method, method)


def read_rules(entry: Entry | None, reading: Reading, effective: date) -> dict[str, Any]:
    """The rules that are stated; one that is said not to hold is as if nothing were said."""
    if entry is None:
        return {}
    read: Mapping[str, Callable[[Any], Any]] = {
        "grouper": lambda said: said,
        "lesser_of": lambda said: said if isinstance(said, str) else said.get("level"),
        "multiple_procedures": lambda said: read_rankings(said, reading.sets, reading.log),
        "modifiers": lambda said: read_modifiers(said, reading.log),
        "bilateral_lines": lambda said: said,
        "bilateral_units": lambda said: said,
        "indicators": reading.schedule,
        "tiers": lambda said: read_tiers(said, reading.sets, reading.log),
        "paid_alone": lambda said: read_paid_alone(said, reading.sets, reading.log),
        "escalator": lambda said: read_escalators(said, effective, reading.index, reading.log),
        "charge_limiter": lambda said: read_limiters(said, reading.log),
    }
    none = Rules()
    rules = {name: getattr(none, name) for name, said in entry.values.items() if said == "none"}
    for name, said in entry.values.items():
        if name in PROTECTION and name not in rules:
            rules[name] = read_protection(name, said, reading.sets, reading.log)
        elif name in DUES and name not in rules:
            rules[name] = read_dues(name, said, reading.sets, Tables(reading.index, reading.states), reading.log)
        elif name not in rules:
            rules[name] = read[name](said)
    if "modifiers" in rules:
        rules.update(rules["modifiers"] or {"modifiers": {}, "modifiers_by_code": {}})
    return rules


def apply_rules(rules: Rules, said: Mapping[str, Any]) -> Rules:
    """Rules with those that are stated in place of those of the same name."""
    return Rules(**{name: said.get(name, getattr(rules, name)) for name in Rules.__dataclass_fields__})
