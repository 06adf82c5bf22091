"""The task that answers a question."""

from __future__ import annotations

from typing import Any

from evenhand.workspace.figures.actions import TASK, work_out
from evenhand.workspace.tasks.registry import Job, work


@work(TASK)
def answer(job: Job) -> dict[str, Any]:
    """Work the answer out and keep it."""
    job.progress(0.05, "reading the book")
    work_out(job.organisation, job.given["question"], job.given["given"])
    return {}
