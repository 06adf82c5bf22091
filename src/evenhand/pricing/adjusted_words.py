"""What a claim was adjusted by, in words and numbers: the rows of ``priced_adjustments``, read aloud."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from evenhand.money import show_money


def adjustment_words(row: Mapping[str, Any]) -> str:
    """One row, as in ``+$75,000.00 stop-loss "High-cost cases": 60 % of $200,000.00, instead of $45,000.00``.

    >>> row = dict.fromkeys(("cite", "percent", "units", "threshold_amount", "replaced_amount"))
    >>> adjustment_words(row | {"kind": "cap", "name": "Most", "basis_amount": Decimal(80), "amount": Decimal(-20)})
    '−$20.00 cap "Most": $80.00'
    """
    name = f'{row["kind"]} "{row["name"]}"' + (f" ({row['cite']})" if row["cite"] else "")
    if row["amount"] is None:
        return f"{name}: cannot be worked out, because a charge or a day it needs is missing"
    sign = "+" if row["amount"] >= 0 else ""
    said = [f"{sign}{show_money(row['amount'])} {name}: {_basis(row)}"]
    if row["threshold_amount"] is not None:
        said.append(f"at a threshold of {show_money(row['threshold_amount'])}")
    if row["replaced_amount"]:
        said.append(f"instead of {show_money(row['replaced_amount'])}")
    return ", ".join(said)


def _basis(row: Mapping[str, Any]) -> str:
    basis = show_money(row["basis_amount"])
    if row["kind"] == "outlier":
        return f"{_plain(row['percent'] * 100)} % of {basis} of cost above payment and fixed loss"
    if row["percent"] is not None:
        return f"{_plain(row['percent'] * 100)} % of {basis}"
    if row["units"] is not None:
        return f"{basis} × {_plain(row['units'])} {'day' if row['units'] == 1 else 'days'}"
    return basis


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
