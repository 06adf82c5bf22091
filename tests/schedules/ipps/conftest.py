"""Hospitals, DRGs and claims the tests share: a small table of facts of fiscal year 2021."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from evenhand.schedules.ipps import Drg, Hospital, price_ipps, read_drgs, read_hospitals

FACTS = Path(__file__).parent / "facts"
Row = dict[str, Any]


@pytest.fixture(scope="session")
def facts() -> Path:
    """The folder of the facts: ``claims.csv`` with what each is paid, ``drgs.csv``, ``hospitals.csv``."""
    return FACTS


@pytest.fixture(scope="session")
def hospitals() -> dict[str, Hospital]:
    """The hospitals of the facts, by name."""
    return {one.provider: one for one in read_hospitals(FACTS / "hospitals.csv")}


@pytest.fixture(scope="session")
def drgs() -> list[Drg]:
    """The DRGs of the facts."""
    return read_drgs(FACTS / "drgs.csv", 2021)


@pytest.fixture(scope="session")
def price_one(drgs: list[Drg]) -> Callable[..., Row]:
    """Price one claim; what is not said of it is ordinary."""

    def price(hospital: Hospital, year: int = 2021, **said: Any) -> Row:
        claim = {"provider": hospital.provider, "drg": "470", "length_of_stay": 2, "charge_amount": Decimal("20000.00")}
        priced = price_ipps(pa.Table.from_pylist([claim | said]), [hospital], drgs, year)
        return priced.rows()[0]

    return price
