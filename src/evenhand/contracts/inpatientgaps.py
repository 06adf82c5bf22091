"""What a contract leaves open about hospital stays. Warnings."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.contracts.methods import DrgWeights, PaidBySchedule
from evenhand.contracts.model import Contract, Term, Version
from evenhand.contracts.outlierlanguage import silent_outlier
from evenhand.errors import Problem


def stay_gaps(contract: Contract) -> Iterator[Problem]:
    """Parameters a term by DRG needs and does not state, and claims whose DRG no table holds."""
    for version in contract.versions:
        for term in version.terms:
            if _by_drg(term) and not (term.grouper or version.rules.grouper):
                what = f"'{term.name}' does not say which grouper and version its DRGs are of"
                yield _warning(term, what, "add 'grouper: MS-DRG 42', or as the contract has it")
        yield from _ungroupable(version)
        yield from _silent_outliers(version)


def _ungroupable(version: Version) -> Iterator[Problem]:
    claims = [term for term in version.terms if term.claim_level]
    if claims and _by_drg(claims[-1]):
        what = (
            f"no case or day term follows '{claims[-1].name}': claims without a DRG in its table are paid by the line"
        )
        yield _warning(claims[-1], what, "add a last term per case for claims that cannot be grouped")


def _silent_outliers(version: Version) -> Iterator[Problem]:
    carves = any(term.carve_out or term.excepts for term in version.terms)
    escalators = version.rules.escalator
    rises = bool(escalators) and not any(each.thresholds for each in escalators)
    for term in version.terms:
        if term.outlier is not None:
            for what, right in silent_outlier(term.outlier, carves=carves, rises=rises):
                yield _warning(term, f"the outlier of '{term.name}' does not say {what}", right)


def _by_drg(term: Term) -> bool:
    return term.per == "case" and isinstance(term.pay, PaidBySchedule | DrgWeights)


def _warning(term: Term, what: str, right: str) -> Problem:
    return Problem(term.source, term.line, what, right, "warning")
