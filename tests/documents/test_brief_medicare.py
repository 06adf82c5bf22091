"""What a brief tells of Medicare: never of a few claims, never another payer by name where that is not wanted."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from evenhand.documents.brief_medicare import medicare_figures, medicare_section
from evenhand.money import ratio

D = Decimal


def _row(payer: str, allowed: int, medicare: int, claims: int, **more: Any) -> dict[str, Any]:
    return {
        "payer": payer,
        "allowed": D(allowed),
        "medicare": D(medicare),
        "percent_of_medicare": ratio(D(allowed), D(medicare)),
        "mean_of_ratios": D("1.5"),
        "claims_at_least": claims,
        "lines": claims * 2,
        "allowed_without": D(250),
        "share_without": D("0.2"),
        **more,
    }


def _material(claims: int = 40, small_cells: int = 11) -> Any:
    payers = [_row("Summit Health", 1200, 1000, claims), _row("Prairie Mutual", 900, 1000, 60)]
    lines = [
        _row("Summit Health", 1000, 800, claims, service_line="Office visits"),
        _row("Summit Health", 200, 200, 3, service_line="Imaging"),
    ]
    without = [
        {"payer": "Summit Health", "hcpcs_code": "L1833", "service_line": "Orthotics", "missing": "no Medicare price",
         "claims": 4, "lines": 4, "allowed": D(250)},
    ]  # fmt: skip
    benchmark = SimpleNamespace(payers=payers, service_lines=lines, without=without, basis=("Pinned.",))
    options = SimpleNamespace(small_cells=small_cells)
    names = {"Summit Health": "Summit Health", "Prairie Mutual": "Payer 2"}
    return SimpleNamespace(benchmark=benchmark, options=options, payer="Summit Health", name_of=names.__getitem__)


def test_what_is_allowed_of_medicare() -> None:
    """The sum over the sum, and what has no price apart."""
    section = medicare_section(_material())
    assert section is not None
    assert section.lead == (
        "Summit Health allows 120.0% of Medicare: $1,200 for what Medicare pays $1,000. $250 more (20.0% of all it "
        "allows) is for services Medicare has no price for, and is counted nowhere."
    )
    assert section.pictures[0].says == "Summit Health 120.0%; Payer 2 90.0%."
    assert "Prairie" not in section.pictures[0].svg


def test_few_claims_are_not_told() -> None:
    """A service line of three claims joins the one above it; codes of few claims have no name."""
    section = medicare_section(_material())
    assert section is not None
    assert [row["service_line"] for row in section.tables[0].rows] == [
        "2 service lines, some with fewer than 11 claims"
    ]
    assert section.folded[0].rows == [{"what": "1 code with fewer than 11 claims"}]


def test_too_few_claims_altogether() -> None:
    """A payer with too few claims, or without any Medicare price, has no section."""
    assert medicare_section(_material(claims=4)) is None
    assert medicare_figures(_material(claims=4, small_cells=0)) is not None
    nothing = _material()
    nothing.benchmark.payers[0]["medicare"] = None
    assert medicare_section(nothing) is None
