"""Paid as agreed? How each payer pays."""
