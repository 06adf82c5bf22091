"""The plan: two small tables of meanings, then SQL steps in order."""

from __future__ import annotations

from importlib.resources import files

import pyarrow as pa

from evenhand.claims.reasons import read_reasons
from evenhand.codes import PRODUCTS
from evenhand.engines import Engine, Step, read_steps


def steps() -> list[Step]:
    """The SQL steps, in order."""
    return read_steps(files("evenhand.claims.settle").joinpath("steps"))


def settle(engine: Engine, reasons: pa.Table | None = None) -> None:
    """Settle every claim on an engine that knows all raw tables by name.

    Leaves the tables ``service_claims``, ``service_lines``, ``settled_lines``, ``settled_claims``, ``claim_payments``.

    Args:
        engine: where the raw tables of :data:`evenhand.claims.schema.TABLES` are.
        reasons: what adjustment reasons mean, as :func:`evenhand.claims.reasons.read_reasons` gives it;
            the built-in reading when absent.
    """
    engine.put("adjustment_reasons", read_reasons() if reasons is None else reasons)
    engine.put("filing_products", _filing_products())
    engine.run(steps())


def _filing_products() -> pa.Table:
    codes, products = zip(*PRODUCTS.items(), strict=True)
    return pa.table({"filing_code": list(codes), "product": list(products)})
