"""`evenhand workspace backup` and `restore`: everything into one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from evenhand.cli.workspace.started import started
from evenhand.documents.words import counted


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
def backup(file: Path, force: bool) -> None:
    """Write everything into FILE (tar.gz): people, tasks, log, every organisation's book, the key that signs.

    The workspace may run meanwhile. Guard the file like the claims it holds.
    """
    configuration = started()
    from evenhand.workspace.running.backup import write_backup

    made = write_backup(configuration, file, force=force)
    click.echo(f"{file}: {counted(made.rows, 'row')}, {counted(made.files, 'file')}, {made.size / 2**20:,.1f} MB")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(file: Path) -> None:
    """Bring back what a backup holds, into a workspace nobody has used yet.

    It may be another machine and another database. Every file is checked against the backup's own list; books come to
    lie under the workspace's folder.
    """
    from evenhand.workspace.running.restore import read_backup

    made = read_backup(file, started)
    click.echo(f"Restored {counted(made.rows, 'row')} and {counted(made.files, 'file')}; the log is whole.")
