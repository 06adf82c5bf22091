"""A contract written out and read again is the same contract."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.codes import CodeRange
from evenhand.contracts import (
    Bound,
    Condition,
    Contract,
    Duration,
    Escalator,
    Family,
    FeeSchedule,
    Index,
    MultipleProcedures,
    Parties,
    Rate,
    Rules,
    Selector,
    Term,
    Version,
    compare,
    read_contract,
)
from evenhand.contracts.codevalues import parse_codes
from evenhand.contracts.dues.states import built_in
from evenhand.contracts.lateness import LateStep, LateTerms, PromptPay
from evenhand.contracts.limits import LEVELS, Bounds, Limit
from evenhand.contracts.methods import (
    Amount,
    Anesthesia,
    Excluded,
    Packaged,
    PaidBySchedule,
    PercentOf,
    PercentOfCharges,
    PercentOfInvoice,
)
from evenhand.contracts.model import LINE_ATTRIBUTES, PaidAlone
from evenhand.contracts.outliers import DrgShare, Outlier
from evenhand.contracts.readmissions import PROVIDERS, Readmission
from evenhand.contracts.stoploss import ServiceThreshold, StopLoss, StopLossPay, Trigger
from evenhand.contracts.takings import Sequestration, Withhold
from evenhand.contracts.writer import write_contract
from evenhand.periods import ALWAYS, Period, through

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
START, END = date(2025, 1, 1), date(2027, 12, 31)
CODE = st.text("0123456789ABCJ", min_size=5, max_size=5)
NAME = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn", "Co"]), min_size=1, max_size=12
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
PERCENT = st.decimals(0, 400, places=2).map(lambda percent: percent / 100)
MONEY = st.decimals(0, 10**6, places=2)
DAY = st.dates(START, END)
VALUES = {
    "modifiers": ["50", "26-TC", "NO"],
    "revenue_codes": ["0275-0278", "0636"],
    "place_of_service": ["09", "21-24"],
    "setting": ["facility", "office"],
    "drg": ["470", "001-003"],
    "bill_type": ["13x", "111"],
    "diagnosis": ["M17", "S72.0-S72.9"],
    "product": ["PPO", "Medicare Advantage"],
    "tin": ["840000000"],
    "claim_type": ["institutional"],
}


def _ranges(pair: list[str]) -> CodeRange:
    return CodeRange(*sorted(pair))


@st.composite
def conditions(draw: st.DrawFn) -> tuple[Condition, ...]:
    found = {}
    for attribute in draw(st.lists(st.sampled_from(["codes", *VALUES]), max_size=3, unique=True)):
        if attribute == "codes":
            pairs = draw(
                st.lists(st.lists(CODE, min_size=2, max_size=2).map(_ranges), min_size=1, max_size=3, unique=True)
            )
            ranges = tuple(pairs)
        else:
            written = draw(st.sampled_from(VALUES[attribute]))
            ranges = parse_codes(attribute, written)
        present = draw(st.sampled_from([(), ("N",), ("N", "U")])) if attribute == "diagnosis" else ()
        found[attribute] = Condition(attribute, ranges, draw(st.booleans()), present)
    ordered = sorted(found.values(), key=lambda condition: condition.negated)
    return tuple(ordered)


def lines() -> st.SearchStrategy[Selector]:
    """What another line of the claim must, or must not, meet."""
    alone = conditions().map(lambda found: tuple(one for one in found if one.attribute in LINE_ATTRIBUTES))
    return alone.filter(bool).map(Selector)


@st.composite
def bounds(draw: st.DrawFn) -> tuple[Bound, ...]:
    found = []
    for measure in ("charge", "claim_charge", "invoice", "age", "length_of_stay"):
        if draw(st.integers(0, 4)):
            continue
        money = measure not in ("age", "length_of_stay")
        low, high = sorted(
            draw(st.lists(MONEY if money else st.integers(0, 120).map(Decimal), min_size=2, max_size=2, unique=True))
        )
        ends = draw(st.sampled_from([(low, high), (low, None), (None, high)]))
        found.append(Bound(measure, *ends, above=money and ends[0] is not None and draw(st.booleans())))
    return tuple(found)


def anesthesia() -> st.SearchStrategy[Anesthesia]:
    status = (
        st.dictionaries(st.sampled_from(["P3", "P4", "P5"]), st.decimals(0, 9, places=1))
        .map(dict.items)
        .map(sorted)
        .map(tuple)
    )
    return st.builds(
        Anesthesia,
        st.just("base-units"),
        st.decimals(0, 999, places=4),
        st.integers(1, 60),
        st.sampled_from(["exact", "tenth", "nearest", "up", "down", "none"]),
        status,
        st.sampled_from([None, "minutes", "time units"]),
        st.sampled_from(["each code", "highest base"]),
    )


def readmissions() -> st.SearchStrategy[Readmission]:
    drgs = st.sampled_from([(), parse_codes("drg", "291-293")])
    left = st.sampled_from([(), ("02", "05")])
    return st.builds(Readmission, st.integers(1, 365), st.booleans(), drgs, st.sampled_from(PROVIDERS), left)


@st.composite
def outliers(draw: st.DrawFn) -> Outlier:
    flag = st.sampled_from([None, True, False])
    return Outlier(
        draw(st.decimals("0.001", 1, places=3)),
        draw(MONEY),
        draw(PERCENT),
        by_drg=draw(st.sampled_from([(), (DrgShare(parse_codes("drg", "927-929"), Decimal("0.9")),)])),
        source=draw(st.just("") | NAME),
        as_of=draw(st.none() | DAY),
        updated_by=draw(st.just("") | NAME),
        carve_outs_count=draw(flag),
        escalates=draw(flag),
        cite=draw(st.just("") | NAME),
    )


@st.composite
def terms(draw: st.DrawFn, schedules: list[str], name: str) -> Term:
    per: Any = draw(st.sampled_from(["unit", "line", "day", "case"]))
    ways: list[st.SearchStrategy[Any]] = [MONEY.map(Amount)]
    if per != "day":
        ways.append(PERCENT.map(PercentOfCharges))
    if per in ("unit", "line"):
        ways.append(st.sampled_from([Excluded(), Packaged()]))
        fallback = st.none() | MONEY.map(Amount) | PERCENT.map(PercentOfCharges)
        ways.append(st.builds(PercentOfInvoice, PERCENT, st.none() | MONEY, fallback))
        ways.append(st.sampled_from(schedules).map(PaidBySchedule))
        if per == "unit":
            ways.append(anesthesia())
        ways.append(st.builds(PercentOf, st.sampled_from(schedules), PERCENT, st.none() | DAY))
    pay = draw(st.one_of(ways))
    on_schedule = isinstance(pay, PaidBySchedule | PercentOf) and draw(st.booleans())
    said = tuple(one for one in draw(conditions()) if not (on_schedule and one.attribute == "codes"))
    line_level = per in ("unit", "line")
    by_rate = line_level and pay.method in ("fee_schedule", "percent_of", "amount")
    return Term(
        name,
        pay,
        Selector(
            said,
            draw(bounds()),
            on_schedule,
            draw(st.none() | lines()),
            draw(st.none() | lines()),
            draw(st.none() | readmissions()),
        ),
        per,
        draw(st.just("") | NAME),
        carve_out=line_level and draw(st.booleans()),
        stop_loss=draw(st.booleans()),
        once=draw(st.sampled_from([None, "claim", "day"])) if by_rate else None,
        most_units=draw(st.none() | st.decimals(1, 99, places=1)) if by_rate and per == "unit" else None,
        outlier=draw(st.none() | outliers()) if per in ("day", "case") and isinstance(pay, Amount) else None,
    )


@st.composite
def tables(draw: st.DrawFn, name: str) -> FeeSchedule:
    keys = st.tuples(CODE, st.sampled_from(["", "26", "TC"]), st.sampled_from(["", "facility", "office"]))
    periods = [ALWAYS, Period(START), through(START, END), through(date.min, END)]
    rates = [
        Rate(code, draw(MONEY), modifier, setting, draw(st.sampled_from(periods)))
        for code, modifier, setting in draw(st.lists(keys, min_size=1, max_size=5, unique=True))
    ]
    return FeeSchedule(name, tuple(rates))


@st.composite
def triggers(draw: st.DrawFn, *, charges: bool, days: bool) -> Trigger:
    """A trigger, with the threshold an excess needs."""
    times = st.decimals("0.1", 9, places=1)
    service = st.builds(ServiceThreshold, MONEY, st.none() | scopes())
    by_charge: list[dict[str, Any]] = [
        {"charges_over": draw(MONEY)},
        {"times_rate": draw(times)},
        {"by_service": tuple(draw(st.lists(service, min_size=1, max_size=2)))},
    ]
    by_stay: list[dict[str, Any]] = [
        {"days_over": Decimal(draw(st.integers(1, 90)))},
        {"times_average_stay": draw(times)},
    ]
    said: dict[str, Any] = draw(st.sampled_from(by_charge)) if charges or (not days and draw(st.booleans())) else {}
    if days or not said:
        said |= draw(st.sampled_from(by_stay))
    if draw(st.booleans()):
        said["charges_under_share_of_rate"] = draw(PERCENT)
    return Trigger(**said)


def scopes() -> st.SearchStrategy[Selector | None]:
    """A selector that covers less than everything, or none."""
    built = st.builds(Selector, conditions(), bounds())
    return built.map(lambda selector: None if selector == Selector() else selector)


@st.composite
def limits(draw: st.DrawFn, name: str) -> Limit:
    bounds = st.sampled_from([(True, False), (False, True), (True, True)])

    def drawn() -> Bounds:
        share, amount = draw(bounds)
        return Bounds(draw(PERCENT) if share else None, draw(MONEY) if amount else None)

    floor, cap = draw(bounds)
    return Limit(
        name,
        draw(st.sampled_from(LEVELS)),
        drawn() if floor else None,
        drawn() if cap else None,
        (),
        draw(scopes()),
        draw(st.just("") | NAME),
    )


@st.composite
def stop_losses(draw: st.DrawFn, name: str) -> StopLoss:
    of: Any = draw(st.sampled_from(["charges", "excess"]))
    days: Any = draw(st.sampled_from(["all", "excess"]))
    share, per_day = draw(st.sampled_from([(True, False), (False, True), (True, True)]))
    flag, dollars = st.sampled_from([None, True, False]), st.none() | MONEY
    pay = StopLossPay(
        draw(PERCENT) if share else None,
        of if share else "charges",
        draw(MONEY) if per_day else None,
        days if per_day else "all",
        draw(dollars),
        draw(dollars),
    )
    trigger = triggers(charges=pay.of == "excess", days=pay.days == "excess")
    return StopLoss(
        name,
        tuple(draw(st.lists(trigger, min_size=1, max_size=2))),
        pay,
        draw(st.sampled_from(["instead", "in addition"])),
        draw(scopes()),
        draw(flag),
        draw(flag),
        draw(flag),
        draw(st.none() | st.decimals(1, 20, places=1)),
        draw(dollars),
        draw(st.none() | PERCENT),
        draw(st.just("") | NAME),
    )


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    ranking = st.builds(
        MultipleProcedures,
        st.lists(PERCENT, min_size=1, max_size=4).map(tuple),
        st.builds(Selector, conditions(), bounds()),
        name=st.just(MultipleProcedures((), Selector()).name) | NAME,
        indicators=st.sampled_from([(), ("2", "3")]),
        families=st.sampled_from([(), "endo_base", (Family("45378", (CodeRange("45379", "45398"),)),)]),
    )
    parts = st.fixed_dictionaries(
        {"technical": st.lists(PERCENT, min_size=1, max_size=3).map(tuple)},
        optional={
            "professional": st.just((Decimal(1), Decimal("0.95"))),
            "practice expense": st.just((Decimal(1), Decimal(0))),
        },
    )
    covers = st.builds(Selector, conditions())
    by_part = st.builds(MultipleProcedures, st.just(()), covers, name=NAME, indicators=st.just(("4",)), parts=parts)
    kinds = st.lists(
        st.sampled_from(["fee_schedule", "percent_of", "amount", "case", "day"]), min_size=1, max_size=5, unique=True
    )
    factor = st.decimals(-20, 20, places=2).map(lambda percent: 1 + percent / 100)
    fixed = st.builds(
        Escalator,
        DAY,
        st.integers(1, 36),
        factor,
        kinds.map(tuple),
        schedules=st.sampled_from([(), ("a.csv",)]),
        thresholds=st.booleans(),
    )
    indexed = st.builds(
        Escalator,
        DAY,
        st.integers(1, 36),
        st.just(Decimal(1)),
        kinds.map(tuple),
        index=st.just(Index("cpi.csv", {date(2025, 1, 1): Decimal("501.25"), date(2026, 1, 1): Decimal("512.5")})),
        floor=st.none() | st.just(Decimal("0.01")),
        cap=st.none() | st.just(Decimal("0.04")),
        lag=st.integers(0, 6),
        base_month=st.none() | st.just(date(2024, 9, 1)),
        decimals=st.none() | st.integers(0, 4),
    )
    alone = st.builds(PaidAlone, covers.filter(lambda one: one != Selector()), st.sampled_from([(), ("T",)]))
    return Rules(
        draw(st.sampled_from([None, "line", "claim"])),
        tuple(draw(st.lists(ranking | by_part, max_size=3, unique_by=lambda one: one.name))),
        draw(st.dictionaries(st.sampled_from(["50", "80", "AS", "NO", "09"]), PERCENT, max_size=3)),
        tuple(draw(st.lists(fixed | indexed, max_size=2))),
        stop_loss=tuple(draw(stop_losses(name)) for name in draw(st.lists(NAME, max_size=2, unique=True))),
        limits=tuple(draw(limits(name)) for name in draw(st.lists(NAME, max_size=2, unique=True))),
        sequestration=tuple(draw(st.lists(st.builds(Sequestration, TAKEN, DUE_FOR, DUE_ON, NAME), max_size=2))),
        withhold=tuple(draw(st.lists(st.builds(Withhold, TAKEN, ORDERS, DUE_FOR, DUE_ON, NAME), max_size=2))),
        prompt_pay=tuple(draw(st.lists(prompt_pays(), max_size=2))),
        bilateral_lines=draw(st.booleans()),
        bilateral_units=draw(st.booleans()),
        paid_alone=draw(st.none() | alone | st.just(PaidAlone(Selector(), ("T",)))),
    )


TAKEN = st.decimals(0, 100, places=2).map(lambda percent: percent / 100)
ORDERS = st.sampled_from([None, "before", "after", "beside"])
DUE_FOR = st.none() | st.just(
    Selector((Condition("product", (CodeRange("HMO", "HMO"),)), Condition("drg", (CodeRange("470", "470"),), True)))
)
DUE_ON = st.sampled_from([ALWAYS, Period(START), Period(START, END), through(date.min, START)])


@st.composite
def prompt_pays(draw: st.DrawFn) -> PromptPay:
    common: dict[str, Any] = {
        "covers": draw(DUE_FOR),
        "period": draw(DUE_ON),
        "paper": draw(st.booleans()),
        "cite": draw(NAME),
    }
    if draw(st.booleans()):
        state = built_in()[draw(st.sampled_from(sorted(built_in())))]
        index = Index("fed.csv", {START: Decimal("4.5")}) if state.terms[0].linked_to else None
        return PromptPay(state.terms, index=index, source=state.source, **common)
    per: Any = draw(st.sampled_from(["year", "month", "once"]))
    once = per == "once"
    ends = [*sorted(draw(st.sets(st.integers(1, 90), max_size=2))), None]
    dollars, interest = (st.none() | kind if once else st.none() for kind in (st.just(Decimal(100_000)), PERCENT))
    terms = LateTerms(
        draw(st.none() | st.integers(1, 60)),
        working=draw(st.booleans()),
        per=per,
        steps=tuple(LateStep(draw(PERCENT), end, draw(dollars), draw(interest)) for end in ends),
        of="discount" if once else "payment",
        year_days=draw(st.sampled_from([365, 360])),
        months=draw(st.sampled_from(["days", "begun", "whole"])) if per == "month" else "days",
    )
    return PromptPay((terms,), **common)


@st.composite
def versions(draw: st.DrawFn, period: Period) -> Version:
    schedules = {name: draw(tables(name)) for name in ("a.csv", "medicare")}
    names = draw(st.lists(NAME, min_size=1, max_size=4, unique=True))
    said = tuple(draw(terms(list(schedules), name)) for name in names)
    schedules["base-units"] = replace(draw(tables("base-units")), holds="base unit")
    lines = [term.name for term in said if not term.claim_level]
    return (
        Version(period, said, draw(rules()), schedules, ("PPO",), (), {"payment_days": 30})
        if lines
        else Version(
            period,
            (*said, Term("default", PercentOfCharges(Decimal("0.4")))),
            draw(rules()),
            schedules,
            ("PPO",),
            (),
            {},
        )
    )


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    cuts = sorted(draw(st.sets(st.dates(date(2025, 1, 2), END), max_size=2)))
    edges = [START, *cuts, date(2028, 1, 1)]
    periods = [Period(*pair) for pair in pairwise(edges)]
    parties = Parties(draw(NAME), draw(NAME), ("840000000",), ("1234567893",), ("SUMM1",), (draw(NAME),))
    said = tuple(draw(versions(period)) for period in periods)
    return Contract(
        "an-id", draw(NAME), parties, Period(START, edges[-1]), said, {"notice": Duration(120, "day")}, ends=END
    )


@settings(max_examples=60, deadline=None)
@given(contract=contracts())
def test_a_generated_contract_survives(contract: Contract) -> None:
    with tempfile.TemporaryDirectory() as place:
        write_contract(contract, Path(place))

        read = read_contract(place)

    assert (read.id, read.name, read.parties, read.period) == (
        contract.id,
        contract.name,
        contract.parties,
        contract.period,
    )
    for now, was in zip(read.versions, contract.versions, strict=True):
        assert now.terms == was.terms
        assert now.rules == was.rules
        assert {name: table.rates for name, table in now.schedules.items()} == {
            name: table.rates for name, table in was.schedules.items()
        }


@pytest.mark.parametrize("name", ["cedar-ridge-summit", "lakeshore-harbor", "pinewood-evergreen-plan"])
def test_an_example_survives(name: str, tmp_path: Path) -> None:
    contract = read_contract(EXAMPLES / name)

    write_contract(contract, tmp_path)

    read = read_contract(tmp_path)
    assert compare(contract, read) == []
    assert read.cases == contract.cases
