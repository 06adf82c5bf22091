"""Contract folders made on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

CONTRACT = """\
contract: Test
parties: {provider: A practice, payer: A payer}
effective: 2025-01-01
ends: 2026-12-31
terms:
  - name: Visits
    for: {codes: 99202-99215}
    pay: {fee_schedule: rates.csv}
  - name: Stays
    for: {drg: 470}
    per: case
    pay: {amount: 20000}
  - name: Anything else
    pay: {percent_of_charges: 45}
"""
RATES = "code,amount\n99213,100.00\n"

Folder = Callable[..., Path]


@pytest.fixture
def base() -> str:
    """A small contract: a line term on a schedule, a case rate, a default."""
    return CONTRACT


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Make a contract's folder from its text and further files, given as ``{name: text or bytes}``."""

    def make(text: str = CONTRACT, files: dict[str, str | bytes] | None = None, name: str = "test") -> Path:
        place = tmp_path / name
        for file, content in {"contract.yaml": text, "rates.csv": RATES, **(files or {})}.items():
            (place / file).parent.mkdir(parents=True, exist_ok=True)
            (place / file).write_bytes(content if isinstance(content, bytes) else content.encode())
        return place

    return make
