"""`evenhand contract import`: a contract from a workbook, one that was exported or anybody's rate exhibit."""

from __future__ import annotations

from pathlib import Path

import click

from evenhand.contracts import Contract, compare, is_offer, read_contract, read_offer
from evenhand.contracts.exhibit import NOT_TAKEN_FILE, draft_mapping, import_exhibit
from evenhand.contracts.workbook import import_workbook, read_workbook
from evenhand.errors import UsageError

_SHOWN = 20


@click.command(name="import")
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The contract's folder, or the mapping, to write."
)
@click.option("--dry-run", is_flag=True, help="Write nothing; say what differs from the contract in the folder.")
@click.option("--map-from", is_flag=True, help="Draft a mapping for somebody's rate exhibit.")
@click.option("--map", "mapping", type=click.Path(path_type=Path), help="Read a rate exhibit by this mapping.")
@click.option("--force", is_flag=True, help="Write over what is there.")
def import_(workbook: Path, out: Path, dry_run: bool, map_from: bool, mapping: Path | None, force: bool) -> None:
    """Read a workbook into a contract's folder: an exported one, or by a mapping any rate exhibit."""
    if sum((dry_run, map_from, mapping is not None)) > 1:
        raise UsageError("--dry-run, --map-from and --map do not go together; give one of them")
    if map_from:
        _draft(workbook, out, force)
    elif mapping is not None:
        _follow(workbook, mapping, out, force)
    elif dry_run:
        _compare(read_workbook(workbook), out)
    else:
        contract = import_workbook(workbook, out, replace=force)
        click.echo(f"Wrote {out}: {contract.name}")
        click.echo(f"Check it with: evenhand contract check {out}")


def _draft(workbook: Path, out: Path, force: bool) -> None:
    if out.exists() and not force:
        raise UsageError(f"{out} is already there; choose another name, or say --force")
    out.write_text(draft_mapping(workbook), encoding="utf-8")
    click.echo(f"Wrote {out}")
    click.echo(f"Correct it, then run: evenhand contract import {workbook} --map {out} --out FOLDER")


def _follow(workbook: Path, mapping: Path, out: Path, force: bool) -> None:
    """Tell what became of every row; taken and not taken add up to what stands below the headings."""
    taken = import_exhibit(workbook, mapping, out, replace=force)
    for one in taken.sheets:
        made = f"{len(one.rates)} rate(s), {len(one.terms)} term(s)"
        left = len(one.not_taken)
        click.echo(f"{one.part.sheet}: {one.rows} row(s) = {one.taken} taken ({made}) + {left} not taken")
        for row in one.not_taken[:_SHOWN]:
            click.echo(f"  row {row.row}: {row.reason}")
        if left > _SHOWN:
            click.echo(f"  and {left - _SHOWN} more: see {out / NOT_TAKEN_FILE}")
    for name in taken.unused:
        click.echo(f"{name}: not used")
    rows, used = sum(one.rows for one in taken.sheets), sum(one.taken for one in taken.sheets)
    click.echo(f"In all {rows} row(s) = {used} taken + {len(taken.not_taken)} not taken.")
    click.echo(f"Wrote {out}; fill in what is marked, then run: evenhand contract check {out}")


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
