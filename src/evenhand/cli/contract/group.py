"""The group of all contract commands."""

from __future__ import annotations

import click

from evenhand.cli.contract.check import check
from evenhand.cli.contract.compare import diff
from evenhand.cli.contract.keep import add, list_contracts
from evenhand.cli.contract.show import show
from evenhand.cli.contract.start import new, schema


@click.group()
def contract() -> None:
    """Check, show, start and compare contracts."""


for command in (check, show, diff, new, schema, add, list_contracts):
    contract.add_command(command)
