"""Diagnosis-related groups: which group a stay falls into, by the grouper version one names."""

from __future__ import annotations

from evenhand.claims.grouping.groupers import UNGROUPED, Grouper, available, grouper_of_day
from evenhand.claims.grouping.stays import GROUPS, group_stays

__all__ = ["GROUPS", "UNGROUPED", "Grouper", "available", "group_stays", "grouper_of_day"]
