"""Claims tables: CSV, Excel and Parquet, whose columns are known (Tuva) or mapped."""

from __future__ import annotations

from evenhand.claims.tabular.grid import Grid, open_grid
from evenhand.claims.tabular.layout import TARGETS, Cell, Layout
from evenhand.claims.tabular.reader import read_table

__all__ = ["TARGETS", "Cell", "Grid", "Layout", "open_grid", "read_table"]
