"""The allowed amount of a remittance line or claim: worked numbers, each kind of zero payment, each refusal."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

MONEY = "state allowed_amount allowed_method judged why_not"


def one_line(book: Any, of: Any, line: dict[str, Any], **claim: Any) -> tuple[Any, ...]:
    """Settle one remittance line that has no claim on file."""
    book.remit_claim(book.remit(), "P1", line, **claim)
    (row,) = book.settle().lines
    values: tuple[Any, ...] = of(row, MONEY)
    return values


@pytest.mark.parametrize(
    ("amounts", "b6", "allowed"),
    [
        (("8739.00", "468.02", "CO-45 8142.04, CO-253 9.55, PR-2 119.39"), "596.96", "596.96"),
        (("4793.00", "154.98", "CO-45 4397.66, CO-59 197.67, CO-253 3.16, PR-2 39.53"), "197.67", "197.67"),
        (("200", "100", "CO-45 80, PR-1 20"), "120", "120.00"),
        (("150", "100", "CO-45 100, OA-94 -50"), "100", "100.00"),
        (("500", "300", "CO-45 200"), "300", "300.00"),
        (("500", "310", "CO-45 200, CO-161 -10"), "300", "300.00"),
        (("500", "250", "PR-45 200, PR-3 50"), "300", "300.00"),
        (("500", "150", "CO-131 200, PR-66 50, PR-247 60, PR-248 40"), "300", "300.00"),
        (("500", "290", "CO-45 200, CO-104 10"), "300", "300.00"),
    ],
)
def test_b6_and_derivation_agree_on_worked_numbers(
    new_book: Any, pay: Any, of: Any, amounts: Any, b6: str, allowed: str
) -> None:
    charge, paid, adjust = amounts
    given = one_line(new_book(), of, pay("99213", charge, paid, adjust, reported_allowed_amount=b6))
    derived = one_line(new_book(), of, pay("99213", charge, paid, adjust))
    assert given == ("paid", allowed, "b6", True, None)
    assert derived == ("paid", allowed, "derived", True, None)


@pytest.mark.parametrize(
    ("charge", "paid", "adjust", "expected"),
    [
        ("200", "0", "CO-45 80, PR-1 120", ("cost share", "120.00", "derived", True, None)),
        ("200", "0", "CO-97 200", ("bundled", "0.00", "derived", True, None)),
        ("150", "0", "CO-24 150", ("capitated", None, None, False, "capitated")),
        ("150", "0", "CO-24 130, PR-3 20", ("capitated", None, None, False, "capitated")),
        ("200", "0", "CO-16 200", ("denied", None, None, False, "denied")),
        ("200", "0", "PR-96 200", ("denied", None, None, False, "denied")),
        ("200", "0", "PR-45 200", ("denied", None, None, False, "denied")),
        ("200", "0", "CO-45 150, CO-97 20, CO-50 30", ("denied", None, None, False, "denied")),
        ("200", "0", "CO-45 200", ("paid", "0.00", "derived", True, None)),
        ("0", "0", "", ("paid", "0.00", "derived", True, None)),
        ("200", "100", "CO-45 80", ("paid", None, None, False, "out of balance")),
        ("200", "100", "CO-45 100, PR-1 ?", ("paid", None, None, False, "out of balance")),
        ("200", "100", "CO-45 50, OA-23 50", ("paid", None, None, False, "allowed unknown")),
        ("200", "100", "CO-ZZ 100", ("paid", None, None, False, "allowed unknown")),
        ("200", "0", "CO-ZZ 200", ("denied", None, None, False, "denied")),
        ("200", "0", "OA-23 200", ("unclear", None, None, False, "allowed unknown")),
    ],
)
def test_each_kind_of_payment_is_told_apart(
    book: Any, pay: Any, of: Any, charge: str, paid: str, adjust: str, expected: tuple[Any, ...]
) -> None:
    assert one_line(book, of, pay("99213", charge, paid, adjust)) == expected


@pytest.mark.parametrize(
    ("paid", "adjust", "b6", "expected"),
    [
        ("120", "CO-45 80", "200", ("120.00", "derived")),
        ("100", "CO-45 80, PR-1 20", "110", ("120.00", "derived")),
        ("150", "CO-42 50", "200", ("200.00", "b6")),
        ("200", "", "200", ("200.00", "b6")),
    ],
)
def test_an_impossible_b6_is_not_believed(
    book: Any, pay: Any, of: Any, paid: str, adjust: str, b6: str, expected: tuple[str, str]
) -> None:
    row = one_line(book, of, pay("99213", "200", paid, adjust, reported_allowed_amount=b6))
    assert row[1:3] == expected


def test_a_capitated_line_has_no_allowed_amount_even_with_b6(book: Any, pay: Any, of: Any) -> None:
    row = one_line(book, of, pay("99213", "150", "0", "CO-24 150", reported_allowed_amount="90"))
    assert row == ("capitated", None, None, False, "capitated")


def test_a_secondary_payer_is_read_by_b6_alone(new_book: Any, pay: Any, of: Any) -> None:
    given = pay("55669", "541", "34", "OA-23 516, OA-94 -9", reported_allowed_amount="550")
    silent = pay("99213", "200", "66", "OA-23 134")
    assert one_line(new_book(), of, given, status_code="2") == ("paid", "550.00", "b6", False, "secondary payer")
    assert one_line(new_book(), of, silent, status_code="2") == ("paid", None, None, False, "secondary payer")


def test_claim_level_adjustments_leave_lines_unknown(book: Any, pay: Any, of: Any) -> None:
    book.remit_claim(
        book.remit(),
        "P1",
        pay(None, "8000", "8000", revenue_center_code="0120"),
        pay(None, "13136.97", "13136.97", revenue_center_code="0360"),
        adjust="CO-45 5377.13, CO-253 282, PR-1 1676",
        paid_amount="13801.84",
        drg_code="470",
    )
    settled = book.settle()
    (claim,) = settled.claims
    assert of(claim, MONEY + " paid_amount patient_amount") == (
        "paid", "15759.84", "claim level", True, None, "13801.84", "1676.00",
    )  # fmt: skip
    assert [of(line, MONEY + " paid_amount") for line in settled.lines] == [
        ("paid", None, "claim level", False, "allowed unknown", None)
    ] * 2


def test_b6_on_the_lines_counts_though_an_adjustment_stands_on_the_claim(
    book: Any, bill: Any, pay: Any, of: Any
) -> None:
    book.claim("P1", bill("99214", "800"), bill("99215", "100"))
    book.remit_claim(
        book.remit(),
        "P1",
        pay("99214", "800", "800", reported_allowed_amount="750"),
        pay("99215", "100", "100", reported_allowed_amount="100"),
        adjust="CO-A2 50",
        paid_amount="850",
    )
    settled = book.settle()
    assert of(settled.claims[0], MONEY) == ("paid", "850.00", "b6", True, None)
    assert [of(line, "allowed_amount allowed_method judged") for line in settled.lines] == [
        ("750.00", "b6", True),
        ("100.00", "b6", True),
    ]


def test_the_only_line_of_a_claim_takes_the_claims_amounts(book: Any, bill: Any, pay: Any, of: Any) -> None:
    _, line = book.claim("P1", bill("99213", "200"))
    book.remit_claim(book.remit(), "P1", charge_amount="200", paid_amount="100", adjust="CO-45 80, PR-2 20")
    row = book.settle().line(line)
    assert of(row, MONEY + " match_method paid_amount coinsurance_amount reasons") == (
        "paid", "120.00", "claim level", True, None, "claim only", "100.00", "20.00", "CO-45 PR-2",
    )  # fmt: skip


def test_a_claim_without_lines_is_settled_as_a_whole(book: Any, of: Any) -> None:
    book.remit_claim(book.remit(), "P1", charge_amount="1000", paid_amount="100", adjust="CO-45 900", drg_code="291")
    settled = book.settle()
    assert settled.lines == []
    assert of(settled.claims[0], MONEY) == ("paid", "100.00", "claim level", True, None)


def test_a_denial_at_claim_level_reaches_its_lines(book: Any, bill: Any, of: Any) -> None:
    book.claim("P1", bill("99213", "60"), bill("99214", "40"))
    book.remit_claim(
        book.remit(), "P1", status_code="4", charge_amount="100", paid_amount="0", adjust="CO-29 90, CO-45 10"
    )
    settled = book.settle()
    assert of(settled.claims[0], "state allowed_amount why_not") == ("denied", None, "denied")
    assert [of(row, "state denial_group denial_reason match_method") for row in settled.lines] == [
        ("denied", "CO", "29", "claim only")
    ] * 2


def test_the_denial_reason_is_the_largest_denying_adjustment(book: Any, pay: Any, of: Any) -> None:
    line = pay("99213", "200", "0", "CO-45 150, CO-16 10, PR-50 40", remarks="N4 MA130")
    book.remit_claim(book.remit(), "P1", line, status_code="4")
    (row,) = book.settle().lines
    assert of(row, "denial_group denial_reason reasons remarks") == ("PR", "50", "CO-16 CO-45 PR-50", "MA130 N4")


def test_parts_of_the_cost_share_stand_apart(book: Any, pay: Any, of: Any) -> None:
    book.remit_claim(book.remit(), "P1", pay("99213", "200", "40", "CO-45 50, PR-1 60, PR-2 30, PR-3 20"))
    (row,) = book.settle().lines
    assert of(row, "patient_amount deductible_amount coinsurance_amount copayment_amount allowed_amount") == (
        "110.00", "60.00", "30.00", "20.00", "150.00",
    )  # fmt: skip


def test_a_claim_denied_in_part_says_so(book: Any, pay: Any, of: Any) -> None:
    book.remit_claim(book.remit(), "P1", pay("99213", 100, 80, "CO-45 20"), pay("99214", 100, 0, "CO-50 100"))
    settled = book.settle()
    assert of(settled.claims[0], MONEY) == ("partly denied", "80.00", "derived", False, "denied")


def test_a_claims_table_brings_its_own_amounts(book: Any, bill: Any, of: Any) -> None:
    amounts = {"allowed_amount": "120", "paid_amount": "100", "deductible_amount": "20"}
    book.claim(
        "T1",
        bill("99213", "200", **amounts),
        bill("99214", "90", allowed_amount="70", paid_amount="0"),
        bill("99215", "90", paid_amount="70"),
    )
    settled = book.settle()
    assert [of(row, MONEY + " match_method patient_amount") for row in settled.lines] == [
        ("paid", "120.00", "claims table", True, None, "claims table", "20.00"),
        ("cost share", "70.00", "claims table", True, None, "claims table", None),
        ("paid", None, None, False, "allowed unknown", "claims table", None),
    ]
    assert of(settled.claims[0], MONEY + " paid_amount payer_sequence") == (
        "paid", None, None, False, "allowed unknown", "170.00", "primary",
    )  # fmt: skip


def test_a_repriced_amount_counts_only_before_any_remittance(book: Any, bill: Any, pay: Any, of: Any) -> None:
    _, waiting = book.claim("P1", bill("99213", "200", repriced_allowed_amount="130"))
    _, settled_line = book.claim("P2", bill("99213", "200", repriced_allowed_amount="130"))
    book.remit_claim(book.remit(), "P2", pay("99213", "200", "120", "CO-45 80"))
    settled = book.settle()
    assert of(settled.line(waiting), MONEY) == ("not remitted", "130.00", "repriced", False, "not remitted")
    assert of(settled.line(settled_line), MONEY) == ("paid", "120.00", "derived", True, None)


def test_a_payers_own_use_of_a_reason_can_be_set_right(book: Any, pay: Any, of: Any) -> None:
    remit = book.remit(payer="Lakeside", payer_id="L1")
    book.remit_claim(remit, "P1", pay("99213", "200", "100", "CO-104 100"))
    book.remit_claim(book.remit(payer="Summit"), "P2", pay("99213", "200", "100", "CO-104 100"))
    common = {"group_code": None, "reason_code": "104", "label": None, "evidence": None, "row_no": 1}
    rows = [
        {"payer": None, "kind": "payment", "standing_no": 1, **common},
        {"payer": "Lakeside", "kind": "price", "standing_no": 0, **common},
    ]
    settled = book.settle(pa.Table.from_pylist(rows, pa.schema(
        [(n, pa.string()) for n in ("payer", "group_code", "reason_code", "kind", "label", "evidence")]
        + [("standing_no", pa.int32()), ("row_no", pa.int32())]
    )))  # fmt: skip
    assert sorted(of(row, "allowed_amount") for row in settled.lines) == [("100.00",), ("200.00",)]
