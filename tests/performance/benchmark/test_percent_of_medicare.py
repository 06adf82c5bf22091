"""Percent of Medicare by hand: 99213 in an office is 81.86 in Alabama, 91.04 in Colorado, 88.95 nationally."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from evenhand.errors import SelectionError
from evenhand.performance import BenchmarkQuestion, BenchmarkReport, Choices, benchmark

D = Decimal
COLORADO = "80202"
Bill = Callable[..., None]
PINNED = BenchmarkQuestion(year=2025, quarter=4)


def _payer(report: BenchmarkReport, payer: str = "Summit") -> dict[str, Any]:
    (row,) = [row for row in report.payers if row["payer"] == payer]
    return dict(row)


def _missing(report: BenchmarkReport) -> list[tuple[str, str, Decimal]]:
    return [(row["hcpcs_code"], row["missing"], row["allowed"]) for row in report.without]


def test_sums_over_sums_and_the_mean_beside_it(book: Any, bill: Bill) -> None:
    """(163.72 + 1,138.09) ÷ (81.86 + 1,138.09) is 106.7 %; the mean of 200 % and 100 % is 150 %."""
    bill("Summit", ("99213", "163.72"))
    bill("Summit", ("27447", "1138.09", {"setting": "facility"}))
    row = _payer(benchmark(book.basis(), PINNED))
    assert (row["lines"], row["allowed"], row["medicare"]) == (2, D("1301.81"), D("1219.95"))
    assert row["percent_of_medicare"] == D("1.067101")
    assert row["mean_of_ratios"] == D("1.5")


def test_each_claim_in_its_own_place_and_setting(book: Any, bill: Bill) -> None:
    """Alabama's office, Colorado's office and Colorado's facility."""
    bill("Summit", ("99213", "100.00"))
    bill("Summit", ("99213", "100.00"), zip_code=COLORADO)
    bill("Summit", ("99213", "100.00", {"setting": "facility"}), zip_code=COLORADO)
    row = _payer(benchmark(book.basis(), PINNED))
    assert row["medicare"] == D("81.86") + D("91.04") + D("64.48")


@pytest.mark.parametrize(
    ("locality", "medicare"),
    [("10112-00", "81.86"), ("80202", "91.04"), ("04112-01", "91.04"), ("national", "88.95")],
)
def test_one_place_for_all(book: Any, bill: Bill, locality: str, medicare: str) -> None:
    """What is named holds for all claims, also for those without a ZIP code."""
    for zip_code in (COLORADO, None):
        bill("Summit", ("99213", "100.00"), zip_code=zip_code)
    report = benchmark(book.basis(), BenchmarkQuestion(locality=locality, year=2025, quarter=4))
    assert _payer(report)["medicare"] == 2 * D(medicare)
    assert len(report.without) == 0


def test_a_place_that_is_not_known_has_no_benchmark(book: Any, bill: Bill) -> None:
    """Its dollars stand apart, and the report says how many claims and why."""
    bill("Summit", ("99213", "100.00"))
    bill("Summit", ("99214", "150.00"), zip_code=None)
    bill("Summit", ("99215", "70.00"), zip_code="00001")
    report = benchmark(book.basis(), PINNED)
    row = _payer(report)
    assert (row["allowed"], row["medicare"], row["allowed_without"]) == (D("100.00"), D("81.86"), D("220.00"))
    assert row["share_without"] == D("0.6875")
    assert _missing(report) == [
        ("99214", "locality not known", D("150.00")),
        ("99215", "locality not known", D("70.00")),
    ]
    told = "\n".join(report.basis)
    assert "1 claims: the ZIP code of their place is not known" in told
    assert "1 claims: ZIP code 00001 is not in" in told


def test_a_place_that_is_none(book: Any, bill: Bill) -> None:
    bill("Summit", ("99213", "100.00"))
    with pytest.raises(SelectionError, match="'Denver' is no locality"):
        benchmark(book.basis(), BenchmarkQuestion(locality="Denver"))


def test_what_medicare_does_not_price_is_never_nought(book: Any, bill: Bill) -> None:
    """An orthosis: in no sum, and no percentage where a payer has nothing else."""
    bill("Summit", ("99213", "81.86"), ("L1832", "500.00"))
    bill("Prairie", ("L1832", "300.00"))
    report = benchmark(book.basis(), PINNED)
    summit, prairie = _payer(report), _payer(report, "Prairie")
    assert (summit["allowed"], summit["percent_of_medicare"]) == (D("81.86"), D("1"))
    assert (prairie["allowed"], prairie["medicare"], prairie["percent_of_medicare"]) == (0, None, None)
    assert prairie["share_without"] == D("1")
    assert _missing(report) == [
        ("L1832", "no Medicare price", D("500.00")),
        ("L1832", "no Medicare price", D("300.00")),
    ]


@pytest.mark.parametrize("state", ["denied", "not remitted", "reversed", "capitated"])
def test_what_is_not_allowed_is_not_compared(book: Any, bill: Bill, state: str) -> None:
    bill("Summit", ("99213", "100.00"), ("99214", "90.00", {"state": state}))
    report = benchmark(book.basis(), PINNED)
    assert [row["hcpcs_code"] for row in report.codes] == ["99213"]
    assert len(report.without) == 0


def test_a_second_payer_is_not_compared(book: Any, bill: Bill) -> None:
    bill("Summit", ("99213", "100.00"), ("99214", "20.00"))
    book.rows["settled_lines"][-1]["payer_sequence"] = "secondary"
    report = benchmark(book.basis(), PINNED)
    assert [row["hcpcs_code"] for row in report.codes] == ["99213"]


def test_what_a_payer_bundles_counts_as_nothing_allowed(book: Any, bill: Bill) -> None:
    """50.00 and nothing, against 81.86 and 115.49."""
    bill("Summit", ("99213", "50.00"), ("99214", "0.00", {"state": "bundled"}))
    row = _payer(benchmark(book.basis(), PINNED))
    assert (row["lines"], row["allowed"], row["medicare"]) == (2, D("50.00"), D("197.35"))


def test_each_day_by_its_release(book: Any, bill: Bill) -> None:
    """Days of 2025 without a release have the nearest of the year; those of 2023 have none."""
    bill("Summit", ("99213", "100.00"), day=date(2025, 2, 3))
    bill("Summit", ("99213", "80.00"), day=date(2023, 11, 3))
    report = benchmark(book.basis())
    assert _payer(report)["medicare"] == D("81.86")
    assert _missing(report) == [("99213", "no release for 2023", D("80.00"))]
    assert any("days without one by the nearest of their year" in said for said in report.basis)


def test_years_of_facilities_are_their_own(book: Any, bill: Bill) -> None:
    """Stays of the fiscal year 2026 have rates, and physicians' services of that year have none."""
    bill("Summit", ("99213", "80.00"), day=date(2026, 2, 3))
    stay = {"claim_type": "institutional", "bill_type_code": "111", "drg_code": "470"}
    bill("Summit", (None, "20000.00", {"setting": "facility"}), day=date(2026, 2, 3), **stay)
    report = benchmark(book.basis())
    assert _missing(report) == [("99213", "no release for 2026", D("80.00"))]
    assert _payer(report)["medicare"] == D("14036.14")


def test_every_day_by_one_quarter(book: Any, bill: Bill) -> None:
    """Pinned, the day of service does not matter."""
    bill("Summit", ("99213", "100.00"), day=date(2025, 2, 3))
    bill("Summit", ("99213", "80.00"), day=date(2023, 11, 3))
    report = benchmark(book.basis(), PINNED)
    assert _payer(report)["medicare"] == 2 * D("81.86")
    assert any("pinned, whatever the day" in said for said in report.basis)


def test_only_the_days_that_are_asked_for(book: Any, bill: Bill) -> None:
    bill("Summit", ("99213", "100.00"), day=date(2025, 2, 3))
    bill("Summit", ("99213", "80.00"), day=date(2025, 11, 3))
    choices = Choices(date(2025, 6, 1), date(2025, 12, 31))
    report = benchmark(book.basis(), BenchmarkQuestion(year=2025, quarter=4, choices=choices))
    assert _payer(report)["allowed"] == D("80.00")


def test_one_payer_and_products(book: Any, bill: Bill) -> None:
    bill("Summit", ("99213", "100.00"), product="PPO")
    bill("Summit", ("99213", "80.00"), product="EPO")
    bill("Prairie", ("99213", "90.00"), product="PPO")
    basis = book.basis()
    together = benchmark(basis, BenchmarkQuestion("summ", year=2025, quarter=4))
    assert [(row["payer"], row["allowed"]) for row in together.payers] == [("Summit", D("180.00"))]
    apart = benchmark(basis, BenchmarkQuestion("summ", year=2025, quarter=4, choices=Choices(by_product=True)))
    assert [(row["product"], row["allowed"]) for row in apart.payers] == [("PPO", D("100.00")), ("EPO", D("80.00"))]
    with pytest.raises(SelectionError):
        benchmark(basis, BenchmarkQuestion("nobody"))


def test_several_procedures_by_medicares_rule(book: Any, bill: Bill) -> None:
    """Colonoscopies of one family in a facility: the second is paid what it is above the base of both."""
    bill("Summit", ("45385", "500.00", {"setting": "facility"}), ("45380", "300.00", {"setting": "facility"}))
    report = benchmark(book.basis(), BenchmarkQuestion(locality="national", year=2025, quarter=4))
    medicare = {row["hcpcs_code"]: row["medicare"] for row in report.codes}
    assert medicare == {"45385": D("242.92"), "45380": D("192.79") - D("177.26")}


def test_a_comprehensive_outpatient_claim_is_one(book: Any, bill: Bill) -> None:
    """Everything on the claim is in the rate of 27447: 12,866.82 × (0.6 × 0.9 + 0.4)."""
    outpatient = {"setting": "facility"}
    lines = [("72040", "100.00", outpatient), ("27447", "15000.00", outpatient), (None, "900.00", outpatient)]
    bill("Summit", *lines, claim_type="institutional", bill_type_code="131")
    question = BenchmarkQuestion(year=2025, quarter=4, wage_index=D("0.9"))
    report = benchmark(book.basis(), question)
    (row,) = report.codes
    assert (row["hcpcs_code"], row["units"], row["lines"]) == ("27447", 1, 3)
    assert (row["allowed"], row["medicare"]) == (D("16000.00"), D("12094.81"))
    assert len(report.without) == 0
    assert any("Wage index 0.9" in said for said in report.basis)


def test_outpatient_procedures_line_by_line(book: Any, bill: Bill) -> None:
    """Nothing packaged: 1,179.08 for the higher, half of 911.71 for the other."""
    outpatient = {"setting": "facility"}
    lines = [("45378", "600.00", outpatient), ("45385", "1500.00", outpatient)]
    bill("Summit", *lines, claim_type="institutional", bill_type_code="131")
    report = benchmark(book.basis(), PINNED)
    medicare = {row["hcpcs_code"]: (row["units"], row["medicare"]) for row in report.codes}
    assert medicare == {"45385": (1, D("1179.08")), "45378": (1, D("455.86"))}


def test_a_claim_whose_packaged_lines_are_not_remitted(book: Any, bill: Bill) -> None:
    """What was allowed is held against the whole of what Medicare pays for the lines that came back."""
    outpatient = {"setting": "facility"}
    lines = [("27447", "15000.00", outpatient), ("72040", None, outpatient | {"state": "not remitted"})]
    bill("Summit", *lines, claim_type="institutional", bill_type_code="131")
    (row,) = benchmark(book.basis(), PINNED).codes
    assert (row["lines"], row["allowed"], row["medicare"]) == (1, D("15000.00"), D("12866.82"))
