"""What payers allow, held against Medicare."""

from __future__ import annotations

from evenhand.performance.benchmark.report import BenchmarkQuestion, BenchmarkReport, benchmark

__all__ = ["BenchmarkQuestion", "BenchmarkReport", "benchmark"]
