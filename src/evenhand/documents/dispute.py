"""What a payer is shown of what it paid too little: a letter, and a workbook with the evidence of each claim.

Only what a payer needs to find its own payment and check it is in them: :class:`Disputed` has no room for a patient's
name, birthday, membership number or diagnosis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.documents.paper import Document, Section
from evenhand.documents.sheet import Field, Sheet
from evenhand.documents.words import counted, day_words
from evenhand.money import ZERO, show_money


@dataclass(frozen=True, slots=True)
class Disputed:
    """One line, or claim compared as a whole, that was allowed less than the contract says.

    ``dispute_by`` is the last day the contract lets it be disputed, where it states one.
    """

    claim: str
    payer_claim: str
    line: str
    service_date: date | None
    code: str
    revenue: str
    modifiers: str
    units: str
    charge: Decimal | None
    allowed: Decimal
    expected: Decimal
    contract: str
    term: str
    cite: str
    reason: str
    explanation: str
    payer_codes: str
    paid_on: date | None
    dispute_by: date | None

    @property
    def short(self) -> Decimal:
        """What is missing."""
        return self.expected - self.allowed


@dataclass(frozen=True, slots=True)
class Dispute:
    """What one letter is about.

    Attributes:
        us, them: provider and payer.
        signed: who writes.
        written: the day of the letter.
        items: what is disputed.
        payment_days: within how many days the contract has clean claims paid, where it says so.
    """

    us: str
    them: str
    signed: str
    written: date
    items: Sequence[Disputed]
    payment_days: int | None = None

    @property
    def total(self) -> Decimal:
        """What is missing in all."""
        return sum((one.short for one in self.items), ZERO)

    @property
    def dispute_by(self) -> date | None:
        """The first of the days by which the contract wants a payment disputed."""
        return min((one.dispute_by for one in self.items if one.dispute_by), default=None)

    @property
    def claims(self) -> int:
        """How many claims it is about."""
        return len({one.claim for one in self.items})


IN_IT = (
    "Claim numbers of both sides, days, codes, units, amounts, the contract's terms and how each price comes about. "
    "No names, birthdays, membership numbers or diagnoses of patients."
)
_GROUPS = (
    Field("term", "Term"),
    Field("cite", "Agreement says at"),
    Field("reason", "What differs"),
    Field("lines", "Items", "count"),
    Field("claims", "Claims", "count"),
    Field("allowed", "Allowed", "money"),
    Field("expected", "Agreed", "money"),
    Field("short", "Short", "money"),
)
#: What of a group fits the width of a letter.
_TOLD = (
    Field("term", "Term"),
    Field("cite", "Clause"),
    Field("reason", "What differs"),
    Field("claims", "Claims", "count"),
    Field("expected", "Agreed", "money"),
    Field("short", "Short", "money"),
)
_EVIDENCE = (
    Field("claim", "Our claim number"),
    Field("payer_claim", "Your claim number"),
    Field("line", "Line"),
    Field("service_date", "Service", "date"),
    Field("code", "Code"),
    Field("revenue", "Revenue code"),
    Field("modifiers", "Modifiers"),
    Field("units", "Units"),
    Field("charge", "Charge", "money"),
    Field("allowed", "Allowed", "money"),
    Field("expected", "Agreed", "money"),
    Field("short", "Short", "money"),
    Field("contract", "Agreement"),
    Field("term", "Term"),
    Field("cite", "Agreement says at"),
    Field("reason", "What differs"),
    Field("explanation", "How the price comes about"),
    Field("payer_codes", "Your adjustment codes"),
    Field("paid_on", "Paid on", "date"),
    Field("dispute_by", "To be disputed by", "date"),
)


def dispute_sheets(dispute: Dispute) -> list[Sheet]:
    """The workbook: groups, each item, and what is in it."""
    note = f"{counted(len(dispute.items), 'item')} of {counted(dispute.claims, 'claim')}. {IN_IT}"
    rows = [_row(one) for one in sorted(dispute.items, key=lambda one: (-one.short, one.claim, one.line))]
    return [
        _groups(dispute, note),
        Sheet("evidence", f"Each item, {dispute.us} with {dispute.them}", _EVIDENCE, rows, note),
    ]


def dispute_letter(dispute: Dispute) -> Document:
    """The letter, with the workbook enclosed."""
    total = show_money(dispute.total)
    return Document(
        "dispute",
        "letter",
        dispute.written,
        f"Claims paid below our agreement: {total}",
        opening=((dispute.us,), (day_words(dispute.written),), (dispute.them,)),
        sections=(
            Section("opening", "", paragraphs=(f"Dear colleagues of {dispute.them}:", _said(dispute))),
            Section("groups", "What differs", tables=(_groups(dispute, fields=_TOLD),)),
            Section("asked", "What we ask", paragraphs=tuple(_asked(dispute))),
            Section("closing", "", paragraphs=("Sincerely,",), lines=("", dispute.signed, dispute.us)),
            Section("enclosures", "Enclosures", points=(f"Workbook with the evidence of each item. {IN_IT}",)),
        ),
        enclosed=tuple(dispute_sheets(dispute)),
    )


def _row(one: Disputed) -> dict[str, Any]:
    return {field.key: getattr(one, field.key) for field in _EVIDENCE}


def _groups(dispute: Dispute, note: str = "", *, fields: tuple[Field, ...] = _GROUPS) -> Sheet:
    """One row for each term and what differs, the most dollars first."""
    found: dict[tuple[str, str, str], list[Disputed]] = {}
    for one in dispute.items:
        found.setdefault((one.term, one.cite, one.reason), []).append(one)
    rows = [_group(key, some) for key, some in found.items()]
    return Sheet("groups", "What differs", fields, sorted(rows, key=lambda row: -row["short"]), note)


def _group(key: tuple[str, str, str], items: Sequence[Disputed]) -> dict[str, Any]:
    return {
        "term": key[0],
        "cite": key[1],
        "reason": key[2],
        "lines": len(items),
        "claims": len({one.claim for one in items}),
        **{name: sum((getattr(one, name) for one in items), ZERO) for name in ("allowed", "expected", "short")},
    }


def _said(dispute: Dispute) -> str:
    agreements = " and ".join(dict.fromkeys(one.contract for one in dispute.items if one.contract)) or "our agreement"
    days = [one.service_date for one in dispute.items if one.service_date]
    served = f", with service from {day_words(min(days))} to {day_words(max(days))}," if days else ""
    return (
        f"Under {agreements}, {counted(len(dispute.items), 'item')} of {counted(dispute.claims, 'claim')}{served} "
        f"were allowed at {show_money(sum((one.allowed for one in dispute.items), ZERO))} where "
        f"{show_money(sum((one.expected for one in dispute.items), ZERO))} was agreed: "
        f"{show_money(dispute.total)} too little."
    )


def _asked(dispute: Dispute) -> list[str]:
    within = (
        f" within {dispute.payment_days} days, the time our agreement sets for clean claims"
        if dispute.payment_days
        else ""
    )
    told = [
        f"Please reprocess these claims and pay what is missing{within}, or tell us for each item which provision of "
        "the agreement you read otherwise. Interest that the agreement or the law provides is not included and is "
        "reserved."
    ]
    if dispute.dispute_by:
        late = " This letter is given within that time." if dispute.written <= dispute.dispute_by else ""
        told.append(
            f"The agreement has payments disputed within a time; the first of these days, for what is listed, is "
            f"{day_words(dispute.dispute_by)}.{late}"
        )
    return told
