"""Terms at random: every way of paying, for lines, cases and days."""

from __future__ import annotations

from decimal import Decimal

from tests.pricing.world.draws import PINNED
from tests.pricing.world.selectors import Selectors

from evenhand.codes import CodeRange
from evenhand.contracts.inpatient import Transfer
from evenhand.contracts.methods import (
    Amount,
    Anesthesia,
    ByCode,
    Capitated,
    CapitationRate,
    DrgWeights,
    Excluded,
    Level,
    Levels,
    Packaged,
    PaidBySchedule,
    Payment,
    PercentOf,
    PercentOfCharges,
    PercentOfInvoice,
)
from evenhand.contracts.model import Term
from evenhand.contracts.outliers import DrgShare, Outlier


class Terms(Selectors):
    """What is paid, and for what."""

    def term(self, name: str, names: list[str]) -> Term:
        per = self.pick("unit", "unit", "unit", "line", "case", "day")
        pay = self.payment(per)
        by_rate = per in ("unit", "line") and pay.method in ("fee_schedule", "percent_of", "amount")
        return Term(
            name,
            pay,
            covers=self.selector(on_schedule=per in ("unit", "line") and isinstance(pay, ByCode)),
            per=per,
            cite=self.pick("", "Exhibit A"),
            carve_out=per in ("unit", "line") and self.maybe(0.2),
            once=self.pick("claim", "day") if by_rate and self.maybe(0.15) else None,
            most_units=Decimal(self.pick("1", "2.5", "10", "400000000"))
            if by_rate and per == "unit" and self.maybe(0.1)
            else None,
            excepts=tuple(self.some(names, 4)) if per in ("case", "day") and self.maybe(0.6) else (),
            stop_loss=not self.maybe(0.2),
            outlier=self.outlier() if per in ("case", "day") and self.maybe(0.4) else None,
            transfer=self.transfer() if per == "case" and self.maybe(0.7) else None,
        )

    def payment(self, per: str) -> Payment:
        share = Decimal(self.random.randint(1, 2000)).scaleb(-3)
        pinned = self.pick(None, *PINNED)
        schedule = self.pick("a.csv", "b.csv")
        for_claims: tuple[Payment, ...] = (
            Amount(self.amount(20000)),
            Amount(self.amount(2000)),
            PercentOfCharges(share),
        )
        if per == "case":
            for_claims += (Excluded(), PaidBySchedule("drgs.csv"))
            for_claims += (DrgWeights("weights.csv", self.amount(9000)),) * 2 + (self.window(),)
        if per == "day":
            for_claims += (self.levels(),) * 3
        for_lines = (
            Amount(self.amount()),
            Amount(Decimal("987654321.12")),
            Excluded(),
            Capitated((CapitationRate(Decimal("42.50")),)),
            Packaged(),
            PaidBySchedule(schedule),
            PaidBySchedule(schedule),
            PercentOf(schedule, share, pinned),
            PercentOfCharges(share),
            self.anesthesia(),
            PercentOfInvoice(
                share,
                self.pick(None, self.amount(2000)),
                self.pick(None, Amount(self.amount()), PercentOfCharges(share)),
            ),
        )
        choice: Payment = self.pick(*(for_claims if per in ("case", "day") else for_lines))
        return choice

    def anesthesia(self) -> Anesthesia:
        return Anesthesia(
            "base.csv",
            Decimal(self.pick("72.50", "20.3178", "999.9999", "0.0001", "45")),
            self.pick(15, 15, 12, 7),
            self.pick("exact", "exact", "tenth", "nearest", "up", "down", "none"),
            self.pick((), (("80", Decimal(1)), ("50", Decimal("0.5"))), (("RT", Decimal(2)),)),
            self.pick(None, "minutes", "time units"),
            self.pick("each code", "highest base"),
        )

    def levels(self) -> Levels:
        """Levels of care whose last ones hold every later day, of revenue codes or of the whole stay."""
        coded = self.maybe(0.7)
        found = []
        for codes in ((("0120", "0120"),), (("0275", "0360"),), (("0100", "0219"), ("0450", "0450"))):
            ranges = tuple(CodeRange(*each) for each in codes) if coded else ()
            if self.maybe(0.5):
                found.append(Level(self.amount(), ranges, last=self.pick(1, 2, 3)))
                found.append(Level(self.amount(), ranges, self.pick(2, 3), self.pick(None, 4, 9)))
            if self.maybe(0.8) or not found:
                found.append(Level(self.amount(), ranges, name=self.pick("", "Ward")))
        return Levels(tuple(found), self.pick("stay", "level"))

    def window(self) -> Amount:
        return Amount(self.amount(9000), self.pick(1, 2, 5), self.amount(900))

    def transfer(self) -> Transfer:
        return Transfer(*self.pick((("02", "05"), ("03", "06")), (("02",), ()), (("66", "02"), ("62", "02"))))

    def outlier(self) -> Outlier:
        burns = (DrgShare((CodeRange("469", "470"),), Decimal("0.9")),)
        return Outlier(
            Decimal(self.pick("0.32", "0.715", "1.2")),
            self.pick(Decimal(0), self.amount(900)),
            Decimal(self.pick("0.8", "0.333333")),
            by_drg=burns if self.maybe(0.3) else (),
            carve_outs_count=self.pick(None, True, False),
            escalates=self.pick(None, True, False),
            cite=self.pick("", "Exhibit F"),
        )
