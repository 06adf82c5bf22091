"""What the worker does with a delivery: look at it, load it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from evenhand.book import Book, Load, Options, Report
from evenhand.book.loading import dry_run
from evenhand.claims.mapping import read_mapping
from evenhand.documents.load_sheets import file_sheet, summary_sheets, verdict
from evenhand.engines.duckdb import THREADS
from evenhand.errors import BookError
from evenhand.workspace.loading import actions, queries
from evenhand.workspace.loading.kept import as_json
from evenhand.workspace.loading.models import Delivery
from evenhand.workspace.loading.staging import folder_of, shown_name
from evenhand.workspace.tasks.registry import AWAITED, Job, work


@work("loading.look", priority=AWAITED)
def look(job: Job) -> dict[str, Any]:
    """Say what each file is and what would come of it; nothing is written."""
    _, files = _waiting(job)
    report = dry_run(job.organisation.folder, [files], _following(job, files))
    return told(report) | {"new": len(report.files), "unknown": sum(file.kind == "unknown" for file in report.files)}


@work("loading.load", priority=AWAITED)
def load(job: Job) -> dict[str, Any]:
    """Load it: all of it, or nothing. Begun again after it was killed, it finds what it loaded before."""
    delivery = queries.delivery_of(job.organisation, job.given["delivery"])
    if delivery.ended is not None:
        return {"load": delivery.load}
    _, files = _waiting(job)
    book = Book.create(job.organisation.folder)
    before = _loaded_before(book, files)
    report = Report(before, before.files, ()) if before else book.load([files], _following(job, files))
    actions.ended(delivery, report.load)
    return told(report) | {"load": report.load.id if report.load else ""}


def _waiting(job: Job) -> tuple[Delivery, Path]:
    delivery = queries.delivery_of(job.organisation, job.given["delivery"])
    files = folder_of(job.organisation, delivery.pk) / "files"
    if not files.is_dir():
        raise BookError("the files of this delivery are gone: it was loaded or given up; send them again")
    return delivery, files


def _loaded_before(book: Book, files: Path) -> Load | None:
    return next((load for load in book.loads() if str(files) in load.sources), None)


def _following(job: Job, files: Path) -> Options:
    """Options that tell the task how far the reading is."""
    mapping = files.parent / "mapping.yaml"
    whole, done = 0, 0

    def start(size: int) -> None:
        nonlocal whole, done
        whole, done = size, 0

    def forward(size: int) -> None:
        nonlocal done
        done += size
        job.progress(done / whole if whole else 0, f"Reading: {done / 2**20:,.1f} of {whole / 2**20:,.1f} MB")

    job.progress(0, "Looking at the files")
    jobs = int(os.environ.get(THREADS) or 1)
    return Options(read_mapping(mapping) if mapping.is_file() else None, jobs=jobs, start=start, progress=forward)


def told(report: Report) -> dict[str, Any]:
    """A report as JSON, for the page."""
    sheets = [file_sheet(report.files, shown_name), *summary_sheets(report)]
    return {"says": verdict(report), "sheets": [as_json(one) for one in sheets]}
