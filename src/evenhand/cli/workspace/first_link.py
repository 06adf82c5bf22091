"""`evenhand workspace first-link`."""

from __future__ import annotations

import click

from evenhand.cli.workspace.started import started
from evenhand.errors import UsageError


@click.command("first-link")
@click.option("--at", default="", help="Where the site is opened, such as http://127.0.0.1:8000.")
def first_link(at: str) -> None:
    """Print the link by which the first administrator comes in; it works for a day, and while nobody is there."""
    configuration = started()
    from evenhand.workspace.running.server import first_link as made

    link = made(configuration, at.rstrip("/"))
    if not link:
        raise UsageError("somebody is there already; an administrator invites others under People")
    click.echo(link)
