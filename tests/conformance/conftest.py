"""Engines to try the steps on: Spark in this process, a private PostgreSQL server, both for the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.missing import missing
from tests.postgres import is_there, served
from tests.pricing.world.worlds import World

from evenhand.contracts import Contract
from evenhand.engines.postgres import Postgres
from evenhand.engines.spark import Spark, require_java
from evenhand.errors import EngineError

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def java() -> None:
    """A Java that Spark runs on."""
    try:
        require_java()
    except EngineError as problem:
        missing(str(problem))


@pytest.fixture(scope="session")
def spark(java: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spark]:
    """Spark in this process, tuned for many small steps: one partition, no effort for speed that never pays."""
    engine = Spark.at(
        "local[2]",
        spark__sql__shuffle__partitions="1",
        spark__sql__codegen__wholeStage="false",
        spark__driver__memory="1g",
        spark__driver__extraJavaOptions="-XX:TieredStopAtLevel=1",
        spark__sql__warehouse__dir=str(tmp_path_factory.mktemp("warehouse")),
    )
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of this run's own."""
    if not is_there():
        missing("PostgreSQL is missing: install it (Debian, Ubuntu: apt-get install postgresql)")
    with served() as folder:
        engine = Postgres(f"host={folder} user=evenhand dbname=postgres")
        yield engine
        engine.close()


@pytest.fixture(scope="session")
def generated() -> list[Contract]:
    """Contracts at random, as the pricing tests make them: every method and rule in combination."""
    return [World(seed).contract(seed) for seed in range(1, 13)]
