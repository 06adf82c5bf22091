"""The share a payer must have used, where a whole or half per cent gives the amount it allowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from evenhand.money import CENT, show_money, to_cents

Row = Mapping[str, Any]
#: Reason, evidence with amounts, pattern without them.
Named = tuple[str, str, str]

_ONE = Decimal(1)
#: CARC 59: reduced because of several procedures on a day.
SEVERAL_PROCEDURES = "-59"


def implied(row: Row) -> Named | None:
    """A reason, its evidence and its pattern from the share of a charge, fee or price that the allowed amount is."""
    finders: list[Callable[[Row], Named | None]] = [_of_charges, _modifier, _rank, _cap, _of_claim_price]
    if SEVERAL_PROCEDURES in (row["reasons"] or ""):
        finders.insert(0, _rank)
    return next((found for found in (finder(row) for finder in finders) if found), None)


def whole_share(amount: Decimal, base: Decimal | None, step: Decimal = Decimal("0.5")) -> Decimal | None:
    """The percentage, in whole steps, of ``base`` that is ``amount`` to the cent; ``None`` when there is none.

    >>> whole_share(Decimal("46.00"), Decimal("50.00")), whole_share(Decimal("333.33"), Decimal("1000.00"))
    (Decimal('92.0'), None)
    """
    if base is None or base <= 0 or amount <= 0:
        return None
    share = (amount / base * 100 / step).quantize(_ONE, rounding=ROUND_HALF_UP) * step
    near = abs(to_cents(base * share / 100) - amount) <= CENT
    return share if near and share > 0 else None


def _percent(share: Decimal) -> str:
    return f"{share.normalize():f}%"


def _stated(factor: Decimal | None) -> str:
    return _percent((factor if factor is not None else _ONE) * 100)


def _said(row: Row, pattern: str, after: str = "") -> tuple[str, str]:
    """Evidence with its amounts, and the pattern alone, which names no claim."""
    return f"allowed {show_money(row['actual_amount'])} is {pattern}{after}", pattern


def _of_charges(row: Row) -> Named | None:
    if row["method"] != "percent_of_charges" or row["percent"] is None:
        return None
    share = whole_share(row["actual_amount"], row["charge_amount"])
    if share is None:
        return None
    pattern = f"{_percent(share)} of the charge where the contract pays {_stated(row['percent'])}"
    return "percent of charges", *_said(row, pattern, f"; charge {show_money(row['charge_amount'])}")


def _full_fee(row: Row) -> Decimal | None:
    """Rate times units, before modifiers and ranking; of anaesthesia the rate is that of the whole service."""
    if row["unit_rate"] is None or row["method"] == "percent_of_charges" or row["compared"] != "line":
        return None
    by_unit = row["per"] == "unit" and row["method"] != "anesthesia" and row["units"] is not None
    units = row["units"] if by_unit else _ONE
    return to_cents(row["unit_rate"] * units)


def _modifier(row: Row) -> Named | None:
    full, factor = _full_fee(row), row["modifier_factor"]
    if full is None or factor is None or factor == 1:
        return None
    share = whole_share(row["actual_amount"], to_cents(full * (row["procedure_factor"] or _ONE)))
    if share is None:
        return None
    pattern = (
        f"{_percent(share)} of the rate for modifiers {row['modifiers']} where the contract pays {_stated(factor)}"
    )
    return "modifier", *_said(row, pattern)


def _rank(row: Row) -> Named | None:
    full = _full_fee(row)
    cut_told = SEVERAL_PROCEDURES in (row["reasons"] or "")
    if full is None or not (cut_told or (row["procedure_rank"] or 1) > 1):
        return None
    share = whole_share(row["actual_amount"], to_cents(full * (row["modifier_factor"] or _ONE)))
    if share is None:
        return None
    place = f"procedure {row['procedure_rank']} of the day" if row["procedure_rank"] else "the procedure"
    pattern = f"{_percent(share)} of the fee for {place} where the contract pays {_stated(row['procedure_factor'])}"
    return "multiple procedures", *_said(row, pattern)


def _cap(row: Row) -> Named | None:
    """Held to a round share of the charge, which no term says."""
    share = whole_share(row["actual_amount"], row["charge_amount"], Decimal(5))
    if share is None or share > 100 or row["variance_amount"] > 0:
        return None
    charge, price = show_money(row["charge_amount"]), show_money(row["expected_amount"])
    pattern = f"{_percent(share)} of the charge, a limit the contract does not have"
    return "lesser-of", *_said(row, pattern, f"; charge {charge}, contract price {price}")


def _of_claim_price(row: Row) -> Named | None:
    if row["per"] not in ("case", "day"):
        return None
    share = whole_share(row["actual_amount"], row["expected_amount"])
    price = f"; contract price {show_money(row['expected_amount'])}"
    pattern = f"not the {row['per']} price" if share is None else f"{_percent(share)} of the {row['per']} price"
    return "case rate", *_said(row, pattern, price)
