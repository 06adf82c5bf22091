"""The tasks of this room: the worklist of a state of the book, and the files of a packet."""

from __future__ import annotations

from typing import Any

from evenhand.workspace.payments.keeping import keep_worklist
from evenhand.workspace.payments.packets import WRITE, write_packet
from evenhand.workspace.payments.queries import BUILD
from evenhand.workspace.tasks.registry import AWAITED, Job, work


@work(BUILD, priority=AWAITED)
def build(job: Job) -> dict[str, Any]:
    """Work out and keep the worklist."""
    made = keep_worklist(job.organisation, job.progress)
    return {"differences": made.differences.count()}


@work(WRITE, priority=AWAITED)
def write(job: Job) -> dict[str, Any]:
    """Write the letter and its evidence."""
    write_packet(job.organisation, job.given["packet"], job.progress)
    return {}
