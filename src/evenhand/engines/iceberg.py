"""Iceberg tables read from their files, without a catalogue: what engines that have no Iceberg of their own read.

Needs PyIceberg (``evenhand[iceberg]``). Where the data files hold the table's rows just as they are, an engine is given
the files, and reads them as it reads any Parquet. Otherwise PyIceberg applies deletes, renamed and dropped columns, and
the engine is given Arrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from evenhand.errors import EngineError

if TYPE_CHECKING:
    from pyiceberg.schema import Schema
    from pyiceberg.table import FileScanTask, StaticTable
    from pyiceberg.types import IcebergType

#: Under a table's folder, what tells that it is one.
METADATA = "metadata"
METADATA_FILE = ".metadata.json"
_NUMBERED = re.compile(r"(?:v(\d+)|(\d+)-.+?)(?:\.gz)?\.metadata\.json")
#: Footers read at a time: each is a request where files are far away.
_FOOTERS_AT_A_TIME = 16


def newest_metadata(folder: str, names: Iterable[str]) -> str:
    """Which of the files under a table's ``metadata`` says what the table is now: the one with the highest number.

    Args:
        folder: The ``metadata`` folder, for the messages.
        names: The names of its files.

    Raises:
        EngineError: There is none, or two have the highest number, so that only the catalogue knows.

    >>> newest_metadata("bills/metadata", ["v9.metadata.json", "v10.metadata.json", "version-hint.text"])
    'v10.metadata.json'
    """
    numbered = [(int(found[1] or found[2]), name) for name in names if (found := _NUMBERED.fullmatch(name))]
    if not numbered:
        raise EngineError(
            f"{folder} has no metadata of an Iceberg table; there should be a file such as "
            f"00003-….metadata.json or v3.metadata.json"
        )
    highest = max(numbered)[0]
    newest = sorted(name for number, name in numbered if number == highest)
    if len(newest) > 1:
        raise EngineError(
            f"{folder} has two files of the same number, {newest[0]} and {newest[1]}; remove the one that is "
            f"not the table's, or read the table through its catalogue"
        )
    return newest[0]


class IcebergTable:
    """The current snapshot of a table, as its metadata names it.

    Args:
        metadata: Path or URL of the metadata file (``….metadata.json``).

    Raises:
        EngineError: PyIceberg is missing, or the metadata cannot be read.
    """

    def __init__(self, metadata: str) -> None:
        try:
            from pyiceberg.table import StaticTable
        except ImportError:
            raise EngineError(
                f"{metadata} is an Iceberg table, which needs PyIceberg; install it with: "
                f"pip install 'evenhand[iceberg]'"
            ) from None
        self._metadata = metadata
        try:
            self._table: StaticTable = StaticTable.from_metadata(metadata)
        except Exception as problem:
            raise EngineError(f"{metadata} is not metadata of an Iceberg table: {_told(problem)}") from problem

    def files(self) -> list[str] | None:
        """The Parquet files that hold the table's rows just as they are, or None where no list of files does.

        There is no such list where rows were deleted from files, where a file was written under other columns, and
        where the table is empty. Each file's own footer is asked, for the metadata does not say under which columns a
        file was written.

        Raises:
            EngineError: A file the table names is missing or cannot be read.
        """
        from pyiceberg.manifest import FileFormat

        try:
            tasks = list(self._table.scan().plan_files())
            if not tasks or any(task.delete_files or task.file.file_format != FileFormat.PARQUET for task in tasks):
                return None
            if any(_is_passed_over(task.file.file_path) for task in tasks):
                return None
            with ThreadPoolExecutor(_FOOTERS_AT_A_TIME) as readers:
                as_is = all(list(readers.map(self._is_as_table, tasks)))
        except Exception as problem:
            raise self._unreadable(problem) from problem
        return [_under_scheme_of(self._metadata, task.file.file_path) for task in tasks] if as_is else None

    def arrow(self) -> pa.Table:
        """The table's rows, deletes and changes of columns applied; all of them are held in memory.

        Raises:
            EngineError: A file the table names is missing, or PyIceberg cannot read its like.
        """
        try:
            return self._table.scan().to_arrow_batch_reader().read_all()
        except Exception as problem:
            raise self._unreadable(problem) from problem

    def _is_as_table(self, task: FileScanTask) -> bool:
        """Whether a file has the table's columns: same names, same types, same identities."""
        from pyiceberg.io.pyarrow import pyarrow_to_schema

        with self._table.io.new_input(task.file.file_path).open() as opened:
            footer = pq.read_schema(opened)
        if any(b"PARQUET:field_id" not in (field.metadata or {}) for field in footer):
            return False  # written by something else and taken in by name
        return _columns(pyarrow_to_schema(footer)) == _columns(self._table.schema())

    def _unreadable(self, problem: Exception) -> EngineError:
        where = f"the Iceberg table of {self._metadata}"
        if isinstance(problem, FileNotFoundError):
            return EngineError(
                f"{where} names a file that is not there: {_told(problem)}; a table's files stay where they were "
                f"written, so a copied or cleaned folder is no longer the table"
            )
        return EngineError(f"{where} cannot be read: {_told(problem)}")


def _columns(schema: Schema) -> set[tuple[int, str, IcebergType]]:
    return {(field.field_id, field.name, field.field_type) for field in schema.fields}


def _is_passed_over(file: str) -> bool:
    """Whether Spark, and what else keeps Hadoop's ways, takes a file for somebody's own and does not read it."""
    return file.rsplit("/", 1)[-1].startswith(("_", "."))


def _under_scheme_of(place: str, file: str) -> str:
    """A file on S3 under the scheme the place was named with: ``s3a`` is all a plain Spark knows.

    >>> _under_scheme_of("s3a://lake/bills/metadata/v1.metadata.json", "s3://lake/bills/data/1.parquet")
    's3a://lake/bills/data/1.parquet'
    """
    schemes = [re.match(r"s3[an]?(?=://)", each) for each in (place, file)]
    return schemes[0][0] + file[schemes[1].end() :] if schemes[0] and schemes[1] else file


def _told(problem: Exception) -> str:
    """What PyIceberg said, in one line."""
    return " ".join(str(problem).split()) or type(problem).__name__
