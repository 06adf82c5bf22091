"""Paid as agreed? How each payer pays, where it paid less, or more, than its contract says, and which terms do."""

from __future__ import annotations

from evenhand.performance.basis import TOLERANCE, Basis, Choices
from evenhand.performance.benchmark import BenchmarkQuestion, BenchmarkReport, benchmark
from evenhand.performance.drgs import DrgReport, drgs
from evenhand.performance.payers import PayerReport, payers
from evenhand.performance.payments import PaymentReport, PaymentsQuestion, payments
from evenhand.performance.terms import TermsQuestion, TermsReport, terms
from evenhand.performance.variance import VarianceQuestion, VarianceReport, variance

__all__ = [
    "TOLERANCE",
    "Basis",
    "BenchmarkQuestion",
    "BenchmarkReport",
    "Choices",
    "DrgReport",
    "PayerReport",
    "PaymentReport",
    "PaymentsQuestion",
    "TermsQuestion",
    "TermsReport",
    "VarianceQuestion",
    "VarianceReport",
    "benchmark",
    "drgs",
    "payers",
    "payments",
    "terms",
    "variance",
]
