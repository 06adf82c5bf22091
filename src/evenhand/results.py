"""What a question gives back: an Arrow table that turns into whatever the asker works with."""

from __future__ import annotations

from collections.abc import Iterator
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
