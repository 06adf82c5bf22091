"""Guard rails: where a lawyer should look before a person goes on. Flags with source and date, never advice."""

from __future__ import annotations

from evenhand.negotiation.rails.facts import RAILS, Flag, Rail
from evenhand.negotiation.rails.joint import Asker, joint_ask, refuse_joint_ask

__all__ = ["RAILS", "Asker", "Flag", "Rail", "joint_ask", "refuse_joint_ask"]
