"""What changes are worth, reckoned by hand: alone, together, and what they do to one another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.codes import CodeRange
from evenhand.contracts import Condition, Contract, FeeSchedule, MultipleProcedures, Selector, Term
from evenhand.contracts.methods import Amount, PercentOfCharges
from evenhand.errors import SelectionError
from evenhand.negotiation import OfferQuestion, change_effects, offer_value
from evenhand.periods import Period

D = Decimal


def _ranked(*percents: str) -> tuple[MultipleProcedures, ...]:
    surgery = Selector((Condition("codes", (CodeRange("10004", "69990"),)),))
    return (MultipleProcedures(tuple(D(percent) for percent in percents), surgery),)


def _with_terms(contract: Contract, *terms: Term, **rules: Any) -> Contract:
    """The contract with these terms before its own."""
    version = contract.versions[0]
    held = replace(version, terms=(*terms, *version.terms), rules=replace(version.rules, **rules))
    return replace(contract, versions=(held,))


def _alone(effects: Any) -> dict[str, Decimal | None]:
    return {row["where"]: row["alone"] for row in effects.changes}


def test_two_changes_that_meet_on_one_line(claims: Any, fees: Any, contract: Any) -> None:
    # Two procedures on one claim: $1,000 and $400 at half; then rates up by a tenth, and the second at a quarter.
    engine = claims([{"code": "29881", "claim": 1}, {"code": "29877", "claim": 1}])
    before = contract(fees(c29881="1000.00", c29877="400.00"), multiple_procedures=_ranked("1", "0.5"))
    after = contract(fees(c29881="1100.00", c29877="440.00"), multiple_procedures=_ranked("1", "0.25"))

    effects = change_effects(engine, before, after)

    assert effects.current == D("1200.00")  # 1000 + 200
    assert effects.changed == D("1210.00")  # 1100 + 110
    assert _alone(effects) == {"fees": D("120.00"), "multiple_procedures": D("-100.00")}  # 1320, 1100
    assert (effects.alone, effects.joint, effects.interaction) == (D("20.00"), D("10.00"), D("-10.00"))
    assert effects.interaction_words == (
        "One by one the changes add up to $20.00 more; together they are worth $10.00 more: $10.00 less, "
        "because changes meet on the same lines."
    )


def test_many_rates_are_one_row_and_the_codes_add_up_to_it(claims: Any, fees: Any, contract: Any) -> None:
    engine = claims([{"code": "99213"}] * 3 + [{"code": "29881", "units": 2}])
    before = contract(fees(c99213="100.00", c29881="500.00", c29882="600.00", c73721="50.00"))
    after = contract(fees(c99213="90.00", c29881="520.00", c29882="620.00", c99214="140.00"))

    effects = change_effects(engine, before, after)

    (row,) = effects.changes.rows()
    assert row["words"] == "fees: 5 rates change: 2 up, 1 down, 1 new, 1 no longer listed"
    assert (row["rates"], row["alone"], row["up"], row["down"]) == (5, D("10.00"), D("40.00"), D("-30.00"))
    assert (row["lines"], row["claims"]) == (4, 4)
    codes = {code["code"]: (code["lines"], code["change"], code["words"]) for code in effects.codes}
    assert codes == {
        "29881": (1, D("40.00"), "$520.00 (+4%)"),
        "99213": (3, D("-30.00"), "$90.00 (-10%)"),
        "29882": (0, D("0.00"), "$620.00 (+3.3%)"),
        "73721": (0, D("0.00"), "no longer listed"),
        "99214": (0, D("0.00"), "$140.00"),
    }
    assert effects.interaction_words == "One change touches prices: alone and together are the same."


def test_a_code_whose_rate_stands_moves_with_its_neighbour(claims: Any, fees: Any, contract: Any) -> None:
    # 29877 becomes the dearer of the two: 29881 falls to the second rank.
    engine = claims([{"code": "29881", "claim": 1}, {"code": "29877", "claim": 1}])
    before = contract(fees(c29881="1000.00", c29877="900.00"), multiple_procedures=_ranked("1", "0.5"))
    after = contract(fees(c29881="1000.00", c29877="1100.00"), multiple_procedures=_ranked("1", "0.5"))

    effects = change_effects(engine, before, after)

    assert {row["code"]: (row["change"], row["words"]) for row in effects.codes} == {
        "29877": (D("650.00"), "$1,100.00 (+22.2%)"),
        "29881": (D("-500.00"), "same rate; moves with the others of its claim"),
    }
    assert effects.joint == D("150.00") == sum(row["change"] for row in effects.codes)


def test_an_earlier_term_takes_lines_from_a_later_one(claims: Any, fees: Any, contract: Any) -> None:
    engine = claims([{"code": "99213", "charge": "300.00"}, {"code": "29881"}])
    before = contract(fees(c99213="100.00", c29881="500.00"))
    visits = Term("Visits", PercentOfCharges(D("0.5")), Selector((Condition("codes", (CodeRange("99213", "99213"),)),)))

    effects = change_effects(engine, before, _with_terms(before, visits))

    (row,) = effects.changes.rows()
    assert row["words"] == "Visits: new (code 99213: 50% of charges)"
    assert (row["alone"], effects.joint) == (D("50.00"), D("50.00"))


def test_lines_that_lose_their_price_are_counted_and_not_valued(claims: Any, fees: Any, contract: Any) -> None:
    engine = claims([{"code": "99213"}, {"code": "99070", "charge": "80.00"}])
    rest = Term("Anything else", PercentOfCharges(D("0.5")))
    before = contract(fees(c99213="100.00"))
    version = before.versions[0]
    before = replace(before, versions=(replace(version, terms=(*version.terms, rest)),))
    instead = replace(rest, name="The rest", pay=PercentOfCharges(D("0.25")))
    after = replace(before, versions=(replace(version, terms=(*version.terms, instead)),))

    effects = change_effects(engine, before, after)

    rows = {row["where"]: row for row in effects.changes}
    gone, new = rows["Anything else"], rows["The rest"]
    assert (gone["alone"], gone["lost_lines"], gone["lost_amount"]) == (D("0.00"), 1, D("40.00"))
    assert (new["alone"], new["lost_lines"]) == (D("-20.00"), 0)  # it stands before the other, and takes its line
    assert (effects.joint, effects.lost_lines) == (D("-20.00"), 0)


def test_what_no_price_depends_on_has_no_dollars(claims: Any, fees: Any, contract: Any) -> None:
    engine = claims([{"code": "99213"}, {"code": "99213", "payer": "Prairie Mutual"}])
    before = contract(fees(c99213="100.00"))
    version = replace(before.versions[0], products=("PPO",), provisions={"payment_days": 45})
    parties = replace(before.parties, payer="Another")
    after = replace(before, versions=(version,), parties=parties, ends=date(2028, 6, 30))

    effects = change_effects(engine, before, after)

    assert [(row["kind"], row["words"], row["alone"]) for row in effects.changes] == [
        ("party", "payer: Another, was Summit Health", None),
        ("date", "ends: now 2028-06-30", None),
        ("product", "products: now PPO", None),
        ("provision", "payment days: now 45", None),
    ]
    assert (effects.current, effects.joint, effects.claims) == (D("100.00"), D("0.00"), 1)
    assert effects.interaction_words == "No change touches a price."


def test_all_changes_together_are_the_value_of_the_offer(claims: Any, fees: Any, contract: Any) -> None:
    engine = claims([{"code": "99213", "charge": "120.00"}] * 5 + [{"code": "29881"}, {"code": "29877", "claim": 6}])
    rules: dict[str, Any] = {"lesser_of": "line", "multiple_procedures": _ranked("1", "0.5")}
    before = contract(fees(c99213="100.00", c29881="500.00", c29877="480.00"), **rules)
    after = contract(fees(c99213="130.00", c29881="450.00", c29877="480.00"), offer="Proposal", lesser_of="claim")

    effects, value = change_effects(engine, before, after), offer_value(engine, before, after)

    assert effects.as_of == value.as_of
    assert (effects.current, effects.changed, effects.joint) == (value.current, value.offered, value.change)
    assert (effects.claims, effects.lines) == (value.claims, value.lines)


def test_the_day_is_the_one_from_which_neither_is_amended_again(claims: Any, fees: Any, contract: Any) -> None:
    first = contract(fees(c99213="100.00"))
    version = first.versions[0]
    later = replace(
        first,
        versions=(
            replace(version, period=Period(date(2025, 1, 1), date(2026, 4, 1))),
            replace(
                version, period=Period(date(2026, 4, 1), date(2028, 1, 1)), schedules={"fees": fees(c99213="103.00")}
            ),
        ),
    )
    engine = claims([{"code": "99213"}])

    effects = change_effects(engine, first, later)
    before_it = change_effects(engine, first, later, OfferQuestion(as_of=date(2026, 3, 31)))

    assert (effects.as_of, effects.joint) == (date(2026, 4, 1), D("3.00"))
    assert (before_it.joint, len(before_it.changes)) == (D("0.00"), 0)


def test_no_claims_is_said(claims: Any, fees: Any, contract: Any) -> None:
    with pytest.raises(SelectionError, match="the book holds no claims to price; load some first"):
        change_effects(claims([]), contract(fees(c99213="1.00")), contract(fees(c99213="2.00")))


PRICES = st.integers(1, 5).map(lambda hundreds: f"{hundreds}00.00")
LINES = st.lists(
    st.fixed_dictionaries(
        {
            "code": st.sampled_from(["29881", "29877", "99213"]),
            "claim": st.integers(1, 3),
            "charge": st.sampled_from(["150.00", "350.00", "900.00"]),
        }
    ),
    min_size=1,
    max_size=6,
)
CONTRACTS = st.fixed_dictionaries(
    {
        "rates": st.tuples(PRICES, PRICES, PRICES),
        "lesser_of": st.sampled_from([None, "line", "claim"]),
        "ranked": st.sampled_from([None, ("1", "0.5"), ("1", "0.25")]),
        "case": st.sampled_from([None, "250.00", "700.00"]),
    }
)


def _made(fees: Any, contract: Any, said: dict[str, Any]) -> Contract:
    schedule: FeeSchedule = fees(c29881=said["rates"][0], c29877=said["rates"][1], c99213=said["rates"][2])
    ranking = _ranked(*said["ranked"]) if said["ranked"] else ()
    made: Contract = contract(schedule, lesser_of=said["lesser_of"], multiple_procedures=ranking)
    if said["case"] is None:
        return made
    covers = Selector((Condition("codes", (CodeRange("29881", "29881"),)),))
    return _with_terms(made, Term("Arthroscopy", Amount(D(said["case"])), covers, "case"))


def _plain(lines: list[dict[str, Any]], said: dict[str, Any]) -> Decimal:
    """The worth of the lines under a contract as made above, one claim after the other."""
    rates = dict(zip(("29881", "29877", "99213"), map(D, said["rates"]), strict=True))
    total = D("0.00")
    for number in {line["claim"] for line in lines}:
        mine = [line for line in lines if line["claim"] == number]
        charges = [D(line["charge"]) for line in mine]
        if said["case"] and any(line["code"] == "29881" for line in mine):
            total += min(D(said["case"]), sum(charges)) if said["lesser_of"] else D(said["case"])
            continue
        fees = [rates[line["code"]] for line in mine]
        if said["ranked"]:
            surgery = sorted((i for i, line in enumerate(mine) if line["code"] < "7"), key=lambda i: (-fees[i], i))
            for rank, i in enumerate(surgery):
                fees[i] = (fees[i] * D(said["ranked"][min(rank, 1)])).quantize(D("0.01"))
        if said["lesser_of"] == "line":
            fees = [min(pair) for pair in zip(fees, charges, strict=True)]
        total += min(sum(fees), sum(charges)) if said["lesser_of"] == "claim" else sum(fees)
    return total


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES, first=CONTRACTS, second=CONTRACTS)
def test_each_effect_equals_a_plain_recount(
    claims: Any, fees: Any, contract: Any, lines: Any, first: Any, second: Any
) -> None:
    before, after = _made(fees, contract, first), _made(fees, contract, second)

    effects = change_effects(claims(lines), before, after)

    keys = {"fees": "rates", "lesser_of": "lesser_of", "multiple_procedures": "ranked", "Arthroscopy": "case"}
    now = _plain(lines, first)
    assert effects.current == now
    assert effects.changed == _plain(lines, second)
    assert _alone(effects) == {
        where: _plain(lines, {**first, key: second[key]}) - now
        for where, key in keys.items()
        if first[key] != second[key]
    }
    assert effects.alone + effects.interaction == effects.joint
