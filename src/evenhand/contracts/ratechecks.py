"""What is odd about a rate table once its rows are read: overlaps, gaps, forms of codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from evenhand.contracts.model import Rate
from evenhand.errors import Log


def check_overlaps(rates: Sequence[Rate], log: Log) -> None:
    """Two amounts for one day are an error; the same twice, and days between without a rate, a warning."""
    groups: dict[tuple[str, str, str], list[Rate]] = defaultdict(list)
    for rate in rates:
        groups[rate.code, rate.modifier, rate.setting].append(rate)
    for group in groups.values():
        if len(group) > 1:
            ordered = sorted(group, key=lambda rate: (rate.period, rate.line))
            furthest = ordered[0]
            for later in ordered[1:]:
                _check_pair(furthest, later, log)
                furthest = max(furthest, later, key=lambda rate: rate.period.end)


def _check_pair(earlier: Rate, later: Rate, log: Log) -> None:
    what = " ".join(part for part in (later.code, later.modifier, later.setting) if part)
    if earlier.period.meet(later.period) is None:
        if earlier.period.end < later.period.start:
            log.warn(
                later.line,
                f"{what} has no rate from {earlier.period.end} until {later.period.start}",
                f"see line {earlier.line}",
            )
    elif earlier.amount != later.amount:
        first, second = sorted((earlier, later), key=lambda rate: rate.line)
        log.error(
            second.line,
            f"{what} has two amounts for the same days: {first.amount} on line {first.line} and {second.amount} here",
            "keep one, or give them dates",
        )
    else:
        log.warn(
            max(earlier.line, later.line),
            f"{what} stands here twice with the same amount",
            f"see line {min(earlier.line, later.line)}",
        )


def check_forms(rates: Sequence[Rate], log: Log, *, by: str = "code") -> None:
    """Codes of unusual length, and rates of nothing."""
    odd = [rate for rate in rates if len(rate.code) != 5 and by == "code"]
    if odd:
        log.warn(
            odd[0].line,
            f"{len(odd)} code(s) do not have five characters, the first is '{odd[0].code}'",
            "a spreadsheet may have dropped leading zeros: keep the column as text",
        )
    free = [rate for rate in rates if rate.amount == 0]
    if free:
        log.warn(
            free[0].line,
            f"{len(free)} rate(s) are 0.00, the first for {free[0].code}: these services are paid nothing",
            "leave the row out if the code has no rate",
        )
