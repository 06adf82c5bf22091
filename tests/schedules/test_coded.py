"""Schedules that print a rate for each code: wages, drugs, codes without a rate, quarters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from evenhand.errors import SelectionError
from evenhand.schedules import Library
from evenhand.schedules.coded import Coded
from evenhand.schedules.published import Taken

AUTUMN = date(2025, 10, 1)
HandLibrary = Callable[..., Library]


def _fees(taken: Taken) -> dict[tuple[str, str], Decimal]:
    return {(fee.code, fee.modifier): fee.amount for fee in taken.fees}


@pytest.mark.parametrize(
    ("name", "code", "wage_index", "amount"),
    [
        ("opps", "45378", "1", "911.71"),
        ("opps", "45378", "0.8731", "842.29"),  # 911.71 × (0.6 × 0.8731 + 0.4) = 911.71 × 0.92386
        ("opps", "27447", "1.2", "14410.84"),  # 12,866.82 × 1.12
        ("asc", "45378", "0.8731", "458.41"),  # 489.47 × (0.5 × 0.8731 + 0.5) = 489.47 × 0.93655
        ("asc", "27447", "0.9", "8792.82"),  # 9,255.60 × 0.95
    ],
)
def test_wages_move_a_share(facts: Library, name: str, code: str, wage_index: str, amount: str) -> None:
    fees = _fees(Coded(facts, name, Decimal(wage_index)).on(AUTUMN))
    assert fees[code, ""] == Decimal(amount)


def test_a_share_of_the_contracts_own(facts: Library) -> None:
    """Where all of a rate is wages, 911.71 × 0.9; where nothing is, the rate."""
    all_of_it = Coded(facts, "opps", Decimal("0.9"), labor_share=Decimal(1))
    assert _fees(all_of_it.on(AUTUMN))["45378", ""] == Decimal("820.54")
    none_of_it = Coded(facts, "opps", Decimal("0.9"), labor_share=Decimal(0))
    assert _fees(none_of_it.on(AUTUMN))["45378", ""] == Decimal("911.71")


@pytest.mark.parametrize("wage_index", ["0.8", "1", "1.9"])
def test_drugs_are_not_moved(facts: Library, wage_index: str) -> None:
    """Their rates hold everywhere, to the thousandth that hospitals and physicians are paid by."""
    index = Decimal(wage_index)
    for name in ("opps", "drugs"):
        fees = _fees(Coded(facts, name, index).on(AUTUMN))
        assert (fees["J9271", ""], fees["J1885", ""]) == (Decimal("58.216"), Decimal("0.682"))
    assert _fees(Coded(facts, "asc", index).on(AUTUMN))["J9271", ""] == Decimal("60.29")


def test_the_drug_schedule_is_of_drugs_alone(facts: Library) -> None:
    fees = _fees(Coded(facts, "drugs").on(AUTUMN))
    assert {"J9271", "J1885", "J7323"} <= {code for code, _ in fees}
    assert not {"45378", "27447", "99281"} & {code for code, _ in fees}


@pytest.mark.parametrize(
    ("name", "code"),
    [("opps", "00100"), ("opps", "80053"), ("opps", "99213"), ("opps", "11004"), ("opps", "97010"), ("asc", "0232T")],
)
def test_codes_without_a_rate_have_no_price(facts: Library, name: str, code: str) -> None:
    """Packaged, inpatient, other schedules' and laboratories' codes: no fee, and never one of nought."""
    fees = _fees(Coded(facts, name).on(AUTUMN))
    assert (code, "") not in fees
    assert all(amount > 0 for amount in fees.values())


def test_an_inpatient_code_with_a_rate_is_not_paid(published: Library) -> None:
    """The final rule of 2025 prints a rate for 50600, which hospitals are paid for inpatients only."""
    assert ("50600", "") not in _fees(Coded(published, "opps").on(AUTUMN))


def test_second_procedures(facts: Library) -> None:
    """Status T of hospitals, and the flag of surgery centres, are what the half is taken by."""
    for name in ("opps", "asc"):
        says = {one.code: one.values for one in Coded(facts, name).on(AUTUMN).says}
        assert says["45378"]["multiple"] == "T"
    opps = {one.code: one.values for one in Coded(facts, "opps").on(AUTUMN).says}
    assert "multiple" not in opps["27447"]
    assert "status" not in opps["27447"], "T would be taken for physicians' codes that are paid alone"


def test_procedures_and_ancillaries_are_one_schedule(facts: Library) -> None:
    fees = _fees(Coded(facts, "asc").on(AUTUMN))
    assert {("45378", ""), ("J9271", "")} <= fees.keys()


def test_modifiers_of_tests(facts: Library) -> None:
    fees = _fees(Coded(facts, "clfs").on(date(2025, 4, 1)))
    assert fees["80053", ""] == fees["80053", "QW"] == Decimal("10.56")


def test_a_day_without_a_release(facts: Library) -> None:
    with pytest.raises(SelectionError, match=r"no rates of clinical laboratory for 2025-07-01.*begin: 2025-04-01"):
        Coded(facts, "clfs").on(date(2025, 7, 1))
    with pytest.raises(SelectionError, match=r"begin: none.*load CMS's ASP pricing file"):
        Coded(facts, "asp").on(AUTUMN)


def test_each_stretch_has_its_release(hand_library: HandLibrary) -> None:
    """Two quarters with a gap between: the gap is empty, or filled by the quarter before."""
    hand_library("asp-limits", date(2025, 1, 1), date(2025, 3, 31), [{"code": "J9271", "rate": Decimal("10.5")}])
    rows = [{"code": "J9271", "rate": Decimal("11.25")}]
    library = hand_library("asp-limits", date(2025, 7, 1), date(2025, 9, 30), rows)
    schedule = Coded(library, "asp")
    found = [(str(period.start), str(period.last), _fees(taken)["J9271", ""]) for period, taken in schedule.pieces()]
    assert found == [
        ("2025-01-01", "2025-03-31", Decimal("10.5")),
        ("2025-07-01", "2025-09-30", Decimal("11.25")),
    ]
    filled = [(str(period.start), str(period.last)) for period, _ in schedule.pieces(filled=True)]
    assert filled == [("2025-01-01", "2025-06-30"), ("2025-07-01", "2025-12-31")]


def test_every_weighted_rate_of_a_release_is_paid_as_printed(published: Library) -> None:
    """At the nation's wages the schedule is the published table, but for the inpatient code."""
    schedule = Coded(published, "opps")
    rows = published.table(schedule.on(AUTUMN).release).to_pylist()
    printed = {(row["code"], ""): row["rate"] for row in rows if row["rate"] and row["status"] != "C"}
    assert _fees(schedule.on(AUTUMN)) == printed
    assert len(printed) == 6635
