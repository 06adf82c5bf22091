"""Engines to try the steps on: Spark in this process, a private PostgreSQL server, both for the whole run."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from tests.pricing.world.worlds import World

from evenhand.contracts import Contract
from evenhand.engines.postgres import Postgres
from evenhand.engines.spark import Spark, require_java
from evenhand.errors import EngineError

HERE = Path(__file__).resolve().parent
#: PostgreSQL refuses to be run by root: whom its server runs as then.
UNPRIVILEGED = "nobody"


def missing(what: str) -> NoReturn:
    """Skip in one line; on the project's own checks nothing may be missing."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


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
    """A PostgreSQL server of this run's own: a socket in a temporary folder, no port."""
    programs = _postgres_programs()
    if programs is None:
        missing("PostgreSQL is missing: install it (Debian, Ubuntu: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="evenhand-pg-"))
    try:
        yield from _served(programs, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _served(programs: Path, folder: Path) -> Iterator[Postgres]:
    who: dict[str, Any] = {"cwd": folder, "check": True, "stdout": subprocess.DEVNULL}
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED)
        who |= {"user": UNPRIVILEGED, "extra_groups": []}
    data = str(folder / "data")
    subprocess.run([programs / "initdb", "-D", data, "-A", "trust", "-U", "evenhand", "--no-sync"], **who)
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    subprocess.run([programs / "pg_ctl", "-D", data, "-o", options, "-w", "-l", folder / "log", "start"], **who)
    try:
        engine = Postgres(f"host={folder} user=evenhand dbname=postgres")
        yield engine
        engine.close()
    finally:
        subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **who)


def _postgres_programs() -> Path | None:
    """Where PostgreSQL's programs are: Debian keeps them off the path, a folder for each version."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    found = shutil.which("initdb") or (versions and str(versions[-1]))
    return Path(found).resolve().parent if found else None


@pytest.fixture(scope="session")
def generated() -> list[Contract]:
    """Contracts at random, as the pricing tests make them: every method and rule in combination."""
    return [World(seed).contract(seed) for seed in range(1, 13)]
