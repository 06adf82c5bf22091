"""The answers of the schedules that print a rate for each code, and why some of their codes have none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evenhand.schedules.coded import DESIGNS, DRUGS, Coded
from evenhand.schedules.quoting.quote import Asked, Quote, plain

#: Status indicator (Addendum D1) → why hospitals are not paid the code by a rate.
_OUTPATIENT = {
    "A": "paid by another schedule",
    "B": "not payable to hospitals under this code",
    "C": "paid to inpatients only",
    "D": "discontinued",
    "E1": "not covered",
    "E2": "no price is known",
    "F": "paid at reasonable cost",
    "H": "a pass-through device, paid at cost",
    "L": "a vaccine, paid at reasonable cost",
    "M": "not billable to the contractor",
    "N": "packaged into other services",
    "P": "paid by the day of partial hospitalisation",
    "Q4": "packaged with other services, else paid by the laboratory schedule",
    "Y": "equipment, paid to suppliers",
}
#: Payment indicator (Addendum DD1) → why surgery centres are not paid the code by a rate.
_CENTRE = {
    "D5": "discontinued",
    "F4": "corneal tissue, paid at reasonable cost",
    "J7": "a pass-through device, priced by the contractor",
    "K5": "no price is known",
    "K7": "an unclassified drug, priced by the contractor",
    "L1": "a vaccine, packaged into the procedure",
    "L6": "a lens of new technology",
    "N1": "packaged into the procedure",
}


def coded_quotes(asked: Asked) -> Iterator[Quote]:
    """Hospitals' outpatients, surgery centres, laboratories; drugs by payment limits, else by outpatient rates."""
    limits = list(_quotes(asked, "asp"))
    for name in ("opps", "asc", "clfs"):
        yield from _quotes(asked, name)
    yield from _excluded(asked)
    yield from limits or _quotes(asked, "drugs")


def _quotes(asked: Asked, name: str) -> Iterator[Quote]:
    schedule = Coded(asked.library, name, asked.wage_index)
    for kind in DESIGNS[name].kinds:
        release = asked.release(kind)
        for row in asked.rows(release) if release else ():
            if name != "drugs" or row["status"] in DRUGS:
                yield _quote(schedule, row, release.id if release else "")


def _quote(schedule: Coded, row: dict[str, Any], release: str) -> Quote:
    amount = schedule.amount(row)
    says = ", ".join(_says(schedule, row, paid=amount is not None))
    return Quote(schedule.design.title, row["code"], row.get("modifier") or "", "", amount, says, release)


def _says(schedule: Coded, row: dict[str, Any], *, paid: bool) -> Iterator[str]:
    if status := row.get("status"):
        yield f"status {status}"
    if indicator := row.get("indicator"):
        yield f"indicator {indicator}"
    if row.get("weight"):
        yield f"weight {plain(row['weight'])}"
    if not paid:
        known = {"opps": _OUTPATIENT, "asc": _CENTRE}.get(schedule.name, {})
        yield known.get(row.get("status") or row.get("indicator") or "", "no rate: the contractor prices it")
        return
    if row.get("multiple") or row.get("status") == "T":
        yield "half where it is not the highest"
    if schedule.name in ("opps", "asc"):
        yield f"wage index {schedule.wage_index}" if schedule.moved(row) else "not moved by wages"
    if row["rate"] != round(row["rate"], 2):
        yield f"exactly {plain(row['rate'])}"


def _excluded(asked: Asked) -> Iterator[Quote]:
    release = asked.release("asc-excluded")
    for _ in asked.rows(release) if release else ():
        says = "not paid to surgery centres (Addendum EE)"
        yield Quote(DESIGNS["asc"].title, asked.code, "", "", None, says, release.id if release else "")
