"""The names `import evenhand` offers: each is there, explains itself and is in the manual."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import evenhand

API_PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "python.md"


def test_names_are_sorted_and_each_has_a_home() -> None:
    assert sorted(evenhand._HOMES) == sorted(set(evenhand.__all__)) == evenhand.__all__


@pytest.mark.parametrize("name", evenhand.__all__)
def test_name_explains_itself_and_is_in_the_manual(name: str) -> None:
    thing = getattr(evenhand, name)

    assert inspect.getdoc(thing)
    assert f":: evenhand.{name}\n" in API_PAGE.read_text(encoding="utf-8")


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'prices'"):
        _ = evenhand.prices  # type: ignore[attr-defined,unused-ignore]


def test_import_alone_loads_no_engine() -> None:
    code = "import sys, evenhand; print(sorted({'duckdb', 'pyarrow', 'altair', 'pandas'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == "[]"
