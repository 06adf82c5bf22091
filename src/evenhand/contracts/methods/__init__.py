"""The ways of paying, one file each. A method's class holds its parameters and nothing else."""

from __future__ import annotations

from typing import Literal

from evenhand.contracts.methods.amount import Amount
from evenhand.contracts.methods.anesthesia import Anesthesia
from evenhand.contracts.methods.capitated import Capitated, CapitationRate
from evenhand.contracts.methods.drg_weights import DrgWeights
from evenhand.contracts.methods.excluded import Excluded
from evenhand.contracts.methods.fee_schedule import PaidBySchedule
from evenhand.contracts.methods.levels import Level, Levels
from evenhand.contracts.methods.packaged import Packaged
from evenhand.contracts.methods.percent_of import PercentOf
from evenhand.contracts.methods.percent_of_charges import PercentOfCharges
from evenhand.contracts.methods.percent_of_invoice import PercentOfInvoice

#: What a table gives for what it lists.
Holds = Literal["amount", "weight", "base unit"]
Payment = (
    Amount
    | Anesthesia
    | Capitated
    | DrgWeights
    | Excluded
    | Levels
    | Packaged
    | PaidBySchedule
    | PercentOf
    | PercentOfCharges
    | PercentOfInvoice
)
#: Those that find a code in a table, and all that find something in one.
ByCode = Anesthesia | PaidBySchedule | PercentOf
ByTable = ByCode | DrgWeights


def wanted_of(pay: ByTable) -> Holds:
    """What the table of a way of paying must hold."""
    return "base unit" if isinstance(pay, Anesthesia) else "weight" if isinstance(pay, DrgWeights) else "amount"


__all__ = [
    "Amount",
    "Anesthesia",
    "ByCode",
    "ByTable",
    "Capitated",
    "CapitationRate",
    "DrgWeights",
    "Excluded",
    "Holds",
    "Level",
    "Levels",
    "Packaged",
    "PaidBySchedule",
    "Payment",
    "PercentOf",
    "PercentOfCharges",
    "PercentOfInvoice",
    "wanted_of",
]
