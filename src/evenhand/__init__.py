"""Payer-provider contracts as data: price claims under them, check what was paid, value an offer."""
