"""`evenhand workspace password-link`."""

from __future__ import annotations

import click

from evenhand.cli.workspace.started import started


@click.command("password-link")
@click.argument("email")
@click.option("--second-factor", is_flag=True, help="Take the second factor away as well: phone and codes are lost.")
@click.option("--at", default="", help="Where the site is opened, such as http://127.0.0.1:8000.")
def password_link(email: str, second_factor: bool, at: str) -> None:
    """Print a link by which the person of EMAIL chooses a new password; it works for three days, once."""
    configuration = started()
    from evenhand.workspace.people.actions import reset_link
    from evenhand.workspace.running.server import site_address

    path = reset_link(email, second_factor=second_factor)
    click.echo(site_address(configuration, at.rstrip("/")) + path)
