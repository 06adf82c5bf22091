"""Paid as agreed? How each payer pays, and where it paid less, or more, than its contract says."""

from __future__ import annotations

from evenhand.performance.basis import TOLERANCE, Basis, Choices
from evenhand.performance.payers import PayerReport, payers
from evenhand.performance.variance import VarianceQuestion, VarianceReport, variance

__all__ = [
    "TOLERANCE",
    "Basis",
    "Choices",
    "PayerReport",
    "VarianceQuestion",
    "VarianceReport",
    "payers",
    "variance",
]
