"""The worklist of a state of the book: the engine's variances as rows, and the story of each claim beside them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.core.serializers.json import DjangoJSONEncoder

from evenhand.book import Book
from evenhand.codes import service_line
from evenhand.contracts import Contract
from evenhand.contracts.durations import Duration
from evenhand.engines import Engine
from evenhand.performance import Basis, VarianceReport, payments, variance
from evenhand.pricing import Pricing

#: Raised when what is told of a claim changes; earlier caches are then left alone.
_VERSION = 1
#: The cache's file, and how many claims are asked about, and kept together, at a time.
CLAIMS, TOGETHER = "claims.parquet", 2_000
_CAUSE = ("payer", "term", "reason", "direction")
Progress = Callable[[float, str], None]
Row = Mapping[str, Any]

_SETTLED = """
select claim_key, payer_claim_number, state, paid_amount, patient_amount, received_date, first_payment_date,
  payment_date, days_to_pay, days_from
from settled_claims where claim_key in (select claim_key from claims_asked)"""
_REMITTED = """
select claim_key, line_key, paid_amount, patient_amount, allowed_method, adjudicated_code, adjudicated_units, reasons,
  remarks, payment_date
from settled_lines where claim_key in (select claim_key from claims_asked)"""


class Worked:
    """What the engine says of a book, ready to be kept.

    Attributes:
        report: variances, as ``evenhand variance`` gives them.
        over: how many claims they are looked for in, and when these begin.
        lines: for each comparison of a line, the line's number on its claim.
        contracts: by the key of a comparison, the contract it was priced under.
    """

    def __init__(self, book: Book, progress: Progress) -> None:
        self.book = book
        progress(0.05, "pricing the claims")
        self.basis = Basis.of(book)
        progress(0.2, "comparing what was paid with what was agreed")
        self.report: VarianceReport = variance(self.basis)
        progress(0.4, "looking at days and interest")
        self._due = {row["claim_key"]: row for row in payments(self.basis).expected}
        (over,) = self.basis.engine.arrow(
            "select count(*) as claims, min(claim_start_date) as first_day, max(claim_start_date) as last_day "
            "from service_claims"
        ).to_pylist()
        self.over: Row = over
        self._lines = _compared(self.basis.engine)
        self._contracts = {contract.id: contract for contract in self.basis.contracts}

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each variance with its identity, line, family of codes, the last day to dispute it, and its cause."""
        met: Counter[str] = Counter()
        causes = {tuple(row[name] for name in _CAUSE): row for row in self.report.causes}
        for row in sorted(self.report.detail, key=lambda row: (row["charge_amount"] or 0, row["comparison_key"])):
            found = self._lines.get(row["comparison_key"], {})
            line = _line(row, found.get("claim_line_number"))
            same = "\n".join([row["payer"], row["claim_id"] or "", str(row["service_date"] or ""), line])
            met[same] += 1  # a number used twice on one day
            number = f"{same}\n{met[same]}" if met[same] > 1 else same
            contract = self._contracts.get(found.get("contract_id", ""))
            yield {
                **row,
                "identity": hashlib.sha256(number.encode()).hexdigest(),
                "line": line,
                "family": service_line(row["hcpcs_code"]),
                "dispute_by": _dispute_by(contract, row["payment_date"]),
                "cause": causes[tuple(row[name] for name in _CAUSE)],
            }

    def keep_claims(self, state: str, progress: Progress) -> str:
        """Keep the story of each claim that differs beside the book; the name of the folder."""
        keys = sorted({row["claim_key"] for row in self.report.detail})

        def build(folder: Path) -> None:
            schema = pa.schema([("claim_key", pa.int64()), ("told", pa.string())])
            with pq.ParquetWriter(folder / CLAIMS, schema, compression="zstd") as file:
                for begin in range(0, len(keys), TOGETHER):
                    progress(0.45 + 0.25 * begin / len(keys), "explaining the claims")
                    some = keys[begin : begin + TOGETHER]
                    file.write_table(pa.table({"claim_key": some, "told": list(self._told(some))}, schema=schema))

        return self.book.derived("payments", f"{state} {_VERSION}", build).name

    def _told(self, keys: Sequence[int]) -> Iterator[str]:
        engine = self.basis.engine
        explained = Pricing(engine, self.basis.contracts).explain_keys(keys)  # type: ignore[arg-type]
        settled = {row["claim_key"]: row for row in engine.arrow(_SETTLED).to_pylist()}
        remitted: dict[int, dict[str, Any]] = {}
        for row in engine.arrow(_REMITTED).to_pylist():
            remitted.setdefault(row["claim_key"], {})[str(row["line_key"])] = row
        for claim in explained:
            key = claim.claim_key
            contract = self._contracts.get(claim.contract_id or "")
            yield json.dumps(
                {
                    "explained": asdict(claim),
                    "contract": contract.name if contract else "",
                    "settled": settled.get(key),
                    "lines": remitted.get(key, {}),
                    "due": self._due.get(key),
                },
                cls=DjangoJSONEncoder,
            )


def claims_told(folder: Path, keys: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The stories of some claims, by key; those that are not there are left out."""
    asked = list(keys)
    table = pq.read_table(folder / CLAIMS, filters=[("claim_key", "in", asked)]) if asked else None
    return {row["claim_key"]: json.loads(row["told"]) for row in (table.to_pylist() if table else ())}


def _compared(engine: Engine) -> dict[int, Row]:
    """The number of the line a comparison is about, and the contract it was priced under."""
    found = engine.arrow(
        "select v.comparison_key, v.contract_id, l.claim_line_number from variances as v "
        "left join service_lines as l on l.line_key = v.comparison_key and v.compared = 'line'"
    )
    return {row["comparison_key"]: row for row in found.to_pylist()}


def _line(row: Row, number: int | None) -> str:
    """What names a line on its claim, without the book's own keys."""
    if row["compared"] == "claim":
        return "whole claim"
    code = row["hcpcs_code"] or row["revenue_center_code"] or "no code"
    return f"line {number}, {code}" if number is not None else f"{code} {row['modifiers'] or ''}".strip()


def _dispute_by(contract: Contract | None, paid: date | None) -> date | None:
    """The last day on which a payment may be disputed, where the contract states one."""
    stated = contract.provisions.get("appeal") if contract else None
    return stated.after(paid) if isinstance(stated, Duration) and paid else None


def cents(amount: Decimal) -> int:
    """An amount as whole cents; amounts of the engine have no parts of a cent."""
    return int(amount.scaleb(2))
