"""Claims as the practice submits them: 837 professional (X222) and institutional (X223)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from evenhand.demo.claims import Claim, Line, PriorPayer
from evenhand.demo.practice import CLINIC, SURGICAL_HOSPITAL, TIN, TOWN, Payer, Site
from evenhand.demo.x12 import CLEARINGHOUSE, PRACTICE, Envelope, interchange, money, transaction

VERSIONS = {"P": "005010X222A1", "I": "005010X223A2"}
#: Billed DRG → the procedures of its stays (ICD-10-PCS); joints of knee and hip go by the diagnosis.
_DONE = {
    "460": ("0SG00AJ", "0SB20ZZ"),
    "473": ("0RG10A0", "0RB30ZZ"),
    "483": ("0RRJ00Z",),
    "521": ("0SRR0J9",),
    "522": ("0SRR0J9",),
}


def submission(kind: str, claims: Sequence[Claim], day: date, control: int) -> str:
    """One interchange of claims of one kind: a transaction per payer."""
    payers = {claim.patient.payer.key: claim.patient.payer for claim in claims}
    transactions = [
        _transaction(kind, payer, [claim for claim in claims if claim.patient.payer is payer], (number, control, day))
        for number, payer in enumerate(payers.values(), start=1)
    ]
    return interchange(Envelope("HC", VERSIONS[kind], PRACTICE, CLEARINGHOUSE, control, day), transactions)


def _transaction(kind: str, payer: Payer, claims: Sequence[Claim], marks: tuple[int, int, date]) -> list[str]:
    number, control, day = marks
    body = [
        f"BHT*0019*00*{control}{number:02d}*{day:%Y%m%d}*0730*CH",
        f"NM1*41*2*{PRACTICE.name}*****46*{PRACTICE.number}",
        "PER*IC*CLAIMS OFFICE*TE*5555550100",
        f"NM1*40*2*{CLEARINGHOUSE.name}*****46*{CLEARINGHOUSE.number}",
        *_billing(CLINIC if kind == "P" else SURGICAL_HOSPITAL),
    ]
    for level, claim in enumerate(claims, start=2):
        body += _subscriber(claim, level)
        body += _claim(claim) if kind == "P" else _facility_claim(claim)
    return transaction("837", number, body, VERSIONS[kind])


def _billing(site: Site) -> list[str]:
    return [
        "HL*1**20*1",
        f"NM1*85*2*{site.name}*****XX*{site.npi}",
        f"N3*{site.street}",
        TOWN,
        f"REF*EI*{TIN}",
    ]


def _subscriber(claim: Claim, level: int) -> list[str]:
    patient, payer = claim.patient, claim.patient.payer
    sequence = "S" if claim.prior else "P"
    return [
        f"HL*{level}*1*22*0",
        f"SBR*{sequence}*18*{payer.group_number}******{patient.filing_code}",
        f"NM1*IL*1*{patient.last}*{patient.first}****MI*{patient.member_id}",
        f"N3*{patient.number} EXAMPLE STREET",
        TOWN,
        f"DMG*D8*{patient.birth:%Y%m%d}*{patient.sex}",
        f"NM1*PR*2*{payer.name}*****PI*{payer.payer_id}",
    ]


def _claim(claim: Claim) -> Iterator[str]:
    yield f"CLM*{claim.claim_id}*{money(claim.charge)}***{claim.place}:B:1*Y*A*Y*Y"
    if claim.authorised:
        yield f"REF*G1*A{claim.claim_id}"
    yield _diagnoses(claim)
    clinician = claim.clinician
    yield f"NM1*82*1*{clinician.last}*{clinician.first}****XX*{clinician.npi}"
    yield f"PRV*PE*PXC*{clinician.taxonomy}"
    if claim.place != "11":
        yield f"NM1*77*2*{SURGICAL_HOSPITAL.name}*****XX*{SURGICAL_HOSPITAL.npi}"
        yield f"N3*{SURGICAL_HOSPITAL.street}"
        yield TOWN
    yield from _other_payer(claim)
    for line in claim.lines:
        yield f"LX*{line.number}"
        yield f"SV1*{procedure(line)}*{money(line.charge)}*UN*{line.units}***1"
        yield from _line_end(claim, line)


def _facility_claim(claim: Claim) -> Iterator[str]:
    yield f"CLM*{claim.claim_id}*{money(claim.charge)}***{claim.bill_type[:2]}:A:{claim.bill_type[2]}**A*Y*Y"
    yield f"DTP*434*RD8*{claim.start:%Y%m%d}-{claim.end:%Y%m%d}"
    if claim.bill_type == "111":
        yield "DTP*096*TM*1100"
        yield f"DTP*435*DT*{claim.start:%Y%m%d}0600"
    yield "CL1*3*1*01"
    if claim.authorised:
        yield f"REF*G1*A{claim.claim_id}"
    yield _diagnoses(claim)
    if claim.drg:
        yield f"HI*DR:{claim.drg}"
        yield _procedures(claim)
    clinician = claim.clinician
    yield f"NM1*71*1*{clinician.last}*{clinician.first}****XX*{clinician.npi}"
    yield from _other_payer(claim)
    for line in claim.lines:
        yield f"LX*{line.number}"
        measure = "DA" if line.revenue_code == "0120" else "UN"
        code = procedure(line) if line.code else ""
        yield f"SV2*{line.revenue_code}*{code}*{money(line.charge)}*{measure}*{line.units}"
        yield from _line_end(claim, line)


def procedure(line: Line, code: str = "") -> str:
    """The composite procedure: qualifier, code, modifiers."""
    return ":".join(("HC", code or line.code, *line.modifiers))


def _diagnoses(claim: Claim) -> str:
    first, *others = claim.diagnoses
    return "*".join((f"HI*ABK:{first}", *(f"ABF:{code}" for code in others)))


def _procedures(claim: Claim) -> str:
    """What was done, in the codes the DRG is grouped from."""
    hip = claim.diagnoses[0].startswith("M16")
    principal, *others = _DONE.get(claim.drg, ("0SR90JZ",) if hip else ("0SRC0J9",))
    day = f"D8:{claim.start:%Y%m%d}"
    return "*".join((f"HI*BBR:{principal}:{day}", *(f"BBQ:{code}:{day}" for code in others)))


def _other_payer(claim: Claim) -> Iterator[str]:
    prior = claim.prior
    if prior is None:
        return
    patient = claim.patient
    yield "SBR*P*18*******MB" if prior.payer_id == "MEDEX" else "SBR*P*18*******CI"
    yield f"AMT*D*{money(sum(prior.paid))}"
    yield f"AMT*EAF*{money(sum(prior.patient))}"
    yield "OI***Y***Y"
    yield f"NM1*IL*1*{patient.last}*{patient.first}****MI*X{patient.member_id}"
    yield f"NM1*PR*2*{prior.name}*****PI*{prior.payer_id}"


def _line_end(claim: Claim, line: Line) -> Iterator[str]:
    yield f"DTP*472*D8*{claim.start:%Y%m%d}"
    yield f"REF*6R*{line.control(claim.claim_id)}"
    if claim.prior is not None:
        yield from _prior_line(claim.prior, line)


def _prior_line(prior: PriorPayer, line: Line) -> Iterator[str]:
    place = line.number - 1
    code = procedure(line) if line.code else ""
    yield f"SVD*{prior.payer_id}*{money(prior.paid[place])}*{code}*{line.revenue_code}*{line.units}"
    if prior.written_off[place]:
        yield f"CAS*CO*45*{money(prior.written_off[place])}"
    if prior.patient[place]:
        yield f"CAS*PR*2*{money(prior.patient[place])}"
    yield f"DTP*573*D8*{prior.paid_on:%Y%m%d}"
