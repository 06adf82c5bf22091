"""`evenhand workspace delete`."""

from __future__ import annotations

import click

from evenhand.cli.workspace.started import started
from evenhand.errors import UsageError


@click.command()
@click.argument("organisation")
@click.option("--book", is_flag=True, help="Delete its book as well: claims, contracts, negotiations.")
@click.option("--without-export", is_flag=True, help="Although it was not exported within a day.")
def delete(organisation: str, book: bool, without_export: bool) -> None:
    """Delete all that is kept for ORGANISATION (its short name), its log as well; asks for its name.

    The site's own log keeps one event that says so, with the last hash of the log that went.
    """
    started()
    from evenhand.workspace.organisations.leaving import delete as deleted
    from evenhand.workspace.organisations.leaving import organisation_named

    found = organisation_named(organisation)
    if click.prompt(f"This cannot be undone. Type the organisation's name, {found.name}, to go on") != found.name:
        raise UsageError("that is not its name; nothing was deleted")
    deleted(found, book=book, without_export=without_export)
    click.echo(f"{found.name} is deleted; its book {'as well' if book else f'is still at {found.folder}'}")
