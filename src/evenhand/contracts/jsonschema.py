"""The JSON Schema of contract files, for editors: written from the same declaration the reader uses."""

from __future__ import annotations

from evenhand.contracts.language import AMENDMENT, CONTRACT, OFFER
from evenhand.contracts.shapes import Schema


def json_schema() -> Schema:
    """One schema for the three kinds of file, told apart by their first key."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Evenhand contract, amendment or offer",
        "type": "object",
        "if": {"required": ["offer"]},
        "then": {"$ref": "#/$defs/offer"},
        "else": {
            "if": {"required": ["amendment"]},
            "then": {"$ref": "#/$defs/amendment"},
            "else": {"$ref": "#/$defs/contract"},
        },
        "$defs": {record.name: record.schema() for record in (CONTRACT, AMENDMENT, OFFER)},
    }
