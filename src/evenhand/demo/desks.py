"""The payers' desks: what becomes of each claim, in which remittance, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from evenhand.demo.claims import Claim
from evenhand.demo.deals import deal_on, share
from evenhand.demo.faults import Decision, Seeder
from evenhand.demo.fees import part, price
from evenhand.demo.payments import (
    RECOVERS_LATER,
    CostShare,
    PaidClaim,
    deny_line,
    reverse,
    settle,
    settle_denied,
    settle_secondary,
)
from evenhand.demo.practice import LAKESHORE, OUTSIDE_CONTRACT, PAYERS, SUMMIT, TODAY, Payer, Site
from evenhand.demo.remittances import Payment, ProviderAdjustment
from evenhand.demo.splits import split_line

_OUTCOMES = {"never": 7, "denied": 45, "line denied": 25, "corrected": 12, "taken back": 3, "paid": 908}
_DENIALS = (
    ("CO", "16", "M76"), ("CO", "16", "MA130"), ("CO", "50", "N115"), ("CO", "197", "N54"), ("CO", "29", "N211"),
    ("PR", "96", "N130"), ("CO", "18", "N522"), ("CO", "252", "N706"),
)  # fmt: skip
_DENIAL_WEIGHTS = (22, 12, 18, 20, 8, 10, 6, 4)
_OVERTURNED = 0.35


@dataclass(frozen=True, slots=True)
class _Bucket:
    """What one remittance will hold for one site."""

    claims: list[PaidClaim] = field(default_factory=list)
    adjustments: list[ProviderAdjustment] = field(default_factory=list)


class Desks:
    """Settles claims and keeps them until the day their remittance goes out."""

    def __init__(self, seed: int, seeder: Seeder | None) -> None:
        self._rng = Random(f"{seed} payments")
        self._seeder = seeder
        self._cost_share = CostShare()
        self._waiting: dict[tuple[date, str], dict[Site, _Bucket]] = {}
        self._forwarded: dict[tuple[str, Site], ProviderAdjustment] = {}
        self._numbers = 0

    def receive(self, claim: Claim, day: date) -> Decision | None:
        """Settle a claim received on a day; the decision that stands, if one was priced under the contract."""
        rng, payer = self._rng, claim.patient.payer
        blank = PaidClaim(claim, "1", self._number(payer, day), day, ())
        first_day = self._pay_day(payer, day, self._days(payer))
        outcome = rng.choices(tuple(_OUTCOMES), tuple(_OUTCOMES.values()))[0]
        if outcome == "never":
            return None
        if claim.prior is not None:
            self._send(settle_secondary(blank), first_day)
            return None
        if outcome == "denied":
            self._deny(blank, first_day)
            return None
        if outcome in ("corrected", "taken back"):
            self._take_back(blank, first_day, corrected=outcome == "corrected")
            return None
        return self._pay(blank, first_day, one_denied=outcome == "line denied")

    def due(self, before: date) -> Iterator[list[Payment]]:
        """The payments of each payer and day that go out before a day, in order; they are then forgotten."""
        last = min(before, TODAY)
        for day, key in sorted(key for key in self._waiting if key[0] < last):
            payer = next(payer for payer in PAYERS if payer.key == key)
            sites = self._waiting.pop((day, key))
            payments = [self._payment(payer, site, day, bucket) for site, bucket in sites.items() if bucket.claims]
            if payments:
                yield payments

    def _pay(self, blank: PaidClaim, day: date, *, one_denied: bool) -> Decision:
        claim, rng = blank.claim, self._rng
        can_deny = one_denied and claim.place == "11" and len(claim.lines) > 1
        decision = self._right(claim) if can_deny or day >= TODAY else self._decide(claim)
        paid = settle(decision, blank, self._cost_share)
        if can_deny:
            _, reason, remark = rng.choices(_DENIALS[1:4], _DENIAL_WEIGHTS[1:4])[0]
            paid = deny_line(paid, len(claim.lines), reason, remark)
        elif claim.patient.payer is LAKESHORE:
            usual = self._habits(paid)  # drawn either way, so that faults change nothing else
            paid = paid if decision.kind else usual
        self._send(paid, day)
        return decision

    def _habits(self, paid: PaidClaim) -> PaidClaim:
        """Lakeshore pays some lines in two parts, and at times returns no line numbers."""
        codes = [line.code for line in paid.claim.lines]
        if self._rng.random() < 0.1 and all(codes) and len(set(codes)) == len(codes):
            return replace(paid, line_numbers=False)
        several = [line.line.number for line in paid.lines if line.line.units > 1 and line.line.code.startswith("97")]
        return split_line(paid, several[0]) if several and self._rng.random() < 0.05 else paid

    def _deny(self, blank: PaidClaim, day: date) -> None:
        rng = self._rng
        denied = settle_denied(blank, *rng.choices(_DENIALS, _DENIAL_WEIGHTS)[0])
        self._send(denied, day)
        if rng.random() < _OVERTURNED:
            payer = blank.claim.patient.payer
            later = self._pay_day(payer, day, rng.randint(25, 60))
            self._send(reverse(denied), later)
            again = replace(blank, number=self._number(payer, later), original=denied.number)
            self._send(settle(self._right(blank.claim), again, self._cost_share), later)

    def _take_back(self, blank: PaidClaim, day: date, *, corrected: bool) -> None:
        """Pay, reverse, and where it was paid wrongly pay again; only where all of it lies before today."""
        rng, payer = self._rng, blank.claim.patient.payer
        later = self._pay_day(payer, day, rng.randint(28, 70))
        again = later if rng.random() < 0.7 else later + timedelta(weeks=rng.randint(1, 3))
        right = self._right(blank.claim)
        lowered = corrected and again < TODAY
        first = settle(_lowered(right) if lowered else right, blank, self._cost_share)
        self._send(first, day)
        if again >= TODAY:
            return
        self._cost_share.give_back(first)
        if payer is SUMMIT and not corrected:
            later += timedelta(days=1)  # a remittance of its own, so below zero and carried forward
        self._send(reverse(first), later)
        if payer in RECOVERS_LATER and first.paid > 0:
            self._adjust(blank.claim, later, ("WO", first.number, -first.paid))
            self._adjust(blank.claim, later + timedelta(weeks=2), ("WO", first.number, first.paid))
        if corrected:
            anew = replace(blank, number=self._number(payer, again), original=first.number)
            self._send(settle(right, anew, self._cost_share), again)

    def _right(self, claim: Claim) -> Decision:
        """The agreed price; products outside the contract are paid a tenth less."""
        priced = price(claim, deal_on(claim.patient.payer.key, claim.start))
        right = Decision(priced, priced)
        outside = (claim.patient.payer.key, claim.patient.filing_code) in OUTSIDE_CONTRACT
        return _lowered(right) if outside else right

    def _decide(self, claim: Claim) -> Decision:
        outside = (claim.patient.payer.key, claim.patient.filing_code) in OUTSIDE_CONTRACT
        if self._seeder is None or outside or not claim.on_file:
            return self._right(claim)
        return self._seeder.decide(claim, deal_on(claim.patient.payer.key, claim.start))

    def _send(self, paid: PaidClaim, day: date) -> None:
        payer = paid.claim.patient.payer
        late = (day - paid.received).days - payer.interest_after
        if late > 0 and paid.status == "1" and not paid.original and paid.paid > 0:
            paid = replace(paid, interest=part(paid.paid, 12 * late, 36_500))
        self._bucket(paid.claim, day).claims.append(paid)
        if paid.interest:
            self._adjust(paid.claim, day, ("L6", paid.number, -paid.interest))

    def _adjust(self, claim: Claim, day: date, adjustment: ProviderAdjustment) -> None:
        self._bucket(claim, day).adjustments.append(adjustment)

    def _bucket(self, claim: Claim, day: date) -> _Bucket:
        sites = self._waiting.setdefault((day, claim.patient.payer.key), {})
        return sites.setdefault(claim.billing, _Bucket())

    def _payment(self, payer: Payer, site: Site, day: date, bucket: _Bucket) -> Payment:
        """One payment; a sum below zero is carried to the next with PLB FB."""
        adjustments = list(bucket.adjustments)
        carried = self._forwarded.pop((payer.key, site), None)
        if carried:
            adjustments.append(carried)
        payment = Payment(payer, site, day, bucket.claims, adjustments)
        if payment.amount >= 0:
            return payment
        reference = f"{payer.payer_id}{day:%Y%m%d}"
        self._forwarded[payer.key, site] = ("FB", reference, -payment.amount)
        return replace(payment, adjustments=[*adjustments, ("FB", reference, payment.amount)])

    def _number(self, payer: Payer, day: date) -> str:
        self._numbers += 1
        return f"{payer.payer_id[:2]}{day:%y}{self._numbers:09d}"

    def _days(self, payer: Payer) -> int:
        percent, low, high = payer.late
        return (
            self._rng.randint(low, high) if self._rng.random() * 100 < percent else self._rng.randint(*payer.usual_days)
        )

    def _pay_day(self, payer: Payer, day: date, days: int) -> date:
        then = day + timedelta(days=days)
        return then + timedelta(days=(payer.pay_weekday - then.weekday()) % 7)


def _lowered(right: Decision) -> Decision:
    """The same decision a tenth lower: what a payer later corrects, or pays outside the contract."""
    allowed = tuple(part(amount, share(90)) for amount in right.priced.allowed)
    return Decision(replace(right.priced, allowed=allowed), right.priced)
