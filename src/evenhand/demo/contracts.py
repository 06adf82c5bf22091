"""Writes the three contracts as folders a person can read: contract.yaml, rate tables, an amendment."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from evenhand.demo.contract_texts import LAKESHORE, LAKESHORE_AMENDMENT, PRAIRIE, SUMMIT
from evenhand.demo.practice import CLINIC, SURGICAL_HOSPITAL
from evenhand.demo.rates import RateTable, lakeshore_schedule, prairie_schedule, summit_exhibit

_HEADER = ("code", "modifier", "setting", "amount")


def write_contracts(folder: Path) -> None:
    """Write ``summit-health``, ``prairie-mutual`` and ``lakeshore-community-plan`` under a folder."""
    numbers = {"clinic": CLINIC.npi, "hospital": SURGICAL_HOSPITAL.npi}
    summit = _folder(folder / "summit-health", SUMMIT, numbers)
    write_rates(summit / "exhibit-a.csv", summit_exhibit())
    prairie = _folder(folder / "prairie-mutual", PRAIRIE, numbers)
    _write_table(prairie / "prairie-schedule.csv", (*_HEADER, "effective", "ends"), _prairie_rows())
    lakeshore = _folder(folder / "lakeshore-community-plan", LAKESHORE, numbers)
    write_rates(lakeshore / "schedule-2023.csv", lakeshore_schedule(2023))
    (lakeshore / "amendments").mkdir(exist_ok=True)
    _write(lakeshore / "amendments" / "first-amendment.yaml", LAKESHORE_AMENDMENT)
    write_rates(lakeshore / "amendments" / "schedule-2025.csv", lakeshore_schedule(2025))


def dollars(cents: int) -> str:
    """Cents as a plain amount.

    >>> dollars(11805)
    '118.05'
    """
    return f"{cents // 100}.{cents % 100:02d}"


def write_rates(path: Path, table: RateTable) -> None:
    """Write one rate table."""
    _write_table(path, _HEADER, ((*key, dollars(amount)) for key, amount in table.items()))


def _prairie_rows() -> Iterable[tuple[str, ...]]:
    for year in (2024, 2025, 2026):
        for key, amount in prairie_schedule(year).items():
            last = "" if year == 2026 else f"{year}-12-31"
            yield (*key, dollars(amount), f"{year}-01-01", last)


def _write_table(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _folder(path: Path, text: str, numbers: dict[str, str]) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for name, number in numbers.items():
        text = text.replace(f"<{name}>", number)
    _write(path / "contract.yaml", text)
    return path


def _write(path: Path, text: str) -> None:
    path.write_text(text.lstrip("\n"), encoding="utf-8", newline="\n")
