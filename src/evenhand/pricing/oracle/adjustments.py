"""The rows of ``claim_adjustments`` of one claim, in order: outlier, limits, stop-loss, the lesser of charges."""

from __future__ import annotations

from evenhand.contracts.model import Version
from evenhand.pricing.oracle.adjusting import settled_lines, with_adjustments
from evenhand.pricing.oracle.claim import OracleClaim
from evenhand.pricing.oracle.holding import claim_limits, lesser_of_claim, line_limits
from evenhand.pricing.oracle.outliers import outlier
from evenhand.pricing.oracle.priced import Adjustment, PricedLine
from evenhand.pricing.oracle.stop_loss import stop_loss

__all__ = ["claim_adjustments", "with_adjustments"]


def claim_adjustments(
    version: Version, claim: OracleClaim, lines: list[PricedLine], inside: list[bool]
) -> list[Adjustment]:
    """Every amount that is no line's own fee; each adjuster sees what those before it made of the claim."""
    settled = settled_lines(version, claim, lines, inside)
    rows: list[Adjustment] = []
    for adjuster in (outlier, line_limits, stop_loss, claim_limits, lesser_of_claim):
        rows += adjuster(version, claim, settled, rows)
    return rows
