"""How a payer settles a claim: allowed amounts become payment, cost share and adjustments that balance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from evenhand.demo.claims import Claim, Line
from evenhand.demo.faults import Decision
from evenhand.demo.fees import part
from evenhand.demo.practice import LAKESHORE, PRAIRIE, SUMMIT

Adjustment = tuple[str, str, int]  # group, reason, cents


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A line on a remittance (SVC)."""

    line: Line
    code: str
    units: int
    allowed: int | None  # None where nothing is said of it (denials, secondary payers)
    paid: int
    adjustments: tuple[Adjustment, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PaidClaim:
    """A claim on a remittance (CLP). ``lines`` may be empty: then the claim's own adjustments say all."""

    claim: Claim
    status: str
    number: str  # the payer's claim number
    received: date
    lines: tuple[PaidLine, ...]
    adjustments: tuple[Adjustment, ...] = ()
    original: str = ""
    remark: str = ""
    interest: int = 0
    line_numbers: bool = True  # whether the payer returns the lines' own numbers (REF*6R)

    @property
    def charge(self) -> int:
        """CLP03."""
        return -self.claim.charge if self.status == "22" else self.claim.charge

    @property
    def paid(self) -> int:
        """CLP04: what is left of the charge after every adjustment."""
        taken = sum(amount for line in self.lines for _, _, amount in line.adjustments)
        return self.charge - taken - sum(amount for _, _, amount in self.adjustments)

    @property
    def patient_share(self) -> int:
        """CLP05: all PR adjustments."""
        every = [*self.adjustments, *(one for line in self.lines for one in line.adjustments)]
        return sum(amount for group, _, amount in every if group == "PR")


class CostShare:
    """Members' copays, deductibles and coinsurance, year by year."""

    def __init__(self) -> None:
        self._met: dict[tuple[int, int], int] = {}

    def split(self, claim: Claim, allowed: int, *, visit: bool) -> list[Adjustment]:
        """What of an allowed amount the member owes."""
        payer = claim.patient.payer
        if visit:
            return _some(("PR", "3", min(payer.copay, allowed)))
        key = (claim.patient.number, claim.start.year)
        deductible = min(allowed, payer.deductible - self._met.get(key, 0))
        self._met[key] = self._met.get(key, 0) + deductible
        coinsurance = part(allowed - deductible, payer.coinsurance, 100)
        return _some(("PR", "1", deductible), ("PR", "2", coinsurance))

    def give_back(self, paid: PaidClaim) -> None:
        """Undo what a claim added to its member's deductible, when it is reversed."""
        every = [*paid.adjustments, *(one for line in paid.lines for one in line.adjustments)]
        key = (paid.claim.patient.number, paid.claim.start.year)
        self._met[key] = self._met.get(key, 0) - sum(amount for _, reason, amount in every if reason == "1")


def _some(*adjustments: Adjustment) -> list[Adjustment]:
    return [one for one in adjustments if one[2]]


def settle(decision: Decision, paid: PaidClaim, cost_share: CostShare) -> PaidClaim:
    """Settle a claim as decided: by line, or as a whole where this payer does that."""
    claim = paid.claim
    if claim.patient.payer is PRAIRIE and decision.priced.by_claim and claim.bill_type == "111":
        total = decision.priced.total
        owed = cost_share.split(claim, total, visit=False)
        return replace(paid, lines=(), adjustments=(*_contractual(claim.charge - total), *owed))
    allowed = _shown(decision, claim)
    lines = tuple(
        _settle_line(decision, claim, line, amount, cost_share)
        for line, amount in zip(claim.lines, allowed, strict=True)
    )
    return replace(paid, lines=lines)


def _shown(decision: Decision, claim: Claim) -> tuple[int, ...]:
    """Allowed amounts by line as the remittance shows them: Summit spreads a case rate over its lines by charge."""
    priced = decision.priced
    if claim.patient.payer is not SUMMIT or not priced.by_claim:
        return priced.allowed
    inside = [number for number, included in enumerate(priced.included) if included]
    total = sum(priced.allowed[number] for number in inside)
    charges = sum(claim.lines[number].charge for number in inside)
    shown, running = list(priced.allowed), 0
    before = 0
    for number in inside:
        running += claim.lines[number].charge
        upto = part(total, running, charges)
        shown[number], before = upto - before, upto
    return tuple(shown)


def _contractual(amount: int) -> list[Adjustment]:
    """The write-off to the contract; an allowed amount above the charge is said with reason 94."""
    return _some(("CO", "45" if amount > 0 else "94", amount))


def _settle_line(decision: Decision, claim: Claim, line: Line, allowed: int, cost_share: CostShare) -> PaidLine:
    code, units = decision.codes.get(line.number, line.code), decision.units.get(line.number, line.units)
    if allowed == 0:
        return PaidLine(line, code, units, 0, 0, (("CO", "97", line.charge),), "N390")
    adjustments = _write_off(decision, claim, line, allowed)
    visit = "99202" <= line.code <= "99215"
    owed = cost_share.split(claim, allowed, visit=visit)
    paid = allowed - sum(amount for _, _, amount in owed)
    return PaidLine(
        line,
        code,
        units,
        allowed,
        paid,
        (*adjustments, *owed),
        _REMARKS.get(adjustments[-1][1], "") if adjustments else "",
    )


_REMARKS = {"150": "N22", "151": "N362", "59": "N644"}


def _write_off(decision: Decision, claim: Claim, line: Line, allowed: int) -> list[Adjustment]:
    """Charge less allowed, with the part that has a reason of its own said apart."""
    number = line.number - 1
    reason = decision.reasons.get(line.number, "")
    apart = decision.right.allowed[number] - allowed if reason else 0
    if not apart and claim.patient.payer is SUMMIT and not decision.kind:
        reason, apart = "59", decision.right.cut[number]
    rest = line.charge - allowed - apart
    if apart <= 0 or rest < 0:
        return _contractual(line.charge - allowed)
    return [*_contractual(rest), ("CO", reason, apart)]


def settle_denied(paid: PaidClaim, group: str, reason: str, remark: str) -> PaidClaim:
    """Deny every line."""
    lines = tuple(
        PaidLine(line, line.code, line.units, None, 0, ((group, reason, line.charge),), remark)
        for line in paid.claim.lines
    )
    return replace(paid, status="4", lines=lines, remark=remark if remark.startswith("M") else "")


def deny_line(paid: PaidClaim, number: int, reason: str, remark: str) -> PaidClaim:
    """Deny one line of a claim otherwise paid."""
    lines = tuple(
        PaidLine(line.line, line.code, line.units, None, 0, (("CO", reason, line.line.charge),), remark)
        if line.line.number == number
        else line
        for line in paid.lines
    )
    return replace(paid, lines=lines)


def settle_secondary(paid: PaidClaim) -> PaidClaim:
    """Pay what the first payer left to the patient; the rest is that payer's affair (OA-23)."""
    prior = paid.claim.prior
    assert prior is not None
    lines = tuple(
        PaidLine(line, line.code, line.units, None, left, tuple(_some(("OA", "23", line.charge - left))))
        for line, left in zip(paid.claim.lines, prior.patient, strict=True)
    )
    return replace(paid, status="2", lines=lines)


def reverse(paid: PaidClaim) -> PaidClaim:
    """Take a payment back: every amount of the original negated, under the original number."""
    return replace(
        paid,
        status="22",
        lines=tuple(_negative(line) for line in paid.lines),
        adjustments=_negated(paid.adjustments),
        original=paid.number,
        interest=0,
    )


def _negated(adjustments: tuple[Adjustment, ...]) -> tuple[Adjustment, ...]:
    return tuple((group, reason, -amount) for group, reason, amount in adjustments)


def _negative(line: PaidLine) -> PaidLine:
    allowed = None if line.allowed is None else -line.allowed
    return replace(
        line,
        line=replace(line.line, charge=-line.line.charge),
        allowed=allowed,
        paid=-line.paid,
        adjustments=_negated(line.adjustments),
    )


#: Payers that announce a recovery (PLB WO) in one remittance and take it in a later one.
RECOVERS_LATER = (LAKESHORE,)
