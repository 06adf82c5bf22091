"""The Tuva Project's ``medical_claim`` table: known by its columns, both generations of the DRG columns."""

from __future__ import annotations

from evenhand.claims.tabular import TARGETS, Cell, Grid, Layout

#: A table with all of these is a Tuva ``medical_claim``.
NEEDED = frozenset({"claim_id", "claim_line_number", "claim_type", "claim_start_date", "hcpcs_code", "charge_amount"})


def is_tuva(grid: Grid) -> bool:
    """Whether a table's columns are those of Tuva's ``medical_claim``."""
    return {name.strip().casefold() for name in grid.columns} >= NEEDED


def tuva_layout(grid: Grid) -> Layout:
    """Each column under its own name; what a table leaves out stays empty."""
    names = {name.strip().casefold() for name in grid.columns}
    return Layout("tuva", {name: Cell(column=name) for name in TARGETS if name in names})
