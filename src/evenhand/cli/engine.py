"""`evenhand engine`: does an engine give the same answers, and what would it be asked?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evenhand.errors import EvenhandError, UsageError

if TYPE_CHECKING:
    from evenhand.engines.postgres import Postgres
    from evenhand.engines.spark import Spark

_DIALECTS = ("spark", "databricks", "snowflake", "trino", "bigquery", "postgres", "duckdb")


@click.group()
def engine() -> None:
    """Check that an engine prices exactly as this one does, and see the SQL it is given."""


@engine.command()
@click.argument("name", type=click.Choice(["spark", "postgres"]), default="spark")
@click.option("--master", help="Spark's master: local[4], spark://HOST:7077, yarn, k8s://…  [default: local[*]]")
@click.option("--dsn", help="PostgreSQL's address: postgresql://USER@HOST/DATABASE. Only temporary tables are made.")
@click.option(
    "--contract",
    "contract_paths",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Check this contract; may be given again [default: the examples that come with Evenhand].",
)
@click.option("--claims", type=click.IntRange(1), default=60, show_default=True, help="Claims drawn for each contract.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed draws the same claims.")
def check(
    name: str, master: str | None, dsn: str | None, contract_paths: tuple[Path, ...], claims: int, seed: int
) -> None:
    """Price drawn claims on the engine NAME and on DuckDB, and compare every column of every row.

    The claims come from what each contract speaks of: its codes, its limits to the cent, the days on which its terms
    change, and its worked cases. Leaves with code 1 where anything differs.
    """
    from evenhand.contracts import read_contract
    from evenhand.pricing.conformance import conformance, example_contracts

    contracts = [read_contract(path) for path in contract_paths] or example_contracts()
    there = _engine(name, master, dsn)
    try:
        found = conformance(there, contracts, claims=claims, seed=seed)
    finally:
        there.close()
    for each in found:
        verdict = "equal" if each.equal else f"{each.different:,} rows differ"
        click.echo(f"{each.contract}: {each.claims:,} claims, {each.lines:,} lines, {each.expected_amount}: {verdict}")
        for difference in each.differences:
            click.echo(f"    {difference}")
    if not all(each.equal for each in found):
        raise EvenhandError(f"{name} does not price as DuckDB does; do not rely on it for these contracts")


@engine.command()
@click.argument("dialect", type=click.Choice(_DIALECTS))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write a file for each stage here.")
def sql(dialect: str, out: Path | None) -> None:
    """Show the pricing steps in the words of DIALECT, as statements to run in order."""
    from evenhand.pricing.written import stage_scripts

    scripts = stage_scripts(dialect)
    if out is None:
        click.echo("\n".join(f"-- {stage}\n\n{text}" for stage, text in scripts.items()))
        return
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("[0-9]_*.sql"):
        old.unlink()
    for stage, text in scripts.items():
        (out / f"{stage}.sql").write_text(text, encoding="utf-8")
    click.echo(f"Wrote {len(scripts)} files to {out}", err=True)


def _engine(name: str, master: str | None, dsn: str | None) -> Spark | Postgres:
    if name == "postgres":
        from evenhand.engines.postgres import Postgres

        if dsn is None:
            raise UsageError("say where PostgreSQL is: --dsn postgresql://USER@HOST/DATABASE")
        return Postgres(dsn)
    from evenhand.engines.spark import Spark

    return Spark.at(master or "local[*]")
