"""`evenhand workspace verify-log`."""

from __future__ import annotations

import click

from evenhand.cli.workspace.started import started
from evenhand.errors import UsageError


@click.command("verify-log")
@click.option("--expect", multiple=True, metavar="HASH", help="A hash noted earlier, which must still be in the log.")
def verify_log(expect: tuple[str, ...]) -> None:
    """Check that nothing in the log was changed, left out or cut off; say where each chain ends.

    Note the hashes somewhere else: with --expect, a log that was written anew as a whole is found as well.
    """
    started()
    from evenhand.workspace.trail.queries import broken_chain, chains, holds

    problems = [f"the log no longer holds {digest}" for digest in expect if not holds(digest)]
    for head in chains():
        found = broken_chain(head.chain)
        problems += [f"{head.chain}: {problem}" for problem in found]
        click.echo(f"{head.chain}: {head.number} events, {'NOT whole' if found else 'whole'}, ends at {head.digest}")
    if problems:
        raise UsageError("\n".join(problems))
