"""`evenhand serve`: the workspace, in a browser."""

from __future__ import annotations

import click

from evenhand.cli.workspace.started import started


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", type=click.IntRange(min=1), default=2, show_default=True, help="Processes that answer.")
def serve(host: str, port: int, workers: int) -> None:
    """Start the workspace: a web site where a team prepares, negotiates and watches contracts.

    It needs no settings; those there are come from the environment. Its data lie in ./workspace, or in the folder
    EVENHAND_WORKSPACE names.
    """
    configuration = started()
    from evenhand.workspace.running.server import Address, first_link
    from evenhand.workspace.running.server import serve as served

    click.echo(f"The workspace is at http://{host}:{port}/ (stop with Ctrl-C)")
    link = first_link(configuration, f"http://{host}:{port}")
    if link:
        click.echo(f"Nobody is here yet. The first administrator opens, within a day:\n{link}")
    served(Address(host, port), workers=workers)
