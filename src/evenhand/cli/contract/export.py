"""`evenhand contract export`: a contract as a workbook to edit."""

from __future__ import annotations

from pathlib import Path

import click

from evenhand.cli.contract.opened import contract_path
from evenhand.contracts.workbook import export_workbook


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The workbook to write (.xlsx).")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--book", type=click.Path(path_type=Path), help="Book to look for a contract's id in.")
def export(path: Path, out: Path, force: bool, book: Path | None) -> None:
    """Write a contract, or an offer, as a workbook a negotiator can edit; import reads it back."""
    click.echo(f"Wrote {export_workbook(contract_path(path, book), out, replace=force)}")
