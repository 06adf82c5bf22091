"""Whole remittance files settled: the hand-written edge files, and the real ones as a measure of the rules."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from evenhand.claims.schema import TABLES
from evenhand.claims.settle import settle
from evenhand.claims.x12 import read_x12
from evenhand.engines import DuckDB

X12 = Path(__file__).resolve().parents[3] / "../shared/data/x12"
pytestmark = pytest.mark.skipif(not X12.is_dir(), reason="the shared X12 files are not beside the project")

CLAIM = "select state, allowed_amount, allowed_method, paid_amount, why_not from settled_claims"


def settled(paths: Sequence[Path]) -> DuckDB:
    """Read files and settle them together."""
    found: dict[str, list[pa.Table]] = {name: [table.empty()] for name, table in TABLES.items()}
    for path in paths:
        for batch in read_x12(path, sha256=hashlib.sha256(path.read_bytes()).hexdigest()):
            for name, table in batch.items():
                found[name].append(table)
    engine = DuckDB()
    for name in TABLES:
        engine.put(name, pa.concat_tables(found[name]))
    settle(engine)
    return engine


def claims(engine: DuckDB) -> list[tuple[Any, ...]]:
    """Claims in the order of what was paid."""
    rows = engine.arrow(f"{CLAIM} order by paid_amount, allowed_amount").to_pylist()
    return [tuple(str(v) if isinstance(v, Decimal) else v for v in row.values()) for row in rows]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("01_plain", [("paid", "120.00", "b6", "100.00", None)]),
        ("02_gt_component_pipe_elem", [("paid", "120.00", "b6", "100.00", None)]),
        (
            "11_reversal_and_correction_same_835",
            [("paid", "150.00", "b6", "30.00", None), ("paid", "70.00", "derived", "70.00", None)],
        ),
        (
            "12_reversal_cr_group_4010_style",
            [("reversed", None, None, "-100.00", "reversed"), ("paid", "200.00", "derived", "200.00", None)],
        ),
        ("16_capitation_CO24_and_PLB_CT", [("capitated", None, None, "0.00", "capitated")]),
        ("17_drg_claim_level_CAS_lines_paid_in_full", [("paid", "15759.84", "claim level", "13801.84", None)]),
        ("18_claim_without_SVC_inpatient", [("paid", "100.00", "claim level", "100.00", None)]),
        (
            "19_denied_claim_level_and_line_RARC",
            [("denied", None, None, "0.00", "denied"), ("paid", "100.00", "derived", "100.00", None)],
        ),
        (
            "20_secondary_OA23_and_OA94",
            [
                ("paid", "550.00", "b6", "34.00", "secondary payer"),
                ("paid", None, None, "66.00", "secondary payer"),
            ],
        ),
        ("21_bundling_two_to_one", [("paid", "100.00", "derived", "100.00", None)]),
        ("25_unbalanced_line_and_claim_NEGATIVE_TEST", [("paid", None, None, "100.00", "out of balance")]),
        (
            "27_multi_LX_TS3_two_ST",
            [
                ("denied", None, None, "0.00", "denied"),
                ("denied", None, None, "0.00", "denied"),
                ("paid", "120.00", "b6", "100.00", None),
            ],
        ),
    ],
)
def test_edge_files_settle_as_expected(name: str, expected: list[tuple[Any, ...]]) -> None:
    assert claims(settled([X12 / "edge" / f"{name}.835"])) == expected


def test_copies_of_one_remittance_in_other_delimiters_count_once() -> None:
    copies = [
        X12 / "edge" / f"{name}.835" for name in ("01_plain", "03_newline_terminator", "24_missing_trailer_truncated")
    ]
    assert claims(settled(copies)) == [("paid", "120.00", "b6", "100.00", None)]


@pytest.fixture(scope="module")
def real() -> DuckDB:
    """All real remittance files, settled together."""
    return settled(sorted((X12 / "files").glob("835*")))


def only(engine: DuckDB, query: str) -> dict[str, Any]:
    """The one row of a query."""
    (row,) = engine.arrow(query).to_pylist()
    assert isinstance(row, dict)
    return row


def test_derivation_agrees_with_b6_on_real_remittances(real: DuckDB) -> None:
    counts = only(
        real,
        """
        select count(*) as lines, count(*) filter (where b6 = paid + cost_share + payment_side) as equal
        from outcomes
        where level = 'line' and claim_level = 0 and derivable = 1 and b6 is not null
            and state in ('paid', 'cost share', 'bundled')
        """,
    )
    assert counts["lines"] >= 30, f"too few lines carry B6 to say anything: {counts}"
    assert counts["lines"] - counts["equal"] <= 1, f"payment, cost share and payment-side part from B6: {counts}"


def test_cash_settled_is_cash_remitted(real: DuckDB) -> None:
    sums = only(
        real,
        """
        select
            (select sum(paid_amount) from settled_claims) as settled,
            (select sum(paid_amount) from remit_claims join kept_remits using (remit_key)
                where coalesce(status_code, '') not in ('23', '25')) as remitted
        """,
    )
    assert sums["settled"] == sums["remitted"]


def test_every_line_and_claim_is_settled_once(real: DuckDB) -> None:
    for kind in ("line", "claim"):
        counts = only(
            real,
            f"""
            select
                (select count(*) from service_{kind}s) as services,
                (select count(*) from settled_{kind}s) as settled,
                (select count(distinct {kind}_key) from settled_{kind}s) as different,
                (select count(*) from settled_{kind}s where judged = (why_not is not null)) as torn
            """,
        )
        assert counts["services"] == counts["settled"] == counts["different"] > 50
        assert counts["torn"] == 0


def test_every_adjustment_reason_of_real_remittances_is_known(real: DuckDB) -> None:
    unknown = real.arrow("select distinct reason_code from reason_kinds where kind = 'unlisted'").to_pylist()
    assert unknown == []
