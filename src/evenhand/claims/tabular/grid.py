"""A table as it stands in a file: what kind of file, which columns, how to get at its rows as text."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq

Form = Literal["csv", "xlsx", "parquet"]

_HEAD = 256 << 10
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table found in a file: its form, its columns as headed, and how it is written."""

    form: Form
    columns: tuple[str, ...]
    header_row: int = 1
    delimiter: str = ","
    encoding: str = "utf-8"
    sheet: str | None = None

    def position(self, column: str) -> int | None:
        """Where a column stands, by its heading; case, spaces around it and a missing space do not matter."""
        wanted = plain_heading(column)
        return next((i for i, name in enumerate(self.columns) if plain_heading(name) == wanted), None)


def plain_heading(heading: str) -> str:
    """A heading reduced to what matters in comparing it.

    >>> plain_heading(" Claim No. "), plain_heading("claim_no")
    ('claimno', 'claimno')
    """
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


def open_grid(content: Path | bytes, *, sheet: str | None = None, header_row: int = 1) -> Grid | None:
    """The table in a file, or ``None`` when there is none."""
    head = read_head(content)
    if head[:4] == b"PAR1":
        return _parquet(content)
    if head[:4] == b"PK\x03\x04":
        return _workbook(content, sheet, header_row)
    return _text(content, head, header_row)


def read_head(content: Path | bytes, size: int = _HEAD) -> bytes:
    """The first bytes."""
    if isinstance(content, bytes):
        return content[:size]
    with content.open("rb") as stream:
        return stream.read(size)


def _parquet(content: Path | bytes) -> Grid | None:
    try:
        with pq.ParquetFile(as_file(content)) as file:
            return Grid("parquet", tuple(file.schema_arrow.names))
    except (pa.ArrowInvalid, OSError):
        return None


def as_file(content: Path | bytes) -> Path | io.BytesIO:
    """Something a library can open."""
    return io.BytesIO(content) if isinstance(content, bytes) else content


def _workbook(content: Path | bytes, sheet: str | None, header_row: int) -> Grid | None:
    from evenhand.claims.tabular.workbooks import sheet_rows

    try:
        with zipfile.ZipFile(as_file(content)) as archive:
            if "xl/workbook.xml" not in archive.NameToInfo:
                return None
        name, rows = sheet_rows(content, sheet)
        for number, row in enumerate(rows, start=1):
            if number == header_row:
                heads = tuple(cell or "" for cell in row)
                return Grid("xlsx", heads, header_row, sheet=name) if sum(map(bool, heads)) > 1 else None
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        return None
    return None


def _text(content: Path | bytes, head: bytes, header_row: int) -> Grid | None:
    encoding = _encoding(content, head)
    if encoding is None:
        return None
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    lines = text.splitlines(keepends=True)[header_row - 1 :]
    if not lines:
        return None
    delimiter = max(_DELIMITERS, key=lines[0].count)
    columns = next(csv.reader(lines, delimiter=delimiter), [])
    if len(columns) < 2:
        return None
    return Grid("csv", tuple(name.strip() for name in columns), header_row, delimiter, encoding)


def has_rows(content: Path | bytes, grid: Grid) -> bool:
    """Whether anything follows the header of a text."""
    text = codecs.getincrementaldecoder(grid.encoding)("replace").decode(read_head(content))
    return len(text) >= _HEAD // 4 or any(line.strip() for line in text.splitlines()[grid.header_row :])


def _encoding(content: Path | bytes, head: bytes) -> str | None:
    """The encoding of a text; ``None`` when it is no text."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head:
        return None
    if not _is_utf8(content):
        return "latin-1"
    return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"


def _is_utf8(content: Path | bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(content):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _chunks(content: Path | bytes, size: int = 4 << 20) -> Iterator[bytes]:
    stream = io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")
    with stream:
        while chunk := stream.read(size):
            yield chunk
