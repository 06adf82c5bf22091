"""The group of all commands about market power."""

from __future__ import annotations

import click

from evenhand.cli.market.concentration import hhi
from evenhand.cli.market.diversion import diversion
from evenhand.cli.market.willingness import wtp


@click.group()
def market() -> None:
    """How strong are we? Where patients would go, what we are worth to a network, how concentrated the market is."""


for command in (diversion, wtp, hhi):
    market.add_command(command)
