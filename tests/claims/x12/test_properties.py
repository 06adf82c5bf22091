"""Generated remittances that balance are read to the cent, whatever delimits them."""

from __future__ import annotations

from decimal import Decimal
from types import ModuleType
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CENTS = st.integers(-(10**7), 10**7)
CODES = st.sampled_from(["45", "253", "1", "2", "3", "97", "B7", "A2"])
GROUPS = st.sampled_from(["CO", "PR", "OA", "PI"])
ADJUSTMENTS = st.lists(st.tuples(GROUPS, CODES, CENTS), max_size=8)
LINES = st.lists(st.tuples(CENTS, ADJUSTMENTS), max_size=4)
CLAIMS = st.lists(st.tuples(LINES, ADJUSTMENTS, CENTS), min_size=1, max_size=5)
PROVIDER = st.lists(CENTS, max_size=14)
DELIMITERS = (
    st.permutations("*|^!:>~_\x1c\x1d\n").map(lambda order: order[:3]).filter(lambda order: "\n" not in order[:2])
)


def money(cents: int) -> str:
    return str(Decimal(cents).scaleb(-2))


def cas(adjustments: list[tuple[str, str, int]]) -> list[str]:
    return [f"CAS*{group}*{code}*{money(cents)}" for group, code, cents in adjustments]


def claim(number: int, lines: Any, adjustments: Any, charge: int) -> tuple[list[str], int, int]:
    """The segments of a claim that balances, what it pays, and its adjustments."""
    if lines:
        charge = sum(line[0] for line in lines)
    every = [*adjustments, *(part for line in lines for part in line[1])]
    paid = charge - sum(part[2] for part in every)
    patient = sum(part[2] for part in every if part[0] == "PR")
    segments = [f"CLP*P{number}*1*{money(charge)}*{money(paid)}*{money(patient)}*12*I{number}", *cas(adjustments)]
    for line_charge, own in lines:
        line_paid = line_charge - sum(part[2] for part in own)
        segments += [f"SVC*HC:99213*{money(line_charge)}*{money(line_paid)}", *cas(own)]
    return segments, paid, sum(part[2] for part in every)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(claims=CLAIMS, provider=PROVIDER, delimiters=DELIMITERS, block_bytes=st.integers(300, 5000))
def test_a_balanced_remittance_reads_to_the_cent(
    claims: Any,
    provider: list[int],
    delimiters: list[str],
    block_bytes: int,
    *,
    accounts: ModuleType,
    texts: ModuleType,
) -> None:
    body: list[str] = []
    paid = adjusted = 0
    for number, (lines, adjustments, charge) in enumerate(claims):
        segments, claim_paid, claim_adjusted = claim(number, lines, adjustments, charge)
        body += segments
        paid, adjusted = paid + claim_paid, adjusted + claim_adjusted
    for at in range(0, len(provider), 6):
        pairs = "".join(f"*CS:X*{money(cents)}" for cents in provider[at : at + 6])
        body.append(f"PLB*1234567893*20261231{pairs}")
    payment = paid - sum(provider)
    text = texts.remittance(*body, payment=money(payment)).decode().replace("^*00501", "U*00501")
    content = texts.delimited(text, *delimiters).encode()
    tables = accounts.read_all(content, block_bytes)
    assert accounts.rows(tables, "findings") == []
    assert accounts.differences(content, tables) == []
    total = {
        "paid": sum(row["paid_amount"] for row in accounts.rows(tables, "remit_claims")),
        "adjusted": sum(row["amount"] for row in accounts.rows(tables, "adjustments")),
        "provider": sum(row["amount"] for row in accounts.rows(tables, "provider_adjustments")),
        "payment": accounts.rows(tables, "remits")[0]["payment_amount"],
    }
    cents = {"paid": paid, "adjusted": adjusted, "provider": sum(provider), "payment": payment}
    assert {name: int(value * 100) for name, value in total.items()} == cents
