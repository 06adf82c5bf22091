"""What every schedule at hand pays for one code, and why some pay nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from evenhand.cli.main import cli
from evenhand.errors import SelectionError
from evenhand.schedules import Library, Quote, load, quotes

AUTUMN = date(2025, 10, 1)


def _by_schedule(found: list[Quote]) -> dict[tuple[str, str, str], Decimal | None]:
    return {(one.schedule, one.modifier, one.setting): one.amount for one in found}


def test_a_service_under_all_schedules(facts: Library) -> None:
    """45378 in the fourth quarter of 2025: (3.26 + 6.44 + 0.43) × 32.3465 in an office; rates of both addenda."""
    amounts = _by_schedule(quotes(facts, "45378", AUTUMN))
    assert amounts == {
        ("Physician fee schedule", "", "facility"): Decimal("177.26"),
        ("Physician fee schedule", "", "office"): Decimal("327.67"),
        ("Physician fee schedule", "53", "facility"): Decimal("88.95"),
        ("Physician fee schedule", "53", "office"): Decimal("164.00"),
        ("Outpatient hospital", "", ""): Decimal("911.71"),
        ("Surgery centre", "", ""): Decimal("489.47"),
    }


def test_place_and_wages(facts: Library) -> None:
    """In Alabama, 19.60 + 15.30 × 0.869 + 3.98 × 0.575 = 35.1842 relative values; hospitals at an index of 0.9."""
    found = {
        one.schedule: one for one in quotes(facts, "27447", AUTUMN, locality="10112-00", wage_index=Decimal("0.9"))
    }
    assert found["Physician fee schedule"].amount == Decimal("1138.09")
    assert found["Outpatient hospital"].amount == Decimal("12094.81")
    assert found["Surgery centre"].amount == Decimal("8792.82")
    assert found["Outpatient hospital"].says == "status J1, weight 144.297, wage index 0.9"
    assert found["Surgery centre"].says.startswith("indicator J8, weight 168.6055, half where it is not the highest")


@pytest.mark.parametrize(
    ("code", "schedule", "why"),
    [
        ("00100", "Outpatient hospital", "status N, packaged into other services"),
        ("99213", "Outpatient hospital", "status B, not payable to hospitals under this code"),
        (
            "80053",
            "Outpatient hospital",
            "status Q4, packaged with other services, else paid by the laboratory schedule",
        ),
        ("80053", "Physician fee schedule", "status X, factor 32.3465, locality national: not priced"),
        ("0232T", "Surgery centre", "indicator N1, packaged into the procedure"),
    ],
)
def test_a_code_that_is_named_without_a_rate(facts: Library, code: str, schedule: str, why: str) -> None:
    (quote,) = [one for one in quotes(facts, code, AUTUMN) if one.schedule == schedule]
    assert (quote.amount, quote.says) == (None, why)


def test_laboratory(facts: Library) -> None:
    amounts = _by_schedule(quotes(facts, "80053", date(2025, 4, 1)))
    assert amounts["Clinical laboratory", "", ""] == amounts["Clinical laboratory", "QW", ""] == Decimal("10.56")


def test_drugs_by_outpatient_rate(facts: Library) -> None:
    """Not moved by wages, to the thousandth; physicians are paid the same rate while no payment limit is at hand."""
    found = {one.schedule: one for one in quotes(facts, "J9271", AUTUMN, wage_index=Decimal("1.4"))}
    assert found["Outpatient hospital"].amount == Decimal("58.216")
    assert found["Outpatient hospital"].says == "status K, not moved by wages, exactly 58.216"
    assert found["Drugs, by outpatient rate"].amount == Decimal("58.216")
    assert found["Surgery centre"].amount == Decimal("60.29")


def test_payment_limits_come_first(hand_library: Callable[..., Library]) -> None:
    """Where a payment limit is at hand, the outpatient rate does not stand in for it."""
    days = (AUTUMN, date(2025, 12, 31))
    hand_library("asp-limits", *days, [{"code": "J9271", "rate": Decimal("57.9")}])
    library = hand_library("opps-rates", *days, [{"code": "J9271", "status": "K", "rate": Decimal("58.216")}])
    amounts = _by_schedule(quotes(library, "J9271"))
    assert amounts == {
        ("Outpatient hospital", "", ""): Decimal("58.216"),
        ("Drugs, by payment limit", "", ""): Decimal("57.9"),
    }


@pytest.mark.parametrize(
    ("locality", "says"),
    [
        ("10112-00", "5 base units × 19.31 (10112-00) = 96.55, and 19.31 for each 15 minutes"),
        ("national", "5 base units × 20.3178 (national) = 101.59, and 20.3178 for each 15 minutes"),
    ],
)
def test_anaesthesia_has_no_price_without_its_time(facts: Library, locality: str, says: str) -> None:
    (quote,) = [one for one in quotes(facts, "00100", AUTUMN, locality=locality) if one.schedule == "Anaesthesia"]
    assert (quote.amount, quote.says) == (None, says)


def test_anaesthesia_where_no_factor_is_known(hand_library: Callable[..., Library]) -> None:
    rows = [{"code": "00100", "base_units": Decimal(5)}]
    library = hand_library("anesthesia-units", date(2022, 1, 1), date(2022, 12, 31), rows)
    (quote,) = quotes(library, "00100", AUTUMN, locality="10112-00")
    assert (quote.amount, quote.says) == (None, "5 base units; no conversion factor is known for 10112-00")


def test_a_drg(facts: Library) -> None:
    """1.9289 × (4,186.62 + 2,565.99 operating + 524.15 capital), each to cents: 13,025.11 + 1,011.03."""
    (quote,) = quotes(facts, "470", AUTUMN)
    assert quote.amount == Decimal("14036.14")
    assert quote.says.startswith("weight 1.9289, GMLOS 1.9, AMLOS 2.2, post-acute transfer; national operating and")
    assert "fiscal year 2026 (stated), wage index 1, without what is the hospital's own" in quote.says
    (special,) = quotes(facts, "477", AUTUMN)
    assert "special pay" in special.says


def test_a_drg_no_stay_is_paid_by(facts: Library) -> None:
    (quote,) = quotes(facts, "998", AUTUMN)
    assert (quote.amount, quote.says) == (None, "no weight: no stay is paid by it")


def test_a_year_whose_rates_are_not_known(hand_library: Callable[..., Library]) -> None:
    rows = [{"drg": "470", "weight": Decimal("1.9"), "gmlos": Decimal("1.8"), "post_acute": True, "special_pay": False}]
    library = hand_library("ipps-drg", date(2017, 10, 1), date(2018, 9, 30), rows)
    (quote,) = quotes(library, "470")
    assert quote.amount is None
    assert quote.says.endswith("national rates of fiscal year 2018 are not known")


def test_what_no_schedule_names(facts: Library) -> None:
    with pytest.raises(SelectionError, match="no schedule at hand names 99999 at any time"):
        quotes(facts, "99999")
    with pytest.raises(SelectionError, match="names 45378 on 2031-01-01"):
        quotes(facts, "45378", date(2031, 1, 1))


def test_outside_surgery_centres(published: Library) -> None:
    """Addendum EE names what centres are not paid for."""
    (quote,) = [one for one in quotes(published, "11004", AUTUMN) if one.schedule == "Surgery centre"]
    assert (quote.amount, quote.says) == (None, "not paid to surgery centres (Addendum EE)")


def test_a_test_that_contractors_price(published: Library) -> None:
    (quote,) = [one for one in quotes(published, "0020M", date(2025, 4, 1)) if one.schedule == "Clinical laboratory"]
    assert (quote.amount, quote.says) == (None, "indicator L, no rate: the contractor prices it")


def test_the_command(facts: Library) -> None:
    """All schedules in one table; a setting leaves only what holds in it."""
    args = ["schedules", "show", "45378", "--library", str(facts.path), "--date", "2025-10-01"]
    whole = CliRunner().invoke(cli, [*args, "--wage-index", "0.8731"])
    assert whole.exit_code == 0, whole.output
    assert all(word in whole.output for word in ("$177.26", "$327.67", "$842.29", "$458.41"))
    office = CliRunner().invoke(cli, [*args, "--setting", "office"])
    assert "$177.26" not in office.output
    assert "$327.67" in office.output


def test_a_schedule_of_ones_own(tmp_path: Path) -> None:
    """By code, setting and day; days it does not hold for have no answer."""
    file = tmp_path / "own.csv"
    file.write_text("Code,Setting,Amount,Effective,Ends\n99213,office,101.50,2025-01-01,2025-06-30\n", encoding="utf-8")
    library = Library.create(tmp_path / "library")
    assert not load(library, [file], first_day=date(2025, 1, 1)).failed
    (one,) = quotes(library, "99213", date(2025, 3, 1))
    assert (one.schedule, one.setting, one.amount) == ("Your own schedule", "office", Decimal("101.50"))
    with pytest.raises(SelectionError, match="no schedule at hand names 99213 on 2025-07-01"):
        quotes(library, "99213", date(2025, 7, 1))
