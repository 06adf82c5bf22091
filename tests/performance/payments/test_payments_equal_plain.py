"""Whatever rules stand together: the steps say of every claim what the plain reading says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.codes import CodeRange
from evenhand.contracts import Contract, Index
from evenhand.contracts.dues.states import built_in
from evenhand.contracts.lateness import LateStep, LateTerms, PromptPay
from evenhand.contracts.model import Condition, Parties, Rules, Selector, Version
from evenhand.contracts.takings import Sequestration, Withhold
from evenhand.periods import Period

DAY = date(2025, 3, 3)
YEARS = Period(date(2025, 1, 1), date(2027, 1, 1))
DAYS = st.integers(-10, 200).map(lambda days: DAY + timedelta(days=days))
SHARES = st.decimals(0, "0.3", places=4)
AMOUNTS = st.decimals(0, 3000, places=2)
PRODUCTS = ("HMO", "PPO", "Self-funded")
CONDITIONS = st.builds(
    lambda products, negated: Condition("product", tuple(CodeRange(one, one) for one in products), negated),
    st.lists(st.sampled_from([name.upper() for name in PRODUCTS]), min_size=1, max_size=2, unique=True),
    st.booleans(),
)
TYPES = st.builds(lambda name: Condition("claim_type", (CodeRange(name, name),)), st.just("PROFESSIONAL"))
SELECTORS = st.none() | st.builds(
    lambda one, two: Selector((one, *two)), CONDITIONS, st.lists(CONDITIONS | TYPES, max_size=1)
)
PERIODS = st.sampled_from([Period(date.min), Period(DAY + timedelta(days=40)), Period(date.min, DAY)])
STATES = st.sampled_from(["AL", "CA", "DC", "FL", "GA", "TX", "NY", "MEDICARE"]).map(
    lambda state: PromptPay(built_in()[state].terms, source=built_in()[state].source)
)
INDEX = Index("fed.csv", {date(2025, 1, 1): Decimal("4.5"), date(2025, 6, 1): Decimal(4)})


@st.composite
def a_prompt_pay(draw: st.DrawFn) -> PromptPay:
    per: Any = draw(st.sampled_from(["year", "month", "once"]))
    ends = sorted(draw(st.sets(st.integers(1, 90), max_size=2)))
    once = st.none() | AMOUNTS if per == "once" else st.none()
    yearly = st.none() | SHARES if per == "once" else st.none()
    steps = tuple(LateStep(draw(SHARES), end, draw(once), draw(yearly)) for end in [*ends, None])
    terms = LateTerms(
        days=draw(st.none() | st.integers(0, 50)),
        paper_days=draw(st.none() | st.integers(0, 50)),
        working=draw(st.booleans()),
        per=per,
        steps=steps,
        of=draw(st.sampled_from(["payment", "discount"])) if per == "once" else "payment",
        year_days=draw(st.sampled_from([365, 360])),
        months=draw(st.sampled_from(["days", "begun", "whole"])),
    )
    if per == "year" and draw(st.booleans()):
        terms = LateTerms(20, linked_to="fed.csv", margin=draw(SHARES), at_least=draw(st.none() | SHARES))
        return PromptPay((terms,), index=INDEX)
    return PromptPay((terms,), paper=draw(st.booleans()), covers=draw(SELECTORS), period=draw(PERIODS))


RULES = st.builds(
    Rules,
    sequestration=st.lists(st.builds(Sequestration, SHARES, SELECTORS, PERIODS), max_size=2).map(tuple),
    withhold=st.lists(
        st.builds(Withhold, SHARES, st.sampled_from([None, "before", "after", "beside"]), SELECTORS, PERIODS),
        max_size=2,
    ).map(tuple),
    prompt_pay=st.lists(STATES | a_prompt_pay(), max_size=3).map(tuple),
)
PROVISIONS = st.sampled_from([{}, {"payment_days": 30}, {"payment_days": 45, "interest": Decimal("0.12")}])
PAYMENTS = st.lists(st.tuples(st.none() | DAYS, st.decimals(-1500, 3000, places=2)), max_size=4)
CLAIMS = st.fixed_dictionaries(
    {
        "allowed": AMOUNTS,
        "told": AMOUNTS,
        "patient": AMOUNTS,
        "charge": AMOUNTS,
        "received": st.none() | DAYS,
        "day": DAYS,
        "paid": PAYMENTS,
        "product": st.none() | st.sampled_from(PRODUCTS),
        "claim_type": st.sampled_from([None, "professional"]),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(rules=RULES, provisions=PROVISIONS, claims=st.lists(CLAIMS, min_size=1, max_size=8), to=st.none() | DAYS)
def test_equal(
    reported: Callable[..., Any],
    rules: Rules,
    provisions: dict[str, Any],
    claims: list[dict[str, Any]],
    to: date | None,
) -> None:
    version = Version(YEARS, (), rules, {}, (), provisions=provisions)
    contract = Contract("c1", "Any", Parties("Riverside", "Summit Health"), YEARS, (version,))

    for row in reported(contract, claims, to).expected:
        parts = ("allowed", "sequestration", "withhold", "other")
        assert row["payment_variance"] == row["paid_amount"] - row["payment_due"]
        assert row["payment_variance"] == sum(row[f"{part}_variance"] for part in parts)
