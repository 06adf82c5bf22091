"""Claims drawn at random for one contract, from what the contract itself speaks of.

Its codes, modifiers, revenue codes, DRGs, days on which something begins or ends, and amounts a cent around its limits:
so that each term is met, and each edge. Its worked cases are among them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from evenhand.contracts.model import Bound, Condition, Contract, Rate, Version
from evenhand.pricing.oracle import OracleClaim, case_claim
from evenhand.pricing.oracle.cases import CASE_NAMES
from evenhand.pricing.oracle.claim import OracleLine

#: Rates looked at of one schedule: enough to find its corners.
_RATES = 400
_CENT = Decimal("0.01")
_LINE_FIELDS = {field.name for field in fields(OracleLine)}
_CLAIM_FIELDS = {field.name for field in fields(OracleClaim)}
_SEVERAL = ("modifiers", "diagnoses")


@dataclass(slots=True)
class Vocabulary:
    """What a contract speaks of: values by column, days, amounts."""

    values: dict[str, set[str]]
    days: set[date]
    amounts: set[Decimal]
    rates: list[Rate]

    @classmethod
    def of(cls, contract: Contract) -> Vocabulary:
        """Everything found anywhere in the contract."""
        found = cls({}, set(), {Decimal(0), Decimal(-50), Decimal("1234.56")}, [])
        for part in _parts(contract):
            found._take(part)
        return found

    def _take(self, part: object) -> None:
        if isinstance(part, Condition):
            column = CASE_NAMES.get(part.attribute, part.attribute)
            ends = {end for each in part.ranges for end in (each.low, each.high)}
            self.values.setdefault(column, set()).update(ends)
        elif isinstance(part, Bound):
            limits = [limit for limit in (part.low, part.high) if limit is not None]
            self.amounts |= {limit + step for limit in limits for step in (-_CENT, 0, _CENT)}
        elif isinstance(part, Version):
            self.days |= {part.period.start, part.period.start - timedelta(days=1)}
            self.values.setdefault("product", set()).update(part.products)
            self.values.setdefault("modifiers", set()).update(part.rules.modifiers)
        elif isinstance(part, Rate):
            self.rates.append(part)
            self.days.add(part.period.start)


def drawn_claims(contract: Contract, count: int, seed: int = 0) -> Iterator[OracleClaim]:
    """Claims for a contract: its worked cases, then drawn ones; the same seed draws the same.

    Keys are not set: they are 0 in every claim and line.
    """
    chance, words = random.Random(seed), Vocabulary.of(contract)  # noqa: S311 - claims, not secrets
    cases = [case_claim(case, contract) for case in contract.cases]
    yield from islice(cases, count)
    for _ in range(count - len(cases)):
        yield _changed(chance, words, chance.choice(cases)) if cases and chance.random() < 0.4 else _new(chance, words)


def _changed(chance: random.Random, words: Vocabulary, case: OracleClaim) -> OracleClaim:
    """A worked case with other charges and units, on another day or on its own."""
    lines = tuple(replace(line, **_measures(chance, words)) for line in case.lines)
    if chance.random() < 0.3:
        lines += (_line(chance, words, case.claim_start_date),)
    return replace(case, lines=_numbered(lines))


def _new(chance: random.Random, words: Vocabulary) -> OracleClaim:
    day = _day(chance, words)
    stay = chance.choice([0, 0, 1, 2, 3, 5, 12, 40])
    given: dict[str, Any] = {
        "claim_type": chance.choice(["professional", "institutional", "institutional", None]),
        "claim_start_date": day,
        "claim_end_date": day + timedelta(days=stay),
        "age": chance.choice([None, 0, 17, 18, 64, 65, 90]),
    }
    if chance.random() < 0.6:
        given |= {"admission_date": day, "discharge_date": day + timedelta(days=stay)}
    if chance.random() < 0.2:
        given["charge_amount"] = _amount(chance, words)
    given |= _spoken(chance, words, _CLAIM_FIELDS - given.keys() - _PARTIES)
    lines = tuple(_line(chance, words, day) for _ in range(chance.choice([1, 1, 2, 3, 5])))
    return OracleClaim(lines=_numbered(lines), **given)


#: What the suite sets, so that each claim finds the contract it is drawn for.
_PARTIES = frozenset(["lines", "claim_key", "payer", "payer_id", "billing_tin", "billing_npi"])


def _line(chance: random.Random, words: Vocabulary, day: date | None) -> OracleLine:
    given: dict[str, Any] = {"setting": chance.choice(["facility", "office"]), "service_date": day}
    given |= _spoken(chance, words, _LINE_FIELDS - given.keys()) | _measures(chance, words)
    if words.rates and chance.random() < 0.7:
        rate = chance.choice(words.rates)
        given |= {"hcpcs_code": rate.code, "setting": rate.setting or given["setting"]}
        if rate.modifier:
            given["modifiers"] = (rate.modifier, *given.get("modifiers", ()))
    return OracleLine(**given)


def _spoken(chance: random.Random, words: Vocabulary, columns: set[str]) -> dict[str, Any]:
    """For some of the columns the contract speaks of, one of its values."""
    given: dict[str, Any] = {}
    for column in sorted(columns & words.values.keys()):
        values = sorted(words.values[column])
        if values and chance.random() < 0.7:
            value = chance.choice(values)
            given[column] = (value,) if column in _SEVERAL else value
    return given


def _measures(chance: random.Random, words: Vocabulary) -> dict[str, Any]:
    units = Decimal(chance.choice(["1", "1", "1", "2", "3", "0", "-1", "1.5", "0.333", "12"]))
    return {"charge_amount": _amount(chance, words), "units": units}


def _amount(chance: random.Random, words: Vocabulary) -> Decimal:
    if chance.random() < 0.2:
        return chance.choice(sorted(words.amounts)).quantize(_CENT)
    return Decimal(chance.randint(0, chance.choice([10**4, 10**5, 10**6, 10**7]))).scaleb(-2)


def _day(chance: random.Random, words: Vocabulary) -> date:
    days = sorted(day for day in words.days if date.min < day < date.max)
    low, high = days[0], min(days[-1] + timedelta(days=500), date(2100, 1, 1))
    if chance.random() < 0.4:
        return chance.choice(days)
    start = max(low, high - timedelta(days=2000))
    return start + timedelta(days=chance.randint(0, max(0, (high - start).days)))


def _numbered(lines: tuple[OracleLine, ...]) -> tuple[OracleLine, ...]:
    return tuple(replace(line, claim_line_number=number) for number, line in enumerate(lines, start=1))


def _parts(thing: object) -> Iterator[object]:
    """Every record inside a record, to any depth; of a schedule some rates alone."""
    yield thing
    inside: Any = ()
    if is_dataclass(thing):
        inside = (getattr(thing, field.name) for field in fields(thing) if field.name not in ("cases",))
    elif isinstance(thing, Mapping):
        inside = thing.values()
    elif isinstance(thing, tuple | list):
        inside = thing if len(thing) <= _RATES else thing[:: len(thing) // _RATES]
    for each in inside:
        if is_dataclass(each) or isinstance(each, Mapping | tuple | list):
            yield from _parts(each)
