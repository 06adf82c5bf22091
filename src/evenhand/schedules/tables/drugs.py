"""Payment limits of drugs under Medicare Part B (42 CFR 414.904), as CMS publishes them each quarter."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from evenhand.schedules.tables.forms import AMOUNT, CODE
from evenhand.schedules.tables.kind import Column, Disagreement, Kind


def _coinsured(table: pa.Table) -> Iterator[Disagreement]:
    """Coinsurance is a fifth at most."""
    for place in pc.indices_nonzero(pc.fill_null(pc.greater(table["coinsurance"], 20), False)).to_pylist():
        yield place, f"{table['code'][place]}: a coinsurance of {table['coinsurance'][place]} percent is above 20"


LIMITS = Kind(
    "asp-limits",
    "payment limits of drugs",
    (
        Column("code", "hcpcs( code)?", CODE),
        Column("rate", "payment limit", AMOUNT, even=True),
        Column("coinsurance", "co insurance percentage", AMOUNT, needed=False),
    ),
    key=("code",),
    fewest=500,
    lasts="quarter",
    check=_coinsured,
    said="payment allowance limits",
    passed=(
        "short description",
        "hcpcs code dosage",
        "vaccine awp",
        "vaccine limit",
        "blood awp",
        "blood limit",
        "clotting factor",
        "notes",
    ),
)
KINDS = (LIMITS,)
