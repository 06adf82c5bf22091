"""What an escalator moves."""

from __future__ import annotations

from evenhand.contracts.chargelimit import ChargeLimiter
from evenhand.contracts.escalation import Escalator
from evenhand.contracts.methods import Capitated, Excluded, Packaged, PercentOfCharges, PercentOfInvoice
from evenhand.contracts.model import Rules, Term


def moves(escalator: Escalator, term: Term) -> bool:
    """Whether the escalator moves the term's rates.

    It does when it names the term, its schedule, its way of paying or what it is paid per. A share of
    charges rises with the charges, and nothing stays nothing.
    """
    if isinstance(term.pay, Capitated | Excluded | Packaged | PercentOfCharges | PercentOfInvoice):
        return False
    schedule = getattr(term.pay, "schedule", None)
    named = term.name in escalator.terms or (schedule is not None and schedule in escalator.schedules)
    return named or term.pay.method in escalator.applies_to or term.per in escalator.applies_to


def threshold_movers(rules: Rules, *, rises: bool | None) -> tuple[Escalator, ...]:
    """The escalators that move the dollars of a rule, such as the threshold of a stop-loss.

    Those that say so; for a rule that says of itself that it rises, else all there are.

    Args:
        rules: The rules of the version.
        rises: What the rule itself says; ``None`` where it is silent.
    """
    said = tuple(one for one in rules.escalator if one.thresholds)
    return () if rises is False else said or (rules.escalator if rises else ())


def limiters_of(rules: Rules, term: Term) -> tuple[ChargeLimiter, ...]:
    """The chargemaster limiters that cut a term's share of charges."""
    if not isinstance(term.pay, PercentOfCharges):
        return ()
    return tuple(one for one in rules.charge_limiter if not one.terms or term.name in one.terms)
