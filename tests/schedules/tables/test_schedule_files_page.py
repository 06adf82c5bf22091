"""The page on files of fee schedules is what the catalogue says."""

from __future__ import annotations

import os
from pathlib import Path

from evenhand.schedules.tables.catalogue import BY_NAME
from evenhand.schedules.tables.kind import Kind, no_check

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "schedule-files.md"
START, END = "<!-- kinds -->\n", "<!-- end of kinds -->\n"


def table(kinds: list[Kind]) -> str:
    """A row for each kind."""
    rows = ["| kind | what it is | columns kept | holds | what must agree | passed over |", "|---|---|---|---|---|---|"]
    for kind in kinds:
        kept = ", ".join(f"{c.name}" if c.needed else f"({c.name})" for c in kind.columns)
        checked = "" if kind.check is no_check else sentence(kind)
        passed = ", ".join(kind.passed)
        rows.append(f"| `{kind.name}` | {kind.title} | {kept} | {kind.lasts} | {checked} | {passed} |")
    return "\n".join(rows) + "\n"


def sentence(kind: Kind) -> str:
    """The first sentence on a check."""
    said = (kind.check.__doc__ or "").split("\n")[0].rstrip(".")
    return said + (f" (up to {kind.doubts} rows are left out)" if kind.doubts else "")


def test_the_page_is_up_to_date() -> None:
    expected = table(list(BY_NAME.values()))
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    shown, _, after = rest.partition(END)
    if os.environ.get("EVENHAND_UPDATE_DOCS"):
        PAGE.write_text(before + START + expected + END + after, encoding="utf-8")
    else:
        assert shown == expected, "run with EVENHAND_UPDATE_DOCS=1 to write the table anew"


def test_every_check_says_what_must_agree() -> None:
    assert [kind.name for kind in BY_NAME.values() if not kind.check.__doc__] == []
