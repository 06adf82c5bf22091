"""Raw tables written by hand: claims and remittances are added one by one, then settled."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pytest

from evenhand.claims.schema import TABLES
from evenhand.claims.settle import settle
from evenhand.engines import DuckDB

HERE = Path(__file__).resolve().parent

Row = dict[str, Any]


class Settled:
    """What settling gave, by key and in the order of keys."""

    def __init__(self, engine: DuckDB) -> None:
        self.engine = engine
        self.claims: list[Row] = self.rows("from settled_claims order by claim_key")
        self.lines: list[Row] = self.rows("from settled_lines order by line_key")

    def rows(self, query: str) -> list[Row]:
        """A query's rows."""
        rows: list[Row] = self.engine.arrow(query).to_pylist()
        return rows

    def line(self, key: int) -> Row:
        """One settled line."""
        return next(row for row in self.lines if row["line_key"] == key)

    def claim(self, key: int) -> Row:
        """One settled claim."""
        return next(row for row in self.claims if row["claim_key"] == key)


class RawBook:
    """Rows of raw tables, added by hand. Adjustments are written `CO-45 80`."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        self.keys = count(1000)

    def add(self, table: str, **values: Any) -> int:
        """One row, with a key of its own where the table has one."""
        schema = TABLES[table].schema
        key = next(self.keys)
        row = dict.fromkeys(schema.names)
        if schema.names[0].endswith("_key") and schema.names[0] not in values:
            row[schema.names[0]] = key
        unknown = set(values) - set(schema.names)
        assert not unknown, f"{table} has no {unknown}"
        row.update({name: _fitting(schema.field(name).type, value) for name, value in values.items()})
        self.rows[table].append(row)
        return key

    def claim(self, claim_id: str, *lines: Row, **values: Any) -> list[int]:
        """A submitted claim; its key, then its lines' keys."""
        day = values.pop("day", date(2025, 3, 1))
        values.setdefault("charge_amount", sum(Decimal(str(line["charge_amount"])) for line in lines))
        defaults = {
            "claim_type": "professional",
            "payer": "Summit",
            "payer_sequence": "P",
            "claim_frequency": "1",
            "claim_start_date": day,
            "claim_end_date": day,
        }
        key = self.add("claims", claim_id=claim_id, **{**defaults, **values})
        defaults = {"claim_key": key, "claim_line_start_date": day}
        return [
            key,
            *(self.add("lines", claim_line_number=n, **{**defaults, **line}) for n, line in enumerate(lines, 1)),
        ]

    def remit(self, day: date = date(2025, 4, 1), **values: Any) -> int:
        """A remittance."""
        return self.add("remits", **{"payer": "Summit", "payment_date": day, **values})

    def remit_claim(self, remit: int, claim_id: str, *lines: Row, adjust: str = "", **values: Any) -> int:
        """A claim of a remittance, with its lines."""
        defaults: Row = {"status_code": "1"}
        for name in ("charge_amount", "paid_amount"):
            if lines:
                defaults[name] = sum(Decimal(str(line[name])) for line in lines)
        key = self.add("remit_claims", remit_key=remit, claim_id=claim_id, **{**defaults, **values})
        self._adjust(key, None, adjust)
        for n, line in enumerate(lines, 1):
            rest = {name: value for name, value in line.items() if name not in ("adjust", "remarks")}
            defaults = {"remit_line_number": n, "service_unit_quantity": 1, "code_qualifier": "HC"}
            line_key = self.add("remit_lines", remit_claim_key=key, **{**defaults, **rest})
            self._adjust(key, line_key, line.get("adjust", ""))
            for code in line.get("remarks", "").split():
                self.add("remarks", remit_claim_key=key, remit_line_key=line_key, source="LQ", code=code)
        return key

    def _adjust(self, claim: int, line: int | None, text: str) -> None:
        for position, part in enumerate(filter(None, (p.strip() for p in text.split(","))), 1):
            reason, amount = part.split()
            group, code = reason.split("-")
            self.add(
                "adjustments",
                remit_claim_key=claim,
                remit_line_key=line,
                position=position,
                group_code=group,
                reason_code=code,
                amount=None if amount == "?" else amount,
            )

    def engine(self) -> DuckDB:
        """An engine that knows these tables."""
        engine = DuckDB()
        for name, table in TABLES.items():
            engine.put(name, pa.Table.from_pylist(self.rows[name], table.schema))
        return engine

    def settle(self, reasons: pa.Table | None = None) -> Settled:
        """Settle and read back."""
        engine = self.engine()
        settle(engine, reasons)
        return Settled(engine)


def _fitting(kind: pa.DataType, value: Any) -> Any:
    return Decimal(str(value)) if pa.types.is_decimal(kind) and value is not None else value


def billed(code: str | None, charge: object, **values: Any) -> Row:
    """A line as billed."""
    return {"hcpcs_code": code, "charge_amount": charge, **values}


def paid(code: str | None, charge: object, amount: object, adjust: str = "", **values: Any) -> Row:
    """A line as paid, with its adjustments."""
    return {"hcpcs_code": code, "charge_amount": charge, "paid_amount": amount, "adjust": adjust, **values}


@pytest.fixture
def book() -> RawBook:
    """An empty book of raw tables."""
    return RawBook()


@pytest.fixture(scope="session")
def new_book() -> Callable[[], RawBook]:
    """Makes empty books."""
    return RawBook


@pytest.fixture(scope="session")
def bill() -> Callable[..., Row]:
    """Makes lines as billed."""
    return billed


@pytest.fixture(scope="session")
def pay() -> Callable[..., Row]:
    """Makes lines as paid."""
    return paid


@pytest.fixture(scope="session")
def oracle() -> ModuleType:
    """The plain reading of the rules, beside this file."""
    spec = importlib.util.spec_from_file_location("settle_oracle", HERE / "oracle.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def pick(row: Row, names: str | Iterable[str]) -> tuple[Any, ...]:
    """Some values of a row, money as floats-free text."""
    wanted = names.split() if isinstance(names, str) else names
    return tuple(str(row[name]) if isinstance(row[name], Decimal) else row[name] for name in wanted)


@pytest.fixture(scope="session")
def of() -> Callable[[Row, str], tuple[Any, ...]]:
    """Picks values of a row."""
    return pick
