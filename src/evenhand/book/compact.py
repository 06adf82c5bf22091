"""Merging small loads into one, and cutting a merged load apart again.

A merged load holds the rows of its parts one after another, and says in ``replaces`` whom it stands for.
It is renamed into place first and the others out of the way after; whoever reads in between sees that they
are replaced. So no row is ever seen twice, and none is missed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from evenhand.book.incoming import commit, incoming
from evenhand.book.loads import Load, current_loads
from evenhand.book.parts import Parts
from evenhand.book.views import schema_digest
from evenhand.claims.schema import TABLES
from evenhand.errors import BookError

#: A load with more bytes of tables than this is large enough to stay as it is.
SMALL = 64 << 20


class _ChangedError(Exception):
    """Another process changed the loads that were being merged or cut."""


def compact(book: Path, *, small: int = SMALL) -> Load | None:
    """Merge the small loads of a book into one; ``None`` when there are fewer than two."""
    while True:
        chosen = [load for load in current_loads(book / "loads") if _size(book, load) <= small]
        if len(chosen) < 2:
            return None
        try:
            return _merge(book, chosen)
        except (_ChangedError, FileNotFoundError):
            continue


def _size(book: Path, load: Load) -> int:
    try:
        return sum((book / "loads" / load.id / table.file).stat().st_size for table in load.tables)
    except FileNotFoundError:
        return 0


def _merge(book: Path, loads: Sequence[Load]) -> Load:
    with incoming(book) as folder:
        parts = Parts(folder)
        for load in loads:
            _pour(book, load, parts, lambda _table, _row: True)
            _keep_originals(book / "loads" / load.id, folder, load)
        merged = Load(
            id="",
            loaded_at=max(load.loaded_at for load in loads),
            loaded_by=loads[-1].loaded_by,
            files=tuple(file for load in loads for file in load.files),
            tables=tuple(parts.close()),
            sources=tuple(source for load in loads for source in load.sources),
            replaces=tuple(load.id for load in loads),
            parts=tuple(part for load in loads for part in (load.parts or (_as_part(load),))),
            schema=schema_digest(),
        )
        return commit(book, folder, merged, check=_still_there(loads), then=_aside(loads))


def _as_part(load: Load) -> Load:
    return replace(load, replaces=(), parts=())


def _aside(loads: Sequence[Load]) -> list[tuple[str, str]]:
    return [(f"loads/{load.id}", f"replaced/{load.id}") for load in loads]


def _still_there(loads: Sequence[Load]) -> Callable[[Sequence[Load]], None]:
    wanted = {load.id for load in loads}

    def check(held: Sequence[Load]) -> None:
        if not wanted <= {load.id for load in held}:
            raise _ChangedError

    return check


Wanted = Callable[[str, int], bool]


def _pour(book: Path, load: Load, parts: Parts, wanted: Wanted) -> None:
    """Copy the rows of a load that are wanted, asked by table and by the number of the part they belong to."""
    owners = load.parts or (load,)
    for name in TABLES:
        ends = _ends([owner.rows(name) for owner in owners])
        start = 0
        for batch in _batches(book, load, name):
            for owner, slice_ in _cut(batch, start, ends):
                if wanted(name, owner):
                    parts.add({name: slice_})
            start += batch.num_rows


def _ends(sizes: Sequence[int]) -> list[int]:
    return [sum(sizes[: index + 1]) for index in range(len(sizes))]


def _cut(batch: pa.Table, start: int, ends: Sequence[int]) -> Iterator[tuple[int, pa.Table]]:
    """A batch that starts at a row of the load, cut where one part ends and the next begins."""
    begin = 0
    for owner, end in enumerate(ends):
        stop = min(max(end - start, 0), batch.num_rows)
        if stop > begin:
            yield owner, batch.slice(begin, stop - begin)
            begin = stop


def _batches(book: Path, load: Load, name: str) -> Iterator[pa.Table]:
    schema = TABLES[name].schema
    for table in load.tables:
        if table.table == name:
            with pq.ParquetFile(book / "loads" / load.id / table.file) as file:
                for batch in file.iter_batches(64_000):
                    yield _aligned(pa.Table.from_batches([batch]), schema)


def _aligned(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """A table of an earlier version with the columns of this one."""
    columns = [
        table[field.name].cast(field.type) if field.name in table.column_names else pa.nulls(len(table), field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def _keep_originals(old: Path, new: Path, load: Load) -> None:
    """Have the kept originals in the new folder too: a second name for the same bytes where the system can."""
    for file in load.files:
        if file.original is None or (new / file.original).exists():
            continue
        (new / file.original).parent.mkdir(exist_ok=True)
        try:
            os.link(old / file.original, new / file.original)
        except FileNotFoundError:
            if not old.is_dir():
                raise
        except OSError:
            shutil.copy2(old / file.original, new / file.original)


def split(book: Path, merged: Load, part: Load) -> Load:
    """Cut a part out of a merged load and put it with the unloaded ones; the rest stays, under a new name.

    Raises:
        BookError: the merged load was changed by someone else meanwhile.
    """
    number = merged.parts.index(part)
    rest = merged.parts[:number] + merged.parts[number + 1 :]
    with ExitStack() as stack:
        kept, cut = (stack.enter_context(incoming(book)) for _ in range(2))
        told = _write_cut(book, merged, part, cut)
        moves = [(f"loads/{merged.id}", f"replaced/{merged.id}"), (f"loads/{cut.name}", f"unloaded/{part.id}")]
        parts = Parts(kept)
        _pour(book, merged, parts, lambda _name, owner: owner != number)
        load = replace(
            merged,
            files=tuple(file for other in rest for file in other.files),
            tables=tuple(parts.close()),
            replaces=(merged.id,),
            parts=rest,
            schema=schema_digest(),
        )
        _keep_originals(book / "loads" / merged.id, kept, load)
        try:
            commit(book, kept, load, check=_still_there([merged]), then=moves)
        except _ChangedError:
            raise BookError(f"{merged.id} was changed by another process; try again") from None
    return told


def _write_cut(book: Path, merged: Load, part: Load, folder: Path) -> Load:
    from evenhand.book.loads import to_json
    from evenhand.book.turns import write_durably

    number = merged.parts.index(part)
    parts = Parts(folder)
    _pour(book, merged, parts, lambda _name, owner: owner == number)
    told = replace(part, tables=tuple(parts.close()), schema=schema_digest())
    _keep_originals(book / "loads" / merged.id, folder, told)
    write_durably(folder / "load.json", to_json(told))
    return told
