"""Files a page hands out: always saved, never shown inside the site."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from evenhand.documents.commas import csv_text
from evenhand.documents.sheet import Sheet
from evenhand.documents.workbook import write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ANY = "application/octet-stream"


def attachment(content: bytes, name: str, kind: str = ANY) -> HttpResponse:
    """Bytes to be saved under a name; no browser opens them as a page."""
    saved_as = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": saved_as})


def csv_file(sheet: Sheet, name: str) -> HttpResponse:
    """A sheet as comma-separated text."""
    return attachment(csv_text(sheet).encode(), name, "text/csv; charset=utf-8")


def workbook_file(sheets: Sequence[Sheet], name: str) -> HttpResponse:
    """Sheets as an Excel workbook."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        write_workbook(path, sheets)
        return attachment(path.read_bytes(), name, XLSX)
