"""The benchmark equals a slow and obvious recount, and its tables agree with each other and with the payers report."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from evenhand import Book
from evenhand.cli.main import cli
from evenhand.performance import Basis, BenchmarkQuestion, BenchmarkReport, benchmark, payers

D = Decimal
#: (ZIP code, code, setting) → what Medicare pays in the fourth quarter of 2025.
MEDICARE = {
    ("35203", "99213", "office"): D("81.86"),
    ("35203", "99213", "facility"): D("59.93"),
    ("35203", "99214", "office"): D("115.49"),
    ("35203", "99214", "facility"): D("88.23"),
    ("35203", "27447", "facility"): D("1138.09"),
    ("80202", "99213", "office"): D("91.04"),
    ("80202", "99213", "facility"): D("64.48"),
    ("80202", "99214", "office"): D("127.92"),
    ("80202", "99214", "facility"): D("94.89"),
    ("80202", "27447", "facility"): D("1266.66"),
}
STATES = ["paid", "paid", "paid", "cost share", "bundled", "denied", "not remitted"]
PINNED = BenchmarkQuestion(year=2025, quarter=4)


def _claims(seed: int) -> list[tuple[str, str | None, list[tuple[str, str, str, str]]]]:
    """Payer, ZIP code and lines (code, setting, state, allowed); surgery never twice on a claim."""
    draw = random.Random(seed)
    claims = []
    for _ in range(200):
        setting = draw.choice(["office", "facility"])
        codes = draw.choices(["99213", "99214", "L1832"], k=draw.randint(0, 3))
        codes += ["27447"] if setting == "facility" or not codes else []
        setting = "facility" if "27447" in codes else setting
        lines = []
        for code in codes:
            state = draw.choice(STATES)
            allowed = "0.00" if state == "bundled" else f"{draw.randint(1, 300_000) / 100:.2f}"
            lines.append((code, setting, state, allowed))
        claims.append((draw.choice(["Summit", "Prairie"]), draw.choice(["35203", "80202", None]), lines))
    return claims


def _recount(claims: Iterable[Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = defaultdict(lambda: defaultdict(Decimal))
    for payer, zip_code, lines in claims:
        for code, setting, state, allowed in lines:
            if state in ("denied", "not remitted"):
                continue
            medicare = MEDICARE.get((zip_code, code, setting))
            if medicare is None:
                found[payer]["allowed_without"] += D(allowed)
                continue
            found[payer]["lines"] += 1
            found[payer]["allowed"] += D(allowed)
            found[payer]["medicare"] += medicare
    return found


def test_sums_equal_a_plain_recount(book: Any, bill: Callable[..., None]) -> None:
    claims = _claims(7)
    for payer, zip_code, lines in claims:
        said = [(code, allowed, {"setting": setting, "state": state}) for code, setting, state, allowed in lines]
        bill(payer, *said, zip_code=zip_code)
    report = {row["payer"]: row for row in benchmark(book.basis(), PINNED).payers}
    plain = _recount(claims)
    assert report.keys() == plain.keys() == {"Summit", "Prairie"}
    for payer, sums in plain.items():
        assert {name: report[payer][name] for name in sums} == dict(sums)
        share = (sums["allowed"] / sums["medicare"]).quantize(D("0.000001"), ROUND_HALF_UP)
        assert report[payer]["percent_of_medicare"] == share


@pytest.fixture(scope="module")
def demo(demo_template: Path) -> Basis:
    """The demo's book, priced."""
    return Basis.of(Book.open(demo_template / "book"))


@pytest.fixture
def report(demo: Basis) -> BenchmarkReport:
    return benchmark(demo, PINNED)


def _sums(rows: Iterable[Any], *names: str) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        held = found.setdefault(row["payer"], [0] * len(names))
        for at, name in enumerate(names):
            held[at] += row[name] or 0
    return {payer: tuple(sums) for payer, sums in found.items()}


def test_the_demo_adds_up(demo: Basis, report: BenchmarkReport) -> None:
    """Payers, service lines and codes have one sum; what has no benchmark stands apart; all is what was allowed."""
    names = ("units", "lines", "allowed", "medicare", "allowed_without")
    by_payer = _sums(report.payers, *names)
    assert by_payer == _sums(report.service_lines, *names) == _sums(report.codes, *names)
    assert {payer: sums[-1:] for payer, sums in by_payer.items()} == _sums(report.without, "allowed")
    assert _sums(payers(demo).payers, "allowed") == _sums(
        [{"payer": row["payer"], "all": row["allowed"] + row["allowed_without"]} for row in report.payers], "all"
    )


def test_the_demo_is_sums_over_sums(report: BenchmarkReport) -> None:
    """Percentages are never means of percentages."""
    for row in [*report.payers, *report.service_lines, *report.codes]:
        if not row["medicare"]:
            assert row["percent_of_medicare"] is None
            continue
        share = (row["allowed"] / row["medicare"]).quantize(D("0.000001"), ROUND_HALF_UP)
        assert row["percent_of_medicare"] == share
    assert all(row["percent_of_medicare"] != row["mean_of_ratios"] for row in report.payers)


def test_the_command(demo_template: Path, report: BenchmarkReport) -> None:
    """JSON has every row of the report; a place that is none ends the command."""
    args = ["benchmark", "--book", str(demo_template / "book"), "--year", "2025", "--quarter", "4"]
    told = CliRunner().invoke(cli, [*args, "--json"])
    assert told.exit_code == 0, told.output
    said = json.loads(told.output)
    assert len(said["codes"]) == len(report.codes)
    assert [row["payer"] for row in said["payers"]] == [row["payer"] for row in report.payers]
    refused = CliRunner().invoke(cli, [*args, "--locality", "Denver"])
    assert refused.exit_code != 0
    assert "'Denver' is no locality" in str(refused.exception)
