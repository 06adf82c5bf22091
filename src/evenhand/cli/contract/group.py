"""The group of all contract commands."""

from __future__ import annotations

import click

from evenhand.cli.contract.check import check
from evenhand.cli.contract.compare import diff
from evenhand.cli.contract.export import export
from evenhand.cli.contract.imports import import_
from evenhand.cli.contract.keep import add, list_contracts
from evenhand.cli.contract.show import show
from evenhand.cli.contract.start import new, schema


@click.group()
def contract() -> None:
    """Check, show, start, compare, export and import contracts."""


for command in (check, show, diff, new, schema, export, import_, add, list_contracts):
    contract.add_command(command)
