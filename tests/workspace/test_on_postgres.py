"""The same tests on PostgreSQL, as a team runs the workspace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.missing import missing
from tests.postgres import is_there, served

HERE = Path(__file__).parent
#: Rooms that keep something in the database; pages and permissions do not hang on which it is.
ROOMS = ("figures", "organisations", "payments", "people", "talks", "trail", "tasks/test_queue.py")


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="these tests are on another database already")
def test_what_is_kept_in_the_database_is_kept_alike_on_postgresql(tmp_path: Path, demo_template: Path) -> None:
    if not is_there():
        missing("PostgreSQL is missing: install it (Debian, Ubuntu: apt-get install postgresql)")
    with served() as folder:
        told = {"DATABASE_URL": f"postgres://evenhand@{quote(str(folder), safe='')}/postgres"}
        told |= {"EVENHAND_TEST_DEMO": str(demo_template), "PYTEST_XDIST_WORKER": "", "PYTEST_ADDOPTS": ""}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
        command += [str(HERE / room) for room in ROOMS]
        finished = subprocess.run(
            command, env=os.environ | told, cwd=HERE.parents[1], capture_output=True, text=True, check=False
        )

    assert finished.returncode == 0, finished.stdout[-6000:]
    assert " passed" in finished.stdout
