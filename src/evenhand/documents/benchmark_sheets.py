"""Percent of Medicare as sheets."""

from __future__ import annotations

from evenhand.documents.sheet import Field, Sheet
from evenhand.performance import BenchmarkReport

_FIGURES = (
    Field("lines", "Lines", "count"),
    Field("allowed", "Allowed", "dollars"),
    Field("medicare", "Medicare", "dollars"),
    Field("percent_of_medicare", "of Medicare", "percent"),
    Field("mean_of_ratios", "Mean of ratios", "percent"),
    Field("allowed_without", "Without benchmark", "dollars"),
    Field("share_without", "of allowed", "percent"),
)
_CODES_SHOWN = 20


def benchmark_sheets(report: BenchmarkReport, *, products: bool = False, detail: bool = False) -> list[Sheet]:
    """By payer and service line; with ``detail`` every code, and all that has no benchmark."""
    note = "Percent of Medicare is Σ allowed ÷ Σ Medicare over the same lines, not the mean of ratios beside it."
    who = (Field("payer", "Payer"), *((Field("product", "Product"),) if products else ()))
    codes = report.codes.rows() if detail else report.codes.rows()[:_CODES_SHOWN]
    without = report.without.rows() if detail else report.without.rows()[:_CODES_SHOWN]
    code = (Field("payer", "Payer"), Field("hcpcs_code", "Code"), Field("service_line", "Service line"))
    reason = (*code, Field("missing", "Why"), Field("lines", "Lines", "count"), Field("allowed", "Allowed", "dollars"))
    empty = "No line that a payer allowed has a Medicare price."
    return [
        Sheet("payers", "Percent of Medicare by payer", (*who, *_FIGURES), report.payers.rows(), note, empty),
        Sheet("service_lines", "By service line", (*code[::2], *_FIGURES), report.service_lines.rows(), empty=empty),
        Sheet("codes", _title("By code", len(codes), len(report.codes)), (*code, *_FIGURES), codes, empty=empty),
        Sheet("without", _title("Without a benchmark", len(without), len(report.without)), reason, without,
              empty="Medicare prices every line that was allowed."),
        Sheet("basis", "What the benchmark is", (Field("said", "Basis"),), [{"said": said} for said in report.basis]),
    ]  # fmt: skip


def _title(words: str, shown: int, held: int) -> str:
    return words if shown == held else f"{words}: the first {shown} of {held:,}"
