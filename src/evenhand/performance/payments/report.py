"""What should be paid for each claim, what was, why they differ, and the interest that late payment costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow.compute as pc

from evenhand.book import Book
from evenhand.engines import Engine, Step, read_steps
from evenhand.errors import SelectionError
from evenhand.money import ZERO, ratio
from evenhand.performance.basis import Basis, Choices, basis_of, find_payer, lay_out
from evenhand.performance.payments.layout import PaymentRules, put_accrual_day
from evenhand.performance.payments.tables import CAUSES, EXPECTED, TOTALS
from evenhand.results import Result


@dataclass(frozen=True, slots=True)
class PaymentsQuestion:
    """What is asked: one payer or all, claims of which days, and to which day interest accrues on what is unpaid."""

    payer: str | None = None
    choices: Choices = field(default_factory=Choices)
    accrue_to: date | None = None


@dataclass(frozen=True, slots=True)
class PaymentReport:
    """What should be paid after the allowed amount, and what was.

    Attributes:
        totals: by payer, what is due and what was paid; how many claims were late, and the interest on them.
        causes: why payment differs from what is due, by payer and cause, never netted; negative is less than due.
        expected: `expected_payments`, one row for each claim that is judged and priced whole. ``interest_owed`` is
            null where the contract has no rule, or where receipt or the rate of the day is not known. What was never
            paid is apart: ``unpaid_amount``, and ``interest_accruing`` on it to the day asked about.
        payer: the one payer asked about, as shown; ``None``: all of them.
        accrue_to: the day interest accrues to on what is unpaid; ``None``: it does not.
    """

    totals: Result
    causes: Result
    expected: Result
    payer: str | None = None
    accrue_to: date | None = None

    def claims(self, number: str) -> list[dict[str, Any]]:
        """The rows of a claim, by the provider's number or its key; several where the number was used again.

        Raises:
            SelectionError: no claim of that number is judged and priced whole.
        """
        found = [row for row in self.expected if number in (row["claim_id"], str(row["claim_key"]))]
        if not found:
            what = f"no claim '{number}' is judged and priced whole, so what is due for it is not known"
            raise SelectionError(f"{what}; ask evenhand explain {number}")
        return found

    @property
    def interest_short(self) -> Decimal:
        """Interest owed and not paid, of all payers."""
        return sum((row["interest_short"] for row in self.totals), ZERO)


def payments(source: Book | Basis, question: PaymentsQuestion | None = None) -> PaymentReport:
    """Report what payers should pay once the allowed amount stands, under the contracts' own rules.

    Payment due is what the contract allows less the patient's share, as the payer told it, less sequestration and
    withholds the contract agrees to. Interest is owed on what came after the day it was due; on what never came it
    accrues to the day asked about, and is told apart.

    Raises:
        SelectionError: the payer named is not in the book.
    """
    asked, basis = question or PaymentsQuestion(), basis_of(source)
    engine = basis.engine
    lay_out(basis, asked.choices)
    payer = find_payer(engine, asked.payer) if asked.payer else None
    lay_out_payments(basis, asked.accrue_to)
    return PaymentReport(
        Result.of([_total(row) for row in _rows(engine, "payment_totals", payer)], TOTALS),
        Result.of(sorted(_rows(engine, "payment_causes", payer), key=_worst_first), CAUSES),
        _expected(engine, payer),
        payer,
        asked.accrue_to,
    )


def lay_out_payments(basis: Basis, accrue_to: date | None = None) -> None:
    """Run the steps about payment, so that `expected_payments` stands; this room's own must have been run."""
    engine, rules = basis.engine, PaymentRules()
    rules.put(engine, basis.contracts)
    put_accrual_day(engine, accrue_to)
    engine.run(_steps("1_due"))
    rules.put_days(engine, _ask(engine, "receipts"))
    engine.run(_steps("2_late"))
    rules.put_factors(engine, _ask(engine, "lateness"), _ask(engine, "late_parts"))
    engine.run(_steps("3_owed"))


@cache
def _steps(stage: str) -> tuple[Step, ...]:
    return tuple(read_steps(files("evenhand.performance.payments") / "steps" / stage))


@cache
def _query(name: str) -> str:
    return (files("evenhand.performance.payments") / "queries" / f"{name}.sql").read_text(encoding="utf-8")


def _ask(engine: Engine, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = engine.arrow(_query(name)).to_pylist()
    return rows


def _rows(engine: Engine, name: str, payer: str | None) -> list[dict[str, Any]]:
    return sorted((row for row in _ask(engine, name) if payer in (None, row["payer"])), key=lambda row: row["payer"])


def _expected(engine: Engine, payer: str | None) -> Result:
    columns = ", ".join(EXPECTED.names)
    rows = engine.arrow(f"select {columns} from expected_payments order by claim_key")
    mine = rows if payer is None else rows.filter(pc.equal(rows["payer"], payer))
    return Result(mine.cast(EXPECTED))


def _total(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "late_share": ratio(row["late_claims"], row["timed_claims"])}


def _worst_first(row: Mapping[str, Any]) -> Any:
    return row["payer"], row["amount"], row["cause"]
