"""`evenhand demo`: generate a practice's files and walk the whole way once, by the ordinary commands."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from evenhand.book import Book
from evenhand.cli.output import emit
from evenhand.demo import DemoFiles, generate, rounds
from evenhand.demo.counter import Counteroffer, counteroffer
from evenhand.demo.folder import prepare_folder
from evenhand.demo.score import Score, read_truth, score
from evenhand.documents.sheet import Field, Sheet
from evenhand.negotiation.record import negotiation
from evenhand.performance import Basis, variance

_NAMED = ("--negotiation", rounds.NAME)
_BRIEF = ("brief", "--payer", "Summit Health", "--today", rounds.NOW, "--force")
_ASK = (
    *("offer", "ask", "--payer", "Summit Health", "--budget", "4%", "--most-rise", "12%"),
    *("--name", "Our proposal for 2027", "--ends", rounds.LAST_DAY, "--force"),
)


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
    (the faults that were seeded), FOLDER/brief.html and brief.xlsx. In the book a negotiation with Summit Health plays
    three rounds: our ask, their offer, our counteroffer; its position sheet, comparison, letter and one-pager go to
    FOLDER/documents.
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
    _negotiate(made, offer)
    _section("The brief", [*_BRIEF, "--offer", str(offer), "--out", str(brief)])
    _look(made, brief)


def _negotiate(made: DemoFiles, theirs: Path) -> None:
    """Three rounds with Summit Health: ask, offer, counteroffer; then what they come to, and when to walk."""
    ours, counter = made.offers / "ours-2027.yaml", made.offers / "counter-2027.yaml"
    _steps("A negotiation with Summit Health is begun", rounds.opening(Book.open()))
    days = ("--from", rounds.ASKED_ON[0], "--to", rounds.ASKED_ON[1], "--effective", rounds.FIRST_DAY)
    _section("Round 1: what to ask, within what the plan can give", [*_ASK, *days, "--out", str(ours)])
    _steps("", [_round(ours, "us", rounds.ASKED), *rounds.after_our_ask()])
    _steps("Round 2: what they offer", [_round(theirs, "them", rounds.OFFERED), *rounds.after_their_offer()])
    given = _counter(theirs, counter)
    note = f"halfway to our targets; their {given.days} days to pay for {given.percent} % on the schedule"
    _steps("", [(*_round(counter, "us", rounds.COUNTERED), "--note", note), *rounds.after_our_counter()])
    now = ["--today", rounds.NOW]
    draws = ["--draws", "300"]
    _section("All rounds side by side", ["offer", "compare", *_NAMED, "--keep", *draws, *now])
    walk = ["negotiation", "walkaway", rounds.NAME, "--keep", "--draws", "20000"]
    _section("When to walk", [*walk, *now])
    for title, command in (("Is it ready?", "readiness"), ("The guard rails", "rails"), ("Where it stands", "show")):
        _section(title, ["negotiation", command, rounds.NAME, *now])
    papers = ["negotiation", "documents", rounds.NAME, "--out", str(made.folder / "documents"), "--force"]
    _section("Its documents", [*papers, *draws, *now])


def _round(offer: Path, by: str, day: str) -> tuple[str, ...]:
    return "round", rounds.NAME, str(offer), "--from", by, "--date", day


def _counter(theirs: Path, file: Path) -> Counteroffer:
    """Write our counteroffer, and show it."""
    book = Book.open()
    made = counteroffer(book, negotiation(book, rounds.NAME), theirs)
    file.write_text(made.text, encoding="utf-8", newline="\n")
    click.secho("\nRound 3: our counteroffer, by a rule from our targets", bold=True)
    click.secho(f"$ cat {shlex.quote(str(file))}", dim=True)
    click.echo(made.text, nl=False)
    return made


def _steps(title: str, commands: Iterable[Sequence[str]]) -> None:
    """Run commands that record what happened, each under its line."""
    if title:
        click.secho(f"\n{title}", bold=True)
    for command in commands:
        _run(["negotiation", *command])


def _look(made: DemoFiles, brief: Path) -> None:
    """What there is to look at, and what to try next."""
    papers = made.folder / "documents"
    click.echo(
        f"\nOpen {brief} in a browser; the figures behind it are in {brief.with_suffix('.xlsx')}.\n"
        f"The negotiation's documents are in {papers}: begin with {papers / f'{rounds.NAME}-one-pager.html'}.\n"
    )
    click.echo(f"Try next, after: export EVENHAND_BOOK={shlex.quote(str(made.folder / 'book'))}")
    for words in (
        ["negotiation", "impasse", rounds.NAME, "--today", rounds.NOW],
        ["offer", "clauses", "--payer", "Summit Health"],
        ["offer", "ask", "--payer", "Summit Health", "--budget", "3%", "--shaped"],
        ["explain", "CR0102417"],
    ):
        click.echo(f"  evenhand {shlex.join(words)}")
    here = "" if made.folder == Path("demo") else f" {shlex.quote(str(made.folder))}"
    click.echo(f"Or see it all as a team would, in a browser: evenhand serve --demo{here}")


def _section(title: str, arguments: Sequence[str]) -> None:
    """Run one ordinary command under a heading that says how to run it again."""
    click.secho(f"\n{title}", bold=True)
    _run(arguments)


def _run(arguments: Sequence[str]) -> None:
    from evenhand.cli.main import cli

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
