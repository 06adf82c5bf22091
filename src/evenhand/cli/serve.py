"""`evenhand serve`: the workspace, in a browser."""

from __future__ import annotations

import os
from pathlib import Path

import click

from evenhand.cli.workspace.started import started


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", type=click.IntRange(min=1), default=2, show_default=True, help="Processes that answer.")
@click.option(
    "--demo",
    type=click.Path(path_type=Path, file_okay=False),
    is_flag=False,
    flag_value=Path("demo"),
    help="Open on a made-up practice with ready people, in ./demo or the folder given; made first if it is not there.",
)
@click.pass_context
def serve(context: click.Context, host: str, port: int, workers: int, demo: Path | None) -> None:
    """Start the workspace: a web site where a team prepares, negotiates and watches contracts.

    It needs no settings; those there are come from the environment. Its data lie in ./workspace, or in the folder
    EVENHAND_WORKSPACE names.
    """
    if demo is not None:
        _choose_demo(context, demo)
    configuration = started()
    from evenhand.workspace.running.server import Address, first_link
    from evenhand.workspace.running.server import serve as served

    if demo is not None:
        _fill_demo(demo)
    click.echo(f"The workspace is at http://{host}:{port}/ (stop with Ctrl-C)")
    link = first_link(configuration, f"http://{host}:{port}")
    if link:
        click.echo(f"Nobody is here yet. The first administrator opens, within a day:\n{link}")
    served(Address(host, port), workers=workers)


def _choose_demo(context: click.Context, folder: Path) -> None:
    """Make the demo if it is not there, and say that its workspace is meant."""
    from evenhand.book.folder import is_book
    from evenhand.cli.demo import demo

    if not is_book(folder / "book"):
        context.invoke(demo, out=folder)
    os.environ |= {
        "EVENHAND_WORKSPACE": str(folder / "workspace"),
        "EVENHAND_BOOK": str(folder / "book"),
        "EVENHAND_DEMO": "yes",
        "EVENHAND_SECOND_FACTOR": "no",
    }


def _fill_demo(folder: Path) -> None:
    """The demo's practice and people; at the first start also what they have done already."""
    from evenhand.workspace.ready.fill import fill
    from evenhand.workspace.ready.work import work

    practice, new = fill(folder / "book")
    if new:
        work(practice, click.echo)
