"""Worked cases priced by the plain reading of the contract, and held against what they state."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evenhand.contracts import Contract, WorkedCase
from evenhand.errors import Problem
from evenhand.pricing.oracle import PricedClaim, case_claim, price_claim


def worked_cases(contract: Contract) -> Iterator[tuple[WorkedCase, Problem | None]]:
    """Each worked case, with what is wrong where it does not price exactly."""
    for case in contract.cases:
        yield case, _problem(contract, case)


def case_problems(contract: Contract) -> list[Problem]:
    """One problem for each worked case that does not price exactly."""
    return [problem for _, problem in worked_cases(contract) if problem is not None]


def _problem(contract: Contract, case: WorkedCase) -> Problem | None:
    priced = price_claim(contract, case_claim(case, contract))
    if priced.outcome == "priced" and priced.expected_amount == case.allowed:
        return None
    name = f"case '{case.name}'" if case.name else f"case of code {case.lines[0]['code']}"
    return Problem(case.source, case.line, f"{name}: {_difference(case.allowed, priced)}", _told(priced))


def _difference(expected: Decimal, priced: PricedClaim) -> str:
    if priced.outcome != "priced" or priced.expected_amount is None:
        why = f" ({priced.runners_up})" if priced.runners_up else ""
        return f"expected {expected:.2f}, and it came back '{priced.outcome}'{why}"
    gap = priced.expected_amount - expected
    way = "too much" if gap > 0 else "too little"
    return f"expected {expected:.2f}, priced {priced.expected_amount:.2f}: {abs(gap):.2f} {way}"


def _told(priced: PricedClaim) -> str:
    """Which term priced what, and which line nothing priced."""
    terms = [f"'{priced.claim_term}' for the claim"] if priced.claim_term else []
    for line in priced.lines:
        if line.outcome == "priced" and line.term != priced.claim_term:
            terms.append(f"'{line.term}' {line.expected_amount}")
    left = [f"line {one.line_key}: {one.outcome}" for one in priced.lines if one.outcome not in ("included", "priced")]
    return "; ".join([*([f"priced by {', '.join(terms)}"] if terms else []), *left])
