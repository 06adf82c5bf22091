"""Payment limits of drugs under Medicare Part B (42 CFR 414.904), as CMS publishes them each quarter."""

from __future__ import annotations

from evenhand.schedules.tables.forms import AMOUNT, CODE
from evenhand.schedules.tables.kind import Column, Kind

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
