"""Indicators of codes laid out: each code's timeline without gaps, and the profile its rules go by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Any

from evenhand.contracts.indicators import KINDS, SHARES
from evenhand.contracts.methods import PaidBySchedule, PercentOf
from evenhand.contracts.model import FeeSchedule, Indicators, ModifierByCode, Rules, Term, Version
from evenhand.periods import ALWAYS
from evenhand.pricing.rates import rounded

_PROFILED = (*KINDS, *SHARES)
_NOT_SAID = ("",) * len(_PROFILED)


@dataclass(slots=True)
class Profiles:
    """Every different set of indicators that rules go by, numbered from 1; 0 is a code that has none."""

    numbers: dict[tuple[str, ...], int] = field(default_factory=dict)
    laid_out: set[int] = field(default_factory=set)  # keys of the schedules whose codes have rows

    def number(self, values: Mapping[str, str]) -> int:
        """The number of the profile of a code."""
        profile = tuple(map(values.get, _PROFILED, _NOT_SAID))
        return self.numbers.setdefault(profile, len(self.numbers) + 1)

    def rows(self, key: int, schedule: FeeSchedule, rows: list[tuple[Any, ...]]) -> None:
        """Lay out the codes of a schedule once."""
        if key in self.laid_out:
            return
        self.laid_out.add(key)
        for code, several in groupby(schedule.indicators, key=lambda one: one.code):
            for start, end, one in _timeline(list(several)):
                if one is None:
                    rows.append((key, code, start, end, 0, 0, *(None,) * 6))
                else:
                    numbers = (len(rows) + 1, self.number(one.values))
                    rvus, reduced = (_by_setting(one.values, name) for name in ("rvu", "reduced"))
                    kinds = (one.values.get("endo_base"), one.values.get("pctc"))
                    rows.append((key, code, start, end, *numbers, *rvus, *kinds, *reduced))

    def modifier_rows(self, version_key: int, rules: Rules) -> Iterator[tuple[Any, ...]]:
        """The factor of each modifier for each profile it depends on."""
        for modifier, rule in sorted(rules.modifiers_by_code.items()):
            if modifier in rules.modifiers:
                for profile, number in self.numbers.items():
                    factor = _factor(rule, dict(zip(_PROFILED, profile, strict=True)))
                    if factor is not None:
                        yield version_key, modifier.strip().upper(), number, rounded(factor, 6)

    def of_kind(self, name: str, values: Sequence[str]) -> Iterator[int]:
        """The profiles with an indicator that is one of these."""
        place = _PROFILED.index(name)
        return (number for profile, number in self.numbers.items() if profile[place] in values)


def _timeline(several: Sequence[Indicators]) -> Iterator[tuple[date, date, Indicators | None]]:
    """All of time: the periods a code has indicators in, and the gaps between them."""
    day = ALWAYS.start
    for one in several:
        if one.period.end <= day:
            continue
        if one.period.start > day:
            yield day, one.period.start, None
        yield max(day, one.period.start), one.period.end, one
        day = one.period.end
    if day < ALWAYS.end:
        yield day, ALWAYS.end, None


def _by_setting(values: Mapping[str, str], name: str) -> tuple[Decimal | None, Decimal | None]:
    """A number in a facility and in an office; where only one is stated it holds for both."""
    facility, office, both = values.get(f"{name}_facility"), values.get(f"{name}_office"), values.get(name)
    return _number(facility or both or office), _number(office or both or facility)


@lru_cache(maxsize=50_000)  # a table of many thousand codes says the same few numbers again and again
def _number(said: str | None) -> Decimal | None:
    return None if said is None else rounded(Decimal(said), 4)


def _factor(rule: ModifierByCode, values: Mapping[str, str]) -> Decimal | None:
    if rule.by:
        return rule.factors.get(values[rule.by])
    return sum((Decimal(values[share] or 0) for share in rule.shares), Decimal(0)) or None


def needs_indicators(rules: Rules) -> bool:
    """Whether any rule looks at the indicators of a code."""
    ranked = rules.multiple_procedures
    by_table = (one.indicators or one.order == "rvu" or one.families == "endo_base" or one.parts for one in ranked)
    by_status = rules.paid_alone is not None and bool(rules.paid_alone.statuses)
    return bool(rules.modifiers_by_code) or rules.bilateral_units or by_status or any(by_table)


def source_of(version: Version, term: Term) -> tuple[str, date | None] | None:
    """The schedule whose indicators hold for a term, and the day they are taken of where it is not the service's."""
    own = term.pay.schedule if isinstance(term.pay, PaidBySchedule | PercentOf) else None
    name = version.rules.indicators or own
    if name is None or term.claim_level or not needs_indicators(version.rules):
        return None
    pinned = term.pay.pinned if isinstance(term.pay, PercentOf) and name == own else None
    return name, pinned
