"""A contract with only some of the changes of another: none gives the first, all the second."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.codes import CodeRange
from evenhand.contracts import (
    Condition,
    Contract,
    Escalator,
    FeeSchedule,
    MultipleProcedures,
    Parties,
    Rate,
    Rules,
    Selector,
    Term,
    Version,
)
from evenhand.contracts.methods import Amount, Excluded, PaidBySchedule, PercentOf, PercentOfCharges
from evenhand.negotiation.changes import LABELS, SingleChange, held_on, single_changes, with_changes
from evenhand.periods import ALWAYS

D = Decimal
DAY = date(2026, 1, 1)
TABLES = ("a.csv", "b.csv", "c.csv")
AMOUNTS = st.sampled_from([D("10.00"), D("20.00"), D("30.00")])
SHARES = st.sampled_from([D("0.40"), D("0.50")])
CODES = st.sampled_from(["99213", "29881", "73721"])
WAYS = st.one_of(
    AMOUNTS.map(Amount),
    st.just(Excluded()),
    SHARES.map(PercentOfCharges),
    st.sampled_from(TABLES).map(PaidBySchedule),
    st.builds(PercentOf, st.sampled_from(TABLES), SHARES, st.none() | st.just(DAY)),
)
RANKING = MultipleProcedures((D(1), D("0.5")), Selector())


@st.composite
def a_term(draw: st.DrawFn, name: str) -> Term:
    pay = draw(WAYS)
    by_schedule = isinstance(pay, PaidBySchedule | PercentOf)
    ranges = tuple(CodeRange(code, code) for code in draw(st.lists(CODES, max_size=2, unique=True)))
    covers = Selector((Condition("codes", ranges),) if ranges else (), on_schedule=by_schedule and draw(st.booleans()))
    per: Any = draw(st.sampled_from(["unit", "line", "case"])) if isinstance(pay, Amount) else "unit"
    return Term(name, pay, covers, per, draw(st.sampled_from(["", "§1"])), per != "case" and draw(st.booleans()))


@st.composite
def a_contract(draw: st.DrawFn) -> Contract:
    names = draw(st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=5, unique=True))
    terms = tuple(draw(a_term(name)) for name in names)
    used = {term.pay.schedule for term in terms if isinstance(term.pay, PaidBySchedule | PercentOf)}
    held = used | set(draw(st.lists(st.sampled_from(TABLES), max_size=1)))
    tables = {name: FeeSchedule(name, (Rate("99213", draw(AMOUNTS)),)) for name in sorted(held)}
    rules = Rules(
        draw(st.sampled_from([None, "line", "claim"])),
        draw(st.sampled_from([(), (RANKING,)])),
        draw(st.sampled_from([{}, {"50": D("1.5")}])),
        draw(st.sampled_from([None, Escalator(DAY, 12, D("1.03"), ("fee_schedule",))])),
    )
    products = draw(st.sampled_from([(), ("PPO",)]))
    provisions = draw(st.dictionaries(st.sampled_from(["payment_days", "filing"]), st.integers(1, 3), max_size=2))
    version = Version(ALWAYS, terms, rules, tables, products, (), provisions)
    parties = Parties("Cedar Ridge", draw(st.sampled_from(["Summit", "Prairie"])))
    return Contract("c", "C", parties, ALWAYS, (version,), ends=draw(st.sampled_from([None, DAY])))


def _unlabelled(contract: Contract, like: Contract) -> Contract:
    kept = [name for name in LABELS if name not in ("versions", "parties")]
    return replace(contract, **{each.name: getattr(like, each.name) for each in fields(like) if each.name in kept})


@settings(max_examples=300, deadline=None)
@given(first=a_contract(), second=a_contract())
def test_no_change_is_the_first_and_all_changes_are_the_second(first: Contract, second: Contract) -> None:
    before, after = held_on(first, DAY), held_on(second, DAY)
    singles = single_changes(before, after)

    assert with_changes(before, after, []) == before
    assert _unlabelled(with_changes(before, after, singles), after) == after
    assert single_changes(before, before) == ()


@settings(max_examples=150, deadline=None)
@given(first=a_contract(), second=a_contract(), random=st.randoms(use_true_random=False))
def test_changes_made_one_after_another_in_any_order_end_at_the_second(first: Any, second: Any, random: Any) -> None:
    now, after = held_on(first, DAY), held_on(second, DAY)
    for _ in range(60):
        left = single_changes(now, after)
        if not left:
            break
        now = with_changes(now, after, [random.choice(left)])

    assert _unlabelled(now, after) == after


@settings(max_examples=150, deadline=None)
@given(first=a_contract(), second=a_contract())
def test_every_change_by_itself_leaves_a_contract_that_can_be_priced(first: Contract, second: Contract) -> None:
    before, after = held_on(first, DAY), held_on(second, DAY)
    for single in single_changes(before, after):
        version = with_changes(before, after, [single]).versions[0]
        for term in version.terms:
            if isinstance(term.pay, PaidBySchedule | PercentOf):
                assert term.pay.schedule in version.schedules
            else:
                assert not term.covers.on_schedule
            assert not (term.claim_level and term.carve_out)


def test_what_is_kept_apart_and_what_goes_together() -> None:
    visits = Term("Visits", PaidBySchedule("a.csv"), Selector((Condition("codes", (CodeRange("99213", "99213"),)),)))
    tables = {"a.csv": FeeSchedule("a.csv", (Rate("99213", D(100)),))}
    before = held_on(_contract((visits,), tables), DAY)
    moved = replace(visits, pay=PaidBySchedule("b.csv"), cite="§2", per="line")
    after = held_on(_contract((moved,), {"b.csv": FeeSchedule("b.csv", (Rate("99213", D(110)),))}), DAY)

    assert single_changes(before, after) == (
        SingleChange("term", "Visits", ("per",), priced=True),
        SingleChange("term", "Visits", ("cite",), priced=False),
        SingleChange("schedule", "b.csv", (), priced=True),
        SingleChange("schedule", "a.csv", (), priced=False),
    )


def _contract(terms: tuple[Term, ...], tables: dict[str, FeeSchedule]) -> Contract:
    version = Version(ALWAYS, terms, Rules(), tables, ())
    return Contract("c", "C", Parties("Cedar Ridge", "Summit"), ALWAYS, (version,))
