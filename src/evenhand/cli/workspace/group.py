"""The group of all commands that look after the workspace."""

from __future__ import annotations

import click

from evenhand.cli.workspace.worker import worker


@click.group()
def workspace() -> None:
    """Look after the workspace that `evenhand serve` starts; where it lies is said by EVENHAND_WORKSPACE."""


for command in (worker,):
    workspace.add_command(command)
