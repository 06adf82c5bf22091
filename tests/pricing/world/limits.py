"""Limits and stop-losses at random."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.pricing.world.selectors import Selectors

from evenhand.contracts.limits import Bounds, Limit
from evenhand.contracts.stoploss import ServiceThreshold, StopLoss, StopLossPay, Trigger


class Limits(Selectors):
    """What whole claims are held to, and what protects from them."""

    def limit(self, number: int) -> Limit:
        floor, cap = self.pick((True, False), (False, True), (True, True))
        return Limit(
            f"Limit {number}",
            self.pick("line", "group", "day", "claim"),
            at_least=self.limit_bounds() if floor else None,
            at_most=self.limit_bounds() if cap else None,
            terms=tuple(self.some(["Term 1", "Term 2", "Term 3", "Term 4"], 3)) if self.maybe(0.4) else (),
            covers=self.selector() if self.maybe(0.3) else None,
            cite=self.pick("", "Exhibit D"),
        )

    def limit_bounds(self) -> Bounds:
        share = Decimal(self.pick("1", "0.4", "0.8", "0.3333"))
        return Bounds(*self.pick((share, None), (None, self.amount(2000)), (share, self.amount(2000))))

    def stop_loss(self, number: int) -> StopLoss:
        pay = self.stop_loss_pay()
        when = tuple(self.trigger(pay) for _ in range(self.pick(1, 1, 2)))
        flag = (None, True, False)
        return StopLoss(
            f"Protection {number}",
            when,
            pay,
            effect=self.pick("instead", "in addition"),
            covers=self.selector() if self.maybe(0.4) else None,
            carve_outs_count=self.pick(*flag),
            carve_outs_replaced=self.pick(*flag),
            escalates=self.pick(*flag),
            average_stay=self.pick(None, "gmlos", "amlos", Decimal("2.3"), Decimal(1)),
            most=self.pick(None, None, self.amount(5000)),
            most_of_charges=self.pick(None, None, Decimal("0.85")),
            cite=self.pick("", "Exhibit C"),
        )

    def stop_loss_pay(self) -> StopLossPay:
        share, day = self.pick((Decimal("0.6"), None), (None, self.amount(900)), (Decimal("0.333"), self.amount(900)))
        return StopLossPay(
            share,
            self.pick("charges", "excess") if share else "charges",
            day,
            self.pick("all", "excess") if day else "all",
            minimum=self.pick(None, None, self.amount(500)),
            maximum=self.pick(None, None, self.amount(2000)),
        )

    def trigger(self, pay: StopLossPay) -> Trigger:
        """A trigger with the thresholds what is paid needs an excess over."""
        by_charge = (
            {"charges_over": self.pick(Decimal(1000), self.amount(4000))},
            {"times_rate": Decimal(self.pick("1.5", "4.5", "0.5"))},
            {"by_service": tuple(self.service() for _ in range(self.pick(1, 2)))},
        )
        by_stay = ({"days_over": Decimal(self.pick(1, 3))}, {"times_average_stay": Decimal(self.pick("1", "1.3"))})
        told: dict[str, Any] = {}
        if pay.of == "excess" or self.maybe(0.6):
            told |= self.pick(*by_charge)
        if pay.days == "excess" or self.maybe(0.3) or not told:
            told |= self.pick(*by_stay)
        if self.maybe(0.2):
            told["charges_under_share_of_rate"] = Decimal(self.pick("0.4", "2"))
        return Trigger(**told)

    def service(self) -> ServiceThreshold:
        return ServiceThreshold(self.amount(3000), self.selector() if self.maybe(0.7) else None)
