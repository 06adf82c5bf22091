"""The `evenhand` command: finds the sub-command, turns expected errors into plain sentences."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from evenhand.errors import ContractError, EvenhandError, PlanError
from evenhand.program import version

#: Command → (module, one line of help). Modules are imported only when their command runs.
COMMANDS: dict[str, tuple[str, str]] = {
    "load": ("load", "Load claim and remittance files into the book."),
    "loads": ("loads", "List what has been loaded."),
    "unload": ("loads", "Take a load out of the book."),
    "book": ("book", "Look after the book itself."),
    "findings": ("findings", "List what was wrong in the files loaded."),
    "show": ("show", "Show one claim: as submitted, as paid, as its raw segments."),
    "contract": ("contract", "Check, show, start and compare contracts."),
    "price": ("price", "Price claims under their contracts."),
    "explain": ("explain", "Explain the price of one claim, line by line."),
    "payers": ("payers", "How each payer pays."),
    "benchmark": ("benchmark", "Percent of Medicare by payer, service line and code."),
    "variance": ("variance", "Where payers paid less, or more, than agreed."),
    "payments": ("payments", "What should be paid after the allowed amount, and what lateness costs."),
    "terms": ("terms", "Which terms pay, which never do, which rules bite."),
    "drg": ("drg", "The DRG of each stay as billed, as paid and as grouped."),
    "offer": ("offer", "What an offer is worth on your own claims."),
    "market": ("market", "How strong each side is: diversion, willingness to pay, concentration, adequacy."),
    "forecasts": ("forecasts", "Forecasts kept in the book, and how they came out."),
    "what-if": ("scenarios", "What claims come to when a rate, percent or threshold changes."),
    "scenarios": ("scenarios", "What claims come to under many rate scenarios."),
    "negotiation": ("negotiation", "A negotiation as data: issues, rounds, promises, readiness, when to walk."),
    "walkaway": ("walkaway", "When to walk: both sides' walk-away prices, burn, break-even, runway."),
    "brief": ("brief", "Write the negotiation brief."),
    "schedules": ("schedules", "Public fee schedules: load, list, show, compare."),
    "engine": ("engine", "Check another engine against this one; see the SQL it is given."),
    "serve": ("serve", "Start the workspace: a web site for a negotiating team."),
    "mcp": ("mcp", "Answer questions of an assistant you run, over a book; read only."),
    "workspace": (
        "workspace",
        "Look after the workspace: check, back up, restore, its people, worker and log.",
    ),
    "demo": ("demo", "Generate a practice's files and walk the whole way once."),
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"evenhand.cli.{COMMANDS[cmd_name][0]}")
        command = getattr(module, cmd_name.replace("-", "_"))
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the overview without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version(), "--version", prog_name="evenhand")
def cli() -> None:
    """Payer-provider contracts as data: price claims, check payments, value offers."""


def main() -> None:
    """Run the command line; expected errors leave as one message and exit code 1."""
    try:
        left_with = cli(standalone_mode=False)  # what click.exceptions.Exit carried, if a command left by it
        sys.exit(left_with if isinstance(left_with, int) else 0)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except ContractError as refused:
        count = len(refused.problems)
        _leave(f"{refused}\n{count} problem{'s' * (count != 1)}.")
    except PlanError as failed:
        _ask_again(failed)
    except EvenhandError as problem:
        _leave(f"evenhand: {problem}")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        _leave(f"evenhand: {where}cannot be read or written ({problem.strerror or problem})")


def _ask_again(failed: PlanError) -> None:
    """Run the same command once more, with joins as they are written: nothing was answered yet, nothing is written."""
    from evenhand.engines.duckdb import CAREFUL

    if os.environ.get(CAREFUL):
        _leave(f"evenhand: {failed}")
    click.echo("DuckDB failed on a plan of its own; asking again, more slowly.", err=True)
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, CAREFUL: "1"})  # noqa: S606 - itself


def _leave(message: str) -> None:
    """Say what is wrong, whatever characters a file name or a file put into it."""
    from evenhand.documents.sheet import printable

    click.echo("\n".join(printable(line) for line in message.split("\n")), err=True)
    sys.exit(1)
