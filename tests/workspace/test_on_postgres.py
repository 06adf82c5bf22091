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
#: What hangs on the database: locks, constraints, triggers, keys used once. Pages and permissions do not.
FILES = (
    "figures/test_answers.py",
    "organisations/test_leaving.py",
    "organisations/test_members.py",
    "payments/test_decisions.py",
    "people/test_second_factor.py",
    "people/test_sessions.py",
    "talks/test_talks.py",
    "tasks/test_queue.py",
    "trail",
)


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="these tests are on another database already")
def test_what_is_kept_in_the_database_is_kept_alike_on_postgresql(tmp_path: Path, demo_template: Path) -> None:
    if not is_there():
        missing("PostgreSQL is missing: install it (Debian, Ubuntu: apt-get install postgresql)")
    with served() as folder:
        told = {"DATABASE_URL": f"postgres://evenhand@{quote(str(folder), safe='')}/postgres"}
        told |= {"EVENHAND_TEST_DEMO": str(demo_template), "PYTEST_XDIST_WORKER": "", "PYTEST_ADDOPTS": ""}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
        command += [str(HERE / file) for file in FILES]
        finished = subprocess.run(
            command, env=os.environ | told, cwd=HERE.parents[1], capture_output=True, text=True, check=False
        )

    assert finished.returncode == 0, finished.stdout[-6000:]
    assert " passed" in finished.stdout
