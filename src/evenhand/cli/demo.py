"""`evenhand demo`: generate a practice's files and walk the whole way once, by the ordinary commands."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from pathlib import Path

import click

from evenhand.book import Book
from evenhand.cli.output import emit
from evenhand.demo import DemoFiles, generate
from evenhand.demo.folder import prepare_folder
from evenhand.demo.score import Score, read_truth, score
from evenhand.documents.sheet import Field, Sheet
from evenhand.performance import Basis, variance


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("demo"), show_default=True, help="Folder to fill.")
@click.option("--claims", type=click.IntRange(min=1), default=24_000, show_default=True, help="Claims in two years.")
@click.option("--seed", type=int, default=7, show_default=True, help="The same seed gives the same files.")
@click.option("--clean", is_flag=True, help="Seed no faults: every payment is as agreed.")
@click.option("--force", is_flag=True, help="Replace an earlier demo in that folder.")
def demo(out: Path, claims: int, seed: int, clean: bool, force: bool) -> None:
    """Make up Cedar Ridge Orthopaedics, load its files, and ask everything a negotiation starts from.

    Every name, number and amount is invented. What it makes: FOLDER/files (837 and 835), FOLDER/contracts,
    FOLDER/offers, FOLDER/market (the region's discharges and who practises there), FOLDER/book, FOLDER/truth.csv
    (the faults that were seeded), FOLDER/brief.html and brief.xlsx.
    """
    prepare_folder(out, {"claims": claims, "seed": seed, "faults": not clean}, force=force)
    made = generate(out, claims=claims, seed=seed, faults=not clean)
    _introduce(made)
    before = os.environ.get("EVENHAND_BOOK")
    os.environ["EVENHAND_BOOK"] = str(out / "book")
    try:
        _walk(made)
    finally:
        os.environ.pop("EVENHAND_BOOK")
        if before is not None:
            os.environ["EVENHAND_BOOK"] = before


def _introduce(made: DemoFiles) -> None:
    click.secho("Cedar Ridge Orthopaedics", bold=True)
    click.echo(
        f"A made-up practice: {made.claims:,} claims with {made.lines:,} lines, three payers, two years of service.\n"
        f"Its files are in {made.files}, its contracts in {made.contracts}.\n\n"
        f"To ask again: export EVENHAND_BOOK={shlex.quote(str(made.folder / 'book'))}"
    )


def _walk(made: DemoFiles) -> None:
    """Each question in the order of the work, with the command that asks it."""
    offer = made.offers / "summit-2027.yaml"
    brief = made.folder / "brief.html"
    _section("The claim and remittance files, into the book", ["load", str(made.files)])
    for contract in sorted(made.contracts.iterdir()):
        _section(f"The contract in {contract.name}", ["contract", "add", str(contract)])
    _section("What the contracts say of every claim", ["price"])
    _section("How each payer pays", ["payers"])
    _section("Where it pays other than agreed", ["variance", "--min-dollars", "1000"])
    _truth(made)
    _section("What came late, or short of what is due", ["payments"])
    _section("What Summit Health's offer is worth", ["offer", "value", str(offer)])
    _section("The brief", ["brief", "--payer", "Summit Health", "--offer", str(offer), "--out", str(brief), "--force"])
    click.echo(f"\nOpen {brief} in a browser; the figures behind it are in {brief.with_suffix('.xlsx')}.")


def _section(title: str, arguments: Sequence[str]) -> None:
    """Run one ordinary command under a heading that says how to run it again."""
    from evenhand.cli.main import cli

    click.secho(f"\n{title}", bold=True)
    click.secho(f"$ evenhand {shlex.join(arguments)}", dim=True)
    cli.main(args=list(arguments), prog_name="evenhand", standalone_mode=False)


def _truth(made: DemoFiles) -> None:
    """What was seeded beside what was found."""
    faults = read_truth(made.truth)
    click.secho("\nThe faults that were seeded, and how many of them variance found", bold=True)
    if not faults:
        click.echo("None were seeded: this is a clean book.")
        return
    basis = Basis.of(Book.open())
    emit([_truth_sheet(score(basis.engine, variance(basis), faults), made)])


def _truth_sheet(result: Score, made: DemoFiles) -> Sheet:
    rows = [{"kind": one.kind, "seeded": one.seeded, "found": one.found, "exact": one.exact} for one in result.kinds]
    total = {
        "kind": "all",
        "seeded": result.seeded,
        "found": result.found,
        "exact": sum(one.exact for one in result.kinds),
    }
    return Sheet(
        name="faults",
        title="Seeded faults",
        fields=(
            Field("kind", "Kind"),
            Field("seeded", "Seeded", "count"),
            Field("found", "Found", "count"),
            Field("exact", "To the cent", "count"),
        ),
        rows=[*rows, total],
        note=f"Of {result.reported:,} variances {result.false:,} have no fault behind them. "
        f"Each fault is listed in {made.folder / 'truth.csv'}.",
    )
