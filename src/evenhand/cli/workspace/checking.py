"""`evenhand workspace check`: what is unsafe in how it is set up."""

from __future__ import annotations

import click

from evenhand.cli.workspace.started import started
from evenhand.documents.words import counted
from evenhand.errors import UsageError


@click.command()
def check() -> None:
    """Name everything that is unsafe in how the workspace is set up, and what would be right.

    Leaves by 1 if anything is.
    """
    configuration = started()
    from evenhand.workspace.running.safety import unsafe

    found = unsafe(configuration)
    for problem in found:
        click.echo(f"{problem.what}: {problem.right}")
    if found:
        raise UsageError(f"{counted(len(found), 'thing')} to mend before others rely on this workspace")
    click.echo("Nothing unsafe was found.")
