"""The JSON Schema and the reader come from one declaration, and do not drift apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from evenhand.contracts import json_schema
from evenhand.contracts.language import AMENDMENT, CONTRACT, OFFER
from evenhand.contracts.records import Record, Variants
from evenhand.contracts.shapes import Either, Listed, Named, Sequenced, Shape

ROOT = Path(__file__).resolve().parents[2]
BROKEN = ROOT / "tests" / "broken" / "contracts"
#: Files that are wrong in their shape, not only in what their values mean together.
BY_SHAPE = (
    "unknown-key", "missing-key", "american-date", "list-for-value", "value-for-list", "value-for-keys", "bad-id",
    "bad-tin", "bad-npi", "bad-length-of-time", "unknown-selector", "bad-age", "bound-negated", "unknown-method",
    "two-methods", "no-method", "bad-pay-word", "no-percent", "bad-percent", "bad-amount", "amount-below-a-cent",
    "bad-per", "nameless-term", "unknown-rule", "bad-lesser-of", "bad-lesser-of-word",
    "escalator-applies-to", "bad-provision", "case-without-allowed", "unknown-key-far-off",
)  # fmt: skip


def _refused(text: str) -> bool:
    return bool(list(jsonschema.Draft202012Validator(json_schema()).iter_errors(yaml.load(text, yaml.BaseLoader))))


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("name", BY_SHAPE)
def test_what_the_reader_refuses_by_shape_the_schema_refuses(name: str) -> None:
    assert _refused((BROKEN / f"{name}.yaml").read_text())


def test_what_the_reader_accepts_the_schema_accepts(base: str) -> None:
    assert not _refused(base)
    assert not _refused("amendment: A\nsigned: 2025-01-01\neffective: 2025-01-01\n")
    assert not _refused("offer: O\neffective: 2025-01-01\nadjust: [{terms: all, percent: -2.5%}]\n")


def _keys(shape: Shape) -> set[str]:
    """Every key that can stand anywhere in a shape."""
    if isinstance(shape, Record):
        return {key.name for key in shape.keys}.union(*(_keys(key.shape) for key in shape.keys))
    if isinstance(shape, Variants):
        return set().union(*(_keys(record) for record in shape.ways.values()))
    if isinstance(shape, Either):
        return _keys(shape.single) | _keys(shape.keyed)
    if isinstance(shape, Listed | Sequenced):
        return _keys(shape.item)
    return _keys(shape.value) if isinstance(shape, Named) else set()


def test_every_key_is_in_the_manual() -> None:
    manual = (ROOT / "docs" / "reference" / "contract-language.md").read_text()
    keys: Any = set().union(*(_keys(record) for record in (CONTRACT, AMENDMENT, OFFER)))

    assert sorted(key for key in keys if f"`{key}`" not in manual) == []
