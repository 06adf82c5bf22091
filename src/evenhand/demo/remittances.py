"""Remittances as a payer sends them: 835 (X221A1), one transaction for each site paid, balanced to the cent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.demo.payments import Adjustment, PaidClaim, PaidLine
from evenhand.demo.practice import LAKESHORE, SUMMIT, TIN, TOWN, Payer, Site
from evenhand.demo.submissions import procedure
from evenhand.demo.x12 import PRACTICE, Envelope, Partner, interchange, money, transaction

#: Money outside any claim: code, reference, cents in the payer's sign (positive reduces the payment).
ProviderAdjustment = tuple[str, str, int]

#: Filing indicators a claim may state and a remittance may not, and what stands for them there.
_FILING = {"CI": "ZZ"}


@dataclass(frozen=True, slots=True)
class Payment:
    """One cheque or transfer to one site, with all it is made of."""

    payer: Payer
    site: Site
    day: date
    claims: Sequence[PaidClaim]
    adjustments: Sequence[ProviderAdjustment]

    @property
    def amount(self) -> int:
        """BPR02: claims paid less provider adjustments."""
        return sum(claim.paid for claim in self.claims) - sum(amount for _, _, amount in self.adjustments)


def remittance(payments: Sequence[Payment], control: int) -> str:
    """One interchange of a payer's payments of a day."""
    payer, day = payments[0].payer, payments[0].day
    transactions = [
        transaction("835", number, list(_body(payment, f"{control}{number:02d}")))
        for number, payment in enumerate(payments, start=1)
    ]
    envelope = Envelope("HP", "005010X221A1", Partner(payer.payer_id, payer.name), PRACTICE, control, day)
    return interchange(envelope, transactions, end="~" if payer is LAKESHORE else "~\n")


def _body(payment: Payment, trace: str) -> Iterator[str]:
    payer, day, amount = payment.payer, payment.day, payment.amount
    method = (
        "ACH*CCP*01*999999992*DA*000000*" + payer.tax_number + "**01*999999992*DA*111111"
        if amount
        else "NON" + "*" * 11
    )
    yield f"BPR*{'I' if amount else 'H'}*{money(amount)}*C*{method}*{day:%Y%m%d}"
    yield f"TRN*1*{payer.payer_id}{trace}*{payer.tax_number}"
    yield f"DTM*405*{day:%Y%m%d}"
    yield f"N1*PR*{payer.name}*XV*{payer.payer_id}"
    yield "N3*1 EXAMPLE PLAZA"
    yield "N4*EXAMPLE CITY*CO*800009998"
    yield "PER*BL*REMITTANCE DESK*TE*5555550200"
    yield f"N1*PE*{payment.site.name}*XX*{payment.site.npi}"
    yield f"N3*{payment.site.street}"
    yield TOWN
    yield f"REF*TJ*{TIN}"
    yield "LX*1"
    for claim in payment.claims:
        yield from _claim(claim)
    yield from _provider_adjustments(payment)


def _provider_adjustments(payment: Payment) -> Iterator[str]:
    """PLB segments of up to six pairs each."""
    pairs = [f"{code}:{reference}*{money(amount)}" for code, reference, amount in payment.adjustments]
    for start in range(0, len(pairs), 6):
        yield f"PLB*{payment.site.npi}*{payment.day.year}1231*" + "*".join(pairs[start : start + 6])


def _claim(paid: PaidClaim) -> Iterator[str]:
    claim, patient = paid.claim, paid.claim.patient
    share = money(paid.patient_share) if paid.patient_share and paid.status != "22" else ""
    where = f"{claim.place}*1" if claim.kind == "P" else f"{claim.bill_type[:2]}*{claim.bill_type[2]}"
    drg = f"**{claim.drg}" if claim.drg else ""
    yield (
        f"CLP*{claim.claim_id}*{paid.status}*{money(paid.charge)}*{money(paid.paid)}*{share}"
        f"*{_FILING.get(patient.filing_code, patient.filing_code)}*{paid.number}*{where}{drg}"
    )
    yield from _adjustments(paid.adjustments)
    yield f"NM1*QC*1*{patient.last}*{patient.first}****MI*{patient.member_id}"
    if claim.kind == "P":
        yield f"NM1*82*1*{claim.clinician.last}*{claim.clinician.first}****XX*{claim.clinician.npi}"
    if paid.remark:
        yield f"MIA*0****{paid.remark}" if claim.bill_type == "111" else f"MOA***{paid.remark}"
    yield f"REF*1L*{patient.payer.group_number}"
    if patient.payer is SUMMIT:
        yield f"REF*CE*CEDAR RIDGE {'PPO EPO' if patient.filing_code != 'HM' else 'HMO'}"
    if paid.original:
        yield f"REF*F8*{paid.original}"
    yield f"DTM*232*{claim.start:%Y%m%d}"
    yield f"DTM*233*{claim.end:%Y%m%d}"
    yield f"DTM*050*{paid.received:%Y%m%d}"
    if paid.interest:
        yield f"AMT*I*{money(paid.interest)}"
    for line in paid.lines:
        yield from _line(paid, line)


def _line(paid: PaidClaim, line: PaidLine) -> Iterator[str]:
    claim, payer = paid.claim, paid.claim.patient.payer
    billed = line.line
    yield f"SVC*{_service(paid, line)}"
    yield f"DTM*472*{claim.start:%Y%m%d}"
    yield from _adjustments(line.adjustments)
    if paid.line_numbers:
        yield f"REF*6R*{billed.control(claim.claim_id)}"
    if claim.kind in payer.reports_allowed and line.allowed is not None:
        yield f"AMT*B6*{money(line.allowed)}"
    if line.remark:
        yield f"LQ*HE*{line.remark}"


def _service(paid: PaidClaim, line: PaidLine) -> str:
    """SVC01 to SVC07: what was paid, and what was billed where that differs."""
    billed = line.line
    composite = procedure(billed, line.code) if billed.code else f"NU:{billed.revenue_code}"
    revenue = billed.revenue_code if billed.code else ""
    changed_code = line.code != billed.code
    changed_units = line.units != billed.units
    parts = [composite, money(billed.charge), money(line.paid), revenue, str(line.units)]
    if changed_code or changed_units:
        parts.append(procedure(billed) if changed_code else "")
    if changed_units:
        parts.append(str(billed.units))
    return "*".join(parts)


def _adjustments(adjustments: Sequence[Adjustment]) -> Iterator[str]:
    """CAS segments: one per group, up to six reasons each."""
    for group in dict.fromkeys(group for group, _, _ in adjustments):
        triples = [f"{reason}*{money(amount)}*" for one, reason, amount in adjustments if one == group]
        yield f"CAS*{group}*" + "*".join(triples).rstrip("*")
