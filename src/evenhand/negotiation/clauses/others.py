"""What the other payers of the book allow for the same codes."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from evenhand.engines import Engine
from evenhand.negotiation.worth.credibility import FEWEST_CLAIMS


@cache
def query(name: str) -> str:
    """The text of one of this question's queries."""
    return (files("evenhand.negotiation.clauses") / "queries" / f"{name}.sql").read_text(encoding="utf-8").strip()


def lower_rate_gap(engine: Engine) -> tuple[float | None, str]:
    """How far the lowest other payer's rates lie below, on the codes and units of the contract's claims."""
    payers: dict[str, dict[str, tuple[float, float]]] = {}
    own: dict[str, tuple[float, float]] = {}
    claims: dict[str, int] = {}
    for row in engine.arrow(query("rates_of_payers")).to_pylist():
        seen = (float(row["units"]), float(row["allowed"]))
        if row["mine"]:
            own[row["hcpcs_code"]] = seen
        else:
            payers.setdefault(row["payer"], {})[row["hcpcs_code"]] = seen
            claims[row["payer"]] = claims.get(row["payer"], 0) + row["claims"]
    ratios = [
        sum(own[code][0] * seen[code][1] / seen[code][0] for code in both) / sum(own[code][1] for code in both)
        for name, seen in payers.items()
        if claims[name] >= FEWEST_CLAIMS and len(both := sorted(own.keys() & seen.keys())) >= 5
    ]
    if not ratios:
        return None, "the book holds no other payer with 30 claims and five codes in common"
    if min(ratios) >= 1:
        return None, "no other payer is allowed less for the same codes: the clause would bind nothing today"
    return 1 - min(ratios), f"On codes in common, the lowest other payer allows {1 - min(ratios):.1%} less."
