"""The contracts' rules about payment as rows, and the small tables of days and factors that hang on the claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pyarrow as pa

from evenhand.contracts import Contract
from evenhand.contracts.dues import due_words
from evenhand.contracts.lateness import FACTOR, LateStep, LateTerms, PromptPay
from evenhand.contracts.model import Selector, Version
from evenhand.contracts.takings import Sequestration, Withhold
from evenhand.contracts.words import selector_words
from evenhand.engines import Engine
from evenhand.money import MONEY, SHARE
from evenhand.performance.names import stated_days
from evenhand.periods import Period

_FACTOR = pa.decimal128(18, 10)
_KEY, _COUNT, _TEXT, _DAY = pa.int64(), pa.int32(), pa.string(), pa.date32()
_RULES = pa.schema(
    [
        ("rule_key", _KEY),
        ("contract_id", _TEXT),
        ("version_no", _COUNT),
        ("kind", _TEXT),
        ("first_day", _DAY),
        ("last_day", _DAY),
        ("share", SHARE),
        ("take_order", _TEXT),
        ("words", _TEXT),
    ]
)
_TESTS = pa.schema(
    [("test_key", _KEY), ("rule_key", _KEY), ("contract_id", _TEXT), ("version_no", _COUNT), ("negated", pa.bool_())]
)
_RANGES = pa.schema(
    [
        ("test_key", _KEY),
        ("contract_id", _TEXT),
        ("version_no", _COUNT),
        ("attribute", _TEXT),
        ("low", _TEXT),
        ("high", _TEXT),
        ("size", _KEY),
    ]
)
_DAYS = pa.schema(
    [
        ("rule_key", _KEY),
        ("received_date", _DAY),
        ("due_date", _DAY),
        ("terms_key", _KEY),
        ("owed_on", _TEXT),
        ("interest_known", pa.bool_()),
    ]
)
_FACTORS = pa.schema(
    [
        ("terms_key", _KEY),
        ("days_late", _KEY),
        ("factor", _FACTOR),
        ("most_amount", MONEY),
        ("yearly_factor", _FACTOR),
    ]
)
_SHARES = pa.schema([("part_amount", MONEY), ("whole_amount", MONEY), ("share", _FACTOR)])

Rule = Sequestration | Withhold | PromptPay


@dataclass(slots=True)
class PaymentRules:
    """Every rule about payment of some contracts, numbered; and the terms of lateness met so far, numbered."""

    prompt_pay: dict[int, tuple[PromptPay, int | None]] = field(default_factory=dict)
    terms: list[LateTerms] = field(default_factory=list)

    def put(self, engine: Engine, contracts: Sequence[Contract]) -> None:
        """Lay the rules out as `payment_rules`, `payment_tests` and `payment_ranges`."""
        rules: list[tuple[Any, ...]] = []
        tests: list[tuple[Any, ...]] = []
        ranges: list[tuple[Any, ...]] = []
        for contract in contracts:
            for number, version in enumerate(contract.versions, start=1):
                for kind, rule in rules_of(version):
                    key = len(rules) + 1
                    rules.append((key, contract.id, number, kind, *_days_of(rule.period), *_taken(rule), _words(rule)))
                    _add_tests(rule.covers, (key, contract.id, number), tests, ranges)
                    if isinstance(rule, PromptPay):
                        self.prompt_pay[key] = rule, stated_days(version.provisions.get("payment_days"))
        for name, rows, schema in (
            ("payment_rules", rules, _RULES),
            ("payment_tests", tests, _TESTS),
            ("payment_ranges", ranges, _RANGES),
        ):
            engine.put(name, _table(rows, schema))

    def put_days(self, engine: Engine, receipts: Sequence[dict[str, Any]]) -> None:
        """Lay out as `payment_days` when what came in on each day is due, and the terms that follow."""
        rows = []
        for asked in receipts:
            rule, stated = self.prompt_pay[asked["prompt_rule"]]
            days, working = rule.days(asked["received_date"], stated)
            if days is not None:
                due = due_date(asked["received_date"], days, working=working)
                rows.append((*asked.values(), due, *self._terms(rule, due + timedelta(days=1))))
        engine.put("payment_days", _table(rows, _DAYS))

    def _terms(self, rule: PromptPay, first_late: date) -> tuple[int | None, str | None, bool]:
        """The number of the terms, what they are a share of, and whether lateness costs anything at all."""
        terms = rule.late_terms(first_late)
        if terms is None or not terms.steps:
            return None, None, terms is None
        if terms not in self.terms:
            self.terms.append(terms)
        return self.terms.index(terms) + 1, terms.of, True

    def put_factors(self, engine: Engine, lateness: Sequence[dict[str, Any]], parts: Sequence[dict[str, Any]]) -> None:
        """Lay out as `late_factors` what so many days late cost, and as `late_shares` parts of claims paid late."""
        rows = []
        for one in lateness:
            terms, late = self.terms[one["terms_key"] - 1], one["days_late"]
            rows.append((one["terms_key"], late, terms.factor(late), *_once(terms, late)))
        engine.put("late_factors", _table(rows, _FACTORS))
        shares = [(*one.values(), part_share(*one.values())) for one in parts]
        engine.put("late_shares", _table(shares, _SHARES))


def put_accrual_day(engine: Engine, day: date | None) -> None:
    """Lay out as `accrual_day` the day interest accrues to on what is unpaid; no row where none is asked about."""
    engine.put("accrual_day", _table([] if day is None else [(day,)], pa.schema([("accrue_to", _DAY)])))


def rules_of(version: Version) -> Iterator[tuple[str, Rule]]:
    """The rules of a version, by kind, in order; last the payment days and interest its provisions state."""
    yield from (("sequestration", rule) for rule in version.rules.sequestration)
    yield from (("withhold", rule) for rule in version.rules.withhold)
    yield from (("prompt pay", rule) for rule in version.rules.prompt_pay)
    days, interest = stated_days(version.provisions.get("payment_days")), version.provisions.get("interest")
    if days is not None:
        steps = (LateStep(interest),) if isinstance(interest, Decimal) else ()
        yield "prompt pay", PromptPay((LateTerms(days, steps=steps),))


def due_date(received: date, days: int, *, working: bool) -> date:
    """The last day in time: so many calendar days, or days from Monday to Friday, after receipt.

    >>> due_date(date(2026, 1, 2), 3, working=False), due_date(date(2026, 1, 2), 3, working=True)
    (datetime.date(2026, 1, 5), datetime.date(2026, 1, 7))
    """
    if not working:
        return received + timedelta(days=days)
    weeks, left = divmod(days, 5)
    friday = received - timedelta(days=max(received.weekday() - 4, 0))  # a weekend counts from the Friday before it
    day = friday + timedelta(weeks=weeks)
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def part_share(part: Decimal, whole: Decimal) -> Decimal:
    """A part of an allowed amount, as a share held to ten decimals."""
    return (part / whole).quantize(FACTOR, rounding=ROUND_HALF_UP)


def _once(terms: LateTerms, late: int) -> tuple[Decimal | None, Decimal]:
    if terms.per != "once":
        return None, Decimal(0)
    return terms.step(late).most, terms.yearly_factor(late)


def _days_of(period: Period) -> tuple[date | None, date | None]:
    return None if period.start == date.min else period.start, period.last


def _taken(rule: Rule) -> tuple[Decimal | None, str | None]:
    if isinstance(rule, PromptPay):
        return None, None
    return rule.share, (rule.order or "after") if isinstance(rule, Withhold) else None


def _words(rule: Rule) -> str:
    """What the rule says, and where."""
    return "; ".join(filter(None, (due_words(rule, selector_words), rule.cite)))


def _add_tests(
    covers: Selector | None, key: tuple[int, str, int], tests: list[tuple[Any, ...]], ranges: list[tuple[Any, ...]]
) -> None:
    for condition in () if covers is None else covers.conditions:
        test = len(tests) + 1
        tests.append((test, *key, condition.negated))
        for span in condition.ranges:
            low, high = span.low.upper(), span.high.upper()
            ranges.append((test, *key[1:], condition.attribute, low, high, len(low)))


def _table(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.Table.from_arrays(
        [pa.array(list(c), f.type) for c, f in zip(columns, schema, strict=True)], schema=schema
    )
