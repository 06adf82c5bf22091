"""Scripts by others are the very files their table names."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import evenhand.workspace.site

VENDOR = Path(evenhand.workspace.site.__file__).parent / "static" / "vendor"


def test_every_script_is_in_the_table_with_its_sum_and_a_licence_beside_it() -> None:
    table = dict(
        re.findall(r"^\| (\S+\.js) \|.*\| ([0-9a-f]{64}) \|$", (VENDOR / "README.md").read_text(), re.MULTILINE)
    )
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.js")}

    assert table == found
    for name in found:
        assert (VENDOR / f"{name.removesuffix('.js').removesuffix('.min')}.LICENSE").is_file(), name


def test_no_script_names_a_map_that_is_not_there() -> None:
    assert [path.name for path in VENDOR.glob("*.js") if "sourceMappingURL" in path.read_text(encoding="utf-8")] == []
