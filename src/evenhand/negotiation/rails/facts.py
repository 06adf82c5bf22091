"""The guard rails: what each watches for, on whose word, read when, and how sure that is.

A flag is no advice. It names a place where a lawyer should look before a person goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

READ, MEMORY, JUDGEMENT = "read", "from memory", "our judgement"
ADVICE = "A flag with its source, not legal advice: ask counsel."

State = Literal["blocked", "flag", "clear", "not known"]


@dataclass(frozen=True, slots=True)
class Rail:
    """One guard rail.

    Attributes:
        id: G1 to G11.
        name: what it is about.
        rule: what it asks, in a sentence.
        source: where that comes from.
        sure: ``read``, ``from memory`` or ``our judgement``.
        dated: when the source took effect or was withdrawn, where that matters.
    """

    id: str
    name: str
    rule: str
    source: str
    sure: str
    dated: str = ""


_RAILS = (
    Rail(
        "G1",
        "Joint ask",
        "Independent competitors do not ask a payer for prices together unless they are integrated financially or "
        "clinically.",
        "Sherman Act §1; FTC cases against physician-hospital organisations",
        READ,
    ),
    Rail(
        "G2",
        "Messenger mode",
        "Each provider names its own least price; none sees another's; nothing recommends a common one; no group "
        "threatens to leave.",
        "FTC/DOJ Statements of Antitrust Enforcement Policy in Health Care 1996, Statements 8 and 9: withdrawn, "
        "persuasive only",
        MEMORY,
        "withdrawn 3 February (DOJ) and 14 July 2023 (FTC)",
    ),
    Rail(
        "G3",
        "Withdrawn safety zones",
        "The old zones (20 % exclusive, 30 % non-exclusive; data three months old, five providers, none over 25 %) "
        "are never shown as safe.",
        "withdrawn by DOJ on 3 February 2023 and by FTC on 14 July 2023; the numbers are recalled",
        READ,
        "withdrawn 3 February and 14 July 2023",
    ),
    Rail(
        "G4",
        "No pooled non-public rates",
        "Rates of rival users are not pooled; benchmarks come from published files or the user's own contracts.",
        "DOJ Statement of Interest in MultiPlan, 27 March 2025; motions to dismiss denied 3 June 2025",
        READ,
        "27 March and 3 June 2025",
    ),
    Rail(
        "G5",
        "Aggregates that leave",
        "At least five contributors, none over 25 %, at least three months old, cells of at least eleven people, and "
        "no cell that can be had by subtraction.",
        "house rule after G3 and CMS's rule on small cells",
        MEMORY,
    ),
    Rail(
        "G6",
        "Restrictive clauses",
        "All-or-nothing, anti-steering or anti-tiering, most-favoured-nation, gag and exclusive clauses are suspect; "
        "states differ.",
        "state laws and cases; Consolidated Appropriations Act 2021, Division BB §201 bans gag clauses on price and "
        "quality",
        MEMORY,
        "27 December 2020",
    ),
    Rail(
        "G7",
        "Anti-kickback",
        "A price tied to swapping, free items or services, or prices below cost.",
        "42 CFR 1001.952(h), (m), (t), (u)",
        MEMORY,
    ),
    Rail(
        "G8",
        "Physician self-referral",
        "Pay that follows the volume or value of referrals, is not fair market value, or comes from a group's bonus "
        "pool.",
        "42 CFR 411.351 to 411.357",
        MEMORY,
    ),
    Rail(
        "G9",
        "Medicare Advantage contract needs",
        "A contract with an MA plan needs prompt payment, hold-harmless and delegation terms; MA rates are not "
        "regulated by states.",
        "42 CFR 422.504, 422.520",
        MEMORY,
    ),
    Rail(
        "G10",
        "Termination clock",
        "Continuing care for 90 days after a contract ends; the contract's own notice; MA members told 45 days "
        "before for primary and behavioural care, 30 for others.",
        "No Surprises Act, continuity of care (90 days: read); 42 CFR 422.111(e) (from memory)",
        MEMORY,
    ),
    Rail(
        "G11",
        "Out-of-network price is regulated",
        "For emergencies and care at facilities in network, the price out of network follows the qualifying payment "
        "amount and not charges.",
        "No Surprises Act; 45 CFR 149.140 and 149.510",
        MEMORY,
    ),
)
RAILS: Mapping[str, Rail] = {rail.id: rail for rail in _RAILS}


@dataclass(frozen=True, slots=True)
class Flag:
    """What one rail says about one thing: where it stands, what was found, what would clear it.

    ``state`` is ``blocked`` (the program does not go on), ``flag``, ``clear`` (looked for and not found) or
    ``not known`` (nothing to look at).
    """

    rail: str
    state: State
    where: str
    found: str
    clears: str = ""
    on: date | None = None

    @property
    def of(self) -> Rail:
        """The rail it belongs to."""
        return RAILS[self.rail]
