"""What a DRG weighs and how long its stays are, and what it is paid at national rates where these are known."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from evenhand.schedules.ipps import Drg, Hospital, constants_of, drg_rates, known_years
from evenhand.schedules.library import Release
from evenhand.schedules.quoting.quote import Asked, Quote, plain


def inpatient_quotes(asked: Asked) -> Iterator[Quote]:
    """One quote for a DRG of three digits: operating and capital rates of its fiscal year, for no one hospital."""
    release = asked.release("ipps-drg")
    for row in asked.rows(release, "drg") if release else ():
        assert release is not None
        amount, told = _national(row, release, asked.wage_index)
        says = "; ".join(filter(None, (_says(row), told)))
        yield Quote("Inpatient stay", asked.code, "", "", amount, says, release.id)


def _says(row: dict[str, Any]) -> str:
    weight = f"weight {plain(row['weight'])}" if row["weight"] else "no weight: no stay is paid by it"
    means = [f"{name} {plain(row[name.lower()])}" for name in ("GMLOS", "AMLOS") if row[name.lower()]]
    policy = "special pay" if row["special_pay"] else "post-acute transfer" if row["post_acute"] else ""
    return ", ".join(filter(None, (weight, *means, policy)))


def _national(row: dict[str, Any], release: Release, wage_index: Decimal) -> tuple[Decimal | None, str]:
    year = release.last_day.year
    if not row["weight"]:
        return None, ""
    if year not in known_years():
        return None, f"national rates of fiscal year {year} are not known"
    (paid,) = drg_rates(Hospital.national(wage_index), [Drg.of(row)], year)
    told = f"national operating and capital rates of fiscal year {year} ({constants_of(year).sure})"
    return paid["total_amount"], f"{told}, wage index {wage_index}, without what is the hospital's own"
