"""Percent of Medicare: what payers allow against what Medicare pays for the same volume."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

from evenhand.book import Book
from evenhand.codes import service_line
from evenhand.contracts.model import Contract
from evenhand.contracts.readymade import MedicareTerms
from evenhand.engines import Engine, Step, read_steps
from evenhand.money import MONEY, SHARE, ZERO, ratio
from evenhand.performance.basis import Basis, Choices, basis_of, find_payer, lay_out
from evenhand.performance.benchmark.places import place_claims
from evenhand.performance.benchmark.pricing import contracts_of_places, price_as_medicare
from evenhand.results import Result
from evenhand.schedules import Library
from evenhand.schedules.ipps import Hospital

_FIGURES = [
    ("units", pa.int64()),
    ("claims_at_least", pa.int64()),
    ("lines", pa.int64()),
    ("allowed", MONEY),
    ("medicare", MONEY),
    ("percent_of_medicare", SHARE),
    ("mean_of_ratios", SHARE),
    ("allowed_without", MONEY),
    ("share_without", SHARE),
]
BY_PAYER = pa.schema([("payer", pa.string()), ("product", pa.string()), *_FIGURES])
BY_SERVICE_LINE = pa.schema([("payer", pa.string()), ("service_line", pa.string()), *_FIGURES])
BY_CODE = pa.schema([("payer", pa.string()), ("hcpcs_code", pa.string()), ("service_line", pa.string()), *_FIGURES])
WITHOUT = pa.schema(
    [
        ("payer", pa.string()),
        ("hcpcs_code", pa.string()),
        ("service_line", pa.string()),
        ("missing", pa.string()),
        ("claims", pa.int64()),
        ("units", pa.int64()),
        ("lines", pa.int64()),
        ("allowed", MONEY),
    ]
)


@dataclass(frozen=True, slots=True)
class BenchmarkQuestion:
    """What is asked.

    Attributes:
        payer: One payer, by its name or part of it; without it, all.
        locality: The locality of every claim; without it, that of each claim's own ZIP code.
        year, quarter: Hold every day against the amounts of this quarter; without a year, each day against its own.
        qualifying: From 2026 on, whether services are paid as those of qualifying participants.
        wage_index: Wage index of hospitals and surgery centres.
        hospital: The hospital of inpatient stays; without it, one paid the national rate at the wage index.
        choices: Days of service, products apart or together.
    """

    payer: str | None = None
    locality: str | None = None
    year: int | None = None
    quarter: int = 1
    qualifying: bool = False
    wage_index: Decimal = Decimal(1)
    hospital: Hospital | None = None
    choices: Choices = field(default_factory=Choices)


@dataclass(frozen=True, slots=True)
class BenchmarkReport:
    """Percent of Medicare: Σ allowed ÷ Σ Medicare over the same lines.

    Attributes:
        payers: By payer (and product, when told apart), most allowed first.
        service_lines: By payer and service line.
        codes: By payer and code.
        without: What has no benchmark, by payer, code and reason, in dollars allowed: never counted as zero.
        basis: Sentences: releases, localities, settings, rules applied, places not known.

    A unit is a line, or a claim that is compared as a whole; ``claims_at_least`` is how many claims the code of a row
    with most of them has. ``mean_of_ratios`` is the mean of each line's own ratio, which payers quote; a few cheap
    services move it.
    """

    payers: Result
    service_lines: Result
    codes: Result
    without: Result
    basis: tuple[str, ...]


def benchmark(source: Book | Basis, question: BenchmarkQuestion | None = None) -> BenchmarkReport:
    """Hold what payers allowed against what Medicare pays for the same services.

    Claims whose lines Medicare packages into others are compared as a whole, under the code it pays most for. A line
    counts where a primary payer allowed something, or nothing, for it and Medicare prices it; denied and unremitted
    lines do not. Schedules come from the library at hand (``EVENHAND_SCHEDULES``, else ``./schedules``, else the small
    fact table).

    Raises:
        SelectionError: No claim on the days chosen, no such payer, no such locality.
        ContractError: The library lacks what Medicare's price takes.
    """
    asked = question or BenchmarkQuestion()
    basis, library = basis_of(source), Library.open()
    lay_out(basis, asked.choices)
    engine = basis.engine
    unknown = place_claims(engine, library, asked.locality)
    contracts = contracts_of_places(engine, _terms(asked))
    price_as_medicare(engine, contracts)
    engine.run(_steps())
    payer = find_payer(engine, asked.payer) if asked.payer else None
    priced = [_lined(row) for row in _ask(engine, "by_code") if payer in (None, row["payer"])]
    without = [_lined(row) for row in _ask(engine, "without") if payer in (None, row["payer"])]
    return BenchmarkReport(
        Result.of(_grouped(priced, without, lambda row: (row["payer"], row["product"]), BY_PAYER), BY_PAYER),
        Result.of(
            _grouped(priced, without, lambda row: (row["payer"], row["service_line"]), BY_SERVICE_LINE), BY_SERVICE_LINE
        ),
        Result.of(
            _grouped(priced, without, lambda row: (row["payer"], row["hcpcs_code"], row["service_line"]), BY_CODE),
            BY_CODE,
        ),
        Result.of(sorted(without, key=lambda row: (-row["allowed"], row["payer"], row["hcpcs_code"] or "")), WITHOUT),
        (*_told(library, contracts, asked), *unknown),
    )


def _terms(asked: BenchmarkQuestion) -> MedicareTerms:
    return MedicareTerms("", asked.year, asked.quarter, asked.qualifying, asked.wage_index, asked.hospital)


def _lined(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "service_line": service_line(row["hcpcs_code"])}


def _grouped(
    priced: Iterable[Mapping[str, Any]],
    without: Iterable[Mapping[str, Any]],
    key: Callable[[Mapping[str, Any]], tuple[str, ...]],
    schema: pa.Schema,
) -> list[dict[str, Any]]:
    """Sums by a key, most allowed first; what has no benchmark stands beside them and never in them."""
    sums: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in priced:
        held = sums.setdefault(key(row), dict.fromkeys((*_SUMMED, "claims"), 0))
        for name in _SUMMED[:-1]:
            held[name] += row[name] or 0
        held["claims"] = max(held["claims"], row["claims"])
    for row in without:
        sums.setdefault(key(row), dict.fromkeys((*_SUMMED, "claims"), 0))["allowed_without"] += row["allowed"] or 0
    names = schema.names[: schema.names.index("units")]
    rows = [dict(zip(names, at, strict=True)) | _figures(held) for at, held in sums.items()]
    return sorted(rows, key=lambda row: (-(row["allowed"] + row["allowed_without"]), *(row[n] or "" for n in names)))


_SUMMED = ("units", "lines", "allowed", "medicare", "ratios", "rated", "allowed_without")


def _figures(held: Mapping[str, Any]) -> dict[str, Any]:
    allowed, without = Decimal(held["allowed"]), Decimal(held["allowed_without"])
    return {
        "units": held["units"],
        "claims_at_least": held["claims"],
        "lines": held["lines"],
        "allowed": allowed or ZERO,
        "medicare": Decimal(held["medicare"]) if held["units"] else None,
        "percent_of_medicare": ratio(allowed, held["medicare"]),
        "mean_of_ratios": ratio(held["ratios"], held["rated"]),
        "allowed_without": without or ZERO,
        "share_without": ratio(without, allowed + without),
    }


def _told(library: Library, contracts: Iterable[Contract], asked: BenchmarkQuestion) -> Iterable[str]:
    if library.built_in:
        yield "The schedule is the small fact table that comes with the package; load CMS's own files for all codes."
    for contract in contracts:
        (version,) = contract.versions
        releases = ", ".join(dict.fromkeys(one.source for one in version.schedules.values()))
        rolling = "each day by its release, days without one by the nearest of their year"
        yield f"{contract.name}: {releases}; " + (rolling if asked.year is None else "pinned, whatever the day") + "."
    kinds = {name for contract in contracts for name in contract.versions[-1].schedules}
    if "medicare-opps" in kinds:
        yield (
            "Hospitals' outpatients are priced in the schedule view: rates by line, second procedures at half, "
            "packaging by status indicator, the highest comprehensive service for its claim; no composites, no "
            f"complexity adjustments, no outliers. Wage index {asked.wage_index}."
        )
    if "medicare-ipps" in kinds:
        paid = (
            f"those of {asked.hospital.provider}"
            if asked.hospital
            else f"the national ones at wage index {asked.wage_index}"
        )
        yield (
            f"Inpatient stays are priced by DRG as billed, operating and capital rates being {paid}; transfers by the "
            "day; no outliers, no new technology."
        )
    if "medicare-drugs" in kinds:
        yield "Drugs are priced by the outpatient rates of their quarter, which stand in for the payment limits (ASP)."
    yield (
        "Amounts are the fee schedule's, before sequestration, in the setting of the place of service, with Medicare's "
        "rules for several procedures, both sides, assistants, two surgeons, split packages and the cap on imaging; "
        "without the lesser of charges."
    )


@cache
def _steps() -> list[Step]:
    return read_steps(files("evenhand.performance.benchmark") / "steps")


def _ask(engine: Engine, name: str) -> list[dict[str, Any]]:
    text = (files("evenhand.performance.benchmark") / "queries" / f"{name}.sql").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = engine.arrow(text).to_pylist()
    return rows
