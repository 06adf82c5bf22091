"""How results leave the command line: a readable table, or ``--json``, ``--csv``, ``--xlsx``.

A command hands over one or more :class:`Sheet`; :func:`emit` writes them the way the user asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console, JustifyMethod
from rich.markup import escape
from rich.table import Table

from evenhand.documents.commas import csv_text, plain
from evenhand.documents.sheet import Field, Sheet, printable, show
from evenhand.documents.workbook import write_workbook
from evenhand.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., Any])


class OutFile(click.Path):
    """A file to be written: its folder is there, before any work is done for it."""

    def __init__(self, *, screen: bool = False) -> None:
        super().__init__(dir_okay=False, allow_dash=screen, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.

        Raises:
            UsageError: its folder does not exist, or it is not the kind of file that can go to the screen.
        """
        path = Path(str(super().convert(value, param, ctx)))
        if str(path) == "-" and not self.allow_dash:
            raise UsageError("a workbook cannot go to the screen; name a file, such as --xlsx answer.xlsx")
        if not path.parent.is_dir():
            option = param.opts[0] if param else "the file"
            raise UsageError(f"{option} {path}: there is no folder {path.parent}; make it first, or name another")
        return path


def output_options(command: Command) -> Command:
    """Give a command the options ``--json``, ``--csv FILE`` and ``--xlsx FILE``."""
    for option in (
        click.option("--xlsx", "xlsx_path", type=OutFile(), help="Write an Excel workbook."),
        click.option("--csv", "csv_path", type=OutFile(screen=True), help="Write CSV ('-' for the screen)."),
        click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables."),
    ):
        command = option(command)
    return command


def emit(
    sheets: Sequence[Sheet],
    *,
    as_json: bool = False,
    csv_path: Path | None = None,
    xlsx_path: Path | None = None,
) -> None:
    """Write sheets the way the user asked; tables on the screen when nothing else was asked."""
    if csv_path is not None:
        _emit_csv(sheets, csv_path)
    if xlsx_path is not None:
        write_workbook(xlsx_path, sheets)
        click.echo(f"Wrote {xlsx_path}", err=True)
    if as_json:
        click.echo(json.dumps({s.name: [_plain_row(s, row) for row in s.rows] for s in sheets}, indent=2))
    elif csv_path is None and xlsx_path is None:
        for sheet in sheets:
            _print_table(sheet)


def _plain_row(sheet: Sheet, row: Mapping[str, Any]) -> dict[str, Any]:
    return {field.key: plain(row.get(field.key)) for field in sheet.fields}


def _emit_csv(sheets: Sequence[Sheet], path: Path) -> None:
    """One sheet goes to the file itself; several go beside it, as ``name-sheet.csv``."""
    for sheet in sheets:
        text = csv_text(sheet)
        if str(path) == "-":
            click.echo(text, nl=False)
            continue
        target = path if len(sheets) == 1 else path.with_name(f"{path.stem}-{sheet.name}{path.suffix or '.csv'}")
        target.write_text(text, encoding="utf-8", newline="")
        click.echo(f"Wrote {target}", err=True)


#: Text columns on the screen: at least this wide, and folded beyond that.
_NARROW, _WIDE = 12, 52


def _print_table(sheet: Sheet) -> None:
    """Figures are never cut: text columns fold, and a table wider than the screen runs over it."""
    console = Console()
    whole = not console.is_terminal  # a file or another program gets sentences in one piece
    if not sheet.rows:
        said = f"[bold]{escape(printable(sheet.title))}[/bold]\n{escape(printable(sheet.empty))}\n"
        console.print(said, highlight=False, soft_wrap=whole)
        return
    table = Table(
        title=escape(printable(sheet.title)), title_justify="left", title_style="bold", box=None, header_style="dim"
    )
    least = 0
    for field in sheet.fields:
        right = field.kind not in ("text", "date")
        width = _column_width(field, sheet.rows)
        narrowest = width if field.kind != "text" else min(width, _NARROW)
        least += narrowest + 2
        justify: JustifyMethod = "right" if right else "left"
        table.add_column(field.heading, justify=justify, min_width=narrowest, max_width=width, overflow="fold")
    for row in sheet.rows:
        table.add_row(*(escape(show(row.get(field.key), field.kind)) for field in sheet.fields))
    widest = console.width if console.is_terminal else Console(width=10_000).measure(table).maximum
    Console(width=max(least, widest)).print(table, highlight=False, crop=False)
    note = f"[dim]{escape(printable(sheet.note))}[/dim]\n" if sheet.note else ""
    console.print(note, highlight=False, soft_wrap=whole)


def _column_width(field: Field, rows: Sequence[Mapping[str, Any]]) -> int:
    """The longest value or word of the heading; long text folds."""
    words = max(len(word) for word in field.heading.split())
    longest = max((len(show(row.get(field.key), field.kind)) for row in rows), default=0)
    return max(words, min(longest, _WIDE) if field.kind == "text" else longest)
