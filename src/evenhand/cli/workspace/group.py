"""The group of all commands that look after the workspace."""

from __future__ import annotations

import click

from evenhand.cli.workspace.backing import backup, restore
from evenhand.cli.workspace.checking import check
from evenhand.cli.workspace.delete import delete
from evenhand.cli.workspace.export import export
from evenhand.cli.workspace.first_link import first_link
from evenhand.cli.workspace.password_link import password_link
from evenhand.cli.workspace.verify_log import verify_log
from evenhand.cli.workspace.worker import worker


@click.group()
def workspace() -> None:
    """Look after the workspace that `evenhand serve` starts; run these where it runs, with the same settings.

    Where it lies is said by EVENHAND_WORKSPACE.
    """


for command in (check, backup, restore, delete, export, first_link, password_link, verify_log, worker):
    workspace.add_command(command)
