"""What tests and manual share: the demo's folder, made once for the whole run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django
import pytest

#: Few claims are priced faster by one thread, and a run has a process for each core; tests of pricing take all threads.
os.environ.setdefault("EVENHAND_THREADS", "1")
#: Tests of the workspace keep nothing where somebody's own lies.
WORKSPACE = tempfile.TemporaryDirectory(prefix="evenhand-workspace-")
os.environ["EVENHAND_WORKSPACE"] = WORKSPACE.name
#: People of tests have no phone; tests of the second factor demand it themselves.
os.environ["EVENHAND_SECOND_FACTOR"] = "no"
#: Named here and not in pyproject.toml: Django is to start after what stands above is said.
os.environ["DJANGO_SETTINGS_MODULE"] = "evenhand.workspace.settings"
django.setup()
#: Not for the processes tests start, nor for the workers of this run: Django would start in them before this file.
for name in ("EVENHAND_SECOND_FACTOR", "DJANGO_SETTINGS_MODULE"):
    del os.environ[name]


#: Files that take longest. They come first, so that no process begins one when the others are about to end.
LONGEST = (
    "workspace/test_on_postgres.py",
    "conformance/test_spark.py",
    "conformance/test_stored_claims.py",
    "conformance/test_cluster.py",
    "browser/workspace/test_every_page.py",
    "browser/workspace/test_escalation.py",
    "workspace/tasks/test_kills.py",
    "workspace/api/test_conformance.py",
    "pricing/scenarios/test_equal_to_repricing.py",
    "demo/test_demo_variance.py",
    "workspace/security/test_hostile_requests.py",
    "workspace/security/test_permissions.py",
    "browser/workspace/test_live.py",
    "book/test_known_on.py",
    "docs/how-to/value-offers-over-years.md",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest; everything else keeps its order."""
    ranks = {f"/{name}": rank for rank, name in enumerate(LONGEST)}
    ends = {item.path: item.path.as_posix() for item in items}
    found = {path: next((ranks[one] for one in ranks if end.endswith(one)), len(ranks)) for path, end in ends.items()}
    items.sort(key=lambda item: found[item.path])


def pytest_unconfigure() -> None:
    """Take the folder away again: a worker ends without what else would do so."""
    WORKSPACE.cleanup()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all worker processes of this run see."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def demo_template(shared_folder: Path) -> Path:
    """What `evenhand demo` makes: files, contracts, book, brief. Copy it before writing to it."""
    if "EVENHAND_TEST_DEMO" in os.environ:  # a run within a run takes what the outer one made
        return Path(os.environ["EVENHAND_TEST_DEMO"])
    return made_once(shared_folder / "demo-template", lambda folder: run_demo(folder))


@pytest.fixture(scope="session")
def clean_demo_template(shared_folder: Path) -> Path:
    """The demo again, without any seeded fault."""
    return made_once(
        shared_folder / "clean-demo-template", lambda folder: run_demo(folder, "--clean", "--claims", "8000")
    )


def run_demo(folder: Path, *options: str) -> None:
    """Run the real command."""
    command = [sys.executable, "-c", "from evenhand.cli import main; main()", "demo", "--out", str(folder), *options]
    finished = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder.parent)
    (folder.parent / f"{folder.name}.log").write_text(finished.stdout + finished.stderr, encoding="utf-8")
    assert finished.returncode == 0, finished.stdout[-2000:] + finished.stderr[-2000:]


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """Make a folder in one process; let the others wait until it is whole."""
    done, failed = folder.with_suffix(".done"), folder.with_suffix(".failed")
    try:
        folder.with_suffix(".lock").mkdir()
    except FileExistsError:
        return waited_for(folder, done, failed)
    try:
        make(folder)
    except BaseException:
        failed.touch()
        raise
    done.touch()
    return folder


def waited_for(folder: Path, done: Path, failed: Path) -> Path:
    """Wait for another process to finish the folder."""
    for _ in range(3000):
        if done.exists():
            return folder
        assert not failed.exists(), f"another process could not make {folder.name}"
        time.sleep(0.1)
    raise TimeoutError(f"{folder.name} was not made in time")
