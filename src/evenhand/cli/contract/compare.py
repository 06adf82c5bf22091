"""`evenhand contract diff`: what one contract, or an offer, says differently from another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evenhand.cli.contract.opened import open_contract
from evenhand.cli.output import emit, output_options
from evenhand.contracts import compare
from evenhand.documents.sheet import Field, Sheet

_FIELDS = (Field("since", "From", "date"), Field("kind", "What"), Field("words", "Change"))
_MORE = (Field("where", "Where"), Field("before", "Before"), Field("after", "After"))
_SHOWN_RATES = 25


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), help="Compare what holds on this day only.")
@click.option("--rates", is_flag=True, help="List every rate that changes, however many.")
@click.option("--book", type=click.Path(path_type=Path), help="Book to look for a contract's id in.")
@output_options
def diff(before: Path, after: Path, on: Any, rates: bool, book: Path | None, **output: Any) -> None:
    """Compare two contracts, or a contract and an offer, in plain words."""
    first, second = open_contract(before, book), open_contract(after, book)
    changes = compare(first, second, on=on.date() if on else None)
    whole = rates or any(output.values())
    listed = [change for change in changes if whole or change.kind != "rate"]
    moved = [] if whole else [change for change in changes if change.kind == "rate"]
    rows = [
        {
            "since": change.since,
            "kind": change.kind,
            "where": change.where,
            "words": change.words,
            "before": change.before,
            "after": change.after,
        }
        for change in [*listed, *moved[:_SHOWN_RATES]]
    ]
    hidden = len(moved) - _SHOWN_RATES
    note = "Rates as stated, before any escalator."
    note += f" {hidden} more rates change; --rates lists them." if hidden > 0 else ""
    fields = (*_FIELDS, *_MORE) if any(output.values()) else _FIELDS
    title = f"{first.name} → {second.name}"
    emit([Sheet("changes", title, fields, rows, note, "They say the same.")], **output)
