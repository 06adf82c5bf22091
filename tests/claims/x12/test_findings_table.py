"""The table of findings in the manual is what the reader finds in the sample files."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[2] / "docs" / "reference" / "x12-findings.md"
START, END = "<!-- samples -->\n", "<!-- end of samples -->\n"


def table(files: list[Path], accounts: ModuleType) -> str:
    """A row for each file: its rows and its findings by rule."""
    rows = ["| file | claims | lines | findings |", "|---|---|---|---|"]
    for path in files:
        tables = accounts.read_all(path.read_bytes())
        rules = Counter(str(row["rule"]) for row in accounts.rows(tables, "findings"))
        found = ", ".join(f"{rule} {count}" for rule, count in sorted(rules.items())) or "none"
        claims, lines = (
            sum(tables[name].num_rows for name in names if name in tables)
            for names in (("claims", "remit_claims"), ("lines", "remit_lines"))
        )
        rows.append(f"| {path.name} | {claims:,} | {lines:,} | {found} |")
    return "\n".join(rows) + "\n"


def test_the_table_is_up_to_date(accounts: ModuleType, samples: Path) -> None:
    files = sorted((HERE / "edge").glob("*.835")) + sorted(samples.iterdir())
    expected = table(files, accounts)
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    shown, _, after = rest.partition(END)
    if os.environ.get("EVENHAND_UPDATE_DOCS"):
        PAGE.write_text(before + START + expected + END + after, encoding="utf-8")
    else:
        assert shown == expected, "run with EVENHAND_UPDATE_DOCS=1 to write the table anew"


def test_every_rule_is_described(accounts: ModuleType, edge: Path) -> None:
    described = PAGE.read_text(encoding="utf-8").partition(START)[0]
    found = {
        str(row["rule"])
        for path in edge.glob("*.835")
        for row in accounts.rows(accounts.read_all(path.read_bytes()), "findings")
    }
    assert {rule for rule in found if f"`{rule}`" not in described} == set()
