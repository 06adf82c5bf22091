"""What the commands about schedules share: which library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def library_option(command: Command) -> Command:
    """Give a command the option ``--library DIR``."""
    words = "The library of schedules [default: EVENHAND_SCHEDULES, else ./schedules]."
    return click.option("--library", "library_path", type=click.Path(path_type=Path), help=words)(command)
