"""Which contract an offer is about: one named, or the payer's own in the book."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from evenhand.errors import SelectionError, UsageError

if TYPE_CHECKING:
    from evenhand.book import Book
    from evenhand.contracts import Contract

Command = TypeVar("Command", bound=Callable[..., Any])


def contract_options(command: Command) -> Command:
    """Give a command the options ``--payer NAME`` and ``--contract PATH``."""
    words = "Its folder, or the id of one in the book."
    command = click.option("--contract", "contract_path", type=click.Path(path_type=Path), help=words)(command)
    return click.option("--payer", help="The payer whose contract in the book it is: its name, or part of it.")(command)


def contract_named(book: Book, payer: str | None, path: Path | None) -> Contract:
    """The contract that is meant.

    Raises:
        UsageError: neither a payer nor a contract is named, or both.
        SelectionError: the payer has no contract in the book, or several.
    """
    from evenhand.contracts import read_contract
    from evenhand.pricing import contracts_of

    if (payer is None) == (path is None):
        raise UsageError("say whose contract it is: --payer NAME, or --contract with a folder or an id; one of them")
    kept = contracts_of(book)
    if path is not None:
        return next((one for one in kept if one.id == str(path)), None) or read_contract(
            path, as_known_on=book.as_known_on
        )
    meant = [one for one in kept if str(payer).lower() in one.parties.payer.lower()]
    if len(meant) == 1:
        return meant[0]
    known = ", ".join(sorted({one.parties.payer for one in kept})) or "none"
    if meant:
        ids = ", ".join(one.id for one in meant)
        raise SelectionError(f"'{payer}' has {len(meant)} contracts in the book ({ids}); name one with --contract")
    raise SelectionError(f"no contract in the book is with '{payer}'; it has contracts with: {known}")
