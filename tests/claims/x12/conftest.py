from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / ".." / "shared" / "data" / "x12"


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"x12_tests_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def reference() -> ModuleType:
    """The slow reading of 835 files."""
    return _module("reference")


@pytest.fixture(scope="session")
def accounts() -> ModuleType:
    """Reading whole files, and what they say against what was read."""
    return _module("accounts")


@pytest.fixture(scope="session")
def texts() -> ModuleType:
    """Files written for these tests."""
    return _module("texts")


@pytest.fixture(scope="session")
def edge() -> Path:
    """The folder of small 835 files, one peculiarity each."""
    return HERE / "edge"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of collected files, where there is one."""
    if not (SHARED / "files").is_dir():
        pytest.skip("no sample files beside the repository (shared/data/x12)")
    return SHARED / "files"
