"""What the contract's tables say of a line's code, and the modifiers and tiers that go by it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from evenhand.contracts.methods import PaidBySchedule, PercentOf
from evenhand.contracts.model import Rate, Rules, Term, Tier, Version
from evenhand.pricing.oracle.claim import OracleClaim, OracleLine
from evenhand.pricing.oracle.rates import ONE, places
from evenhand.pricing.oracle.selection import covers
from evenhand.pricing.second_sides import second_share

_SIX = Decimal("0.000001")


def indicators(version: Version, term: Term, claim: OracleClaim, line: OracleLine) -> Mapping[str, str]:
    """The indicators of the line's code: of the table the rules name, else of the one the term pays by."""
    own = term.pay.schedule if isinstance(term.pay, PaidBySchedule | PercentOf) else None
    name = version.rules.indicators or own
    if name is None:
        return {}
    pinned = term.pay.pinned if isinstance(term.pay, PercentOf) and name == own else None
    day = pinned or line.service_date or claim.day
    code = _plain(line.hcpcs_code)
    for one in version.schedules[name].indicators:
        if one.code == code and day is not None and day in one.period:
            return one.values
    return {}


def modifier_factor(rules: Rules, line: OracleLine, rate: Rate | None, values: Mapping[str, str]) -> Decimal:
    """The product over the line's distinct modifiers, without the one that already chose the rate."""
    spent = _plain(rate.modifier) if rate is not None else ""
    named = {_plain(name): (name, share) for name, share in rules.modifiers.items()}
    factor = ONE
    for modifier in {_plain(modifier) for modifier in line.modifiers} - {spent}:
        if modifier in named:
            factor *= places(_share(rules, *named[modifier], values), 6)
    if line.second_side_of is not None:
        factor *= second_share(places(_share(rules, *named["50"], values), 6))
    return factor.quantize(_SIX, rounding=ROUND_HALF_UP)


def for_both_sides(rules: Rules, factor: Decimal, values: Mapping[str, str]) -> Decimal:
    """A factor times what modifier 50 is paid for such a code, held to six decimals."""
    name, otherwise = next((name, share) for name, share in rules.modifiers.items() if _plain(name) == "50")
    return (factor * places(_share(rules, name, otherwise, values), 6)).quantize(_SIX, rounding=ROUND_HALF_UP)


def _share(rules: Rules, name: str, otherwise: Decimal, values: Mapping[str, str]) -> Decimal:
    """A modifier's share for a code with these indicators."""
    rule = rules.modifiers_by_code.get(name)
    if rule is None:
        return otherwise
    if rule.by:
        return rule.factors.get(values.get(rule.by, ""), otherwise)
    return sum((Decimal(values.get(part, "0")) for part in rule.shares), Decimal(0)) or otherwise


def tier_of(rules: Rules, claim: OracleClaim, line: OracleLine) -> Tier | None:
    """The first tier that covers the line."""
    return next((tier for tier in rules.tiers if covers(tier.covers, claim, line)), None)


def with_tier(factor: Decimal, tier: Tier | None) -> Decimal:
    """A factor times that of a tier, held to six decimals."""
    return factor if tier is None else (factor * places(tier.factor, 6)).quantize(_SIX, rounding=ROUND_HALF_UP)


def relative_value(values: Mapping[str, str], setting: str | None) -> Decimal:
    """The relative value a line is ranked by; 0 when the table has none."""
    return Decimal(by_setting(values, "rvu", setting) or "0")


def by_setting(values: Mapping[str, str], name: str, setting: str | None) -> str | None:
    """What the table says for a setting, else for both, else for the other one."""
    here, other = ("facility", "office") if _plain(setting) == "FACILITY" else ("office", "facility")
    return values.get(f"{name}_{here}") or values.get(name) or values.get(f"{name}_{other}")


def _plain(code: str | None) -> str:
    return (code or "").strip().upper()
