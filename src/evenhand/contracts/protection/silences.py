"""What stop-loss rules leave open although it decides money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evenhand.contracts.model import FeeSchedule, Version
from evenhand.contracts.stoploss import Mean, StopLoss


def silent_protection(versions: tuple[Version, ...]) -> Iterator[tuple[str, str]]:
    """Each silence in words, with what to write; only where the contract has something it would decide."""
    seen = set()
    for version in versions:
        carves = any(term.carve_out or term.excepts for term in version.terms)
        for rule in version.rules.stop_loss:
            for told in _silences(rule, version, carves=carves):
                if told not in seen:
                    yield told
                seen.add(told)


def _silences(rule: StopLoss, version: Version, *, carves: bool) -> Iterator[tuple[str, str]]:
    rules, schedules = version.rules, version.schedules.values()
    name = f"stop-loss '{rule.name}' does not say"
    if carves and rule.carve_outs_count is None:
        what = f"{name} whether charges of carve-outs count towards it; priced as if they do not"
        yield what, "add 'carve_outs: {count: yes}' or 'no'"
    if carves and rule.carve_outs_replaced is None:
        what = f"{name} whether carve-outs are paid besides it; priced as if they are"
        yield what, "add 'carve_outs: {replaced: no}' or 'yes'"
    if rules.escalator and rule.escalates is None and not any(each.thresholds for each in rules.escalator):
        what = f"{name} whether its dollars rise with the escalator; priced as if they do not"
        yield what, "add 'escalates: no' or 'yes'"
    if any(each.times_average_stay for each in rule.when) and rule.average_stay is None:
        what = f"{name} what the average stay is; claims of DRGs without one never meet it"
        yield what, "add 'average_stay: 4.2', or 'amlos' for that of the DRG in its table"
    elif isinstance(rule.average_stay, str) and not _known(rule.average_stay, schedules):
        what = f"stop-loss '{rule.name}' goes by {rule.average_stay}, which no table of DRGs gives: no claim meets it"
        yield what, f"give the table a column {rule.average_stay.upper()}"
    if rule.most is None and rule.most_of_charges is None and rule.pay.maximum is None:
        yield f"{name} whether there is a most it pays; priced without one", "add 'maximum: {percent_of_charges: 100}'"


def _known(mean: Mean, schedules: Iterable[FeeSchedule]) -> bool:
    """Whether some table of DRGs gives the mean."""
    return any(getattr(rate.drg, mean, None) is not None for table in schedules for rate in table.rates)
