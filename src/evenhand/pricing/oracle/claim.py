"""One claim as the oracle reads it, from a row of the service tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from evenhand.contracts.model import ChosenBy

#: No charge and no fee is as high as this; what seems so comes from a broken file.
BEYOND_MONEY = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class OracleLine:
    """A service line, with the columns of ``service_lines`` that pricing looks at."""

    line_key: int = 0
    claim_line_number: int | None = 1
    revenue_center_code: str | None = None
    hcpcs_code: str | None = None
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    place_of_service_code: str | None = None
    setting: str | None = None
    service_date: date | None = None
    charge_amount: Decimal | None = None
    rendering_npi: str | None = None
    invoice_amount: Decimal | None = None
    unit_measure: str | None = None
    second_side_of: int | None = None  # the line of the first side, where the contract pays both by two lines
    two_units: bool = False  # it may be both sides of a procedure, where the contract pays them by two units

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> OracleLine:
        """From a dictionary with any of the columns; modifiers as a list or as joined text."""
        known = _known(cls, row)
        known["modifiers"] = _several(known.get("modifiers"))
        known["units"] = Decimal(1) if known.get("units") is None else Decimal(str(known["units"]))
        known["charge_amount"] = _charge(known.get("charge_amount"))
        known["invoice_amount"] = _charge(known.get("invoice_amount"))
        known["service_date"] = as_day(known.get("service_date"))
        return cls(**known)


@dataclass(frozen=True, slots=True)
class OracleClaim:
    """A claim to be priced, with the columns of ``service_claims`` that pricing looks at."""

    lines: tuple[OracleLine, ...]
    claim_key: int = 0
    claim_type: str | None = None
    payer: str | None = None
    payer_id: str | None = None
    product: str | None = None
    billing_npi: str | None = None
    billing_tin: str | None = None
    claim_start_date: date | None = None
    claim_end_date: date | None = None
    admission_date: date | None = None
    discharge_date: date | None = None
    bill_type_code: str | None = None
    drg_code: str | None = None
    age: int | None = None
    charge_amount: Decimal | None = None
    diagnoses: tuple[str, ...] = ()
    present_on_admission: tuple[str, ...] = ()  # of the diagnoses, in their order; empty where it is not said
    procedures: tuple[str, ...] = ()
    patient_sex: str | None = None
    discharge_status: str | None = None
    network: str | None = None
    plan: str | None = None
    group_number: str | None = None
    site_npi: str | None = None
    place_of_service_code: str | None = None
    chosen_by: ChosenBy = "admission"  # what the contract chosen goes by
    member_id: str | None = None
    others: tuple[OracleClaim, ...] = ()  # all claims of the member: a stay may be a readmission after one of them
    stated_drg: str | None = None  # the DRG billed, where ``drg_code`` is the contract's grouper's

    @classmethod
    def of(cls, row: Mapping[str, Any], lines: Iterable[Mapping[str, Any]]) -> OracleClaim:
        """From dictionaries with any of the columns of ``service_claims`` and ``service_lines``."""
        known = _known(cls, row)
        known["lines"] = tuple(OracleLine.of(line) for line in lines)
        known["charge_amount"] = _charge(known.get("charge_amount"))
        known["diagnoses"] = _several(known.get("diagnoses"))
        known["present_on_admission"] = tuple(each or "" for each in known.get("present_on_admission") or ())
        known["procedures"] = _several(known.get("procedures"))
        known["age"] = None if known.get("age") is None else int(known["age"])
        for name in ("claim_start_date", "claim_end_date", "admission_date", "discharge_date"):
            known[name] = as_day(known.get(name))
        return cls(**known)

    @property
    def day(self) -> date | None:
        """The day that chooses contract and version: admission of a facility stay, else start of service.

        A contract may go by the day of discharge (the last day of the claim where none is given), or of service.
        """
        stay = {
            "admission": self.admission_date,
            "discharge": self.discharge_date or self.claim_end_date,
            "service": None,
        }[self.chosen_by]
        return (stay if self.claim_type == "institutional" else None) or self.claim_start_date

    @property
    def first_day(self) -> date | None:
        """The day of admission, else the first day of service."""
        return self.admission_date or self.claim_start_date

    @property
    def last_day(self) -> date | None:
        """The day of discharge, else the last day of service."""
        return self.discharge_date or self.claim_end_date

    @property
    def billed_drg(self) -> str | None:
        """The DRG on the claim."""
        return self.drg_code if self.stated_drg is None else self.stated_drg

    @property
    def coded(self) -> list[tuple[str, str | None]]:
        """The diagnoses, each with its present-on-admission indicator where it has one."""
        indicators = self.present_on_admission[: len(self.diagnoses)]
        return [(code, present or None) for code, present in zip_longest(self.diagnoses, indicators)]

    @property
    def length_of_stay(self) -> int | None:
        """Nights from admission to discharge (else from first to last day of service), at least 1."""
        first, last = self.first_day, self.last_day
        return None if first is None or last is None else max(1, (last - first).days)

    @property
    def total_charge(self) -> Decimal | None:
        """The charge of the claim as stated, else the sum over those of its lines that have one."""
        if self.charge_amount is not None:
            return self.charge_amount
        charges = [line.charge_amount for line in self.lines if line.charge_amount is not None]
        return sum(charges, Decimal(0)) if charges else None


def _known(kind: type[OracleLine] | type[OracleClaim], row: Mapping[str, Any]) -> dict[str, Any]:
    return {field.name: row[field.name] for field in fields(kind) if field.name in row}


def _several(value: Any) -> tuple[str, ...]:
    """A list of codes from a list, from text joined with commas, or from nothing."""
    parts = value.split(",") if isinstance(value, str) else (value or ())
    return tuple(str(part).strip() for part in parts if str(part).strip())


def _charge(value: Any) -> Decimal | None:
    """A charge of a trillion dollars or more is no charge anyone made: it counts as not stated."""
    charge = None if value is None else Decimal(str(value).replace(",", "").replace("$", ""))
    return None if charge is None or abs(charge) >= BEYOND_MONEY else charge


def as_day(value: Any) -> date | None:
    """A day from a day, or from text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
