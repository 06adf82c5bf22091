"""Apache Spark, in this process or on a cluster: the steps translated, tables as views of one session.

Needs ``evenhand[spark]`` and Java 17 or newer. Nothing of this project runs on the cluster's machines: they are
sent SQL plans alone, so a cluster needs no installation.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from evenhand.engines.iceberg import METADATA, METADATA_FILE, IcebergTable, newest_metadata
from evenhand.engines.protocol import Step
from evenhand.engines.translate import in_dialect
from evenhand.errors import EngineError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

OLDEST_JAVA = 17
_INSTALL_JAVA = "install it (Debian, Ubuntu: apt-get install openjdk-17-jre-headless) or set JAVA_HOME"

#: Without these the same arithmetic would mean something else: an overflow null, a product with fewer decimals, a day
#: moved by a time zone.
EXACT = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    "spark.sql.session.timeZone": "UTC",
}
_STORED = "Parquet, or the folder of an Iceberg table"
_LISTED = "a table of the session's catalogues (a folder is named with a '/', such as ./lake)"
_QUIET = {"spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
#: For a session on this machine alone: nothing listens to the network, and small books are not cut to pieces.
_LOCAL = {
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
}


class Spark:
    """Steps become views of one Spark session; a kept step is worked out once and held by the executors.

    Args:
        session: A session of your own, with its catalogs and settings. What exactness hangs on
            (:data:`EXACT`) is set on it.
    """

    def __init__(self, session: SparkSession) -> None:
        self.session = session
        for name, value in EXACT.items():
            session.conf.set(name, value)

    @classmethod
    def at(cls, master: str = "local[*]", **settings: str) -> Spark:
        """A session on a master: ``local[4]``, ``spark://host:7077``, ``yarn``, ``k8s://…``.

        Args:
            master: Where Spark runs.
            settings: Further settings of Spark, by their names with ``__`` for each dot.

        Raises:
            EngineError: PySpark or Java is missing, or the master cannot be reached.
        """
        require_java()
        return cls(_session(master, {name.replace("__", "."): value for name, value in settings.items()}))

    def put(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table known under a name."""
        self._arrived(table).createOrReplaceTempView(name)

    def read(self, name: str, place: str) -> None:
        """Make stored rows known under a name: Parquet or an Iceberg table at a path, or a table of a catalogue.

        An Iceberg table at a path is read without Spark's Iceberg runtime (see :mod:`evenhand.engines.iceberg`): its
        files by Spark, or its rows through this process's memory where files alone would not give the table.

        Args:
            name: The name the steps use.
            place: A path or URL (anything with a ``/``) of Parquet, of an Iceberg table's folder or of its
                ``….metadata.json``; else the name of a table of the session's catalogues.

        Raises:
            EngineError: There is nothing to read.
        """
        try:
            rows = self._at(place) if "/" in place else self.session.table(place)
        except EngineError as problem:
            raise EngineError(f"Spark cannot read {name} from {place}: {problem}") from problem
        except Exception as problem:
            right = _STORED if "/" in place else _LISTED
            raise EngineError(
                f"Spark cannot read {name} from {place}: {told(problem)}; there should be {right}"
            ) from problem
        rows.createOrReplaceTempView(name)

    def _at(self, place: str) -> DataFrame:
        metadata = self._iceberg_metadata(place)
        if metadata is None:
            return self.session.read.parquet(place)
        table = IcebergTable(metadata)
        files = table.files()
        return self.session.read.parquet(*map(_literally, files)) if files else self._arrived(table.arrow())

    def _iceberg_metadata(self, place: str) -> str | None:
        """The metadata of the Iceberg table at a place, found with the session's own access to storage."""
        if place.endswith(METADATA_FILE):
            return place
        assert self.session._jvm is not None
        folder = self.session._jvm.org.apache.hadoop.fs.Path(place, METADATA)
        storage = folder.getFileSystem(self.session._jsparkSession.sessionState().newHadoopConf())
        if not storage.exists(folder):
            return None
        paths = [file.getPath() for file in storage.listStatus(folder)]
        files: dict[str, str] = {path.getName(): path.toString() for path in paths}
        return files[newest_metadata(folder.toString(), files)]

    def run(self, steps: Iterable[Step]) -> None:
        """Run steps in order.

        Raises:
            EngineError: Spark refuses a step; the message names it.
        """
        for step in steps:
            try:
                rows = self.session.sql(in_dialect(step.sql, "spark"))
                if step.kept:
                    rows = self._without_history(rows.localCheckpoint())
            except Exception as problem:
                raise EngineError(f"Spark cannot run step '{step.name}': {told(problem)}") from problem
            rows.createOrReplaceTempView(step.name)

    def arrow(self, query: str) -> pa.Table:
        """The result of a query, which is written as for DuckDB."""
        return self._rows(query).toArrow()

    def write(self, query: str, folder: str) -> None:
        """Write the result of a query as a folder of Parquet files, in place of what is there."""
        try:
            self._rows(query).write.mode("overwrite").parquet(folder)
        except Exception as problem:
            raise EngineError(f"Spark cannot write {folder}: {told(problem)}") from problem

    def close(self) -> None:
        """Stop the session, without what Spark has to say about tasks it no longer needs."""
        self.session.sparkContext.setLogLevel("OFF")
        self.session.stop()

    def _arrived(self, table: pa.Table) -> DataFrame:
        return self.session.createDataFrame(_plain(table))

    def _without_history(self, held: DataFrame) -> DataFrame:
        """Rows that are held, without the plan they came from.

        Spark multiplies the sizes it guessed along that plan into every later guess, until the numbers alone fill the
        memory; adaptive execution sees the true sizes anyway.
        """
        from pyspark.sql import DataFrame

        session, plan = self.session._jsparkSession, held._jdf.queryExecution()
        return DataFrame(session.internalCreateDataFrame(plan.toRdd(), held._jdf.schema(), False), self.session)

    def _rows(self, query: str) -> DataFrame:
        return self.session.sql(in_dialect(query, "spark"))


def require_java() -> None:
    """See that PySpark has a Java to run on.

    Raises:
        EngineError: PySpark or Java is missing, or Java is too old.
    """
    try:
        import pyspark  # noqa: F401
    except ImportError:
        raise EngineError("Spark needs PySpark; install it with: pip install 'evenhand[spark]'") from None
    java = _java()
    if java is None:
        raise EngineError(f"Spark needs Java {OLDEST_JAVA} or newer, and there is none; {_INSTALL_JAVA}")
    shown = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.search(r'version "(?:1\.)?(\d+)', shown.stderr + shown.stdout)
    if found is None or int(found[1]) < OLDEST_JAVA:
        version = f"is version {found[1]}" if found else "does not run"
        raise EngineError(f"Spark needs Java {OLDEST_JAVA} or newer, and {java} {version}; {_INSTALL_JAVA}")


def _java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    if not home:
        return shutil.which("java")
    java = Path(home) / "bin" / "java"
    return str(java) if java.exists() else None


def _session(master: str, settings: dict[str, str]) -> SparkSession:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("evenhand").master(master)
    for name, value in (_QUIET | (_LOCAL if master.startswith("local") else {}) | settings).items():
        builder = builder.config(name, value)
    try:
        with warnings.catch_warnings():  # of a pandas newer than PySpark knows: no data frame is asked of it
            warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
            return builder.getOrCreate()
    except Exception as problem:
        raise EngineError(f"Spark cannot be started on {master}: {told(problem)}") from problem


def _literally(file: str) -> str:
    """The path of one file as Spark is to be told it: no sign in it stands for several files."""
    return re.sub(r"[][{}*?\\]", r"\\\g<0>", file)


def _plain(table: pa.Table) -> pa.Table:
    """The table with Arrow's ordinary text type, which Spark reads."""
    kinds = [pa.string() if pa.types.is_large_string(kind) else kind for kind in table.schema.types]
    return table.cast(pa.schema(list(zip(table.column_names, kinds, strict=True))))


def told(problem: Exception) -> str:
    """The first line of what Spark said, to be gone on with."""
    return str(problem).strip().split("\n", 1)[0].rstrip(".")
