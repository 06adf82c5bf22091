"""The SQL steps equal the plain reading of the rules, on claims and remittances made at random."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.claims.reasons import read_reasons

CODES = ("99213", "99214", "29881", "97110")
CHARGES = tuple(Decimal(n) for n in (40, 60, 100, 100, 160, 200))
START, PAID = date(2025, 3, 1), date(2025, 4, 1)
ADJUSTING = ("CO-45", "CO-59", "CO-253", "CO-104", "CO-97", "CO-24", "CO-50", "PR-96", "OA-18", "CO-ZZ", "OA-23")
SHARING = ("PR-1", "PR-2", "PR-3", "PR-45")


class Cases:
    """Claims and what payers answered, from one seed."""

    def __init__(self, seed: int, oracle: ModuleType) -> None:
        self.random = random.Random(seed)
        self.o = oracle
        self.keys = 0
        self.remits: dict[int, tuple[date, str]] = {}

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def pick(self, *values: Any) -> Any:
        return self.random.choice(values)

    def cents(self, top: Decimal) -> Decimal:
        return Decimal(self.random.randint(0, int(top * 100))).scaleb(-2)

    def lines(self) -> list[Any]:
        controlled = self.chance(0.3)
        return [
            self.o.Billed(
                n,
                self.pick(*CODES),
                self.pick("", "", "RT", "25"),
                self.pick(*CHARGES),
                START + timedelta(self.pick(0, 0, 0, 1)),
                f"C{n}" if controlled else None,
            )
            for n in range(1, self.random.randint(1, 4) + 1)
        ]

    def events(self, lines: list[Any]) -> list[Any]:
        """A first decision, then perhaps more of the story."""
        day, remit = PAID, self.remit(PAID, "Summit")
        story = [self.decision(lines, remit, self.pick("1", "1", "1", "1", "4", "25", "2"), "I1")]
        if self.chance(0.15):
            story.append(self.decision(lines, self.remit(day, "Lakeside"), self.pick("2", "4"), "L1"))
        for number in range(2, 4):
            if not self.chance(0.35):
                break
            day += timedelta(self.pick(0, 10))
            remit = self.remit(day, "Summit") if self.chance(0.8) else remit
            last = [e for e in story if e.payer == "Summit" and e.status != "22"][-1]
            if self.chance(0.8):
                story.append(self.reversal(last, remit))
            if self.chance(0.7):
                story.append(self.decision(lines, remit, self.pick("1", "1", "4"), self.pick("I1", f"I{number}")))
        if len(story) > 1 and self.chance(0.1):
            story = story[1:]
        return story

    def remit(self, day: date, payer: str) -> int:
        number = len(self.remits) + 1
        self.remits[number] = (day, payer)
        return number

    def key(self) -> int:
        self.keys += 1
        return self.keys

    def decision(self, lines: list[Any], remit: int, status: str, number: str) -> Any:
        answers = self.answers(lines, status)
        at_claim: list[Any] = []
        charge = sum((line.charge for line in lines), Decimal(0))
        paid = sum((a.paid for a in answers), Decimal(0))
        if self.chance(0.1):
            at_claim = [self.adjustment(self.pick("CO-45", "PR-1", "CO-253", "CO-29"), self.cents(paid))]
            paid -= at_claim[0].amount
        if self.chance(0.05):
            answers = []
            at_claim = [self.adjustment("CO-45", charge - paid)]
        if self.chance(0.05):
            paid += 1
        day, payer = self.remits[remit]
        return self.o.Event(
            self.key(), remit, day, payer, status, charge, paid, number, tuple(answers), tuple(at_claim)
        )

    def answers(self, lines: list[Any], status: str) -> list[Any]:
        controlled = self.chance(0.4)
        found = [self.answer(line, status, controlled) for line in lines]
        if self.chance(0.15):
            found = self.split(found)
        if self.chance(0.15) and len(found) > 1:
            found = self.bundle(found)
        if self.chance(0.08) and len(found) > 1:
            found.pop(self.random.randrange(len(found)))
        if self.chance(0.2):
            self.random.shuffle(found)
        return [replace(a, number=n) for n, a in enumerate(found, 1)]

    def answer(self, line: Any, status: str, controlled: bool) -> Any:
        code = self.pick(*CODES) if self.chance(0.1) else line.code
        modifiers = "" if self.chance(0.3) else line.modifiers
        control = line.expected_control if controlled and self.chance(0.9) else None
        day = line.day if self.chance(0.9) else None
        return self.settle(
            self.o.Answer(line.number, code, modifiers, line.charge, Decimal(0), day, (), control), status
        )

    def settle(self, answer: Any, status: str) -> Any:
        """Pay a line, with adjustments that mostly balance."""
        paid = Decimal(0) if status == "4" or self.chance(0.25) else self.cents(answer.charge)
        left, adjustments = answer.charge - paid, []
        for text in self.random.sample(ADJUSTING if self.chance(0.4) else ("CO-45",), 1):
            share = self.cents(left) if self.chance(0.5) else Decimal(0)
            adjustments = [self.adjustment(text, left - share)]
            if share:
                adjustments.append(self.adjustment(self.pick(*SHARING), share))
        if self.chance(0.05):
            adjustments = adjustments[:-1]
        b6 = self.pick(None, None, answer.charge, paid, paid + self.cents(left))
        return replace(answer, paid=paid, adjustments=tuple(adjustments), b6=b6)

    def adjustment(self, text: str, amount: Decimal) -> Any:
        group, code = text.split("-")
        return self.o.Adjustment(group, code, amount)

    def split(self, found: list[Any]) -> list[Any]:
        i = self.random.randrange(len(found))
        part = self.pick(Decimal(10), Decimal(30))
        first, second = (replace(found[i], charge=c) for c in (found[i].charge - part, part))
        return [*found[:i], self.settle(first, "1"), *found[i + 1 :], self.settle(second, "1")]

    def bundle(self, found: list[Any]) -> list[Any]:
        first, second, *rest = found
        code = self.pick("80051", first.code)
        whole = replace(first, code=code, charge=first.charge + second.charge)
        return [self.settle(whole, "1"), *rest]

    def reversal(self, event: Any, remit: int) -> Any:
        def back(a: Any) -> Any:
            return replace(a, amount=-a.amount)

        answers = tuple(
            replace(a, charge=-a.charge, paid=-a.paid, adjustments=tuple(map(back, a.adjustments)), b6=None)
            for a in event.answers
        )
        number = event.number if self.chance(0.7) else "other"
        day, payer = self.remits[remit]
        adjustments = tuple(map(back, event.adjustments))
        return self.o.Event(
            self.key(), remit, day, payer, "22", -event.charge, -event.paid, number, answers, adjustments
        )


def add_claim(book: Any, number: str, lines: list[Any]) -> list[int]:
    raw = [
        {
            "hcpcs_code": line.code, "hcpcs_modifier_1": line.modifiers or None, "charge_amount": line.charge,
            "claim_line_start_date": line.day, "line_control_number": line.control,
        }
        for line in lines
    ]  # fmt: skip
    keys: list[int] = book.claim(number, *raw, day=START, claim_end_date=START + timedelta(1))
    return keys


def add_event(book: Any, number: str, event: Any, remit: int) -> int:
    def text(adjustments: Any) -> str:
        return ", ".join(f"{a.group}-{a.code} {a.amount}" for a in adjustments)

    raw = [
        {
            "hcpcs_code": a.code, "hcpcs_modifier_1": a.modifiers or None, "charge_amount": a.charge,
            "paid_amount": a.paid, "service_start_date": a.day, "line_control_number": a.control,
            "reported_allowed_amount": a.b6, "adjust": text(a.adjustments),
        }
        for a in event.answers
    ]  # fmt: skip
    key: int = book.remit_claim(
        remit, number, *raw, adjust=text(event.adjustments), status_code=event.status, charge_amount=event.charge,
        paid_amount=event.paid, payer_claim_number=event.number, claim_start_date=START, claim_end_date=START,
    )  # fmt: skip
    return key


def line_row(row: dict[str, Any]) -> tuple[Any, ...]:
    names = "state allowed_amount allowed_method paid_amount patient_amount match_method denial_reason why_not"
    return tuple(row[name] for name in names.split())


def line_outcome(out: Any) -> tuple[Any, ...]:
    return (out.state, out.allowed, out.method, out.paid, out.patient, out.match, out.reason, out.why_not)


@pytest.fixture(scope="module")
def reasons(oracle: ModuleType) -> Any:
    rows = read_reasons().to_pylist()
    return oracle.Reasons({(row["group_code"], row["reason_code"]): row["kind"] for row in rows})


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_engine_and_oracle_agree(seed: int, oracle: ModuleType, reasons: Any, new_book: Any) -> None:
    cases = Cases(seed, oracle)
    stories = []
    for n in range(60):
        lines = cases.lines()
        stories.append((f"P{n}", lines if cases.chance(0.75) else None, cases.events(lines)))
    book = new_book()
    keys = {number: add_claim(book, number, lines) for number, lines, _ in stories if lines is not None}
    remits = {n: book.remit(day, payer=payer) for n, (day, payer) in cases.remits.items()}
    for number, _, events in stories:
        for event in sorted(events, key=lambda e: e.key):
            add_event(book, number, event, remits[event.remit])
    settled = book.settle()
    service = {row["claim_id"]: row["claim_key"] for row in settled.rows("from service_claims")}
    assert len(service) == len(stories)
    for number, billed, events in stories:
        wanted = oracle.settle_claim(billed, events, reasons)
        claim = settled.claim(service[number])
        told = (
            claim["state"],
            claim["allowed_amount"],
            claim["allowed_method"],
            claim["paid_amount"],
            claim["why_not"],
        )
        out = wanted.claim
        assert told == (out.state, out.allowed, out.method, out.paid, out.why_not), (number, billed, events)
        got = [line_row(row) for row in settled.lines if row["claim_key"] == service[number]]
        if billed is None:
            got.reverse()
        assert got == [line_outcome(line) for line in wanted.lines], (number, billed, events)
    assert set(keys) <= set(service)
