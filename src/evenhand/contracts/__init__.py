"""The contract as data: terms, rates, dates, amendments, differences."""

from __future__ import annotations

from evenhand.contracts.calendar import KeyDates, key_dates
from evenhand.contracts.diff import Change, compare
from evenhand.contracts.durations import Duration
from evenhand.contracts.escalation import Escalator, Index
from evenhand.contracts.jsonschema import json_schema
from evenhand.contracts.model import (
    Amended,
    Bound,
    Condition,
    Contract,
    Family,
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
from evenhand.contracts.reader import check, is_offer, read_contract, read_offer
from evenhand.contracts.scaffold import start_contract
from evenhand.contracts.shelf import keep_contract, kept_contracts

__all__ = [
    "Amended",
    "Bound",
    "Change",
    "Condition",
    "Contract",
    "Duration",
    "Escalator",
    "Family",
    "FeeSchedule",
    "Index",
    "KeyDates",
    "MultipleProcedures",
    "Parties",
    "Rate",
    "Rules",
    "Selector",
    "Term",
    "Version",
    "WorkedCase",
    "check",
    "compare",
    "is_offer",
    "json_schema",
    "keep_contract",
    "kept_contracts",
    "key_dates",
    "read_contract",
    "read_offer",
    "start_contract",
]
