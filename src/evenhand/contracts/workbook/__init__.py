"""A contract as an Excel workbook, and back without loss."""

from __future__ import annotations

from evenhand.contracts.workbook.export import export_workbook
from evenhand.contracts.workbook.imports import import_workbook, is_contract_workbook, read_workbook

__all__ = ["export_workbook", "import_workbook", "is_contract_workbook", "read_workbook"]
