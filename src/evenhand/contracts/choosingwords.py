"""How a contract is chosen, in plain words."""

from __future__ import annotations

from evenhand.contracts.model import Contract

_DAYS = {"admission": "", "service": "first day of service", "discharge": "day of discharge"}


def choosing_words(contract: Contract) -> dict[str, str]:
    """Which claims between its parties the contract is for, and how it is chosen among others; what it states."""
    scope = contract.versions[-1].scope
    renting = ", whoever pays" if contract.rental else ""
    return {
        "Networks": ", ".join(scope.networks) + renting,
        "Plans": ", ".join(scope.plans),
        "Sites": ", ".join(scope.sites),
        "Chosen by": _DAYS[contract.chosen_by],
        "Precedence": "" if contract.precedence is None else str(contract.precedence),
    }
