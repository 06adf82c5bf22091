"""The group of all offer commands."""

from __future__ import annotations

import click

from evenhand.cli.offer.ask import ask
from evenhand.cli.offer.clauses import clauses
from evenhand.cli.offer.compare import compare
from evenhand.cli.offer.forecast import forecast
from evenhand.cli.offer.trade import concede, packages, trade
from evenhand.cli.offer.value import value


@click.group()
def offer() -> None:
    """What an offer is worth on your own claims."""


for command in (value, ask, packages, trade, concede, compare, forecast, clauses):
    offer.add_command(command)
