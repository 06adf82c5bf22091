"""Claims at random, ordinary and odd."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.pricing.world.draws import CODES, DIAGNOSED, DRGS, MEMBERS, MODIFIERS, PAYERS, REVENUE, Draws

from evenhand.pricing.oracle import OracleClaim


class Claims(Draws):
    """Claims and their lines."""

    def claims(self, count: int) -> list[OracleClaim]:
        line_keys = iter(self.random.sample(range(10**9), count * 7))
        return [self.claim(key, line_keys) for key in self.random.sample(range(10**9), count)]

    def claim(self, key: int, line_keys: Iterable[int]) -> OracleClaim:
        start = None if self.maybe(0.03) else self.day()
        stay = self.maybe(0.4)
        keys = iter(line_keys)
        lines = [self.line(next(keys), number, start) for number in range(1, self.pick(0, 1, 1, 2, 3, 4, 6) + 1)]
        row = {
            "claim_key": key,
            "claim_type": self.pick("professional", "institutional", "institutional", None),
            "payer": self.pick(*PAYERS, *["Summit Health"] * 9, *["Lakeside Mutual"] * 2, None),
            "payer_id": self.pick(None, None, "SUMM1", "LAKE2", "XX"),
            "member_id": self.pick(None, " ", *MEMBERS),
            "product": self.pick(None, None, "PPO", "HMO", "ppo", ""),
            "billing_npi": self.pick(None, *["1234567893"] * 9, "0000000000"),
            "billing_tin": self.pick(None, *["840000000"] * 9, "840000001"),
            "claim_start_date": start,
            "claim_end_date": start and self.pick(None, start, start + timedelta(days=4), start - timedelta(days=1)),
            "admission_date": start - timedelta(days=self.pick(0, 1, 40)) if start and stay else None,
            "discharge_date": start + timedelta(days=self.pick(0, 1, 3, 9)) if start and stay else None,
            "bill_type_code": self.pick(None, "111", "111", "131", "117"),
            "drg_code": self.pick(None, *DRGS),
            "discharge_status": self.pick(None, "01", "30", "02", "03", "06", "66", " 02"),
            "age": self.pick(None, 0, 17, 18, 64, 65, 90),
            "charge_amount": self.pick(None, None, Decimal("1000.00"), self.amount(9000)),
            "network": self.pick(None, None, "", " ", "MULTIPLAN", "FH2", "Other"),
            "plan": self.pick(None, "gold", "Silver"),
            "group_number": self.pick(None, "G-100", "G-200"),
            "site_npi": self.pick(None, "1234567893", "1987654321"),
            "place_of_service_code": self.pick(None, "11", "22"),
            "diagnoses": tuple(self.some(DIAGNOSED, 3)) if self.maybe(0.7) else (),
            "present_on_admission": tuple(self.pick("Y", "N", "n ", "U", "") for _ in range(self.pick(0, 2, 3))),
        }
        return OracleClaim.of(row, lines)

    def line(self, key: int, number: int, start: date | None) -> dict[str, Any]:
        odd = (
            None,
            Decimal(0),
            Decimal("-100.00"),
            Decimal("1000.00"),
            Decimal("9999999999999999.99"),
            Decimal("12345678901.23"),
        )
        charge = self.pick(*odd, *(self.amount() for _ in range(12)))
        return {
            "line_key": key,
            "claim_line_number": self.pick(number, number, number, 1, None),
            "revenue_center_code": self.pick(None, *REVENUE),
            "hcpcs_code": self.pick(None, "", "2988", *CODES, "A4550", "29881", "29877", "27447"),
            "modifiers": tuple(self.pick(*MODIFIERS, "50") for _ in range(self.pick(0, 0, 1, 1, 2, 4))),
            "units": Decimal(
                self.pick("1", "1", "1", "2", "0", "-1", "1.5", "0.333", "12", "97", "1234567.891", "999999999999999")
            ),
            "unit_measure": self.pick(None, None, "UN", "MJ", "MJ", " mj", "DA"),
            "place_of_service_code": self.pick(None, "11", "21", "22"),
            "setting": self.pick("facility", "office", None),
            "service_date": self.pick(None, start, start, start, self.day()),
            "charge_amount": charge,
            "rendering_npi": self.pick(None, "1111111111", "2222222222"),
            "invoice_amount": self.pick(None, None, None, Decimal("1000.00"), self.amount(9000), Decimal("-5.00")),
        }
