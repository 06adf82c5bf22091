"""Pricing part by part, so that memory stays bounded however many claims there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from evenhand.contracts import Contract
from evenhand.engines import DuckDB
from evenhand.pricing.plan import PRICED, price, pricing_steps
from evenhand.pricing.readmissions import KNOWN_STAYS
from evenhand.pricing.tables import look_back

#: About so many lines are priced at a time: some 250 bytes each.
LINES_A_PART = 5_000_000

_INPUTS = ("service_claims", "service_lines", "diagnoses")


def price_in_parts(
    opened: Callable[[], DuckDB], contracts: Sequence[Contract], folder: Path, lines_a_part: int = LINES_A_PART
) -> int:
    """Price claims in ranges of their keys, and write ``priced_lines-0001.parquet`` and so on into a folder.

    The answer is that of :func:`evenhand.pricing.price` over all claims at once: a claim's price depends on no other,
    but for the stays a readmission follows, and these every part is given whole.

    Args:
        opened: Gives an engine of its own whose ``service_claims``, ``service_lines`` and ``diagnoses`` are views.
        contracts: The contracts to price under.
        folder: Where the files go.
        lines_a_part: About how many lines are priced at a time.

    Returns:
        How many parts there were.

    Raises:
        PricingError: A contract cannot be priced as it stands.
    """
    whole = opened()
    stays = _known_stays(whole) if look_back(contracts) else None
    bounds = _bounds(whole, lines_a_part)
    for number, (low, high) in enumerate(bounds, start=1):
        engine = opened()
        try:
            if len(bounds) > 1:
                _narrow(engine, low, high)
            if stays is not None:
                engine.put(KNOWN_STAYS, stays)
            price(engine, contracts, given=() if stays is None else (KNOWN_STAYS,))
            for name in PRICED:
                engine.write(f"select * from {name}", folder / f"{name}-{number:04}.parquet")
        finally:
            engine.connection.close()
    return len(bounds)


def _known_stays(engine: DuckDB) -> pa.Table:
    return engine.arrow(next(step.sql for step in pricing_steps() if step.name == KNOWN_STAYS))


def part_file(folder: Path, name: str, number: str = "*") -> str:
    """A file of a priced table, as SQL writes it; without a number, all of them."""
    return str(folder / f"{name}-{number}.parquet").replace("'", "''")


def _bounds(engine: DuckDB, lines_a_part: int) -> list[tuple[int | None, int | None]]:
    """Ranges of claim keys, half open, that hold about as many lines each; the outer ends are open."""
    ((lines,),) = engine.connection.execute("select count(*) from service_lines").fetchall()
    parts = -(-lines // lines_a_part)
    cuts = sorted(set(_cuts(engine, parts))) if parts > 1 else []
    engine.connection.close()
    return list(zip([None, *cuts], [*cuts, None], strict=True))


def _cuts(engine: DuckDB, parts: int) -> Iterator[int]:
    shares = ", ".join(f"{part / parts:.6f}" for part in range(1, parts))
    query = f"select unnest(approx_quantile(claim_key, [{shares}])) from service_lines"
    for (cut,) in engine.connection.execute(query).fetchall():
        yield int(cut)


def _narrow(engine: DuckDB, low: int | None, high: int | None) -> None:
    """Leave the engine the claims of one range."""
    inside = [f"claim_key >= {low}"] if low is not None else []
    inside += [f"claim_key < {high}"] if high is not None else []
    for name in _INPUTS:
        engine.connection.execute(f"alter view {name} rename to all_{name}")
        engine.connection.execute(f"create temp view {name} as select * from all_{name} where {' and '.join(inside)}")
