"""`evenhand contract import`: a contract from a workbook, one that was exported or anybody's rate exhibit."""

from __future__ import annotations

from pathlib import Path

import click

from evenhand.contracts import Contract, compare, is_offer, read_contract, read_offer
from evenhand.contracts.workbook import import_workbook, read_workbook
from evenhand.errors import UsageError


@click.command(name="import")
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The contract's folder to write.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what differs from the contract in the folder.")
@click.option("--force", is_flag=True, help="Write over what is there.")
def import_(workbook: Path, out: Path, dry_run: bool, force: bool) -> None:
    """Read a workbook back into a contract's folder."""
    if dry_run:
        _compare(read_workbook(workbook), out)
        return
    contract = import_workbook(workbook, out, replace=force)
    click.echo(f"Wrote {out}: {contract.name}")
    click.echo(f"Check it with: evenhand contract check {out}")


def _compare(contract: Contract, folder: Path) -> None:
    """Tell the changes from the contract in the folder, with the same offer laid over it where that is there."""
    if not folder.exists():
        raise UsageError(f"there is no contract in {folder} to compare with; leave out --dry-run to write it")
    laid = next((one.file for one in reversed(contract.amendments) if one.signed is None), "")
    offer = folder / "offers" / laid
    before = read_offer(offer) if laid and is_offer(offer) else read_contract(folder)
    changes = compare(before, contract)
    if not changes and before.cases == contract.cases:
        click.echo(f"The workbook says what {folder} says.")
        return
    click.echo(f"The workbook differs from {folder} in {len(changes)} point(s); nothing was written.")
    for change in changes:
        since = f"from {change.since}: " if change.since else ""
        click.echo(f"  {since}{change.words}")
    if before.cases != contract.cases:
        click.echo("  the worked cases differ")
