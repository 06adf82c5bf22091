"""Checks of a block's claims: every amount that must equal a sum of others.

Rules of the 835 guide (005010X221A1, section 1.10.2.1): charge less adjustments is what was paid, for
each line and for each claim; the lines' charges make the claim's. Compared in exact cents. Where one of
the amounts cannot be read there is a finding for it already, and nothing is compared.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenhand.claims.x12.block import Block, Subject
from evenhand.claims.x12.checks import Check, Sums, report, require, summed
from evenhand.claims.x12.claim_shape import ClaimShape
from evenhand.claims.x12.findings import ERROR, NOTE, WARNING
from evenhand.claims.x12.index import Ints
from evenhand.claims.x12.numbers import Numbers
from evenhand.claims.x12.remit_details import AdjustmentCells, Codes, ProviderAdjustments
from evenhand.claims.x12.remit_shape import LINE_LEVEL, RemitShape
from evenhand.claims.x12.remittance import ClaimFigures, LineFigures
from evenhand.claims.x12.text import name_key, one_of
from evenhand.claims.x12.transaction import Money

_REVERSAL = "22"
_COST_SHARE = ("1", "2", "3")


@dataclass(frozen=True, slots=True)
class RemitFigures:
    """All amounts of a block's remittances that the checks need."""

    claims: ClaimFigures
    lines: LineFigures
    adjustments: AdjustmentCells


@dataclass(frozen=True, slots=True)
class OfLines:
    """The adjustments of lines: the line of each in the block, and what it says."""

    line: Ints
    group: Codes
    reason: Codes
    amount: Numbers


def check_remittance(block: Block, shape: RemitShape, figures: RemitFigures) -> None:
    """Check lines and claims of the block's remittances."""
    cells = figures.adjustments
    at_line = np.flatnonzero(shape.level[cells.segment] == LINE_LEVEL)
    of_lines = OfLines(
        shape.line[cells.segment[at_line]], cells.group[at_line], cells.reason[at_line], cells.amount.rows(at_line)
    )
    by_line = summed(of_lines.line, of_lines.amount, shape.lines.size)
    by_claim = summed(shape.claim[cells.segment], cells.amount, shape.claims.size)
    _require(block, shape, figures)
    _check_lines(block, shape, figures.lines, by_line)
    _check_claims(block, shape, figures, by_claim)
    _check_patient(block, shape, figures)
    _check_allowed(block, shape, figures.lines, of_lines)


def _require(block: Block, shape: RemitShape, figures: RemitFigures) -> None:
    """Charges and payments must be there."""
    claims, lines = figures.claims, figures.lines
    of_claims, of_lines = Subject("remit_claims", shape.claim_keys), Subject("remit_lines", shape.line_keys)
    required = (
        (claims.charge, shape.claims, 3, of_claims),
        (claims.paid, shape.claims, 4, of_claims),
        (lines.charge, shape.lines, 2, of_lines),
        (lines.paid, shape.lines, 3, of_lines),
    )
    for numbers, segments, element, subject in required:
        require(block, numbers, segments, element, subject=subject)


def _check_lines(block: Block, shape: RemitShape, lines: LineFigures, adjusted: Sums) -> None:
    expected = lines.charge.values - adjusted.cents
    known = ~(lines.charge.missing | lines.paid.missing | adjusted.unknown)
    check = Check(
        rule="line-balance",
        severity=ERROR,
        element="SVC03",
        words="the line pays {found}, but its charge less its adjustments is {expected}",
        found=lines.paid.values,
        expected=expected,
        wrong=known & (lines.paid.values != expected),
    )
    report(block, check, shape.lines, Subject("remit_lines", shape.line_keys))


def _check_claims(block: Block, shape: RemitShape, figures: RemitFigures, adjusted: Sums) -> None:
    claims = figures.claims
    subject = Subject("remit_claims", shape.claim_keys)
    expected = claims.charge.values - adjusted.cents
    known = ~(claims.charge.missing | claims.paid.missing | adjusted.unknown)
    check = Check(
        rule="claim-balance",
        severity=ERROR,
        element="CLP04",
        words="the claim pays {found}, but its charge less all its adjustments is {expected}",
        found=claims.paid.values,
        expected=expected,
        wrong=known & (claims.paid.values != expected),
    )
    report(block, check, shape.claims, subject)
    owner = shape.claim[shape.lines]
    charges = summed(owner, figures.lines.charge, shape.claims.size)
    has_lines = np.zeros(shape.claims.size, bool)
    has_lines[owner] = True
    known = has_lines & ~(claims.charge.missing | charges.unknown)
    check = Check(
        rule="claim-lines",
        severity=WARNING,
        element="CLP03",
        words="the claim's charge is {found}, but its lines charge {expected}",
        found=claims.charge.values,
        expected=charges.cents,
        wrong=known & (claims.charge.values != charges.cents),
    )
    report(block, check, shape.claims, subject)


def _check_patient(block: Block, shape: RemitShape, figures: RemitFigures) -> None:
    """CLP05 = all PR adjustments, but for reversals; absent means nothing."""
    cells, claims = figures.adjustments, figures.claims
    patient = np.flatnonzero(cells.group == name_key("PR"))
    owed = summed(shape.claim[cells.segment[patient]], cells.amount.rows(patient), shape.claims.size)
    known = ~(claims.patient.bad | owed.unknown) & (claims.status != name_key(_REVERSAL))
    check = Check(
        rule="patient-balance",
        severity=WARNING,
        element="CLP05",
        words="the patient's share is {found}, but the PR adjustments add up to {expected}",
        found=claims.patient.values,
        expected=owed.cents,
        wrong=known & (claims.patient.values != owed.cents),
    )
    report(block, check, shape.claims, Subject("remit_claims", shape.claim_keys))


def _check_allowed(block: Block, shape: RemitShape, lines: LineFigures, of_lines: OfLines) -> None:
    """AMT*B6 that cannot be the allowed amount; CARC 24 (capitation) on a line that is paid."""
    line, amount, reason = of_lines.line, of_lines.amount, of_lines.reason
    count = shape.lines.size
    sharing = np.flatnonzero((of_lines.group == name_key("PR")) & one_of(reason, *_COST_SHARE))
    reducing = np.flatnonzero(reason == name_key("45"))
    floor = lines.paid.values + summed(line[sharing], amount.rows(sharing), count).cents
    reduction = summed(line[reducing], amount.rows(reducing), count).cents
    known = ~(lines.allowed.missing | lines.charge.missing | lines.paid.missing)
    whole = known & (lines.allowed.values == lines.charge.values) & (reduction > 0)
    low = known & (lines.charge.values > 0) & (lines.allowed.values < floor)
    subject = Subject("remit_lines", shape.line_keys)
    words = "the allowed amount (B6) is {found}, the whole charge, although {expected} of it was taken off (45)"
    check = Check("allowed-is-charge", NOTE, "AMT02", words, lines.allowed.values, reduction, whole)
    report(block, check, shape.lines, subject)
    words = "the allowed amount (B6) is {found}, less than the {expected} paid and shared by the patient"
    check = Check("allowed-too-low", NOTE, "AMT02", words, lines.allowed.values, floor, low)
    report(block, check, shape.lines, subject)
    capitated = np.zeros(count, bool)
    capitated[line[reason == name_key("24")]] = True
    words = "the line is marked as capitated (24) and yet pays {found}"
    paid = capitated & ~lines.paid.missing & (lines.paid.values != 0)
    check = Check("capitation", NOTE, "SVC03", words, lines.paid.values, np.zeros(count, np.int64), paid)
    report(block, check, shape.lines, subject)


def money_by_remit(
    shape: RemitShape, claims: ClaimFigures, pairs: ProviderAdjustments, transaction: Ints, transactions: int
) -> list[Money]:
    """What the block holds of each of its transactions: of the open one first, then of each ST."""
    of_claims, of_pairs = transaction[shape.claims], transaction[pairs.segment]
    paid = summed(of_claims, claims.paid, transactions)
    interest = summed(of_claims, claims.interest, transactions)
    provider = summed(of_pairs, pairs.amount, transactions)
    own = summed(of_pairs[pairs.interest], pairs.amount.rows(pairs.interest), transactions)
    unknown = paid.unknown | provider.unknown
    columns = (paid.cents, provider.cents, interest.cents, own.cents, unknown)
    return [Money(*(int(column[row]) for column in columns)) for row in range(transactions)]


def check_claims(block: Block, shape: ClaimShape, charges: Numbers, lines: Numbers) -> None:
    """837: the charges of the lines make the charge of the claim (CLM02)."""
    owner = shape.claim[shape.lines]
    total = summed(owner, lines, shape.claims.size)
    has_lines = np.zeros(shape.claims.size, bool)
    has_lines[owner] = True
    known = has_lines & ~(charges.missing | total.unknown)
    check = Check(
        rule="claim-charge",
        severity=WARNING,
        element="CLM02",
        words="the claim's charge is {found}, but its lines charge {expected}",
        found=charges.values,
        expected=total.cents,
        wrong=known & (charges.values != total.cents),
    )
    report(block, check, shape.claims, Subject("claims", shape.claim_keys))
