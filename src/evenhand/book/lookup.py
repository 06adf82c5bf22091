"""One claim of the book with all that belongs to it: as submitted, as remitted, as it stood in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

import duckdb

from evenhand.book.folder import Book
from evenhand.book.loads import Load, LoadedFile
from evenhand.book.originals import cut, open_original
from evenhand.book.views import folder_of
from evenhand.claims.schema import file_key
from evenhand.errors import SelectionError

Row = dict[str, Any]
_WINDOW, _OVERLAP = 8 << 20, 600
_SUBMITTED = "select * from claims where claim_key = try_cast($1 as bigint) or claim_id = $1 order by claim_key"
_REMITTED = """select c.*, r.payer, r.payer_id, r.payment_date, r.trace_number, r.file_id
    from remit_claims c join remits r using (remit_key)
    where remit_claim_key = try_cast($1 as bigint) or payer_claim_number = $1 or claim_id in ($1, $2)
    order by payment_date, remit_claim_key"""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim and its rows: ``submitted`` are the claims of its number, ``remitted`` its remittances."""

    name: str
    submitted: tuple[Row, ...]
    lines: tuple[Row, ...]
    diagnoses: tuple[Row, ...]
    remitted: tuple[Row, ...]
    remit_lines: tuple[Row, ...]
    adjustments: tuple[Row, ...]
    remarks: tuple[Row, ...]
    findings: tuple[Row, ...]


def find_claim(book: Book, name: str) -> ClaimView:
    """A claim by the provider's number, the payer's number or a key.

    Raises:
        SelectionError: there is none.
    """
    connection = book.connect()
    try:
        submitted = _rows(connection, _SUBMITTED, [name])
        number = submitted[0]["claim_id"] if submitted else name
        remitted = _rows(connection, _REMITTED, [name, number])
        if remitted and not submitted and remitted[0]["claim_id"]:
            submitted = _rows(connection, _SUBMITTED, [remitted[0]["claim_id"]])
        if not submitted and not remitted:
            raise SelectionError(
                f"there is no claim {name!r} in the book at {book.path}; give the provider's or the payer's number"
            )
        return _view(connection, name, submitted, remitted)
    finally:
        connection.close()


def _view(connection: duckdb.DuckDBPyConnection, name: str, submitted: list[Row], remitted: list[Row]) -> ClaimView:
    claims = [row["claim_key"] for row in submitted]
    remits = [row["remit_claim_key"] for row in remitted]

    def take(table: str, key: str, keys: Sequence[int], order: str) -> tuple[Row, ...]:
        query = f"select * from {table} where {key} in (select unnest($1)) order by {order}"
        return tuple(_rows(connection, query, [list(keys)]))

    return ClaimView(
        name,
        tuple(submitted),
        take("lines", "claim_key", claims, "claim_key, claim_line_number, line_key"),
        take("diagnoses", "claim_key", claims, "claim_key, kind, position"),
        tuple(remitted),
        take("remit_lines", "remit_claim_key", remits, "remit_claim_key, remit_line_number"),
        take("adjustments", "remit_claim_key", remits, "remit_claim_key, remit_line_key nulls first, position"),
        take("remarks", "remit_claim_key", remits, "remit_claim_key, remit_line_key nulls first, source, code"),
        take("findings", "subject_key", [*claims, *remits], "subject_key, rule"),
    )


def _rows(connection: duckdb.DuckDBPyConnection, query: str, values: list[Any]) -> list[Row]:
    rows: list[Row] = connection.sql(query, params=values).to_arrow_table().to_pylist()
    return rows


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a file says of a claim, one segment or row in each of ``lines``."""

    path: str
    lines: tuple[str, ...]


def excerpts(book: Book, view: ClaimView) -> list[Excerpt]:
    """The claim as it stands in the kept originals.

    Raises:
        SelectionError: the originals were not kept.
    """
    files = {
        file_key(file.sha256): (load, file) for load in book.loads() for file in load.files if file.kind != "unknown"
    }
    found = []
    for row in (*view.submitted, *view.remitted):
        load, file = files[row["file_id"]]
        if file.original is None:
            raise SelectionError(
                f"{file.path} was loaded without keeping the original; load it again without --no-originals"
            )
        lines = _segments(book, load, file, row) if file.kind == "x12" else _table_rows(book, load, file, view, row)
        found.append(Excerpt(file.path, tuple(lines)))
    return found


def _segments(book: Book, load: Load, file: LoadedFile, row: Row) -> list[str]:
    """The bytes of a claim, cut where its file ends segments."""
    assert file.original is not None
    folder, offset = folder_of(book.path, load), row["byte_offset"]
    raw = cut(folder, file.original, offset=offset, length=row["byte_length"])
    with open_original(folder, file.original) as stream:
        terminator = _terminator(stream, offset)
    parts = (part.translate(None, b"\r\n").strip() for part in raw.split(terminator))
    return [part.decode("latin-1") for part in parts if part]


def _terminator(stream: IO[bytes], offset: int) -> bytes:
    """What ends a segment in the interchange that holds this place."""
    from evenhand.claims.x12.delimiters import find_interchange

    window, found, left = b"", b"~", offset
    while left > 0 and (chunk := stream.read(min(left, _WINDOW))):
        left -= len(chunk)
        window, at = window[-_OVERLAP:] + chunk, 0
        while (start := find_interchange(window, at)) is not None:
            found, at = bytes([start[1].terminator]), start[0] + 3
    return found


def _table_rows(book: Book, load: Load, file: LoadedFile, view: ClaimView, row: Row) -> list[str]:
    """The rows of a claim in a text table, by their numbers; other tables have no text to show."""
    assert file.original is not None
    with open_original(folder_of(book.path, load), file.original) as stream:
        text = stream.read()
    if b"\0" in text[:4096]:
        return [f"({file.content}; its rows are no text)"]
    keys = {line["line_key"] - row["file_id"] for line in view.lines if line["claim_key"] == row["claim_key"]}
    every = text.decode("utf-8-sig", "replace").splitlines()
    return [every[0], *(every[number - 1] for number in sorted(keys) if number <= len(every))]
