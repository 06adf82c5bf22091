"""The options by which a command's assumptions are changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from evenhand.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., Any])


def assumption_options(command: Command) -> Command:
    """Give a command the options ``--assume NAME=VALUE`` and ``--assumptions FILE``."""
    options: tuple[tuple[str, dict[str, Any]], ...] = (
        ("--assume", {"multiple": True, "metavar": "NAME=VALUE", "help": "Assume this value; may be repeated."}),
        (
            "--assumptions",
            {
                "type": click.Path(path_type=Path),
                "help": "YAML file of assumptions: 'name: value' or 'name: {value, low, high, source}'.",
            },
        ),
    )
    for name, settings in options:
        command = click.option(name, **settings)(command)
    return command


def assumed_values(given: Sequence[str]) -> dict[str, float]:
    """What ``--assume`` gave, by name.

    Raises:
        UsageError: one is not ``name=number``.
    """
    values: dict[str, float] = {}
    for one in given:
        name, mark, value = one.partition("=")
        try:
            values[name.strip()] = float(value.replace(",", ""))
        except ValueError:
            mark = ""
        if not mark:
            raise UsageError(f"--assume {one}: that is not a name and a number; write it like volume_growth=0.02")
    return values
