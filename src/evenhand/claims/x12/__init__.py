"""Remittances (835) and claims (837) from X12 files."""

from evenhand.claims.x12.delimiters import looks_like_x12
from evenhand.claims.x12.reader import read_x12
from evenhand.claims.x12.totals import ControlTotals, control_totals

__all__ = ["ControlTotals", "control_totals", "looks_like_x12", "read_x12"]
