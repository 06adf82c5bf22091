"""What should be paid once the allowed amount stands, when, and what late payment costs."""

from __future__ import annotations

from evenhand.performance.payments.report import PaymentReport, PaymentsQuestion, payments

__all__ = ["PaymentReport", "PaymentsQuestion", "payments"]
