"""A standalone Spark cluster of two workers prices a book as DuckDB does: the real command, the real processes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb
import pyspark
import pytest

from evenhand.book import Book
from evenhand.contracts import read_contract
from evenhand.demo import generate
from evenhand.pricing import price_book

SPARK_CLASS = Path(pyspark.__file__).parent / "bin" / "spark-class"
WORKERS = 2
PATIENCE = 120


@pytest.fixture(scope="module")
def cluster(java: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A master and two workers on this machine; the master's address."""
    folder = tmp_path_factory.mktemp("cluster")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address = f"spark://127.0.0.1:{port}"
    with ExitStack() as running:
        where = ["--host", "127.0.0.1", "--webui-port", "0"]
        log = running.enter_context(started(folder, "master.Master", *where, "--port", port))
        seen(log, "I have been elected leader")
        for number in range(WORKERS):
            limits = ["--cores", "1", "--memory", "1g", "--work-dir", str(folder / f"work-{number}")]
            running.enter_context(started(folder, "worker.Worker", *where, *limits, address))
        seen(log, "Registering worker", times=WORKERS)
        yield address


@contextmanager
def started(folder: Path, name: str, *arguments: str) -> Iterator[Path]:
    """One process of the cluster, with the file it writes its log to."""
    log = folder / f"{name}-{time.monotonic_ns()}.log"
    settings = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m"}
    with log.open("wb") as output:
        command = [str(SPARK_CLASS), f"org.apache.spark.deploy.{name}", *arguments]
        process = subprocess.Popen(command, stdout=output, stderr=output, env=settings)
    try:
        yield log
    finally:
        process.terminate()
        process.wait(timeout=30)


def seen(log: Path, words: str, times: int = 1) -> None:
    """Wait until a log says something so many times."""
    for _ in range(PATIENCE * 10):
        if log.read_text(encoding="utf-8", errors="replace").count(words) >= times:
            return
        time.sleep(0.1)
    raise TimeoutError(f"{log.name} never said {words!r}:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def test_two_workers_price_a_book_as_duckdb_does(cluster: str, tmp_path: Path) -> None:
    made = generate(tmp_path / "made", claims=150)
    book = Book.create(tmp_path / "book")
    book.load([made.files])
    folders = sorted(file.parent for file in made.contracts.glob("*/contract.yaml"))[:1]  # Spark plans slowly
    contracts = [option for folder in folders for option in ("--contract", str(folder))]
    here = price_book(book, [read_contract(folder) for folder in folders])
    priced = tmp_path / "lines.parquet"

    where = ["--book", str(book.path), "--engine", "spark", "--master", cluster]
    shown = _run(_brief_settings(tmp_path), "price", *where, *contracts, "--out", str(priced), "--json")

    assert len(json.loads(shown)["priced"]) > 0
    assert _differing(here.lines.arrow(), priced) == []
    assert len(_executors(tmp_path.parent)) == WORKERS


def _brief_settings(folder: Path) -> dict[str, str]:
    """Spark's own settings file for a small book: few partitions, little compiling."""
    quick = "-XX:TieredStopAtLevel=1"
    settings = {
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.codegen.wholeStage": "false",
        "spark.driver.extraJavaOptions": quick,
        "spark.executor.extraJavaOptions": quick,
        "spark.executor.memory": "512m",
        "spark.driver.host": "127.0.0.1",
    }
    lines = [f"{name} {value}\n" for name, value in settings.items()]
    (folder / "spark-defaults.conf").write_text("".join(lines), encoding="utf-8")
    return {**os.environ, "SPARK_CONF_DIR": str(folder), "SPARK_LOCAL_IP": "127.0.0.1"}


def _executors(folder: Path) -> list[str]:
    """The workers whose log says that they were asked for an executor."""
    logs = list(folder.rglob("worker.Worker-*.log"))
    return [log.name for log in logs if "Asked to launch executor" in log.read_text("utf-8", errors="replace")]


def _differing(here: object, priced: Path) -> list[tuple[object, ...]]:
    connection = duckdb.connect()
    connection.register("here", here)
    columns = ", ".join(column[0] for column in connection.execute("describe here").fetchall())
    there = f"(select {columns} from '{priced}')"
    query = f"(select {columns} from here except all {there}) union all ({there} except all select {columns} from here)"
    return connection.execute(query).fetchall()


def _run(settings: dict[str, str], *arguments: str) -> str:
    """The real command; what it printed."""
    command = [sys.executable, "-c", "from evenhand.cli import main; main()", *arguments]
    finished = subprocess.run(command, capture_output=True, text=True, check=False, env=settings)
    assert finished.returncode == 0, finished.stdout[-2000:] + finished.stderr[-2000:]
    return finished.stdout
