"""The group of all commands about public fee schedules."""

from __future__ import annotations

import click

from evenhand.cli.schedules.compare import diff
from evenhand.cli.schedules.contract import contract
from evenhand.cli.schedules.fetch import fetch
from evenhand.cli.schedules.ipps import ipps
from evenhand.cli.schedules.keep import list_releases, load, remove
from evenhand.cli.schedules.show import localities, show
from evenhand.cli.schedules.verify import verify


@click.group()
def schedules() -> None:
    """Load, list, show and compare public fee schedules, as their publishers issue them; price by them."""


for command in (load, fetch, list_releases, show, localities, diff, verify, contract, remove, ipps):
    schedules.add_command(command)
