"""The group of all offer commands."""

from __future__ import annotations

import click

from evenhand.cli.offer.value import value


@click.group()
def offer() -> None:
    """What an offer is worth on your own claims."""


for command in (value,):
    offer.add_command(command)
