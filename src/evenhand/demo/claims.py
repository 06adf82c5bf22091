"""What the practice submits: a claim and its lines, as plain records with money in cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.demo.practice import Clinician, Patient, Site


@dataclass(frozen=True, slots=True)
class Line:
    """One service line. Institutional lines carry a revenue code and may have no procedure code."""

    number: int
    code: str
    modifiers: tuple[str, ...]
    units: int
    charge: int
    revenue_code: str = ""

    def control(self, claim_id: str) -> str:
        """The line's own number, sent as REF*6R and returned on remittances."""
        return f"{claim_id}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class PriorPayer:
    """What the payer before ours did with a claim: cents per line."""

    name: str
    payer_id: str
    paid: tuple[int, ...]
    written_off: tuple[int, ...]
    patient: tuple[int, ...]
    paid_on: date


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. ``kind`` is P (professional) or I (institutional); ``bill_type`` such as 111."""

    claim_id: str
    kind: str
    patient: Patient
    clinician: Clinician
    billing: Site
    place: str  # place of service, professional
    bill_type: str
    drg: str
    start: date
    end: date
    submitted: date
    diagnoses: tuple[str, ...]
    lines: tuple[Line, ...]
    prior: PriorPayer | None = None
    authorised: bool = False
    on_file: bool = True  # whether the 837 that held it was kept

    @property
    def charge(self) -> int:
        """Total charge in cents."""
        return sum(line.charge for line in self.lines)

    @property
    def setting(self) -> str:
        """``office`` or ``facility``."""
        return "office" if self.kind == "P" and self.place == "11" else "facility"

    @property
    def nights(self) -> int:
        """Length of stay, at least one."""
        return max(1, (self.end - self.start).days)
