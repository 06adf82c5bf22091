"""How a backup is laid out: a tar file of rows, files, and a list of both that comes last."""

from __future__ import annotations

from dataclasses import dataclass

#: Folder of the rows, one file of JSON lines for each table.
ROWS = "rows"
#: Folder of the organisations' books, by short name.
BOOKS = "books"
#: Folder of what else lies in the workspace's folder.
FILES = "files"
#: The list: format, and name → SHA-256 of everything else.
LIST = "list.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Told:
    """What a backup holds: rows, files, bytes."""

    rows: int
    files: int
    size: int
