"""The group of all commands about market power."""

from __future__ import annotations

import click

from evenhand.cli.market.adequacy import adequacy
from evenhand.cli.market.bargain import bargain
from evenhand.cli.market.concentration import hhi
from evenhand.cli.market.diversion import diversion
from evenhand.cli.market.leverage import leverage
from evenhand.cli.market.own import own
from evenhand.cli.market.services import services
from evenhand.cli.market.willingness import wtp


@click.group()
def market() -> None:
    """How strong are we? Where patients would go, what we are worth to a network, how concentrated the market is."""


for command in (leverage, diversion, wtp, hhi, bargain, adequacy, services, own):
    market.add_command(command)
