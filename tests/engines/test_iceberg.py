"""Iceberg tables read from their files: what the table holds now, and nothing else."""

from __future__ import annotations

import json
import shutil
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.manifest import (
    DataFile,
    DataFileContent,
    FileFormat,
    ManifestContent,
    ManifestEntry,
    ManifestEntryStatus,
    ManifestWriterV2,
    write_manifest_list,
)
from pyiceberg.table import Table
from pyiceberg.typedef import Record
from pyiceberg.types import LongType

from evenhand.engines import DuckDB
from evenhand.engines.iceberg import IcebergTable, newest_metadata
from evenhand.errors import EngineError

BILLS = pa.table(
    {
        "line_key": pa.array([1, 2, 3], pa.int64()),
        "number": pa.array([1, 2, None], pa.int32()),
        "code": ["99213", "0275", None],
        "charge": pa.array([Decimal("10.50"), Decimal("0.01"), None], pa.decimal128(18, 2)),
    }
)


@pytest.fixture
def bills(catalogue: SqlCatalog) -> Table:
    """A table of two appends: each row of BILLS twice, in two files."""
    table = catalogue.create_table("lake.bills", schema=BILLS.schema)
    table.append(BILLS)
    table.append(BILLS)
    return table


def opened(table: Table) -> IcebergTable:
    return IcebergTable(table.metadata_location)


def rows(files: list[str] | None) -> list[dict[str, Any]]:
    """What an engine reads from files it is given."""
    assert files is not None
    return by_key(DuckDB().connection.read_parquet(files).to_arrow_table())


def by_key(table: pa.Table) -> list[dict[str, Any]]:
    return table.sort_by("line_key").to_pylist()  # type: ignore[no-any-return]


TWICE = by_key(pa.concat_tables([BILLS, BILLS]))


def test_what_was_appended_is_a_list_of_files(bills: Table) -> None:
    files = opened(bills).files()

    assert files is not None
    assert len(files) == 2
    assert rows(files) == TWICE == by_key(opened(bills).arrow())


def test_rows_that_were_rewritten_away_are_gone(bills: Table) -> None:
    bills.delete("line_key = 2")

    assert rows(opened(bills).files()) == [row for row in TWICE if row["line_key"] != 2]


def test_the_older_metadata_is_the_older_table(bills: Table) -> None:
    before = bills.metadata_location
    bills.delete("line_key = 2")

    assert rows(IcebergTable(before).files()) == TWICE


def test_a_renamed_column_has_its_new_name_in_every_row(bills: Table) -> None:
    with bills.update_schema() as change:
        change.rename_column("code", "hcpcs_code")
    bills.append(BILLS.rename_columns(["line_key", "number", "hcpcs_code", "charge"]))

    assert opened(bills).files() is None
    found = by_key(opened(bills).arrow())
    assert [row["hcpcs_code"] for row in found] == ["99213"] * 3 + ["0275"] * 3 + [None] * 3
    assert "code" not in found[0]


def test_a_dropped_column_does_not_come_back_under_its_name(bills: Table) -> None:
    with bills.update_schema() as change:
        change.delete_column("number")
    with bills.update_schema() as change:
        change.add_column("number", LongType())
    bills.append(BILLS.cast(pa.schema([field.with_type(wide(field)) for field in BILLS.schema])))

    assert opened(bills).files() is None
    found = [row["number"] for row in by_key(opened(bills).arrow())]
    assert len(found) == 9
    assert [number for number in found if number is not None] == [1, 2]


def test_a_widened_column_is_wide_in_every_row(bills: Table) -> None:
    with bills.update_schema() as change:
        change.update_column("number", LongType())

    assert opened(bills).files() is None
    found = opened(bills).arrow()
    assert found.schema.field("number").type == pa.int64()
    assert by_key(found) == TWICE


def wide(field: pa.Field) -> pa.DataType:
    return pa.int64() if field.name == "number" else field.type


def test_files_taken_in_by_name_are_read_by_name(bills: Table, tmp_path: Path) -> None:
    pq.write_table(BILLS.select([3, 2, 1, 0]), tmp_path / "older.parquet")

    bills.add_files([f"file://{tmp_path}/older.parquet"])

    assert opened(bills).files() is None
    assert by_key(opened(bills).arrow()) == by_key(pa.concat_tables([BILLS, BILLS, BILLS]))


def test_deleted_positions_are_left_out(bills: Table, tmp_path: Path) -> None:
    file = opened(bills).files()[0]  # type: ignore[index]
    deletes = pa.table({"file_path": [file], "pos": pa.array([1], pa.int64())}, schema=POSITIONS)
    pq.write_table(deletes, tmp_path / "deletes.parquet")

    newer = IcebergTable(with_another_file(bills, DataFileContent.POSITION_DELETES, tmp_path / "deletes.parquet"))

    assert newer.files() is None
    assert [row["line_key"] for row in by_key(newer.arrow())] == [1, 1, 2, 3, 3]


def test_deletes_by_value_are_refused(bills: Table, tmp_path: Path) -> None:
    pq.write_table(BILLS.select(["line_key"]), tmp_path / "deletes.parquet")

    newer = IcebergTable(with_another_file(bills, DataFileContent.EQUALITY_DELETES, tmp_path / "deletes.parquet"))

    with pytest.raises(
        EngineError, match=r"Iceberg table of .* cannot be read: .*does not yet support equality deletes"
    ):
        newer.files()


@pytest.mark.parametrize("name", ["_more.parquet", ".more.parquet"])
def test_a_file_that_spark_passes_over_is_read_all_the_same(bills: Table, tmp_path: Path, name: str) -> None:
    shutil.copy(opened(bills).files()[0].removeprefix("file://"), tmp_path / name)  # type: ignore[index]

    newer = IcebergTable(with_another_file(bills, DataFileContent.DATA, tmp_path / name))

    assert newer.files() is None
    assert by_key(newer.arrow()) == by_key(pa.concat_tables([BILLS, BILLS, BILLS]))


def test_an_empty_table_has_columns_and_no_rows(catalogue: SqlCatalog) -> None:
    empty = opened(catalogue.create_table("lake.empty", schema=BILLS.schema))

    assert empty.files() is None
    assert empty.arrow().num_rows == 0
    assert empty.arrow().column_names == BILLS.column_names


@pytest.mark.parametrize("ask", [IcebergTable.files, IcebergTable.arrow])
def test_a_data_file_that_is_gone_is_named(bills: Table, ask: Any) -> None:
    file = Path(opened(bills).files()[1].removeprefix("file://"))  # type: ignore[index]
    file.unlink()

    with pytest.raises(EngineError, match=rf"names a file that is not there: .*{file.name}.*; a table's files stay"):
        ask(opened(bills))


def test_a_manifest_that_is_gone_is_named(bills: Table) -> None:
    for file in Path(bills.metadata_location.removeprefix("file://")).parent.glob("snap-*.avro"):
        file.unlink()

    with pytest.raises(EngineError, match=r"names a file that is not there: .*snap-.*\.avro"):
        opened(bills).files()


@pytest.mark.parametrize("text", ["", "{}", '{"format-version": 2', '{"format-version": 9}', "[]"])
def test_metadata_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "v1.metadata.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(EngineError, match=r"v1\.metadata\.json is not metadata of an Iceberg table: \S"):
        IcebergTable(str(file))


def test_without_pyiceberg_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyiceberg.table", None)

    with pytest.raises(
        EngineError, match=r"bills/v1\.metadata\.json is an Iceberg .* pip install 'evenhand\[iceberg\]'"
    ):
        IcebergTable("bills/v1.metadata.json")


@pytest.mark.parametrize(
    ("names", "newest"),
    [
        (["v9.metadata.json", "v10.metadata.json"], "v10.metadata.json"),
        (["00009-f.metadata.json", "00010-a.metadata.json"], "00010-a.metadata.json"),
        (["v2.gz.metadata.json", "v1.metadata.json"], "v2.gz.metadata.json"),
        (["v1.metadata.json", "snap-9-1.avro", "version-hint.text", ".v2.metadata.json.crc"], "v1.metadata.json"),
    ],
)
def test_the_highest_number_is_the_newest(names: list[str], newest: str) -> None:
    assert newest_metadata("bills/metadata", names) == newest


def test_a_folder_without_metadata_is_refused() -> None:
    with pytest.raises(EngineError, match=r"bills/metadata has no metadata of an Iceberg table; there should be"):
        newest_metadata("bills/metadata", ["version-hint.text", "snap-1.avro"])


def test_of_two_newest_none_is_guessed() -> None:
    with pytest.raises(
        EngineError, match=r"two files of the same number, 00001-a\.metadata\.json and 00001-b\.metadata"
    ):
        newest_metadata("bills/metadata", ["00001-b.metadata.json", "00001-a.metadata.json", "00000-c.metadata.json"])


POSITIONS = pa.schema(
    [
        pa.field("file_path", pa.string(), nullable=False, metadata={"PARQUET:field_id": "2147483546"}),
        pa.field("pos", pa.int64(), nullable=False, metadata={"PARQUET:field_id": "2147483545"}),
    ]
)


class Manifest(ManifestWriterV2):
    """A manifest of deletes, which PyIceberg reads but does not write."""

    holds = ManifestContent.DATA

    def content(self) -> ManifestContent:
        return self.holds

    @property
    def _meta(self) -> dict[str, str]:
        return {**super()._meta, "content": "data" if self.holds == ManifestContent.DATA else "deletes"}


def with_another_file(table: Table, content: DataFileContent, file: Path) -> str:
    """The table with one more snapshot, as another writer would have left it: its metadata."""
    metadata = json.loads(Path(table.metadata_location.removeprefix("file://")).read_text(encoding="utf-8"))
    before, folder = metadata["snapshots"][-1], f"{table.location()}/metadata"
    number, sequence = before["snapshot-id"] + 1, before["sequence-number"] + 1
    listed = f"{folder}/snap-{number}-0-more.avro"
    output = table.io.new_output
    added = ManifestEntry.from_args(
        status=ManifestEntryStatus.ADDED, sequence_number=None, data_file=data_file(content, file)
    )
    Manifest.holds = ManifestContent.DATA if content == DataFileContent.DATA else ManifestContent.DELETES
    with Manifest(table.spec(), table.schema(), output(f"{folder}/more-m0.avro"), number, "deflate") as manifest:
        manifest.add(added)
    with write_manifest_list(2, output(listed), number, before["snapshot-id"], sequence, "deflate") as manifests:
        manifests.add_manifests([*table.current_snapshot().manifests(table.io), manifest.to_manifest_file()])  # type: ignore[union-attr]
    newer = {**before, "snapshot-id": number, "parent-snapshot-id": before["snapshot-id"], "manifest-list": listed}
    metadata["snapshots"].append({**newer, "sequence-number": sequence, "summary": {"operation": "overwrite"}})
    metadata |= {"current-snapshot-id": number, "last-sequence-number": sequence}
    metadata["refs"] = {"main": {"snapshot-id": number, "type": "branch"}}
    written = Path(folder.removeprefix("file://")) / "00009-more.metadata.json"
    written.write_text(json.dumps(metadata), encoding="utf-8")
    return str(written)


def data_file(content: DataFileContent, file: Path) -> DataFile:
    return DataFile.from_args(
        content=content,
        file_path=f"file://{file}",
        file_format=FileFormat.PARQUET,
        partition=Record(),
        record_count=pq.read_metadata(file).num_rows,
        file_size_in_bytes=file.stat().st_size,
        equality_ids=[1] if content == DataFileContent.EQUALITY_DELETES else None,
    )
