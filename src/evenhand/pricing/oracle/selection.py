"""Whether a selector covers a line of a claim."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from evenhand.contracts.model import Bound, Condition, Selector
from evenhand.pricing.oracle.claim import OracleClaim, OracleLine
from evenhand.pricing.oracle.readmissions import is_readmission


def covers(selector: Selector, claim: OracleClaim, line: OracleLine) -> bool:
    """Whether all conditions and all bounds of the selector hold for the line and its claim."""
    return (
        all(_meets(condition, claim, line) for condition in selector.conditions)
        and all(_inside(bound, claim, line) for bound in selector.bounds)
        and (selector.with_line is None or _has_line(selector.with_line, claim))
        and (selector.without_line is None or not _has_line(selector.without_line, claim))
        and (selector.readmission is None or is_readmission(selector.readmission, claim))
    )


def _has_line(selector: Selector, claim: OracleClaim) -> bool:
    return any(covers(selector, claim, line) for line in claim.lines)


def _meets(condition: Condition, claim: OracleClaim, line: OracleLine) -> bool:
    values = _present(condition, claim) if condition.present else _values(condition.attribute, claim, line)
    hit = any(_in_range(value, span.low, span.high) for value in values for span in condition.ranges)
    return hit != condition.negated


def _present(condition: Condition, claim: OracleClaim) -> list[str]:
    """The diagnoses whose present-on-admission indicator is asked for; one without an indicator is none of them."""
    asked = condition.present
    return [code.strip().upper() for code, present in claim.coded if (present or "").strip().upper() in asked]


def _in_range(value: str, low: str, high: str) -> bool:
    """Ranges hold codes of their own length only, and letters of either case are the same."""
    return len(value) == len(low) and low.upper() <= value <= high.upper()


def _values(attribute: str, claim: OracleClaim, line: OracleLine) -> list[str]:
    """What a line or its claim has of an attribute: upper case, trimmed, nothing for a null."""
    if attribute == "modifiers":
        found: list[str | None] = list(line.modifiers)
    elif attribute == "diagnosis":
        found = list(claim.diagnoses)
    else:
        found = [_single(attribute, claim, line)]
    return [value.strip().upper() for value in found if value is not None and value.strip()]


def _single(attribute: str, claim: OracleClaim, line: OracleLine) -> str | None:
    tin = claim.billing_tin
    found: dict[str, str | None] = {
        "codes": line.hcpcs_code,
        "revenue_codes": line.revenue_center_code,
        "place_of_service": line.place_of_service_code,
        "setting": line.setting,
        "rendering_npi": line.rendering_npi,
        "drg": claim.drg_code,
        "bill_type": claim.bill_type_code,
        "claim_type": claim.claim_type,
        "product": claim.product,
        "billing_npi": claim.billing_npi,
        "tin": None if tin is None else tin.replace("-", "").replace(" ", ""),
    }
    return found[attribute]


def _inside(bound: Bound, claim: OracleClaim, line: OracleLine) -> bool:
    """An unknown measure is inside no bound."""
    value = _measure(bound.measure, claim, line)
    if value is None:
        return False
    if bound.low is not None and (value <= bound.low if bound.above else value < bound.low):
        return False
    return bound.high is None or value <= bound.high


def unit_invoice(invoice: Decimal, units: Decimal) -> Decimal:
    """The invoice of one unit in whole cents, the rest cut off; units below one count as said, none as one."""
    return (invoice / counted(units)).quantize(Decimal("0.01"), rounding=ROUND_FLOOR)


def counted(units: Decimal) -> Decimal:
    """Units an invoice is for: at least something."""
    return units if units > 0 else Decimal(1)


def _measure(measure: str, claim: OracleClaim, line: OracleLine) -> Decimal | None:
    found: dict[str, Decimal | int | None] = {
        "charge": line.charge_amount,
        "invoice": None if line.invoice_amount is None else unit_invoice(line.invoice_amount, line.units),
        "claim_charge": claim.total_charge,
        "age": claim.age,
        "length_of_stay": claim.length_of_stay,
    }
    value = found[measure]
    return None if value is None else Decimal(value)
