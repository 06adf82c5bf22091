"""Contracts and claims at random, and the engine beside the oracle on them.

Generation is by a seeded :class:`random.Random` that hypothesis drives, so that thousands of claims
cost one engine run and a failing seed still shrinks and replays.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from evenhand.codes import CodeRange
from evenhand.contracts.chargelimit import ChargeLimiter
from evenhand.contracts.escalation import Escalator, Index
from evenhand.contracts.inpatient import DrgFacts, Transfer
from evenhand.contracts.lateness import LateStep, LateTerms, PromptPay
from evenhand.contracts.limits import Bounds, Limit
from evenhand.contracts.methods import (
    Amount,
    Anesthesia,
    ByCode,
    Capitated,
    CapitationRate,
    DrgWeights,
    Excluded,
    Level,
    Levels,
    Packaged,
    PaidBySchedule,
    Payment,
    PercentOf,
    PercentOfCharges,
    PercentOfInvoice,
)
from evenhand.contracts.model import (
    ASSISTANTS,
    LINE_ATTRIBUTES,
    Bound,
    Condition,
    Contract,
    Family,
    FeeSchedule,
    Indicators,
    ModifierByCode,
    MultipleProcedures,
    PaidAlone,
    Parties,
    Rate,
    Rules,
    Scope,
    Selector,
    Term,
    Tier,
    Version,
)
from evenhand.contracts.outliers import DrgShare, Outlier
from evenhand.contracts.readmissions import Readmission
from evenhand.contracts.stoploss import ServiceThreshold, StopLoss, StopLossPay, Trigger
from evenhand.contracts.takings import Sequestration, Withhold
from evenhand.engines import DuckDB
from evenhand.periods import ALWAYS, FOREVER, Period
from evenhand.pricing import price
from evenhand.pricing.oracle import OracleClaim, PricedClaim, PricedLine, price_claim

TEXT, KEY, DAY = pa.string(), pa.int64(), pa.date32()
MONEY, QUANTITY = pa.decimal128(18, 2), pa.decimal128(18, 3)

CLAIMS = pa.schema(
    [
        ("claim_key", KEY),
        ("claim_type", TEXT),
        ("payer", TEXT),
        ("payer_id", TEXT),
        ("product", TEXT),
        ("member_id", TEXT),
        ("billing_npi", TEXT),
        ("billing_tin", TEXT),
        ("claim_start_date", DAY),
        ("claim_end_date", DAY),
        ("admission_date", DAY),
        ("discharge_date", DAY),
        ("bill_type_code", TEXT),
        ("drg_code", TEXT),
        ("age", pa.int32()),
        ("patient_sex", TEXT),
        ("discharge_status", TEXT),
        ("charge_amount", MONEY),
        *((name, TEXT) for name in ("network", "plan", "group_number", "site_npi", "place_of_service_code")),
    ]
)
LINES = pa.schema(
    [
        ("line_key", KEY),
        ("claim_key", KEY),
        ("claim_line_number", pa.int32()),
        ("revenue_center_code", TEXT),
        ("hcpcs_code", TEXT),
        ("modifiers", TEXT),
        ("units", QUANTITY),
        ("unit_measure", TEXT),
        ("place_of_service_code", TEXT),
        ("setting", TEXT),
        ("service_date", DAY),
        ("charge_amount", MONEY),
        ("rendering_npi", TEXT),
        ("invoice_amount", MONEY),
    ]
)
DIAGNOSES = pa.schema(
    [("claim_key", KEY), ("position", pa.int32()), ("kind", TEXT), ("code", TEXT), ("present_on_admission", TEXT)]
)

CODES = ("29881", "29877", "27447", "99213", "99214", "J1030", "20610", "a4550", "00000")
REVENUE = ("0275", "0278", "0120", "0360", "0450")
MODIFIERS = ("50", "80", "AS", "62", "RT", "LT", "26", "TC")
DRGS = ("469", "470", "871")
DIAGNOSED = ("M1711", "M1712", "S83241A", "Z0000")
MEMBERS = ("M1", "m1 ", "M2")
PAYERS = ("Summit Health", "SUMMIT  health", "Lakeside Mutual", "Nobody")
NETWORKS = ("Multi Plan", "FH 2", "none")
PINNED = (date(2024, 6, 30), date(2025, 1, 1))
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)


@dataclass(frozen=True)
class Answer:
    """What the engine said: rows by key; the adjustments of a claim in order."""

    lines: dict[int, dict[str, Any]]
    claims: dict[int, dict[str, Any]]
    adjustments: dict[int, list[dict[str, Any]]] = field(default_factory=dict)


class World:
    """One seed's contracts and claims."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def pick(self, *values: Any) -> Any:
        return self.random.choice(values)

    def some(self, values: Sequence[str], most: int = 2) -> list[str]:
        return self.random.sample(list(values), self.random.randint(1, min(most, len(values))))

    def amount(self, top: int = 3000) -> Decimal:
        return Decimal(self.random.randint(0, top * 100)).scaleb(-2)

    def day(self) -> date:
        return FIRST + timedelta(days=self.random.randint(0, (LAST - FIRST).days))

    # -- contracts ---------------------------------------------------------------------------------------------

    def contracts(self) -> list[Contract]:
        return [self.contract(number) for number in range(1, self.pick(1, 1, 2, 3) + 1)]

    def contract(self, number: int) -> Contract:
        start = self.pick(FIRST, date(2024, 7, 1))
        end = self.pick(FOREVER, date(2026, 7, 1))
        cuts = sorted({start, *(day for day in (date(2025, 1, 1), date(2025, 9, 15)) if self.maybe(0.4))})
        versions = tuple(self.version(Period(first, last)) for first, last in zip(cuts, [*cuts[1:], end], strict=True))
        parties = Parties(
            provider="Cedar Ridge",
            payer="Summit Health" if number == 1 or self.maybe(0.4) else "Lakeside Mutual",
            provider_tins=("84-0000000",) if self.maybe(0.5) else (),
            provider_npis=("1234567893", "1987654321") if self.maybe(0.4) else (),
            payer_ids=(self.pick("SUMM1", "LAKE2"),) if self.maybe(0.5) else (),
            payer_aliases=("Lakeside Mutual",) if self.maybe(0.2) else (),
        )
        rental = self.maybe(0.15) and any(version.scope.networks for version in versions)
        return Contract(
            f"c{number}",
            f"Contract {number}",
            parties,
            Period(start, end),
            versions,
            chosen_by=self.pick("admission", "admission", "service", "discharge"),
            precedence=self.pick(None, None, 1, 2),
            rental=rental,
        )

    def version(self, period: Period) -> Version:
        schedules = {name: self.schedule(name) for name in ("a.csv", "b.csv")}
        schedules |= {"weights.csv": self.drgs("weights.csv", "weight"), "drgs.csv": self.drgs("drgs.csv", "amount")}
        schedules |= {"base.csv": self.base_units()}
        names = [f"Term {number}" for number in range(1, self.random.randint(2, 8))]
        terms = tuple(self.term(name, names) for name in names)
        products = tuple(self.some(("PPO", "EPO", "HMO"))) if self.maybe(0.4) else ()
        return Version(period, terms, self.rules(), schedules, products, scope=self.scope())

    def scope(self) -> Scope:
        return Scope(
            networks=tuple(self.some(NETWORKS)) if self.maybe(0.15) else (),
            plans=tuple(self.some(("Gold", "G-100"))) if self.maybe(0.1) else (),
            sites=tuple(self.some(("1234567893", "11", "22"), 3)) if self.maybe(0.1) else (),
        )

    def schedule(self, name: str) -> FeeSchedule:
        rates = []
        for code in CODES[:-1]:
            if self.maybe(0.25):
                continue
            kinds = {
                (self.pick("", *MODIFIERS), self.pick("", "facility", "office")) for _ in range(self.pick(0, 1, 3))
            }
            for modifier, setting in sorted({("", ""), *kinds}, reverse=self.maybe(0.5)):
                cuts = sorted({self.pick(self.day(), *PINNED) for _ in range(self.pick(0, 0, 1, 3))})
                ends = [ALWAYS.start, *cuts, ALWAYS.end]
                for first, last in itertools.pairwise(ends):
                    if self.maybe(0.9):
                        amount = self.amount(self.pick(0, 3000, 3000)) + Decimal(
                            self.pick("0", "0", "0.0050", "0.0049", "0.000001")
                        )
                        rates.append(Rate(code, amount, modifier, setting, Period(first, last)))
        return FeeSchedule(name, tuple(rates), indicators=self.indicators() if self.maybe(0.6) else ())

    def drgs(self, name: str, holds: Any) -> FeeSchedule:
        rates = []
        for drg in DRGS:
            for first, last in itertools.pairwise([ALWAYS.start, *self.pick((), (self.day(),)), ALWAYS.end]):
                amount = Decimal(self.random.randint(1, 60_000)).scaleb(-4) * (1 if holds == "weight" else 10_000)
                stay = Decimal(self.random.randint(10, 90)).scaleb(-1)
                facts = DrgFacts(stay, self.pick(stay + 1, None), self.pick("", "", "post-acute", "special", "none"))
                drg_facts = self.pick(facts, facts, facts, None)
                if self.maybe(0.8):
                    rates.append(Rate(drg, amount, period=Period(first, last), drg=drg_facts))
        return FeeSchedule(name, tuple(rates), by="drg", holds=holds)

    def base_units(self) -> FeeSchedule:
        """Base units by code, from a day on another number; a code may have others for a modifier."""
        rates = []
        for code in CODES[:-1]:
            for first, last in itertools.pairwise([ALWAYS.start, *self.pick((), (self.day(),)), ALWAYS.end]):
                if self.maybe(0.7):
                    units = Decimal(self.pick("0", "3", "5", "6.5", "20", "3.3333"))
                    rates.append(Rate(code, units, self.pick("", "", "80"), period=Period(first, last)))
        return FeeSchedule("base.csv", tuple(rates), holds="base unit")

    def anesthesia(self) -> Anesthesia:
        return Anesthesia(
            "base.csv",
            Decimal(self.pick("72.50", "20.3178", "999.9999", "0.0001", "45")),
            self.pick(15, 15, 12, 7),
            self.pick("exact", "exact", "tenth", "nearest", "up", "down", "none"),
            self.pick((), (("80", Decimal(1)), ("50", Decimal("0.5"))), (("RT", Decimal(2)),)),
            self.pick(None, "minutes", "time units"),
            self.pick("each code", "highest base"),
        )

    def levels(self) -> Levels:
        """Levels of care whose last ones hold every later day, of revenue codes or of the whole stay."""
        coded = self.maybe(0.7)
        found = []
        for codes in ((("0120", "0120"),), (("0275", "0360"),), (("0100", "0219"), ("0450", "0450"))):
            ranges = tuple(CodeRange(*each) for each in codes) if coded else ()
            if self.maybe(0.5):
                found.append(Level(self.amount(), ranges, last=self.pick(1, 2, 3)))
                found.append(Level(self.amount(), ranges, self.pick(2, 3), self.pick(None, 4, 9)))
            if self.maybe(0.8) or not found:
                found.append(Level(self.amount(), ranges, name=self.pick("", "Ward")))
        return Levels(tuple(found), self.pick("stay", "level"))

    def window(self) -> Amount:
        return Amount(self.amount(9000), self.pick(1, 2, 5), self.amount(900))

    def transfer(self) -> Transfer:
        return Transfer(*self.pick((("02", "05"), ("03", "06")), (("02",), ()), (("66", "02"), ("62", "02"))))

    def outlier(self) -> Outlier:
        burns = (DrgShare((CodeRange("469", "470"),), Decimal("0.9")),)
        return Outlier(
            Decimal(self.pick("0.32", "0.715", "1.2")),
            self.pick(Decimal(0), self.amount(900)),
            Decimal(self.pick("0.8", "0.333333")),
            by_drg=burns if self.maybe(0.3) else (),
            carve_outs_count=self.pick(None, True, False),
            escalates=self.pick(None, True, False),
            cite=self.pick("", "Exhibit F"),
        )

    def term(self, name: str, names: list[str]) -> Term:
        per = self.pick("unit", "unit", "unit", "line", "case", "day")
        pay = self.payment(per)
        by_rate = per in ("unit", "line") and pay.method in ("fee_schedule", "percent_of", "amount")
        return Term(
            name,
            pay,
            covers=self.selector(on_schedule=per in ("unit", "line") and isinstance(pay, ByCode)),
            per=per,
            cite=self.pick("", "Exhibit A"),
            carve_out=per in ("unit", "line") and self.maybe(0.2),
            once=self.pick("claim", "day") if by_rate and self.maybe(0.15) else None,
            most_units=Decimal(self.pick("1", "2.5", "10", "400000000"))
            if by_rate and per == "unit" and self.maybe(0.1)
            else None,
            excepts=tuple(self.some(names, 4)) if per in ("case", "day") and self.maybe(0.6) else (),
            stop_loss=not self.maybe(0.2),
            outlier=self.outlier() if per in ("case", "day") and self.maybe(0.4) else None,
            transfer=self.transfer() if per == "case" and self.maybe(0.7) else None,
        )

    def payment(self, per: str) -> Payment:
        share = Decimal(self.random.randint(1, 2000)).scaleb(-3)
        pinned = self.pick(None, *PINNED)
        schedule = self.pick("a.csv", "b.csv")
        for_claims: tuple[Payment, ...] = (
            Amount(self.amount(20000)),
            Amount(self.amount(2000)),
            PercentOfCharges(share),
        )
        if per == "case":
            for_claims += (Excluded(), PaidBySchedule("drgs.csv"))
            for_claims += (DrgWeights("weights.csv", self.amount(9000)),) * 2 + (self.window(),)
        if per == "day":
            for_claims += (self.levels(),) * 3
        for_lines = (
            Amount(self.amount()),
            Amount(Decimal("987654321.12")),
            Excluded(),
            Capitated((CapitationRate(Decimal("42.50")),)),
            Packaged(),
            PaidBySchedule(schedule),
            PaidBySchedule(schedule),
            PercentOf(schedule, share, pinned),
            PercentOfCharges(share),
            self.anesthesia(),
            PercentOfInvoice(
                share,
                self.pick(None, self.amount(2000)),
                self.pick(None, Amount(self.amount()), PercentOfCharges(share)),
            ),
        )
        choice: Payment = self.pick(*(for_claims if per in ("case", "day") else for_lines))
        return choice

    def selector(self, *, on_schedule: bool = False) -> Selector:
        conditions = [self.condition() for _ in range(self.pick(0, 1, 1, 1, 2, 3))]
        bounds = [self.bound() for _ in range(self.pick(0, 0, 0, 1, 2))]
        return Selector(
            tuple(conditions),
            tuple(bounds),
            on_schedule and self.maybe(0.5),
            with_line=self.companion() if self.maybe(0.1) else None,
            without_line=self.companion() if self.maybe(0.1) else None,
            readmission=self.readmission() if self.maybe(0.08) else None,
        )

    def readmission(self) -> Readmission:
        return Readmission(
            self.pick(30, 365, 365),
            same_drg=self.maybe(0.3),
            first_drg=self.ranges(DRGS, ("469", "470")) if self.maybe(0.3) else (),
            provider=self.pick("either", "npi", "tin", "any"),
            not_after=self.pick((), (), ("02", "30"), ("01",)),
        )

    def companion(self) -> Selector:
        """What another line of the claim must, or must not, meet."""
        drawn = (self.condition() for _ in range(self.pick(4, 12)))
        found = [each for each in drawn if each.attribute in LINE_ATTRIBUTES][: self.pick(1, 1, 2)]
        return Selector(tuple(found) or (Condition("codes", self.ranges(CODES)),))

    def condition(self) -> Condition:
        attribute, ranges = self.pick(
            ("codes", self.ranges(CODES, ("20000", "29999"), ("99202", "99215"), ("A0000", "A9999"))),
            ("codes", self.ranges(CODES, ("10004", "69990"))),
            ("codes", self.ranges(CODES, ("20000", "99999"))),
            ("revenue_codes", self.ranges(REVENUE, ("0275", "0278"))),
            ("modifiers", self.ranges(MODIFIERS)),
            ("place_of_service", self.ranges(("11", "21", "22"))),
            ("setting", self.ranges(("facility", "office"))),
            ("rendering_npi", self.ranges(("1111111111", "2222222222"))),
            ("drg", self.ranges(DRGS, ("469", "470"))),
            ("bill_type", self.ranges(("111", "131"), ("110", "119"))),
            ("claim_type", self.ranges(("professional", "institutional"))),
            ("diagnosis", self.ranges(DIAGNOSED, ("M1710", "M1719"))),
            ("product", self.ranges(("PPO", "HMO"))),
            ("billing_npi", self.ranges(("1234567893",))),
            ("tin", self.ranges(("840000000",))),
        )
        present = self.pick((), ("N", "U"), ("Y",)) if attribute == "diagnosis" else ()
        return Condition(attribute, ranges, negated=self.maybe(0.25), present=present)

    def ranges(self, singles: Sequence[str], *pairs: tuple[str, str]) -> tuple[CodeRange, ...]:
        some = {CodeRange(code, code) for code in self.some(singles, min(2, len(singles)))}
        some |= {CodeRange(*pair) for pair in pairs if self.maybe(0.6)}
        return tuple(sorted(some))

    def bound(self) -> Bound:
        measure = self.pick("charge", "charge", "claim_charge", "age", "length_of_stay", "invoice")
        low, high = {
            "charge": (Decimal(self.pick("500", "1000", "1000.005")), Decimal(self.pick("1000", "2500.99"))),
            "claim_charge": (Decimal(self.pick(1000, 4000)), Decimal(self.pick(4000, 9000))),
            "invoice": (Decimal(self.pick("500", "1000.00")), Decimal(self.pick("1000.00", "4000"))),
            "age": (Decimal(self.pick(18, 65)), Decimal(self.pick(17, 64, 90))),
            "length_of_stay": (Decimal(self.pick(1, 3)), Decimal(self.pick(2, 5))),
        }[measure]
        shape = self.pick("low", "high", "both")
        return Bound(
            measure,
            low if shape != "high" else None,
            high if shape != "low" else None,
            above=shape == "low" and self.maybe(0.5),
        )

    def rules(self) -> Rules:
        modifiers = {
            name: Decimal(value)
            for name, value in (("50", "1.5"), ("80", "0.2"), ("AS", "0.14"), ("62", "0.625"), ("RT", "0.33333"))
            if self.maybe(0.6)
        }
        sides = self.maybe(0.4)
        return Rules(
            lesser_of=self.pick(None, "line", "line", "claim"),
            multiple_procedures=tuple(
                self.pick(self.ranking, self.ranking, self.part_ranking)() for _ in range(self.pick(0, 0, 1, 1, 2, 3))
            ),
            modifiers={name: share for name, share in modifiers.items() if name != "RT" or not sides},
            bilateral_lines=sides,
            bilateral_units=self.maybe(0.3),
            modifiers_by_code=self.modifiers_by_code(),
            indicators=self.pick(None, None, "a.csv"),
            paid_alone=self.paid_alone() if self.maybe(0.3) else None,
            tiers=tuple(self.tier(number) for number in range(self.pick(0, 0, 1, 2))),
            escalator=tuple(self.escalator() for _ in range(self.pick(0, 0, 1, 1, 2))),
            charge_limiter=tuple(self.limiter() for _ in range(self.pick(0, 0, 1, 2))),
            stop_loss=tuple(self.stop_loss(number) for number in range(self.pick(0, 0, 1, 2, 3))),
            limits=tuple(self.limit(number) for number in range(self.pick(0, 0, 1, 2, 3))),
            **self.dues(),
        )

    def dues(self) -> dict[str, Any]:
        """What follows the allowed amount, which moves no price."""
        if self.maybe(0.7):
            return {}
        terms = LateTerms(30, steps=(LateStep(Decimal("0.01"), 30), LateStep(Decimal("0.02"))), per="month")
        return {
            "sequestration": (Sequestration(Decimal("0.02")),),
            "withhold": (Withhold(Decimal("0.05"), self.pick(None, "before", "beside")),),
            "prompt_pay": (PromptPay((terms,)),),
        }

    def limiter(self) -> ChargeLimiter:
        growth = {self.day(): Decimal(self.pick("0.08", "0.02", "0.125", "-0.01")) for _ in range(self.pick(1, 2))}
        return ChargeLimiter(
            Decimal(self.pick("0.03", "0")),
            self.pick("ratio", "subtractive"),
            tuple(sorted(growth.items())),
            terms=self.pick((), (), ("Term 1", "Term 2")),
            decimals=self.pick(4, 2),
        )

    def escalator(self) -> Escalator:
        methods = ("fee_schedule", "percent_of", "amount", "anesthesia", "case", "day")
        said: dict[str, Any] = {
            "start": self.pick(FIRST, date(2024, 2, 29), date(2025, 3, 31)),
            "months": self.pick(1, 6, 12),
            "applies_to": tuple(self.some(methods, 3)) if self.maybe(0.7) else (),
            "terms": ("Term 1", "Term 3") if self.maybe(0.3) else (),
            "schedules": ("a.csv",) if self.maybe(0.3) else (),
        }
        if self.maybe(0.6):
            return Escalator(factor=Decimal(self.pick("1.03", "1.0275", "0.98")), **said)
        floor, cap = self.pick((None, None), (Decimal("0.01"), Decimal("0.04")), (None, Decimal("0.02")))
        return Escalator(
            factor=Decimal(1),
            **said,
            index=self.index(),
            floor=floor,
            cap=cap,
            lag=self.pick(0, 3),
            base_month=self.pick(None, date(2023, 9, 1)),
            decimals=self.pick(None, 1),
        )

    def index(self) -> Index:
        """Published up to some month: claims after it have no rate."""
        level, values = Decimal("500"), {}
        for number in range(self.pick(30, 60)):
            values[date(2023 + number // 12, number % 12 + 1, 1)] = level
            level += Decimal(self.random.randint(-1000, 5000)).scaleb(-3)
        return Index("cpi.csv", values)

    def limit(self, number: int) -> Limit:
        floor, cap = self.pick((True, False), (False, True), (True, True))
        return Limit(
            f"Limit {number}",
            self.pick("line", "group", "day", "claim"),
            at_least=self.limit_bounds() if floor else None,
            at_most=self.limit_bounds() if cap else None,
            terms=tuple(self.some(["Term 1", "Term 2", "Term 3", "Term 4"], 3)) if self.maybe(0.4) else (),
            covers=self.selector() if self.maybe(0.3) else None,
            cite=self.pick("", "Exhibit D"),
        )

    def limit_bounds(self) -> Bounds:
        share = Decimal(self.pick("1", "0.4", "0.8", "0.3333"))
        return Bounds(*self.pick((share, None), (None, self.amount(2000)), (share, self.amount(2000))))

    def stop_loss(self, number: int) -> StopLoss:
        pay = self.stop_loss_pay()
        when = tuple(self.trigger(pay) for _ in range(self.pick(1, 1, 2)))
        flag = (None, True, False)
        return StopLoss(
            f"Protection {number}",
            when,
            pay,
            effect=self.pick("instead", "in addition"),
            covers=self.selector() if self.maybe(0.4) else None,
            carve_outs_count=self.pick(*flag),
            carve_outs_replaced=self.pick(*flag),
            escalates=self.pick(*flag),
            average_stay=self.pick(None, "gmlos", "amlos", Decimal("2.3"), Decimal(1)),
            most=self.pick(None, None, self.amount(5000)),
            most_of_charges=self.pick(None, None, Decimal("0.85")),
            cite=self.pick("", "Exhibit C"),
        )

    def stop_loss_pay(self) -> StopLossPay:
        share, day = self.pick((Decimal("0.6"), None), (None, self.amount(900)), (Decimal("0.333"), self.amount(900)))
        return StopLossPay(
            share,
            self.pick("charges", "excess") if share else "charges",
            day,
            self.pick("all", "excess") if day else "all",
            minimum=self.pick(None, None, self.amount(500)),
            maximum=self.pick(None, None, self.amount(2000)),
        )

    def trigger(self, pay: StopLossPay) -> Trigger:
        """A trigger with the thresholds what is paid needs an excess over."""
        by_charge = (
            {"charges_over": self.pick(Decimal(1000), self.amount(4000))},
            {"times_rate": Decimal(self.pick("1.5", "4.5", "0.5"))},
            {"by_service": tuple(self.service() for _ in range(self.pick(1, 2)))},
        )
        by_stay = ({"days_over": Decimal(self.pick(1, 3))}, {"times_average_stay": Decimal(self.pick("1", "1.3"))})
        told: dict[str, Any] = {}
        if pay.of == "excess" or self.maybe(0.6):
            told |= self.pick(*by_charge)
        if pay.days == "excess" or self.maybe(0.3) or not told:
            told |= self.pick(*by_stay)
        if self.maybe(0.2):
            told["charges_under_share_of_rate"] = Decimal(self.pick("0.4", "2"))
        return Trigger(**told)

    def service(self) -> ServiceThreshold:
        return ServiceThreshold(self.amount(3000), self.selector() if self.maybe(0.7) else None)

    def ranking(self) -> MultipleProcedures:
        factors = self.pick(("1", "0.5", "0.5", "0.25"), ("1", "0.5"), ("1",), ("0.9", "0.333333"))
        covers = Selector((Condition("codes", (CodeRange("10004", "69990"),)),)) if self.maybe(0.7) else self.selector()
        return MultipleProcedures(
            tuple(map(Decimal, factors)),
            covers,
            units=self.pick("line", "each"),
            scope=self.pick("day", "day", "claim"),
            apart=self.pick(ASSISTANTS, (), ("RT",)),
            order=self.pick("fee", "fee", "rvu"),
            indicators=self.pick((), (), ("2", "3"), ("0",)),
            families=self.pick((), (), "endo_base", self.families()),
        )

    def part_ranking(self) -> MultipleProcedures:
        parts = {
            "technical": (Decimal(1), Decimal("0.5")),
            "professional": self.pick((Decimal(1), Decimal("0.95")), (Decimal("0.9"),)),
            "practice expense": (Decimal(1), Decimal(0)),
        }
        named = self.some(list(parts), 3)
        drawn = self.ranking()
        return replace(drawn, factors=(), order="fee", families=(), parts={name: parts[name] for name in named})

    def families(self) -> tuple[Family, ...]:
        others = (Family("20610", (CodeRange("27447", "27447"),)), Family("99214", (CodeRange("99213", "99213"),)))
        return (Family("29877", (CodeRange("29870", "29889"),)), *others[: self.pick(0, 1, 2)])

    def indicators(self) -> tuple[Indicators, ...]:
        """What a schedule says of its codes, in periods with gaps."""
        found = []
        for code in sorted(code.upper() for code in CODES if self.maybe(0.5)):
            cuts = sorted({FIRST, *(self.day() for _ in range(self.pick(0, 0, 2)))})
            for first, last in itertools.pairwise([*cuts, FOREVER]):
                values = {
                    "multiple": self.pick("0", "2", "3"),
                    "bilateral": self.pick("0", "1", "2", "3"),
                    "rvu_facility": self.pick("1.5", "20"),
                    "rvu_office": self.pick("3.25", "7"),
                    "intra": "0.69",
                    "post": "0.21",
                    "endo_base": self.pick("29877", "29877", "27447", "99999"),
                    "status": self.pick("A", "A", "T"),
                    "pctc": self.pick("1", "1", "2", "3"),
                    "reduced": str(self.amount(1500)),
                    "reduced_office": str(self.amount(1500)),
                }
                if self.maybe(0.8):
                    kept = {name: value for name, value in values.items() if self.maybe(0.8)}
                    found.append(Indicators(code, kept, Period(first, last)))
        return tuple(found)

    def modifiers_by_code(self) -> dict[str, ModifierByCode]:
        by = {"50": ModifierByCode("bilateral", {"1": Decimal("1.5"), "0": Decimal(1)})}
        shares = {"62": ModifierByCode(shares=self.pick(("intra", "post"), ("post",)))}
        return (by if self.maybe(0.4) else {}) | (shares if self.maybe(0.3) else {})

    def paid_alone(self) -> PaidAlone:
        covers = self.pick(Selector(), Selector((Condition("codes", self.ranges(CODES)),)), self.selector())
        return PaidAlone(covers, self.pick((), ("T",)) if covers.conditions else ("T",))

    def tier(self, number: int) -> Tier:
        return Tier(f"Tier {number}", self.selector(), Decimal(self.pick("0.85", "0.333333", "1.1")))

    # -- claims ------------------------------------------------------------------------------------------------

    def claims(self, count: int) -> list[OracleClaim]:
        line_keys = iter(self.random.sample(range(10**9), count * 7))
        return [self.claim(key, line_keys) for key in self.random.sample(range(10**9), count)]

    def claim(self, key: int, line_keys: Iterable[int]) -> OracleClaim:
        start = None if self.maybe(0.03) else self.day()
        stay = self.maybe(0.4)
        keys = iter(line_keys)
        lines = [self.line(next(keys), number, start) for number in range(1, self.pick(0, 1, 1, 2, 3, 4, 6) + 1)]
        row = {
            "claim_key": key,
            "claim_type": self.pick("professional", "institutional", "institutional", None),
            "payer": self.pick(*PAYERS, *["Summit Health"] * 9, *["Lakeside Mutual"] * 2, None),
            "payer_id": self.pick(None, None, "SUMM1", "LAKE2", "XX"),
            "member_id": self.pick(None, " ", *MEMBERS),
            "product": self.pick(None, None, "PPO", "HMO", "ppo", ""),
            "billing_npi": self.pick(None, *["1234567893"] * 9, "0000000000"),
            "billing_tin": self.pick(None, *["840000000"] * 9, "840000001"),
            "claim_start_date": start,
            "claim_end_date": start and self.pick(None, start, start + timedelta(days=4), start - timedelta(days=1)),
            "admission_date": start - timedelta(days=self.pick(0, 1, 40)) if start and stay else None,
            "discharge_date": start + timedelta(days=self.pick(0, 1, 3, 9)) if start and stay else None,
            "bill_type_code": self.pick(None, "111", "111", "131", "117"),
            "drg_code": self.pick(None, *DRGS),
            "discharge_status": self.pick(None, "01", "30", "02", "03", "06", "66", " 02"),
            "age": self.pick(None, 0, 17, 18, 64, 65, 90),
            "charge_amount": self.pick(None, None, Decimal("1000.00"), self.amount(9000)),
            "network": self.pick(None, None, "", " ", "MULTIPLAN", "FH2", "Other"),
            "plan": self.pick(None, "gold", "Silver"),
            "group_number": self.pick(None, "G-100", "G-200"),
            "site_npi": self.pick(None, "1234567893", "1987654321"),
            "place_of_service_code": self.pick(None, "11", "22"),
            "diagnoses": tuple(self.some(DIAGNOSED, 3)) if self.maybe(0.7) else (),
            "present_on_admission": tuple(self.pick("Y", "N", "n ", "U", "") for _ in range(self.pick(0, 2, 3))),
        }
        return OracleClaim.of(row, lines)

    def line(self, key: int, number: int, start: date | None) -> dict[str, Any]:
        odd = (
            None,
            Decimal(0),
            Decimal("-100.00"),
            Decimal("1000.00"),
            Decimal("9999999999999999.99"),
            Decimal("12345678901.23"),
        )
        charge = self.pick(*odd, *(self.amount() for _ in range(12)))
        return {
            "line_key": key,
            "claim_line_number": self.pick(number, number, number, 1, None),
            "revenue_center_code": self.pick(None, *REVENUE),
            "hcpcs_code": self.pick(None, "", "2988", *CODES, "A4550", "29881", "29877", "27447"),
            "modifiers": tuple(self.pick(*MODIFIERS, "50") for _ in range(self.pick(0, 0, 1, 1, 2, 4))),
            "units": Decimal(
                self.pick("1", "1", "1", "2", "0", "-1", "1.5", "0.333", "12", "97", "1234567.891", "999999999999999")
            ),
            "unit_measure": self.pick(None, None, "UN", "MJ", "MJ", " mj", "DA"),
            "place_of_service_code": self.pick(None, "11", "21", "22"),
            "setting": self.pick("facility", "office", None),
            "service_date": self.pick(None, start, start, start, self.day()),
            "charge_amount": charge,
            "rendering_npi": self.pick(None, "1111111111", "2222222222"),
            "invoice_amount": self.pick(None, None, None, Decimal("1000.00"), self.amount(9000), Decimal("-5.00")),
        }


def known(claims: Sequence[OracleClaim]) -> list[OracleClaim]:
    """Each claim with the others there are."""
    return [replace(claim, others=tuple(claims)) for claim in claims]


def service_tables(claims: Sequence[OracleClaim]) -> dict[str, pa.Table]:
    """The input tables of the engine for these claims."""
    claim_rows = [{name: getattr(claim, name) for name in CLAIMS.names} for claim in claims]
    line_rows = [
        {name: getattr(line, name) for name in LINES.names if name != "claim_key"}
        | {"claim_key": claim.claim_key, "modifiers": ",".join(line.modifiers)}
        for claim in claims
        for line in claim.lines
    ]
    diagnoses = [
        {"claim_key": claim.claim_key, "position": place, "kind": kind, "code": code, "present_on_admission": present}
        for claim in claims
        for kind, codes in (("diagnosis", claim.coded), ("procedure", [(each, None) for each in claim.procedures]))
        for place, (code, present) in enumerate(codes, start=1)
    ]
    return {
        "service_claims": pa.Table.from_pylist(claim_rows, CLAIMS),
        "service_lines": pa.Table.from_pylist(line_rows, LINES),
        "diagnoses": pa.Table.from_pylist(diagnoses, DIAGNOSES),
    }


def engine_answer(contracts: Sequence[Contract], claims: Sequence[OracleClaim]) -> Answer:
    """Price on DuckDB; rows by key."""
    engine = DuckDB(duckdb.connect(config={"threads": 1}))  # many small questions: threads only wait for each other
    for name, table in service_tables(claims).items():
        engine.put(name, table)
    price(engine, contracts)
    lines = engine.arrow("select * from priced_lines").to_pylist()
    adjusted: dict[int, list[dict[str, Any]]] = {}
    for row in engine.arrow("select * from priced_adjustments order by claim_key, position, line_key").to_pylist():
        adjusted.setdefault(row.pop("claim_key"), []).append(row)
    answer = Answer(
        {row["line_key"]: row for row in lines},
        {row["claim_key"]: row for row in engine.arrow("select * from priced_claims").to_pylist()},
        adjusted,
    )
    assert len(lines) == len(answer.lines) == sum(len(claim.lines) for claim in claims)
    assert len(answer.claims) == len(claims)
    return answer


def differences(answer: Answer, priced: PricedClaim) -> list[str]:
    """Where the engine says anything else than the oracle, column by column."""
    found = _compare("claim", answer.claims[priced.claim_key], priced, PricedClaim, {"lines", "adjustments"})
    rows, told = answer.adjustments.get(priced.claim_key, []), [asdict(each) for each in priced.adjustments]
    if rows != told:
        found.append(f"claim {priced.claim_key}, adjustments: engine {rows!r}, oracle {told!r}")
    for line in priced.lines:
        found += _compare("line", answer.lines[line.line_key], line, PricedLine, set())
    return found


def _compare(what: str, row: dict[str, Any], told: object, kind: type[Any], skip: set[str]) -> list[str]:
    names = [field.name for field in fields(kind) if field.name not in skip]
    return [
        f"{what} {row.get('line_key', row['claim_key'])}, {name}: engine {row[name]!r}, oracle {getattr(told, name)!r}"
        for name in names
        if row[name] != getattr(told, name)
    ]


@pytest.fixture
def world() -> Callable[[int], World]:
    return World


@pytest.fixture
def engine_prices() -> Callable[[Sequence[Contract], Sequence[OracleClaim]], Answer]:
    return engine_answer


@pytest.fixture
def disagreements() -> Callable[[Sequence[Contract], Sequence[OracleClaim]], list[str]]:
    """Every difference between engine and oracle over some claims."""

    def find(contracts: Sequence[Contract], claims: Sequence[OracleClaim]) -> list[str]:
        answer = engine_answer(contracts, claims)
        return [each for claim in known(claims) for each in differences(answer, price_claim(contracts, claim))]

    return find


@pytest.fixture
def priced_engine() -> Callable[[Sequence[Contract], Sequence[OracleClaim]], DuckDB]:
    """An engine that holds claims, priced under contracts."""

    def priced(contracts: Sequence[Contract], claims: Sequence[OracleClaim]) -> DuckDB:
        engine = DuckDB()
        for name, table in service_tables(claims).items():
            engine.put(name, table)
        price(engine, contracts)
        return engine

    return priced
