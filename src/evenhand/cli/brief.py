"""`evenhand brief`: the page a negotiation starts from."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from evenhand.cli.asking import book_option, days_options, known_option, open_book, to_day
from evenhand.errors import UsageError


@click.command()
@click.option("--payer", required=True, help="The payer: its name, or part of it.")
@click.option("--offer", "offer_path", type=click.Path(path_type=Path), help="The payer's offer.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("brief.html"), show_default=True)
@click.option("--docx", "word", is_flag=True, help="Write a Word file of the same content, too.")
@click.option("--force", is_flag=True, help="Replace files that are there.")
@click.option("--small-cells", type=click.IntRange(min=0), default=11, show_default=True, help="Hide smaller counts.")
@click.option(
    "--locality", help="Medicare's locality of all claims: 10112-00, a ZIP code, 'national' [default: by ZIP]."
)
@click.option("--hide-others", is_flag=True, help="Do not name the other payers.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Count the days until notice from this day [default: --as-known-on, else today].",
)
@book_option
@days_options
@known_option
def brief(
    payer: str,
    offer_path: Path | None,
    out: Path,
    word: bool,
    force: bool,
    small_cells: int,
    locality: str | None,
    hide_others: bool,
    today: datetime | None,
    book_path: Path | None,
    first_day: datetime | None,
    last_day: datetime | None,
    known_on: datetime | None,
) -> None:
    """Write the negotiation brief: one self-contained page, and the workbook behind it.

    The page holds no claim and no patient: counts below --small-cells are left out. The workbook's
    tables are those of the page.
    """
    from evenhand.documents.brief import BriefOptions, write_brief

    page, workbook = out.with_suffix(".html"), out.with_suffix(".xlsx")
    files = (page, workbook, *((out.with_suffix(".docx"),) if word else ()))
    if not page.parent.is_dir():
        raise UsageError(f"there is no folder {page.parent}; make it first, or name another with --out")
    for path in files:
        if path.exists() and not force:
            raise UsageError(f"{path} is there already; name another with --out, or replace it with --force")
    day = to_day(today) or to_day(known_on) or date.today()
    days = (to_day(first_day), to_day(last_day))
    options = BriefOptions(
        *days, small_cells=small_cells, hide_others=hide_others, locality=locality, today=day, word=word
    )
    write_brief(open_book(book_path, known_on), payer, page, offer=offer_path, options=options)
    *first, last = map(str, files)
    click.echo(f"Wrote {', '.join(first)} and {last}")
