"""G1: independent providers do not ask together, unless they say how they are integrated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.errors import UsageError
from evenhand.negotiation.rails.facts import RAILS, Flag

_MODE = "use messenger mode (evenhand negotiation messenger), in which each provider answers for itself"


@dataclass(frozen=True, slots=True)
class Asker:
    """One provider in an ask: its tax number, and its owner; without one it is taken to own itself."""

    name: str
    tin: str = ""
    owner: str = ""

    @property
    def owned_by(self) -> str:
        """Who decides its prices."""
        return _plain(self.owner or self.name)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def joint_ask(askers: Sequence[Asker], tins: Sequence[str] = (), *, integrated: str = "") -> Flag:
    """Whether one ask speaks for competitors.

    Args:
        askers: who asks, as stated; empty where the negotiation does not say.
        tins: the tax numbers the contract lists.
        integrated: how they are integrated, as stated; empty where it is not stated.
    """
    stated = {_digits(one.tin) for one in askers if one.tin}
    owners = {one.owned_by for one in askers}
    unknown = [tin for tin in tins if _digits(tin) not in stated] if len(set(map(_digits, tins))) > 1 else []
    if len(owners) <= 1 and not unknown:
        return Flag("G1", "clear", "providers", "one organisation asks")
    found = _found(owners, unknown)
    if integrated and not unknown:
        words = f"{found}; integrated: {integrated}, as stated and not checked here"
        return Flag("G1", "flag", "providers", words, "have counsel confirm the integration before prices are asked")
    clears = f"state under 'providers:' who owns each, and under 'integration:' how they are integrated; else {_MODE}"
    return Flag("G1", "blocked", "providers", found, clears)


def _digits(tin: str) -> str:
    return "".join(mark for mark in tin if mark.isdigit())


def _found(owners: set[str], unknown: Sequence[str]) -> str:
    words = [f"{len(owners)} owners ask together"] if len(owners) > 1 else []
    if unknown:
        words.append(f"the contract lists tax numbers whose owner is not stated: {', '.join(unknown)}")
    return "; ".join(words)


def refuse_joint_ask(flag: Flag) -> None:
    """Go no further with an ask that speaks for competitors.

    Raises:
        UsageError: the flag is blocked.
    """
    if flag.state == "blocked":
        raise UsageError(f"G1: {flag.found}; {flag.clears} ({RAILS['G1'].source})")
