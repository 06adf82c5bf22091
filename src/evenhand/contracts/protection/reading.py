"""From what stands under ``stop_loss:`` to the rules of the model."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from evenhand.contracts.model import Selector
from evenhand.contracts.protection.limitreading import read_limits
from evenhand.contracts.records import Entry, named_once
from evenhand.contracts.selectors import CodeSets, read_selector
from evenhand.contracts.stoploss import ServiceThreshold, StopLoss, StopLossPay, Trigger
from evenhand.errors import Log

_CHARGES = ("charges_over", "by_service", "times_rate")
_DAYS = ("days_over", "times_average_stay")


def read_protection(key: str, said: Any, sets: CodeSets, log: Log) -> Any:
    """The rule under a key."""
    return PROTECTION[key](said, sets, log)


def _stop_losses(said: tuple[Entry, ...], sets: CodeSets, log: Log) -> tuple[StopLoss, ...]:
    rules = tuple(rule for entry in said if (rule := _stop_loss(entry, sets, log)) is not None)
    named_once(said, [rule.name for rule in rules], "stop_loss rules", log)
    return rules


def _stop_loss(entry: Entry, sets: CodeSets, log: Log) -> StopLoss | None:
    if not {"when", "pay", "effect"} <= entry.values.keys():
        return None
    pay, when = _pay(entry.get("pay"), log), _when(entry.get("when"), sets, log)
    carve_outs, maximum = entry.get("carve_outs", Entry(entry.line)), entry.get("maximum", Entry(entry.line))
    if pay is None or not when:
        return None
    _check(entry, pay, when, log)
    return StopLoss(
        name=entry.get("name", ""),
        when=when,
        pay=pay,
        effect=entry.get("effect"),
        covers=_covers(entry, sets, log),
        carve_outs_count=carve_outs.get("count"),
        carve_outs_replaced=carve_outs.get("replaced"),
        escalates=entry.get("escalates"),
        average_stay=entry.get("average_stay"),
        most=maximum.get("amount"),
        most_of_charges=maximum.get("percent_of_charges"),
        cite=entry.get("cite", ""),
    )


def _covers(entry: Entry, sets: CodeSets, log: Log) -> Selector | None:
    if "for" not in entry.values:
        return None
    selector = read_selector(entry.get("for"), sets, log)
    if selector.on_schedule:
        log.error(entry.line_of("for"), "'on schedule' has no meaning here", "name the codes instead")
    return None if selector == Selector() else selector


def _when(said: Entry, sets: CodeSets, log: Log) -> tuple[Trigger, ...]:
    """One trigger, or one for each alternative with what must hold besides."""
    common = {key: value for key, value in said.values.items() if key != "any"}
    several: tuple[Entry, ...] = said.get("any", ())
    together = [common | one.values for one in several] or [common]
    for one in several:
        for key in common.keys() & one.values.keys():
            log.error(one.line_of(key), f"{key} stands beside any: and in it", "say it once")
    if not all(together):
        log.error(said.line, "when says nothing", "write it like {charges_over: 150000}")
        return ()
    for conditions in together:
        _check_trigger(conditions, said, log)
    return tuple(_trigger(conditions, sets, log) for conditions in together)


def _check_trigger(conditions: dict[str, Any], said: Entry, log: Log) -> None:
    for kind in (_CHARGES, _DAYS):
        both = [key for key in kind if key in conditions]
        if len(both) > 1:
            log.error(said.line, f"when says {' and '.join(both)}", "keep one; put the others under any:")


def _trigger(said: dict[str, Any], sets: CodeSets, log: Log) -> Trigger:
    services: tuple[Entry, ...] = said.get("by_service", ())
    return Trigger(
        charges_over=said.get("charges_over"),
        by_service=tuple(
            ServiceThreshold(each.get("charges_over"), _covers(each, sets, log))
            for each in services
            if "charges_over" in each.values
        ),
        times_rate=said.get("times_rate"),
        days_over=None if "days_over" not in said else Decimal(said["days_over"]),
        times_average_stay=said.get("times_average_stay"),
        charges_under_share_of_rate=said.get("charges_under_share_of_rate"),
    )


def _pay(said: Entry, log: Log) -> StopLossPay | None:
    of, besides = said.get("of"), said.get("lesser_with")
    if ("percent" in said) == ("per_day" in said):
        log.error(
            said.line, "pay must say either percent or per_day", "for the lesser of both, add lesser_with to percent"
        )
        return None
    if of is None:
        return None
    days = "per_day" in said
    if days != of.endswith("days"):
        right = "of: all days or of: excess days" if days else "of: charges or of: excess"
        log.error(said.line_of("of"), f"of: {of} does not go with {'per_day' if days else 'percent'}", f"write {right}")
        return None
    if days and besides is not None:
        log.error(
            said.line_of("lesser_with"), "lesser_with goes with percent", "write percent, lesser_with: {per_day: …}"
        )
    per_day = said.get("per_day") if days else besides and besides.get("per_day")
    days_of = of if days else besides and besides.get("of")
    return StopLossPay(
        percent=said.get("percent"),
        of="excess" if of == "excess" else "charges",
        per_day=per_day,
        days="excess" if days_of == "excess days" else "all",
        minimum=said.get("minimum"),
        maximum=said.get("maximum"),
    )


def _check(entry: Entry, pay: StopLossPay, when: tuple[Trigger, ...], log: Log) -> None:
    if pay.of == "excess" and not all(each.has_charge_threshold for each in when):
        what = "excess charges need a threshold of charges in every trigger"
        log.error(entry.line_of("when"), what, "add charges_over, by_service or times_rate")
    if pay.days == "excess" and not all(each.needs_stay for each in when):
        what = "excess days need a threshold of days in every trigger"
        log.error(entry.line_of("when"), what, "add days_over or times_average_stay")
    if pay.percent is not None and 0 < pay.percent < Decimal("0.01"):
        log.warn(
            entry.line_of("pay"), f"'{entry.get('name')}' pays less than one percent", "write 60 for 60 %, not 0.60"
        )


#: Key under ``rules:`` → how it is read. Each rule is a tuple, empty where none holds.
PROTECTION: dict[str, Callable[[Any, CodeSets, Log], tuple[Any, ...]]] = {
    "stop_loss": _stop_losses,
    "limits": read_limits,
}
