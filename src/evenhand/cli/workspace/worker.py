"""`evenhand workspace worker`: one more worker."""

from __future__ import annotations

import os
import signal

import click

from evenhand.cli.workspace.started import started


@click.command()
@click.option("--beside", type=int, hidden=True, help="End when this process, which started us, does.")
def worker(beside: int | None) -> None:
    """Do the workspace's tasks, one after another, until stopped.

    `evenhand serve` keeps one worker beside it. Start more where several people load and price at once; they share
    the tasks. A worker that is stopped gives its task back, one that is killed loses nothing.
    """
    started()
    from evenhand.workspace.tasks.keeper import NICE
    from evenhand.workspace.tasks.worker import Worker

    os.nice(NICE)
    one = Worker(beside=beside)
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: one.stop())
    one.run()
