"""`evenhand contract new` and `schema`: to begin a contract file, and to write it with an editor's help."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from evenhand.contracts import json_schema, start_contract


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--from-rates", type=click.Path(path_type=Path, exists=True), help="A fee schedule (CSV, XLSX) to begin with."
)
@click.option("--year", type=click.IntRange(1990, 2100), help="It begins with this year [default: the current one].")
def new(folder: Path, from_rates: Path | None, year: int | None) -> None:
    """Start a contract: a commented contract.yaml and a rate table that pass the check."""
    for file in start_contract(folder, rates=from_rates, today=date(year, 1, 1) if year else None):
        click.echo(f"Wrote {file}")
    click.echo(f"Edit it, then run: evenhand contract check {folder}")


@click.command()
@click.option("--out", type=click.Path(path_type=Path), help="Write it to a file.")
def schema(out: Path | None) -> None:
    """Print the JSON Schema of contract, amendment and offer files, for editors."""
    text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    out.write_text(text, encoding="utf-8")
    click.echo(f"Wrote {out}", err=True)
