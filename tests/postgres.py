"""A PostgreSQL server of a test run's own: a socket in a temporary folder, no port."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: PostgreSQL does not run as root.
UNPRIVILEGED = "nobody"


def is_there() -> bool:
    """Whether PostgreSQL is installed."""
    return _programs() is not None


@contextmanager
def served() -> Iterator[Path]:
    """Start a server; the folder of its socket, where the user ``evenhand`` may do anything."""
    programs = _programs()
    assert programs is not None, "PostgreSQL must be installed"
    folder = Path(tempfile.mkdtemp(prefix="evenhand-pg-"))
    who: dict[str, Any] = {"cwd": folder, "check": True, "stdout": subprocess.DEVNULL}
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED)
        who |= {"user": UNPRIVILEGED, "extra_groups": []}
    data = str(folder / "data")
    try:
        subprocess.run([programs / "initdb", "-D", data, "-A", "trust", "-U", "evenhand", "--no-sync"], **who)
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        subprocess.run([programs / "pg_ctl", "-D", data, "-o", options, "-w", "-l", folder / "log", "start"], **who)
        try:
            yield folder
        finally:
            subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **who)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    """Where PostgreSQL's programs are: Debian keeps them off the path, a folder for each version."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    found = shutil.which("initdb") or (versions and str(versions[-1]))
    return Path(found).resolve().parent if found else None
