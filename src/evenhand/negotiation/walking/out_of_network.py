"""What rules the price out of network; each with its source and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.negotiation.assumptions import JUDGEMENT, MEMORY


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: for which services, what it does to the price, on whose word."""

    services: str
    price: str
    source: str
    sure: str


RULES = (
    Rule(
        "Emergencies; care at a facility in network by clinicians who are not; air ambulance",
        "No balance bill; the payment starts from the qualifying payment amount (the plan's median contracted rate) "
        "and goes to arbitration if disputed. Charges do not set it.",
        "No Surprises Act; 45 CFR 149.140, 149.510",
        MEMORY,
    ),
    Rule(
        "Patients in continuing care when the contract ends",
        "In-network terms go on for up to 90 days.",
        "No Surprises Act, continuity of care",
        "read",
    ),
    Rule(
        "Elective care at a facility out of network",
        "What the plan's own terms allow; the patient may be billed the rest. Many plans pay nothing.",
        "plan documents; state law differs",
        JUDGEMENT,
    ),
    Rule(
        "Medicare Advantage",
        "Providers without a contract are paid what Medicare would pay.",
        "42 CFR 422.214",
        MEMORY,
    ),
    Rule(
        "States with their own surprise-bill law",
        "State law sets the price for insured plans; check yours.",
        "state law differs",
        MEMORY,
    ),
)
