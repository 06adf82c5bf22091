"""The contract as data: terms, rates, dates, amendments, differences."""

from __future__ import annotations

from evenhand.contracts.model import (
    Amended,
    Bound,
    Condition,
    Contract,
    Escalator,
    FeeSchedule,
    MultipleProcedures,
    Parties,
    Rate,
    Rules,
    Selector,
    Term,
    Version,
    WorkedCase,
)
from evenhand.contracts.reader import read_contract, read_offer

__all__ = [
    "Amended",
    "Bound",
    "Condition",
    "Contract",
    "Escalator",
    "FeeSchedule",
    "MultipleProcedures",
    "Parties",
    "Rate",
    "Rules",
    "Selector",
    "Term",
    "Version",
    "WorkedCase",
    "read_contract",
    "read_offer",
]
