"""Run SQL steps on an engine: one small protocol, one file for each engine."""

from __future__ import annotations

from evenhand.engines.duckdb import DuckDB
from evenhand.engines.protocol import Engine, Step, StoredEngine, read_steps, sources

__all__ = ["DuckDB", "Engine", "Step", "StoredEngine", "read_steps", "sources"]
