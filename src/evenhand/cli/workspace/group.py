"""The group of all commands that look after the workspace."""

from __future__ import annotations

import click

from evenhand.cli.workspace.first_link import first_link
from evenhand.cli.workspace.password_link import password_link
from evenhand.cli.workspace.worker import worker


@click.group()
def workspace() -> None:
    """Look after the workspace that `evenhand serve` starts; run these where it runs, with the same settings.

    Where it lies is said by EVENHAND_WORKSPACE.
    """


for command in (first_link, password_link, worker):
    workspace.add_command(command)
