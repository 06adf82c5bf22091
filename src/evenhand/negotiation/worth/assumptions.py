"""What the worth of an offer over years rests on, besides the claims and the rates."""

from __future__ import annotations

from evenhand.errors import UsageError
from evenhand.negotiation.assumptions import JUDGEMENT, MEMORY, Assumption, Assumptions

#: Said of what nobody has given yet; figures that need it are not told.
NOT_GIVEN = "not given"

_YEARS = (
    Assumption(
        "volume_growth", 0.0, -0.03, 0.03, "a year", "Growth of the volume of services.", "no trend known", JUDGEMENT
    ),
    Assumption(
        "mix_carried",
        0.5,
        0.0,
        1.0,
        "share",
        "How much of last year's shift among service lines goes on each year.",
        "half of a trend, because shifts seen in one year fade",
        JUDGEMENT,
    ),
    Assumption("charge_growth", 0.03, 0.0, 0.06, "a year", "Growth of the chargemaster.", "no growth seen in the book"),
    Assumption("denied_share", 0.0, 0.0, 0.0, "share", "Charges denied for good.", "no remittance seen in the book"),
    Assumption("paid_as_agreed", 1.0, 1.0, 1.0, "share", "Allowed ÷ agreed.", "no remittance seen in the book"),
    Assumption("patient_share", 0.0, 0.0, 0.0, "share", "The patient's part of allowed.", "none seen in the book"),
    Assumption(
        "patient_collected",
        0.7,
        0.5,
        0.85,
        "share",
        "How much of the patient's part is collected.",
        "our judgement: ask your billing office",
    ),
    Assumption("days_to_pay", 30.0, 20.0, 45.0, "days", "Days until the plan pays.", "no payment seen in the book"),
    Assumption(
        "cost_of_capital",
        0.08,
        0.05,
        0.11,
        "a year",
        "What money that comes later costs.",
        "our judgement: ask finance",
    ),
    Assumption(
        "discount_rate",
        0.08,
        0.05,
        0.11,
        "a year",
        "Discounts later years, from mid-year.",
        "our judgement: ask finance",
    ),
    Assumption(
        "volume_shock",
        0.05,
        0.02,
        0.08,
        "share",
        "Standard deviation of what moves the volume of all service lines together in a year.",
        "our judgement",
    ),
    Assumption(
        "dispersion",
        0.0,
        0.0,
        0.0,
        "share",
        "Extra variance of a service line's yearly volume, relative to its square (negative binomial).",
        "no months to measure it on",
    ),
)
_SIDES = (
    Assumption(
        "cost_to_charge", 0.0, 0.0, 0.0, "share", "Cost ÷ charge, where no cost file is given.", "give yours", NOT_GIVEN
    ),
    Assumption("cost_growth", 0.035, 0.02, 0.05, "a year", "Growth of the provider's unit costs.", "our judgement"),
    Assumption("members", 0.0, 0.0, 0.0, "members", "The plan's members these claims come from.", "give it", NOT_GIVEN),
    Assumption(
        "premium_pmpm", 0.0, 0.0, 0.0, "dollars", "Premium per member per month.", "rate filings; give it", NOT_GIVEN
    ),
    Assumption(
        "loss_ratio_floor",
        0.85,
        0.8,
        0.85,
        "share",
        "Medical-loss-ratio minimum: large groups 85 %, small groups and individuals 80 %.",
        "45 CFR 158.210",
        MEMORY,
    ),
)


def worth_assumptions() -> Assumptions:
    """All of them with the values that hold where neither the book nor a person says otherwise."""
    return Assumptions((*_YEARS, *_SIDES))


def is_given(assumed: Assumptions, *names: str) -> bool:
    """Whether all of these have been given."""
    return all(assumed[name].sure != NOT_GIVEN for name in names)


def require_possible(assumed: Assumptions) -> Assumptions:
    """The same, once each can be: shares from 0 to 1, growth above -90 %, nothing else below 0 or without end.

    Raises:
        UsageError: one cannot be.
    """
    for one in assumed.values():
        least, most = _BOUNDS.get(one.unit, (0.0, 1e15))
        if not (least <= one.low and one.high <= most):
            shown = f"{one.low:g} to {one.high:g}" if one.low != one.high else f"{one.value:g}"
            words = f"{one.name}: {shown} {one.unit} cannot be"
            raise UsageError(
                f"{words}; give {least:g} to {most:g}" if most < 1e15 else f"{words}; give {least:g} or more"
            )
    return assumed


_BOUNDS = {"share": (0.0, 1.0), "a year": (-0.9, 10.0), "of agreed": (0.0, 10.0)}
