"""`evenhand mcp`: questions of a book, for an assistant you run yourself."""

from __future__ import annotations

from pathlib import Path

import click

from evenhand.cli.asking import book_option, open_book
from evenhand.errors import UsageError


@click.command()
@click.option("--claims", is_flag=True, help="Show single claims, and figures of few claims, too.")
@book_option
def mcp(claims: bool, book_path: Path | None) -> None:
    """Answer an assistant's questions about a book, over stdin and stdout (Model Context Protocol).

    Read only: how payers pay, variance, what an offer is worth, contract words, percent of Medicare. Nothing listens
    unless this command runs, and it ends with the program that started it. What it answers goes to that assistant,
    and to wherever the assistant sends it: figures of fewer than 11 claims are left out, and single claims are shown
    only with --claims.
    """
    book = open_book(book_path)
    try:
        from evenhand.workspace.mcp.server import serve
    except ModuleNotFoundError as missing:
        words = f"evenhand mcp needs {missing.name}; install it with: pip install 'evenhand[assistant]'"
        raise UsageError(words) from missing
    from evenhand.workspace.mcp.questions import Questions

    serve(Questions(book.path, claims=claims))
