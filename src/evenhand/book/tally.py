"""What went into the tables from one file, added up on the way, and whether it is what the file said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from evenhand.book.loads import Control
from evenhand.claims.tabular.reader import Reading
from evenhand.money import ZERO

#: Sums kept for each file: name → (table, column).
_SUMS: dict[str, tuple[str, str]] = {
    "claim charges": ("claims", "charge_amount"),
    "line charges": ("lines", "charge_amount"),
    "line allowed": ("lines", "allowed_amount"),
    "line paid": ("lines", "paid_amount"),
    "payments": ("remits", "payment_amount"),
    "remitted charges": ("remit_claims", "charge_amount"),
    "remitted paid": ("remit_claims", "paid_amount"),
    "provider adjustments": ("provider_adjustments", "amount"),
}
#: Findings whose amount is what a stated total differs by from its parts: rule → the table they are about.
_BALANCES = {"transaction-balance": "remits", "claim-charge": "claims"}
_NAMES = {"charge_amount": "charges", "allowed_amount": "allowed", "paid_amount": "paid"}


class Tally:
    """Counts, sums and findings of one file."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.sums: dict[str, Decimal] = {}
        self.severities: dict[str, int] = {}
        self.rules: dict[str, int] = {}
        self.types: dict[str, int] = {}
        self._doubts: dict[str, Decimal] = {}

    def add(self, batch: Mapping[str, pa.Table]) -> None:
        """Take a batch into account."""
        for name, table in batch.items():
            if table.num_rows:
                self.counts[name] = self.counts.get(name, 0) + table.num_rows
        for what, (name, column) in _SUMS.items():
            if name in batch and batch[name].num_rows:
                self.sums[what] = self.sums.get(what, ZERO) + _sum(_signed(batch[name], column))
        if "findings" in batch:
            self._add_findings(batch["findings"])
        if "claims" in batch:
            _count(batch["claims"]["claim_type"], self.types)

    def _add_findings(self, findings: pa.Table) -> None:
        _count(findings["severity"], self.severities)
        _count(findings["rule"], self.rules)
        for rule, subject in _BALANCES.items():
            wanted = pc.and_(pc.equal(findings["rule"], rule), pc.equal(findings["subject"], subject))
            amounts = findings.filter(wanted)["amount"]
            self._doubts[rule] = self._doubts.get(rule, ZERO) + _sum(amounts)

    def controls(self, reading: Reading | None) -> tuple[Control, ...]:
        """The totals the file itself states, beside those of the tables."""
        return self._of_transactions() if reading is None else tuple(self._of_table(reading))

    def _of_table(self, reading: Reading) -> Iterator[Control]:
        lines, misfits = self.counts.get("lines", 0), self.rules.get("row-misfit", 0)
        yield Control("rows", Decimal(reading.rows), Decimal(lines), Decimal(misfits))
        for column, said in reading.said.items():
            once = column == "charge_amount" and reading.layout.cells[column].level == "claim"
            held = self.sums.get(f"{'claim' if once else 'line'} {_NAMES[column]}", ZERO)
            yield Control(_NAMES[column], said, held)

    def _of_transactions(self) -> tuple[Control, ...]:
        """An 835 states what was paid, an 837 what each claim charges: both are made up of smaller amounts."""
        found = []
        if "remits" in self.counts:
            held = self.sums.get("remitted paid", ZERO) - self.sums.get("provider adjustments", ZERO)
            found.append(self._control("payments", held, "transaction-balance"))
        if "claims" in self.counts:
            held = self.sums.get("line charges", ZERO)
            found.append(self._control("claim charges", held, "claim-charge"))
        return tuple(found)

    def _control(self, what: str, held: Decimal, rule: str) -> Control:
        unread = sum(self.rules.get(unreadable, 0) for unreadable in ("bad-amount", "missing-amount"))
        return Control(what, self.sums.get(what, ZERO), held, self._doubts.get(rule, ZERO), unread)

    def content(self, recognised: str) -> str:
        """What the file holds, in words."""
        parts = [f"{self.counts['remits']:,} × 835"] if "remits" in self.counts else []
        parts += [f"{n:,} {kind} claim{'s' * (n != 1)}" for kind, n in sorted(self.types.items())]
        untyped = self.counts.get("claims", 0) - sum(self.types.values())
        parts += [f"{untyped:,} claim{'s' * (untyped != 1)} of no stated type"] if untyped else []
        return f"{recognised}: {', '.join(parts)}" if parts else recognised


def _signed(table: pa.Table, column: str) -> pa.ChunkedArray:
    """The amounts of a column; a payment taken from the provider (BPR03 is D) counts against."""
    amounts = table[column]
    if column != "payment_amount":
        return amounts
    taken = pc.fill_null(pc.equal(table["credit_debit"], "D"), False)
    return pc.if_else(taken, pc.negate(amounts), amounts)


def _sum(column: pa.ChunkedArray) -> Decimal:
    total = pc.sum(column).as_py()
    return ZERO if total is None else Decimal(total)


def _count(column: pa.ChunkedArray, into: dict[str, int]) -> None:
    for entry in pc.value_counts(column).to_pylist():
        if entry["values"] is not None:
            into[entry["values"]] = into.get(entry["values"], 0) + entry["counts"]
