"""`evenhand contract diff`: what one contract, or an offer, says differently from another."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click

from evenhand.cli.contract.opened import open_contract
from evenhand.cli.output import emit, output_options
from evenhand.contracts import Change, compare
from evenhand.documents.sheet import Field, Sheet

_FIELDS = (Field("since", "From", "date"), Field("kind", "What"), Field("words", "Change"))
_MORE = (Field("where", "Where"), Field("before", "Before"), Field("after", "After"))
_SHOWN_RATES = 25


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), help="Compare what holds on this day only.")
@click.option("--all", "everything", is_flag=True, help="List every rate and every clause cited, however many.")
@click.option("--book", type=click.Path(path_type=Path), help="Book to look for a contract's id in.")
@output_options
def diff(before: Path, after: Path, on: Any, everything: bool, book: Path | None, **output: Any) -> None:
    """Compare two contracts, or a contract and an offer, in plain words."""
    first, second = open_contract(before, book), open_contract(after, book)
    changes = compare(first, second, on=on.date() if on else None)
    whole = everything or any(output.values())
    shown = changes if whole else _shortened(changes)
    rows = [
        {
            "since": change.since,
            "kind": change.kind,
            "where": change.where,
            "words": change.words,
            "before": change.before,
            "after": change.after,
        }
        for change in shown
    ]
    hidden = Counter(change.kind for change in changes) - Counter(change.kind for change in shown)
    told = [f"{count} more {kind} change(s)" for kind, count in sorted(hidden.items())]
    note = "Rates as stated, before any escalator." + (f" {' and '.join(told)}: --all lists them." if told else "")
    fields = (*_FIELDS, *_MORE) if any(output.values()) else _FIELDS
    title = f"{first.name} → {second.name}"
    emit([Sheet("changes", title, fields, rows, note, "They say the same.")], **output)


def _shortened(changes: list[Change]) -> list[Change]:
    """Without the clauses cited, and with the first rates only."""
    rates = [change for change in changes if change.kind == "rate"][:_SHOWN_RATES]
    return [change for change in changes if change.kind not in ("rate", "clause")] + rates
