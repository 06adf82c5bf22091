"""What a question gives back: an Arrow table that turns into whatever the asker works with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

if TYPE_CHECKING:
    import pandas
    import polars


class Result:
    """A table of answers.

    >>> result = Result(pa.table({"payer": ["Summit Health"], "claims": [3]}))
    >>> len(result), result.rows()
    (1, [{'payer': 'Summit Health', 'claims': 3}])
    """

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> Result:
        """A result from rows; keys the schema does not name are left out, missing ones are null.

        >>> Result.of([{"payer": "Summit Health", "claims": 3}], pa.schema([("claims", pa.int64())])).rows()
        [{'claims': 3}]
        """
        listed = list(rows)
        arrays = [pa.array([_fit(row.get(field.name), field.type) for row in listed], field.type) for field in schema]
        return cls(pa.Table.from_arrays(arrays, schema=schema))

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows())

    def __repr__(self) -> str:
        return f"<Result: {len(self)} rows of {', '.join(self._table.column_names)}>"

    def rows(self) -> list[dict[str, Any]]:
        """Each row as a dictionary; money as ``Decimal``, days as ``date``."""
        rows: list[dict[str, Any]] = self._table.to_pylist()
        return rows

    def arrow(self) -> pa.Table:
        """The Arrow table itself."""
        return self._table

    def relation(self) -> duckdb.DuckDBPyRelation:
        """A DuckDB relation, to go on in SQL."""
        return duckdb.from_arrow(self._table)

    def polars(self) -> polars.DataFrame:
        """A Polars data frame (needs ``evenhand[frames]``)."""
        import polars

        frame = polars.from_arrow(self._table)
        assert isinstance(frame, polars.DataFrame)
        return frame

    def pandas(self) -> pandas.DataFrame:
        """A pandas data frame with Arrow types, so money stays exact (needs ``evenhand[frames]``)."""
        import pandas

        frame: pandas.DataFrame = self._table.to_pandas(types_mapper=pandas.ArrowDtype)
        return frame


def _fit(value: Any, kind: pa.DataType) -> Any:
    """Counts that an engine returned as decimals become whole numbers again."""
    return int(value) if value is not None and pa.types.is_integer(kind) else value
