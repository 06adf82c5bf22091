"""`evenhand negotiation documents`: position sheet, offer comparison, proposal letter, one-pager."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from evenhand.cli.asking import to_day
from evenhand.cli.negotiation.asking import DAY, day_or_today, dry_option, today_option
from evenhand.cli.offer.years import asked, future_options
from evenhand.errors import UsageError

_PAPERS = ("positions", "comparison", "letter", "one-pager")
_FORMATS = ("docx", "html")


@click.command()
@click.argument("name")
@click.option("--out", "folder", type=click.Path(path_type=Path, file_okay=False), required=True, help="Their folder.")
@click.option("--only", "papers", type=click.Choice(_PAPERS), multiple=True, help="Only this one; may be given again.")
@click.option("--format", "formats", default="docx,html", show_default=True, help="docx, html, or both.")
@click.option("--meeting", type=DAY, help="The day by which the letter asks to meet [default: in three weeks].")
@click.option("--force", is_flag=True, help="Replace files that are there.")
@dry_option
@today_option
@future_options
def documents(name: str, folder: Path, **options: Any) -> None:
    """Write the documents of a negotiation into a folder, each as a page and as a Word file.

    positions: every issue with opening, target, walk-away, what we believe of theirs, and what each is worth.
    comparison: all rounds side by side in dollars, with how sure, from both sides. one-pager: one page for those
    who decide. These three are for our own side only. letter: our proposal to the other side, made of what may
    leave and of nothing else.
    """
    from evenhand.documents.negotiating import PaperOptions, write_documents
    from evenhand.negotiation.record import negotiation

    papers: Any = options["papers"] or _PAPERS
    formats = _formats(options["formats"])
    book, question = asked(options)
    kept = negotiation(book, name)
    taken = [folder / f"{name}-{paper}.{suffix}" for paper in papers for suffix in (*formats, "xlsx")]
    _refuse_taken(taken, options["force"])
    if options["dry_run"]:
        kept.read()
        click.echo(f"Would write {', '.join(papers)} as {', '.join(formats)} into {folder}; nothing was written.")
        return
    chosen = PaperOptions(day_or_today(options["today"]), to_day(options["meeting"]), question)
    made = write_documents(book, kept, folder, chosen, papers=papers, formats=formats)
    for file in made.files:
        whose = "may go to the other side once read" if "-letter." in file.name else "for our own side only"
        click.echo(f"Wrote {file}: {whose}")
    for paper, why in made.left_out.items():
        click.echo(f"No {paper}: {why}", err=True)


def _formats(said: str) -> list[Literal["docx", "html"]]:
    """The formats asked for.

    Raises:
        UsageError: one is not known.
    """
    asked_for = [one.strip().lower() for one in said.split(",") if one.strip()]
    for one in asked_for:
        if one not in _FORMATS:
            raise UsageError(f"--format {said}: '{one}' cannot be written; say docx, html or docx,html")
    if not asked_for:
        raise UsageError("--format names nothing; say docx, html or docx,html")
    return [one for one in _FORMATS if one in asked_for]  # type: ignore[misc]


def _refuse_taken(files: list[Path], force: bool) -> None:
    taken = [str(file) for file in files if file.exists()]
    if taken and not force:
        raise UsageError(f"{taken[0]} is there already; name another folder with --out, or replace it with --force")
