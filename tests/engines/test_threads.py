"""How many threads DuckDB may use is the user's to say."""

import pytest

from evenhand.engines import DuckDB
from evenhand.errors import UsageError


def _threads(engine: DuckDB) -> int:
    (row,) = engine.arrow("select current_setting('threads') as threads").to_pylist()
    return int(row["threads"])


def test_as_many_as_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENHAND_THREADS", "3")
    assert _threads(DuckDB()) == 3


@pytest.mark.parametrize("said", ["0", "many", "-1", "1; drop table x", "²"])
def test_what_is_no_number_of_threads_is_refused(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("EVENHAND_THREADS", said)
    with pytest.raises(UsageError, match=r"EVENHAND_THREADS is '.*', which is no number of threads; set it to 1"):
        DuckDB()
