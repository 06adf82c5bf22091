"""The brief of an escalation: the one-pager and the sheets behind it."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from evenhand.documents.negotiating import write_documents
from evenhand.documents.readiness_sheets import escalation_sheets
from evenhand.documents.workbook import write_workbook
from evenhand.errors import UsageError
from evenhand.negotiation.readiness import data_facts, escalation, impasse, readiness, round_worths
from evenhand.negotiation.record import calendar, keep_brief
from evenhand.workspace.escalation.actions import BRIEF
from evenhand.workspace.escalation.queries import brief_folder
from evenhand.workspace.negotiations.actions import Request, changed
from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.tasks.registry import AWAITED, Job, work
from evenhand.workspace.trail.actions import DoneBeforeError


@work(BRIEF, priority=AWAITED)
def brief(job: Job) -> dict[str, Any]:
    """Write the brief, and keep with the negotiation that it is written."""
    if job.person is None:
        raise UsageError("who asked for this is no longer here; ask for it again")
    desk = desk_of(job.person, job.organisation.slug)
    name, today = job.given["name"], date.today()
    place = brief_folder(job.organisation, name)
    aside = place.with_name(f".{uuid4().hex}")
    aside.mkdir(parents=True)
    try:
        job.progress(0.1, "writing the one-pager")
        write_documents(desk.book(), desk.negotiation(name), aside, papers=("one-pager",))
        job.progress(0.6, "writing the sheets behind it")
        _sheets(desk, name, aside / f"{name}-escalation.xlsx", today)
        shutil.rmtree(place, ignore_errors=True)
        aside.rename(place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    with suppress(DoneBeforeError):
        changed(desk, name, Request("wrote the brief of", job.given["request"]), lambda kept: keep_brief(kept, today))
    return {"files": sorted(one.name for one in place.iterdir())}


def _sheets(desk: Desk, name: str, path: Path, today: date) -> None:
    book, kept = desk.book(), desk.negotiation(name)
    found, contract = kept.read(), kept.contract()
    days, worths = calendar(found, contract, today), round_worths(book, kept)
    ready = readiness(found, days, data_facts(book, contract.parties, today))
    write_workbook(path, escalation_sheets(escalation(found, ready, impasse(found, days, worths), worths)))
