"""`evenhand workspace export`."""

from __future__ import annotations

from pathlib import Path

import click

from evenhand.cli.workspace.started import started


@click.command()
@click.argument("organisation")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A new folder to write it into.")
def export(organisation: str, out: Path) -> None:
    """Write all that ORGANISATION (its short name) owns into a folder.

    Its book; as JSON lines its members, who may see what, tasks and log; a manifest says the SHA-256 of each file.
    """
    started()
    from evenhand.workspace.organisations.leaving import export as exported
    from evenhand.workspace.organisations.leaving import organisation_named

    told = exported(organisation_named(organisation), out)
    click.echo(f"{len(told['files']):,} files in {out}; the log has {told['log']['events']:,} events")
