"""Does an engine give the answers DuckDB gives? The example contracts and claims drawn for them, on both."""

from __future__ import annotations

from evenhand.pricing.conformance.draw import drawn_claims
from evenhand.pricing.conformance.suite import Agreement, conformance, example_contracts

__all__ = ["Agreement", "conformance", "drawn_claims", "example_contracts"]
