"""A thousand rate scenarios on one book of 1,000,000 mixed lines: priced once, then valued a thousand times.

The contract: implants carved out at a share of charges, joint replacement by the case, other stays by the day, office
visits at a percent of a dated schedule, everything else by a dated fee schedule of 4,000 codes, the rest at a share of
charges; modifiers, multiple-procedure ranking, an escalator; lesser-of by line (and again by claim). Seven lines in
ten are of a practice with eight prices a code, the others of a hospital, each with a charge of its own.

Every scenario moves six things at once, each drawn from 101 values, so no two are alike and nothing can be looked up.
A few scenarios are priced the long way, every line under the changed contract, and must be equal to the cent, term
by term. ``scenario_s_1000`` is the time for all scenarios after one preparation (told apart as ``prepare_s``);
``ratio_to_repricing`` is the time of one scenario over that of one full pricing.

    python benchmarks/scenarios.py            # 1,000,000 lines, 1,000 scenarios
    python benchmarks/scenarios.py --quick    # 300,000 lines, under 50 s

The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.codes import CodeRange
from evenhand.contracts.escalation import Escalator
from evenhand.contracts.methods import Amount, PaidBySchedule, PercentOf, PercentOfCharges
from evenhand.contracts.model import (
    Bound,
    Condition,
    Contract,
    FeeSchedule,
    MultipleProcedures,
    Parties,
    Rate,
    Rules,
    Selector,
    Term,
    Version,
)
from evenhand.engines import DuckDB
from evenhand.periods import Period
from evenhand.pricing import price
from evenhand.pricing.scenarios import Change, Scenario, changed, prepare
from evenhand.pricing.scenarios.exact import sums

FULL, QUICK = 1_000_000, 300_000
SCENARIOS = 1000
#: Where lesser-of holds whole claims to their charges no line stands alone; so many are timed, and told for 1,000.
BY_CLAIM = 100
TARGETS = (
    ("Implants", "percent", "30", "0.2"),
    ("Joint replacement", "amount", "22000", "60"),
    ("Other stays", "amount", "1900", "12.5"),
    ("Office visits", "percent", "110", "0.45"),
    ("Fee schedule", "", "0.9", "0.0025"),
    ("Anything else", "percent", "35", "0.25"),
)

CLAIMS_SQL = """
select
    i as claim_key, 'claim' as origin, 'C' || i as claim_id, 'M' || (i % 50000) as member_id,
    case when {hospital} then 'institutional' else 'professional' end as claim_type,
    'Summit Health' as payer, cast(null as varchar) as payer_id, 'PPO' as product,
    '1234567893' as billing_npi, '840000000' as billing_tin,
    date '2024-01-01' + cast(hash(i, 3) % 731 as integer) as claim_start_date,
    claim_start_date + cast(case when {hospital} then 1 + hash(i, 4) % 6 else 0 end as integer) as claim_end_date,
    case when {hospital} then claim_start_date end as admission_date,
    case when {hospital} then claim_end_date end as discharge_date,
    case when {hospital} then '111' end as bill_type_code,
    case when {hospital} then case hash(i, 5) % 4 when 0 then '470' when 1 then '469' else '871' end end as drg_code,
    40 as age, cast(null as varchar) as patient_sex, cast(null as varchar) as discharge_status,
    cast(null as varchar) as network, cast(null as varchar) as plan, cast(null as varchar) as group_number,
    cast(null as varchar) as site_npi, cast(null as varchar) as place_of_service_code,
    cast(null as decimal(18, 2)) as charge_amount
from range(0, {claims}) as t(i)
"""
LINES_SQL = """
with lines as (
    select i as line_key, i // 4 as claim_key, i % 4 + 1 as nth, (i // 4) % 10 >= 7 as stays
    from range(0, {lines}) as t(i)
)
select
    line_key, claim_key, cast(nth as integer) as claim_line_number,
    case when stays then case nth when 1 then '0120' when 2 then '0278' when 3 then '0360' else '0250' end end
        as revenue_center_code,
    case when stays then null when hash(line_key, 1) % 3 = 0 then cast(99202 + hash(line_key, 2) % 14 as varchar)
        else cast(30000 + hash(line_key, 2) % 4200 as varchar) end as hcpcs_code,
    case when not stays and hash(line_key, 7) % 20 = 0 then '50' else '' end as modifiers,
    cast(case when hash(line_key * 5 + 1) % 9 = 0 then 2 else 1 end as decimal(18, 3)) as units,
    '11' as place_of_service_code,
    'office' as setting, date '2024-01-01' + cast(hash(claim_key, 3) % 731 as integer) as service_date,
    cast(case when stays then 500 + (hash(line_key, 6) % 1500000) * 0.01::decimal(18, 2)
        else 60 + (hash(hcpcs_code || chr(65 + cast((hash(line_key * 7 + 3) // 1024) % 8 as integer))) % 90000)
            * 0.01::decimal(18, 2) end as decimal(18, 2))
        as charge_amount,
    '1111111111' as rendering_npi, cast(null as decimal(18, 2)) as invoice_amount
from lines
"""
HALVES = (Period(date(2024, 1, 1), date(2025, 1, 1)), Period(date(2025, 1, 1), date(2026, 1, 1)))


def book(lines: int) -> DuckDB:
    """The service tables of a made-up book."""
    engine = DuckDB()
    claims = CLAIMS_SQL.format(claims=(lines + 3) // 4, hospital="i % 10 >= 7")
    engine.connection.execute(f"create table service_claims as {claims}")
    engine.connection.execute(f"create table service_lines as {LINES_SQL.format(lines=lines)}")
    engine.connection.execute("create table diagnoses(claim_key bigint, position int, kind text, code text)")
    return engine


def contract(level: Any) -> Contract:
    draw = random.Random(8)
    cents = [Decimal(draw.randint(2000, 60000)).scaleb(-2) for _ in range(8000)]
    codes = [str(30000 + place) for place in range(4000)]
    rates = tuple(
        Rate(code, cents[place * 2 + half], period=period)
        for place, code in enumerate(codes)
        for half, period in enumerate(HALVES)
    )
    visits = tuple(
        Rate(str(code), Decimal(40 + code % 97), period=period) for code in range(99202, 99216) for period in HALVES
    )
    terms = (
        Term("Implants", PercentOfCharges(Decimal("0.38")), _revenue("0275", "0278"), carve_out=True),
        Term("Joint replacement", Amount(Decimal(24500)), _when("drg", "469", "470"), per="case"),
        Term("Other stays", Amount(Decimal(2400)), _when("bill_type", "111", "111"), per="day"),
        Term("Office visits", PercentOf("visits.csv", Decimal("1.28")), _when("codes", "99202", "99215")),
        Term("Fee schedule", PaidBySchedule("exhibit-a.csv"), Selector(on_schedule=True)),
        Term("Anything else", PercentOfCharges(Decimal("0.45"))),
    )
    rules = Rules(
        level,
        (MultipleProcedures((Decimal(1), Decimal("0.5"), Decimal("0.25")), _when("codes", "30000", "31999")),),
        {"50": Decimal("1.5")},
        (Escalator(date(2024, 1, 1), 12, Decimal("1.03"), ("fee_schedule", "case")),),
    )
    schedules = {"exhibit-a.csv": FeeSchedule("exhibit-a.csv", rates), "visits.csv": FeeSchedule("visits.csv", visits)}
    period = Period(date(2024, 1, 1), date(2026, 1, 1))
    version = Version(period, terms, rules, schedules, products=())
    return Contract(
        "summit", "Cedar Ridge with Summit Health", Parties("Cedar Ridge", "Summit Health"), period, (version,)
    )


def _when(attribute: str, low: str, high: str) -> Selector:
    return Selector((Condition(attribute, (CodeRange(low, high),)),))


def _revenue(low: str, high: str) -> Selector:
    return replace(_when("revenue_codes", low, high), bounds=(Bound("charge", Decimal(1000), above=True),))


def drawn(count: int) -> list[Scenario]:
    """Scenarios that move every target at once."""
    draw = random.Random(1)
    return [
        Scenario(
            f"{number}",
            tuple(
                Change("term", term, key, Decimal(start) + draw.randint(0, 100) * Decimal(step), times=not key)
                for term, key, start, step in TARGETS
            ),
        )
        for number in range(count)
    ]


def measure(lines: int, scenarios: int, level: str, checked: int) -> dict[str, Any]:
    """Prepare once, value all scenarios, price a few the long way."""
    engine, held = book(lines), contract(level)
    began = time.perf_counter()
    price(engine, [held])
    priced = time.perf_counter()
    prepared = prepare(engine, held)
    ready = time.perf_counter()
    asked = drawn(scenarios)
    found = prepared.value(asked)
    done = time.perf_counter()
    told = {"pricing_s": priced - began, "prepare_s": ready - priced, "scenario_s": done - ready}
    equal, repricing = _checked(engine, held, list(zip(asked, found, strict=True))[:checked])
    print(f"lesser-of by {level}: " + ", ".join(f"{name} {value:.2f}" for name, value in told.items()), flush=True)
    assert prepared.all_claims.runs == prepared.strange.runs == 0, "some scenarios went the long way"
    return {**told, "equal": equal, "repricing_s": repricing}


def _checked(engine: DuckDB, held: Contract, asked: list[Any]) -> tuple[bool, float]:
    """Whether full pricing gives the same, and what it takes at best."""
    equal, best = True, float("inf")
    for scenario, totals in asked:
        began = time.perf_counter()
        price(engine, [changed(held, scenario)])
        best = min(best, time.perf_counter() - began)
        full = sums(engine, held.id, "select claim_key from service_claims")
        equal = equal and {k: v for k, v in full.items() if v} == {k: v for k, v in totals.items() if v}
    return equal, best


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help=f"{QUICK:,} lines instead of {FULL:,}")
    options.add_argument("--lines", type=int)
    told = options.parse_args()
    lines = told.lines or (QUICK if told.quick else FULL)
    by_line, by_claim = measure(lines, SCENARIOS, "line", 3), measure(lines, BY_CLAIM, "claim", 2)
    print(f"{os.cpu_count()} cores")
    print(
        json.dumps(
            {
                "scenario_s_1000": round(by_line["scenario_s"] * 1000 / SCENARIOS, 2),
                "scenario_s_1000_by_claim": round(by_claim["scenario_s"] * 1000 / BY_CLAIM, 2),
                "prepare_s": round(by_line["prepare_s"], 2),
                "repricing_s": round(by_line["repricing_s"], 2),
                "ratio_to_repricing": round(by_line["scenario_s"] / SCENARIOS / by_line["repricing_s"], 5),
                "equal": by_line["equal"] and by_claim["equal"],
                "lines": lines,
            }
        )
    )


if __name__ == "__main__":
    main()
