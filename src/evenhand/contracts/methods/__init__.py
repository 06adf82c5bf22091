"""The ways of paying, one file each. A method's class holds its parameters and nothing else."""

from __future__ import annotations

from evenhand.contracts.methods.amount import Amount
from evenhand.contracts.methods.capitated import Capitated, CapitationRate
from evenhand.contracts.methods.drg_weights import DrgWeights
from evenhand.contracts.methods.excluded import Excluded
from evenhand.contracts.methods.fee_schedule import PaidBySchedule
from evenhand.contracts.methods.levels import Level, Levels
from evenhand.contracts.methods.packaged import Packaged
from evenhand.contracts.methods.percent_of import PercentOf
from evenhand.contracts.methods.percent_of_charges import PercentOfCharges
from evenhand.contracts.methods.percent_of_invoice import PercentOfInvoice

Payment = (
    Amount
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

__all__ = [
    "Amount",
    "Capitated",
    "CapitationRate",
    "DrgWeights",
    "Excluded",
    "Level",
    "Levels",
    "Packaged",
    "PaidBySchedule",
    "Payment",
    "PercentOf",
    "PercentOfCharges",
    "PercentOfInvoice",
]
