"""What the formulas of provisions rest on beside the book's claims."""

from __future__ import annotations

from evenhand.negotiation.assumptions import JUDGEMENT, MEMORY, Assumption, Assumptions

_OURS = "our judgement: ask those who do the work"


def _judged(name: str, values: tuple[float, float, float], unit: str, meaning: str) -> Assumption:
    low, value, high = values
    return Assumption(name, value, low, high, unit, meaning, _OURS, JUDGEMENT)


def clause_assumptions() -> Assumptions:
    """All of them with the values that hold where nobody says otherwise."""
    return Assumptions(
        (
            _judged("cost_of_capital", (0.05, 0.08, 0.11), "a year", "What money that comes later costs."),
            _judged("patient_collected", (0.5, 0.7, 0.85), "share", "How much of the patient's part is collected."),
            _judged("obeys", (0.5, 0.8, 1.0), "share", "Claims due later than a limit that are paid by it."),
            _judged("follows", (0.0, 0.15, 0.4), "days a day", "Days all payments move with each day of the limit."),
            _judged("lost_when_late", (0.6, 0.9, 1.0), "share", "Dollars filed too late that stay lost."),
            _judged("won_back", (0.2, 0.4, 0.6), "share", "Authorisation denials won back on appeal."),
            Assumption(
                "request_cost",
                11.0,
                6.0,
                20.0,
                "dollars",
                "A provider's cost of one authorisation request by hand.",
                "CAQH Index, manual requests",
                MEMORY,
            ),
            _judged("termination_chance", (0.005, 0.02, 0.05), "a year", "The payer ends the contract without cause."),
            _judged("contribution", (0.25, 0.4, 0.6), "share", "Contribution of an allowed dollar to fixed cost."),
            _judged("days_to_replace", (120, 210, 330), "days", "Until lost volume is replaced or costs are shed."),
            _judged("evergreen_chance", (0.2, 0.4, 0.7), "share", "Years that run past the stated end."),
            _judged("cost_growth", (0.02, 0.035, 0.05), "a year", "Growth of the provider's unit costs."),
            _judged("amendment_chance", (0.1, 0.3, 0.6), "a year", "An amendment or policy made by the payer alone."),
            _judged("amendment_cut", (0.002, 0.006, 0.015), "share", "What one takes of allowed dollars."),
            _judged("product_shift", (0.01, 0.05, 0.15), "share", "Volume that moves into a product joined by force."),
            _judged("product_discount", (0.05, 0.15, 0.3), "share", "How much less that product pays."),
            _judged("favoured_chance", (0.05, 0.2, 0.5), "a year", "The payer asks for the lowest rate."),
            _judged("recovered_inside", (0.15, 0.3, 0.5), "share", "Disputed dollars recovered by internal appeal."),
            _judged("recovered_outside", (0.5, 0.55, 0.75), "share", "The same before somebody outside."),
        )
    )
