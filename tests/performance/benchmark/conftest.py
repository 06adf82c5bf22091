"""Books held against Medicare: claims with a place and a bill type, under the fact table's schedules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from evenhand.schedules.library.library import FACTS

#: ZIP codes of the fact table, each in a locality of its own.
ALABAMA, COLORADO = "35203", "80202"
AUTUMN = date(2025, 11, 3)


@pytest.fixture(autouse=True)
def fact_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fact table answers, whatever is loaded beside the tests."""
    monkeypatch.setenv("EVENHAND_SCHEDULES", str(FACTS))


@pytest.fixture
def bill(book: Any) -> Callable[..., None]:
    """Add a claim: each line is a code, what was allowed, and what else is not the rule."""

    def add(payer: str, *lines: tuple[Any, ...], zip_code: str | None = ALABAMA, **about: Any) -> None:
        wanted: dict[str, Any] = {"day": AUTUMN, "claim_type": "professional"}
        placed: dict[str, Any] = {
            name: about.pop(name) for name in ("bill_type_code", "discharge_status") if name in about
        }
        rows = []
        for code, allowed, *rest in lines:
            said: dict[str, Any] = rest[0] if rest else {}
            line: dict[str, Any] = {"code": code, "charge": "100000.00", "expected": None, "allowed": allowed}
            rows.append(line | said)
        book.claim(payer, rows, **{**wanted, **about})
        book.rows["service_claims"][-1].update(placed, site_zip=zip_code)

    return add
