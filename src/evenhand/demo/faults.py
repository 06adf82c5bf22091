"""Seeded faults: ways a payer pays other than agreed, each priced under a deal that is wrong in one point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

from evenhand.demo.claims import Claim, Line
from evenhand.demo.deals import AMENDED, WHOLE, Deal, escalation, lakeshore, prairie, share
from evenhand.demo.fees import Priced, part, price
from evenhand.demo.practice import LAKESHORE, PRAIRIE, SUMMIT

#: A fault changes a line's allowed amount by at least this many cents; smaller changes are not made.
SMALLEST = 100
#: For how long after a change a payer may still pay by what held before.
_NEW = timedelta(days=120)

_LOWER = {
    "99215": "99214", "99214": "99213", "99205": "99204", "99204": "99203", "20611": "20610",
    "29880": "29881", "29823": "29822", "97163": "97161", "28297": "28296",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """What the payer allows: the price, and how it explains what differs from what was billed."""

    priced: Priced
    right: Priced
    kind: str = ""
    codes: dict[int, str] = field(default_factory=dict)  # line number → code paid instead
    units: dict[int, int] = field(default_factory=dict)  # line number → units paid
    reasons: dict[int, str] = field(default_factory=dict)  # line number → CARC of the shortfall


Fault = Callable[[Claim, Deal, Priced, Random], Decision | None]


def _under(claim: Claim, right: Priced, wrong_deal: Deal, reason: str = "") -> Decision | None:
    """The claim as a deal wrong in one point prices it."""
    wrong = price(claim, wrong_deal)
    return _where_it_matters(claim, right, wrong, reason)


def _where_it_matters(claim: Claim, right: Priced, wrong: Priced, reason: str = "") -> Decision | None:
    """Keep the differences of a dollar or more; ``None`` where there are none."""
    kept = tuple(
        now if abs(now - before) >= SMALLEST else before
        for before, now in zip(right.allowed, wrong.allowed, strict=True)
    )
    if kept == right.allowed or (right.by_claim and abs(sum(kept) - right.total) < SMALLEST):
        return None
    changed = [line.number for line, now, was in zip(claim.lines, kept, right.allowed, strict=True) if now != was]
    reasons = dict.fromkeys(changed, reason) if reason else {}
    return Decision(replace(right, allowed=kept), right, reasons=reasons)


def _with_line(claim: Claim, changed: Line) -> Claim:
    return replace(claim, lines=tuple(changed if line.number == changed.number else line for line in claim.lines))


def _only(right: Priced, wrong: Priced, number: int) -> Priced:
    """The right price but for one line."""
    pairs = enumerate(zip(right.allowed, wrong.allowed, strict=True), start=1)
    return replace(right, allowed=tuple(now if place == number else was for place, (was, now) in pairs))


def old_schedule(claim: Claim, deal: Deal, right: Priced, rng: Random) -> Decision | None:
    """Paid by the schedule before the one in force, in the months after the change."""
    payer = claim.patient.payer
    if payer is LAKESHORE and AMENDED <= claim.start < AMENDED + _NEW:
        return _under(claim, right, replace(deal, sections=lakeshore(2023).sections))
    if payer is PRAIRIE and claim.start.year > 2024 and claim.start.month <= 3:
        return _under(claim, right, prairie(claim.start.year, claim.start.year - 1))
    return None


def missed_escalator(claim: Claim, deal: Deal, right: Priced, rng: Random) -> Decision | None:
    """January's rise was loaded late: the first quarter is paid at last year's rates."""
    years = claim.start.year - 2024
    if claim.patient.payer is not SUMMIT or years < 1 or claim.start.month > 3:
        return None
    return _under(claim, right, replace(deal, escalation=escalation(years - 1), case_escalation=escalation(years - 1)))


def modifier_cut(claim: Claim, deal: Deal, right: Priced, rng: Random) -> Decision | None:
    """Both sides paid as one, or an assistant or co-surgeon paid too small a share."""
    wrong = {**deal.modifiers, "50": WHOLE, "80": share(12), "AS": share(10), "62": share(50)}
    return _under(claim, right, replace(deal, modifiers=wrong))


def multiple_procedure_cut(claim: Claim, deal: Deal, right: Priced, rng: Random) -> Decision | None:
    """Second and later procedures paid at a quarter or less."""
    return _under(claim, right, replace(deal, ranking=(WHOLE, share(25), share(10))), "59")


def lesser_of(claim: Claim, deal: Deal, right: Priced, rng: Random) -> Decision | None:
    """Held to half of the charge; or, where the contract compares whole claims, held line by line."""
    if deal.lesser_of == "claim":
        return None if right.by_claim else _under(claim, right, replace(deal, lesser_of="line"))
    if claim.kind == "I":
        return None
    return _under(claim, right, replace(deal, cap=share(50)))


def downcoding(claim: Claim, deal: Deal, right: Priced, rng: Random) -> Decision | None:
    """Paid as a lesser service of the same family."""
    for line in claim.lines:
        lower = _LOWER.get(line.code)
        if lower and claim.kind == "P":
            wrong = price(_with_line(claim, replace(line, code=lower)), deal)
            found = _where_it_matters(claim, right, _only(right, wrong, line.number), "150")
            if found and found.priced.total < right.total:
                return replace(found, codes={line.number: lower})
    return None


def bundling(claim: Claim, deal: Deal, right: Priced, rng: Random) -> Decision | None:
    """A line the contract pays is called part of another."""
    if claim.kind == "I" or len(claim.lines) < 2:
        return None
    return _zero_line(claim, right, rng.randrange(1, len(claim.lines)) + 1)


def implants_unpaid(claim: Claim, deal: Deal, right: Priced, rng: Random) -> Decision | None:
    """The carve-out for implants is overlooked."""
    if not right.by_claim or all(right.included):
        return None
    return _zero_line(claim, right, right.included.index(False) + 1)


def _zero_line(claim: Claim, right: Priced, number: int) -> Decision | None:
    nothing = replace(right, allowed=(0,) * len(claim.lines))
    return _where_it_matters(claim, right, _only(right, nothing, number), "97")


def case_rate(claim: Claim, deal: Deal, right: Priced, rng: Random) -> Decision | None:
    """The case or day rate of an earlier contract."""
    if not right.by_claim:
        return None
    cases = tuple(replace(case, amount=part(case.amount, share(92))) for case in deal.cases)
    return _under(claim, right, replace(deal, cases=cases))


def units_cut(claim: Claim, deal: Deal, right: Priced, rng: Random) -> Decision | None:
    """Fewer units paid than billed."""
    for line in claim.lines:
        if line.units > 1 and claim.kind == "P":
            paid = line.units // 2
            wrong = price(_with_line(claim, replace(line, units=paid)), deal)
            found = _where_it_matters(claim, right, _only(right, wrong, line.number), "151")
            if found:
                return replace(found, units={line.number: paid})
    return None


def percent_of_charges(claim: Claim, deal: Deal, right: Priced, rng: Random) -> Decision | None:
    """A smaller share of charges than agreed."""
    wrong = replace(deal, otherwise=deal.otherwise - share(7), facility=deal.facility - share(6))
    return None if right.by_claim else _under(claim, right, wrong)


def overpayment(claim: Claim, deal: Deal, right: Priced, rng: Random) -> Decision | None:
    """Schedule rates paid a few per cent too high."""
    sections = tuple(replace(section, share=part(section.share, share(107))) for section in deal.sections)
    return _under(claim, right, replace(deal, sections=sections))


#: Name of the kind → how it is made.
KINDS: dict[str, Fault] = {
    "old fee schedule": old_schedule,
    "missed escalator": missed_escalator,
    "modifier": modifier_cut,
    "multiple procedures": multiple_procedure_cut,
    "lesser-of": lesser_of,
    "downcoding": downcoding,
    "bundling": bundling,
    "implant carve-out": implants_unpaid,
    "case rate": case_rate,
    "units": units_cut,
    "percent of charges": percent_of_charges,
    "overpayment": overpayment,
}


class Seeder:
    """Chooses which claims are paid wrongly and how, keeping the kinds near each other in number."""

    def __init__(self, seed: int, *, share_of_claims: float) -> None:
        self._rng = Random(f"{seed} faults")
        self._share = share_of_claims
        self._made = dict.fromkeys(KINDS, 0)

    def decide(self, claim: Claim, deal: Deal) -> Decision:
        """The payer's decision on a claim: right, or wrong in one of the kinds that can befall it."""
        right = price(claim, deal)
        if self._rng.random() >= (3 * self._share if claim.kind == "I" else self._share):
            return Decision(right, right)
        if deal.lesser_of == "claim" and right.total >= claim.charge:
            return Decision(right, right)  # held to its charges already: a fault in a line would not show
        for kind in sorted(KINDS, key=lambda name: self._made[name]):
            wrong = KINDS[kind](claim, deal, right, self._rng)
            if wrong is not None:
                self._made[kind] += 1
                return replace(wrong, kind=kind)
        return Decision(right, right)
