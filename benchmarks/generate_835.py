"""Writes a large, balanced, varied 835 file, the same one for the same seed.

Professional and institutional claims, denials, secondary claims, capitated lines, case rates with
adjustments at claim level, reversals with corrections, interest, recoveries: in the proportions of an
ordinary payer's remittances. Returns what the file adds up to, to hold a reader's tables against.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

PROCEDURES = [
    *("99213", "99214", "99203", "99232", "99285", "36415", "80053", "93000"),
    *("71046", "70553", "27447", "29881", "45378", "J1885", "97110", "G0463"),
]
REVENUES = ["0120", "0250", "0258", "0270", "0300", "0301", "0320", "0360", "0420", "0450", "0636", "0710", "0730"]
GROUPS = ["470", "871", "291", "392", "194", "743", "765", "807", "247", "065"]
DENIALS = ["16", "18", "22", "27", "29", "50", "96", "109", "151", "197", "204", "B7", "B15"]
REMARKS = ["N130", "M15", "N362", "MA130", "N519", "N115", "M80", "N657"]
SURNAMES = ["SMITH", "JOHNSON", "BROWN", "GARCIA", "O'BRIEN", "NGUYEN-TRAN", "MILLER", "DAVIS"]
CLAIMS_PER_REMITTANCE = 800


def money(cents: int) -> str:
    """An amount as payers write it: no trailing zeros."""
    whole, part = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    if not part:
        return f"{sign}{whole}"
    return f"{sign}{whole}.{part:02d}".rstrip("0")


@dataclass
class Line:
    """A service line: its segment's parts and its adjustments, in cents."""

    procedure: str
    revenue: str
    units: int
    charge: int
    paid: int
    allowed: int
    day: int
    adjustments: list[tuple[str, str, int]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    submitted: str = ""


@dataclass
class Claim:
    """A claim of a remittance."""

    number: str
    payer_number: str
    member: str
    institutional: bool
    status: str
    month: int
    lines: list[Line]
    adjustments: list[tuple[str, str, int]] = field(default_factory=list)
    drg: str = ""
    interest: int = 0


class Generator:
    """Draws claims and writes them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.totals: Counter[str] = Counter()
        self.segments: list[str] = []

    def put(self, *elements: str) -> None:
        """Write one segment."""
        self.segments.append("*".join(elements).rstrip("*"))

    def line(self, kind: str, institutional: bool) -> Line:
        """Draw a line of this kind of claim."""
        draw = self.random
        charge = draw.randint(1500, 900000) if institutional else draw.randint(2500, 95000)
        allowed = charge * draw.randint(15, 80) // 100
        code = f"NU:{draw.choice(REVENUES)}" if institutional and draw.random() < 0.4 else self._procedure()
        revenue = draw.choice(REVENUES) if institutional and code.startswith("HC") else ""
        line = Line(code, revenue, draw.choice((1, 1, 1, 2, 3, 10)), charge, charge, allowed, draw.randint(1, 28))
        if draw.random() < 0.02:
            line.submitted = f"HC:{draw.choice(PROCEDURES)}"
        if kind != "case":
            self._adjust(line, kind)
        return line

    def _procedure(self) -> str:
        draw = self.random
        modifier = f":{draw.choice(('25', '59', 'RT', 'LT', '26'))}" if draw.random() < 0.3 else ""
        return f"HC:{draw.choice(PROCEDURES)}{modifier}"

    def _adjust(self, line: Line, kind: str) -> None:
        draw = self.random
        if kind in ("denied", "capitated"):
            reason = "24" if kind == "capitated" else draw.choice(DENIALS)
            line.paid = line.allowed = 0
            line.adjustments = [("CO", reason, line.charge)]
            line.remarks = [draw.choice(REMARKS)] if kind == "denied" else []
            return
        if kind == "secondary":
            line.paid = line.allowed * draw.randint(10, 50) // 100
            line.adjustments = [("OA", "23", line.charge - line.paid)]
            return
        deductible = line.allowed * draw.randint(5, 30) // 100 if draw.random() < 0.25 else 0
        coinsurance = (line.allowed - deductible) // 5 if draw.random() < 0.5 else 0
        sequestration = (line.allowed - deductible - coinsurance) // 50 if draw.random() < 0.25 else 0
        line.paid = line.allowed - deductible - coinsurance - sequestration
        parts = (
            ("CO", "45", line.charge - line.allowed),
            ("CO", "253", sequestration),
            ("PR", "1", deductible),
            ("PR", "2", coinsurance),
        )
        line.adjustments = [part for part in parts if part[2]]
        line.remarks = [draw.choice(REMARKS)] if draw.random() < 0.1 else []

    def claim(self) -> Claim:
        """Draw a claim."""
        draw = self.random
        institutional = draw.random() < 0.3
        kind = draw.choices(("paid", "denied", "secondary", "capitated"), (81, 8, 8, 3))[0]
        if institutional and kind == "paid" and draw.random() < 0.4:
            kind = "case"
        count = draw.randint(4, 22) if institutional else draw.choice((1, 1, 1, 2, 2, 3, 4, 6))
        claim = Claim(
            number=str(draw.randint(10**6, 10**9)),
            payer_number=str(draw.randint(10**12, 10**13 - 1)),
            member=f"W{draw.randint(10**8, 10**9 - 1)}",
            institutional=institutional,
            status={"denied": "4", "secondary": "2"}.get(kind, "1"),
            month=draw.randint(1, 12),
            lines=[self.line(kind, institutional) for _ in range(count)],
            interest=draw.randint(5, 900) if draw.random() < 0.03 else 0,
        )
        if kind == "case":
            self._case_rate(claim)
        return claim

    def _case_rate(self, claim: Claim) -> None:
        charge = sum(line.charge for line in claim.lines)
        rate = charge * self.random.randint(20, 60) // 100
        claim.drg = self.random.choice(GROUPS)
        claim.adjustments = [("CO", "45", charge - rate), ("PR", "1", rate // 20)]

    def _cas(self, adjustments: list[tuple[str, str, int]], sign: int) -> int:
        """Write CAS segments, one for each group; returns what they add up to."""
        for group in dict.fromkeys(part[0] for part in adjustments):
            parts = [part for part in adjustments if part[0] == group]
            elements = [text for _, reason, cents in parts for text in (reason, money(sign * cents), "")]
            self.put("CAS", group, *elements)
            self.totals["adjustments"] += len(parts)
        return sign * sum(part[2] for part in adjustments)

    def write(self, claim: Claim, sign: int = 1) -> int:
        """Write a claim, or with sign -1 its reversal; returns what it pays."""
        charge = sign * sum(line.charge for line in claim.lines)
        paid = sign * (sum(line.paid for line in claim.lines) - sum(part[2] for part in claim.adjustments))
        every = claim.adjustments + [part for line in claim.lines for part in line.adjustments]
        patient = sum(cents for group, _, cents in every if group == "PR")
        status = "22" if sign < 0 else claim.status
        shown = money(patient) if patient and sign > 0 else ""
        self.put(
            "CLP", claim.number, status, money(charge), money(paid), shown, "12", claim.payer_number,
            "11", "1", "", claim.drg,
        )  # fmt: skip
        self._cas(claim.adjustments, sign)
        self._claim_details(claim, charge, paid)
        for number, line in enumerate(claim.lines, 1):
            self._write_line(claim, line, number, sign)
        self.totals.update(claims=1, charge=charge, paid=paid, lines=len(claim.lines))
        return paid

    def _claim_details(self, claim: Claim, charge: int, paid: int) -> None:
        draw = self.random
        self.put("NM1", "QC", "1", draw.choice(SURNAMES), "JANE", "", "", "", "MI", claim.member)
        self.put("NM1", "82", "1", draw.choice(SURNAMES), "DOC", "", "", "", "XX", f"1{draw.randint(10**8, 10**9 - 1)}")
        if claim.drg:
            self.put("MIA", "0", "", "", money(paid), "MA01")
        elif draw.random() < 0.3:
            self.put("MOA", "", "", "MA01")
        if draw.random() < 0.5:
            self.put("REF", "1L", f"GRP{draw.randint(10000, 99999)}")
        if draw.random() < 0.3:
            self.put("REF", "EA", f"MRN{draw.randint(10**6, 10**7)}")
        self.put("DTM", "232", f"2025{claim.month:02d}01")
        self.put("DTM", "233", f"2025{claim.month:02d}28")
        if draw.random() < 0.6:
            self.put("DTM", "050", f"2025{claim.month:02d}28")
        self.put("AMT", "AU", money(charge))
        if claim.interest and charge > 0:
            self.put("AMT", "I", money(claim.interest))

    def _write_line(self, claim: Claim, line: Line, number: int, sign: int) -> None:
        units = "" if line.units == 1 and number % 5 == 0 else str(sign * line.units)
        amounts = money(sign * line.charge), money(sign * line.paid)
        self.put("SVC", line.procedure, *amounts, line.revenue, units, line.submitted)
        self.put("DTM", "472", f"2025{claim.month:02d}{line.day:02d}")
        self._cas(line.adjustments, sign)
        self.put("REF", "6R", f"{claim.number}L{number}")
        if line.adjustments and line.allowed:
            self.put("AMT", "B6", money(sign * line.allowed))
        for remark in line.remarks:
            self.put("LQ", "HE", remark)

    def remittance(self, number: int) -> None:
        """Write one transaction, ST to SE."""
        before, self.segments = self.segments, []
        paid = interest = 0
        self.put("LX", "1")
        for _ in range(CLAIMS_PER_REMITTANCE):
            claim = self.claim()
            paid += self.write(claim)
            interest += claim.interest
            if self.random.random() < 0.02:
                paid += self.write(claim, -1)
                paid += self.write(claim)
                interest += claim.interest
        provider = [("L6", -interest), (f"WO:{self.random.randint(10**11, 10**12)}", self.random.randint(1000, 900000))]
        provider = [pair for pair in provider if pair[1]]
        body, self.segments = self.segments, []
        payment = paid - sum(cents for _, cents in provider)
        self._header(number, payment)
        segments = self.segments + body
        self.segments = []
        self.put("PLB", "1234567893", "20261231", *(text for code, cents in provider for text in (code, money(cents))))
        self.put("SE", str(len(segments) + 2), f"{number:04d}")
        self.segments = before + segments + self.segments
        self.totals.update(remits=1, payment=payment, provider=sum(cents for _, cents in provider))

    def _header(self, number: int, payment: int) -> None:
        self.put("ST", "835", f"{number:04d}", "005010X221A1")
        self.put("BPR", "I", money(payment), "C", "ACH", "CCP", *[""] * 10, "20260105")
        self.put("TRN", "1", f"EFT{self.random.randint(10**9, 10**10)}", "1512345678")
        self.put("DTM", "405", "20260104")
        self.put("N1", "PR", "BIG PAYER HEALTH PLAN", "XV", "12345")
        self.put("N3", "1 MAIN STREET")
        self.put("N4", "HARTFORD", "CT", "06156")
        self.put("PER", "BL", "EDI", "TE", "8005551212")
        self.put("N1", "PE", "REGIONAL HOPE HOSPITAL", "XX", "1234567893")
        self.put("REF", "TJ", "123456789")


ISA = "ISA*00*          *00*          *ZZ*BIGPAYER       *ZZ*HOSPSYS        *260105*0512*^*00501*000000001*0*P*:"


def write_835(path: Path, megabytes: float, seed: int = 1) -> dict[str, int]:
    """Write a file of about this size; returns its totals (amounts in cents)."""
    generator = Generator(seed)
    generator.segments = [ISA, "GS*HP*BIGPAYER*HOSPSYS*20260105*0512*1*X*005010X221A1"]
    size = number = 0
    with path.open("w", encoding="ascii", newline="") as file:
        while size < megabytes * 1e6:
            number += 1
            generator.remittance(number)
            size += file.write("~".join(generator.segments) + "~")
            generator.segments = []
        size += file.write(f"GE*{number}*1~IEA*1*000000001~")
    return dict(generator.totals) | {"bytes": size}
