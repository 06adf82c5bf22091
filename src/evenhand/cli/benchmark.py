"""`evenhand benchmark`: what payers allow, held against Medicare."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.asking import book_option, days_options, known_option, open_basis, to_day
from evenhand.cli.output import emit, output_options
from evenhand.errors import UsageError

if TYPE_CHECKING:
    from evenhand.schedules.ipps import Hospital


@click.command()
@click.option("--payer", help="Only this payer: its name, or part of it.")
@click.option("--locality", help="The locality of all claims: 10112-00, a ZIP code, or 'national' [default: by ZIP].")
@click.option("--by", type=click.Choice(["payer", "product"]), default="payer", help="Tell products apart.")
@click.option("--year", type=int, help="Hold every day against this year's amounts [default: each day's own release].")
@click.option("--quarter", type=click.IntRange(1, 4), default=1, show_default=True, help="With --year: its quarter.")
@click.option("--qp", is_flag=True, help="From 2026 on: paid by the factor of qualifying participants.")
@click.option("--wage-index", type=Decimal, default=Decimal(1), show_default=True, help="Of hospitals and centres.")
@click.option(
    "--hospital",
    "hospital_path",
    type=click.Path(path_type=Path),
    help="A table with the hospital's wage index, beds, ratios and factors, for inpatient stays.",
)
@click.option("--detail", is_flag=True, help="List every code.")
@book_option
@days_options
@known_option
@output_options
def benchmark(
    payer: str | None,
    locality: str | None,
    by: str,
    year: int | None,
    quarter: int,
    qp: bool,
    wage_index: Decimal,
    hospital_path: Path | None,
    detail: bool,
    book_path: Path | None,
    first_day: datetime | None,
    last_day: datetime | None,
    known_on: datetime | None,
    **out: Any,
) -> None:
    """Percent of Medicare by payer, service line and code, over the same volume.

    What Medicare does not price is listed with its dollars, and counted nowhere. Schedules are those loaded with
    'evenhand schedules load'; without any, the small fact table that comes with the package.
    """
    from evenhand.documents.benchmark_sheets import benchmark_sheets
    from evenhand.performance import BenchmarkQuestion, Choices
    from evenhand.performance import benchmark as report_benchmark

    choices = Choices(to_day(first_day), to_day(last_day), by_product=by == "product")
    hospital = _hospital(hospital_path) if hospital_path else None
    question = BenchmarkQuestion(payer, locality, year, quarter, qp, wage_index, hospital, choices)
    report = report_benchmark(open_basis(book_path, known_on), question)
    emit(benchmark_sheets(report, products=by == "product", detail=detail or any(out.values())), **out)


def _hospital(path: Path) -> Hospital:
    from evenhand.schedules.ipps import read_hospitals

    found = read_hospitals(path)
    if len(found) != 1:
        raise UsageError(f"{path} has {len(found)} hospitals; the benchmark takes one, so leave the others out")
    return found[0]
