"""Payer-provider contracts as data: price claims under them, check what was paid, value an offer.

>>> import evenhand
>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     book = evenhand.Book.create(folder + "/book")
...     len(evenhand.payers(book).payers)
0

Everything named here is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evenhand.book import Book, Options
    from evenhand.contracts import Contract, check, compare, read_contract, read_offer
    from evenhand.documents.brief import BriefOptions, write_brief
    from evenhand.errors import BookError, ContractError, EvenhandError, PricingError, ReadError, SelectionError
    from evenhand.negotiation import OfferQuestion, OfferValue, value_offer
    from evenhand.performance import (
        BenchmarkQuestion,
        BenchmarkReport,
        Choices,
        DrgReport,
        PayerReport,
        PaymentReport,
        PaymentsQuestion,
        VarianceQuestion,
        VarianceReport,
        benchmark,
        drgs,
        payers,
        payments,
        variance,
    )
    from evenhand.pricing import Pricing, price_book
    from evenhand.pricing.scenarios import Scenario, ScenarioReport, scenarios
    from evenhand.results import Result
    from evenhand.schedules import Library, Release

#: Public name → the module it comes from.
_HOMES = {
    "BenchmarkQuestion": "evenhand.performance",
    "BenchmarkReport": "evenhand.performance",
    "Book": "evenhand.book",
    "BookError": "evenhand.errors",
    "BriefOptions": "evenhand.documents.brief",
    "Choices": "evenhand.performance",
    "Contract": "evenhand.contracts",
    "ContractError": "evenhand.errors",
    "DrgReport": "evenhand.performance",
    "EvenhandError": "evenhand.errors",
    "Library": "evenhand.schedules",
    "OfferQuestion": "evenhand.negotiation",
    "OfferValue": "evenhand.negotiation",
    "Options": "evenhand.book",
    "PayerReport": "evenhand.performance",
    "PaymentReport": "evenhand.performance",
    "PaymentsQuestion": "evenhand.performance",
    "Pricing": "evenhand.pricing",
    "PricingError": "evenhand.errors",
    "ReadError": "evenhand.errors",
    "Release": "evenhand.schedules",
    "Result": "evenhand.results",
    "Scenario": "evenhand.pricing.scenarios",
    "ScenarioReport": "evenhand.pricing.scenarios",
    "SelectionError": "evenhand.errors",
    "VarianceQuestion": "evenhand.performance",
    "VarianceReport": "evenhand.performance",
    "benchmark": "evenhand.performance",
    "check": "evenhand.contracts",
    "compare": "evenhand.contracts",
    "drgs": "evenhand.performance",
    "payers": "evenhand.performance",
    "payments": "evenhand.performance",
    "price_book": "evenhand.pricing",
    "read_contract": "evenhand.contracts",
    "read_offer": "evenhand.contracts",
    "scenarios": "evenhand.pricing.scenarios",
    "value_offer": "evenhand.negotiation",
    "variance": "evenhand.performance",
    "write_brief": "evenhand.documents.brief",
}

__all__ = [
    "BenchmarkQuestion",
    "BenchmarkReport",
    "Book",
    "BookError",
    "BriefOptions",
    "Choices",
    "Contract",
    "ContractError",
    "DrgReport",
    "EvenhandError",
    "Library",
    "OfferQuestion",
    "OfferValue",
    "Options",
    "PayerReport",
    "PaymentReport",
    "PaymentsQuestion",
    "Pricing",
    "PricingError",
    "ReadError",
    "Release",
    "Result",
    "Scenario",
    "ScenarioReport",
    "SelectionError",
    "VarianceQuestion",
    "VarianceReport",
    "benchmark",
    "check",
    "compare",
    "drgs",
    "payers",
    "payments",
    "price_book",
    "read_contract",
    "read_offer",
    "scenarios",
    "value_offer",
    "variance",
    "write_brief",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'evenhand' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
