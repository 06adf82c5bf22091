"""`evenhand contract diff`: what one contract, or an offer, says differently from another, and for how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from evenhand.cli.asking import known_option, to_day
from evenhand.cli.contract.opened import open_contract
from evenhand.cli.output import emit, output_options
from evenhand.contracts import Change, Contract, compare
from evenhand.documents.sheet import Field, Sheet

Command = TypeVar("Command", bound=Callable[..., Any])

_FIELDS = (Field("since", "From", "date"), Field("kind", "What"), Field("words", "Change"))
_MORE = (Field("where", "Where"), Field("before", "Before"), Field("after", "After"))
_SHOWN_RATES = 25


@dataclass(frozen=True, slots=True)
class _Asked:
    """How a comparison is asked for."""

    on: date | None
    first_day: date | None
    last_day: date | None
    everything: bool
    rates: bool
    known_on: date | None


def _day(option: str, variable: str, words: str) -> Callable[[Command], Command]:
    return click.option(option, variable, type=click.DateTime(["%Y-%m-%d"]), help=words)


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@_day("--date", "on", "Compare what holds on this day only.")
@click.option("--all", "everything", is_flag=True, help="List every rate and every clause cited, however many.")
@click.option(
    "--book", type=click.Path(path_type=Path), help="Book with the claims; a contract's id is looked for there."
)
@click.option("--dollars/--no-dollars", default=None, help="What each change is worth [default: when --book is given].")
@click.option("--rates", is_flag=True, help="With the dollars of each code of a changed schedule.")
@_day("--from", "first_day", "First day on which claims begin, for the dollars.")
@_day("--to", "last_day", "Last day on which claims begin, for the dollars.")
@known_option
@output_options
def diff(before: Path, after: Path, book: Path | None, dollars: bool | None, **asked: Any) -> None:
    """Compare two contracts, or a contract and an offer, in plain words; with a book also in dollars.

    Each change that can move a price is made by itself, and then all together, on the claims of the last twelve
    months of the book (or from --from to --to), both contracts as they stand on the first day of the offer, or on
    the day from which neither is amended again, or on --date.
    """
    days = {name: to_day(asked.pop(name)) for name in ("on", "first_day", "last_day", "known_on")}
    first, second = (open_contract(each, book, days["known_on"]) for each in (before, after))
    how = _Asked(**days, everything=asked.pop("everything"), rates=asked.pop("rates"))
    if dollars or (dollars is None and (book is not None or how.rates)):
        _in_dollars(first, second, book, how, asked)
    else:
        _in_words(first, second, how, asked)


def _in_dollars(first: Contract, second: Contract, book: Path | None, how: _Asked, output: dict[str, Any]) -> None:
    from evenhand.book import Book
    from evenhand.documents.change_sheets import change_sheets
    from evenhand.negotiation import OfferQuestion, change_effects

    question = OfferQuestion(how.first_day, how.last_day, how.on)
    effects = change_effects(Book.open(book, as_known_on=how.known_on), first, second, question)
    whole = any(output.values())
    emit(change_sheets(effects, rates=how.rates or whole, whole=whole or how.everything), **output)


def _in_words(first: Contract, second: Contract, how: _Asked, output: dict[str, Any]) -> None:
    changes = compare(first, second, on=how.on)
    whole = how.everything or any(output.values())
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
