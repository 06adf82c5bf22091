"""How strong each side is, in one list of figures."""

from __future__ import annotations

from evenhand.market.leverage.figure import Evidence, Figure, Leverage
from evenhand.market.leverage.report import leverage

__all__ = ["Evidence", "Figure", "Leverage", "leverage"]
