"""When members can leave a plan: a break hurts the payer from the next enrolment on, not from its first day."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from evenhand.errors import UsageError
from evenhand.negotiation.assumptions import JUDGEMENT, Assumption, Assumptions
from evenhand.results import Result

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SOURCE = "switching is mostly at open enrolment (WTW, 7 November 2025, read); the split by month is our judgement"
#: Share of a year's switching that takes effect in each month, by whom the plan covers; other months share the rest.
_SHARES: Mapping[str, Mapping[str, float]] = {
    "employer": {"january": 0.64, "july": 0.16},
    "individual": {"january": 0.7, "february": 0.1},
    "medicare advantage": {"january": 0.75, "february": 0.05, "march": 0.05, "april": 0.05},
    "medicaid": {},
}
_TABLE = pa.schema(
    [
        ("month", pa.string()),
        ("takes_effect", pa.float64()),
        ("first_three", pa.float64()),
        ("first_six", pa.float64()),
        ("months_to_half", pa.int64()),
    ]
)
_TOLERANCE = 1e-6


def switching(plan: str = "employer") -> Assumptions:
    """Share of a year's switching that takes effect in each month, as assumptions named ``switch_january`` and so on.

    Raises:
        UsageError: the kind of plan is not known.
    """
    if plan not in _SHARES:
        raise UsageError(f"'{plan}' is no kind of plan; known here: {', '.join(_SHARES)}")
    named = _SHARES[plan]
    rest = (1 - sum(named.values())) / (12 - len(named))
    shares = {month: named.get(month, rest) for month in MONTHS}
    return Assumptions(
        Assumption(
            f"switch_{month}",
            share,
            share,
            share,
            "share",
            f"Members who change plan in {month.title()}.",
            _SOURCE,
            JUDGEMENT,
        )
        for month, share in shares.items()
    )


def switching_calendar(these: Assumptions) -> Result:
    """For each month a break could begin: what of a year's switching follows in three and six months, and to one half.

    Raises:
        UsageError: the shares do not add up to one.
    """
    shares = [these.value(f"switch_{month}") for month in MONTHS]
    if abs(sum(shares) - 1) > _TOLERANCE:
        raise UsageError(f"the shares of the months add up to {sum(shares):.4f}; they must add up to 1")
    return Result.of((_from(start, shares) for start in range(12)), _TABLE)


def _from(start: int, shares: list[float]) -> dict[str, object]:
    ahead = [shares[(start + step) % 12] for step in range(12)]
    so_far, half = 0.0, 12
    for step, share in enumerate(ahead, start=1):
        so_far += share
        if so_far >= 0.5 - _TOLERANCE:
            half = step
            break
    return {
        "month": MONTHS[start].title(),
        "takes_effect": shares[start],
        "first_three": sum(ahead[:3]),
        "first_six": sum(ahead[:6]),
        "months_to_half": half,
    }
