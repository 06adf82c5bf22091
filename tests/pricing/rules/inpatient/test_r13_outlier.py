"""R13: p × (charges × CCR − (payment + fixed loss)), as a row of the claim's adjustments."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from evenhand.contracts import check
from evenhand.contracts.words import term_words
from evenhand.errors import ContractError
from evenhand.pricing.adjusted_words import adjustment_words

OUTLIER = "{cost_to_charge: 0.32, fixed_loss: 38000, percent: 80, source: cost report 2023, as_of: 2025-01-01"
TERMS = f"""
terms:
  - {{name: Implants, for: {{revenue_codes: 0278}}, pay: {{percent_of_charges: 50}}, carve_out: yes}}
  - {{name: Drugs, for: {{revenue_codes: 0636}}, pay: {{amount: 700}}, carve_out: yes, stop_loss: no}}
  - name: Inpatient
    for: {{bill_type: 11x}}
    per: case
    pay: {{fee_schedule: drgs.csv}}
    grouper: MS-DRG 42
    outlier: {OUTLIER}, updated_by: the plan each 1 July, carve_outs: no, escalates: no}}
    cite: Exhibit B
  - {{name: Anything else, pay: {{percent_of_charges: 45}}}}
rules: {{lesser_of: none}}
"""
DRGS = "DRG,Amount,GMLOS\n871,20000.00,5.0\n927,20000.00,20.0\n928,20000.00,20.0\n"
CASE = """
  - name: charges {charge}
    claim: {{claim_type: institutional, bill_type: "111", drg: "{drg}"}}
    lines: [{{revenue_code: "0120", charge: {charge}}}{more}]
    allowed: {allowed}
"""
Worked = Callable[..., Any]


def _cases(*claims: tuple[Any, ...], drg: str = "871", more: str = "") -> str:
    told = (CASE.format(charge=charge, allowed=allowed, drg=drg, more=more) for charge, allowed in claims)
    return "cases:\n" + "".join(told)


def test_the_excess_of_cost_over_payment_and_fixed_loss(worked: Worked) -> None:
    """58,000 ÷ 0.32 = 181,250 of charges reach it; 200,000 cost 64,000, and 80 % of 6,000 are 4,800."""
    claims = [("181249.97", 20000), (181250, 20000), ("181250.10", "20000.02"), (200000, 24800), (1000000, 229600)]
    *_, priced, _ = worked(TERMS + _cases(*claims), {"drgs.csv": DRGS})
    (row,) = priced.adjustments
    assert (row.kind, row.name, row.cite) == ("outlier", "Inpatient", "Exhibit B")
    assert (row.basis_amount, row.percent, row.threshold_amount) == (Decimal(6000), Decimal("0.8"), Decimal(58000))
    assert adjustment_words({name: getattr(row, name) for name in row.__dataclass_fields__}) == (
        '+$4,800.00 outlier "Inpatient" (Exhibit B): 80 % of $6,000.00 of cost above payment and fixed loss, '
        "at a threshold of $58,000.00"
    )


def test_burns_are_paid_ninety_percent(worked: Worked) -> None:
    text = TERMS.replace("percent: 80,", "percent: 80, by_drg: [{drg: [927-929, 933-935], percent: 90}],")
    worked(text + _cases((200000, 25400), drg="928"), {"drgs.csv": DRGS})


IMPLANT = ', {revenue_code: "0278", charge: 50000}, {revenue_code: "0636", charge: 90000}'


def test_carve_outs_do_not_count(worked: Worked) -> None:
    """Half the implant and 700 besides; the cost is that of 200,000."""
    worked(TERMS + _cases((200000, 50500), more=IMPLANT), {"drgs.csv": DRGS})


def test_carve_outs_count_with_charges_and_payment(worked: Worked) -> None:
    """250,000 cost 80,000; 20,000 + 25,000 + 38,000 = 83,000 are not reached. 300,000 cost 96,000: 80 % of 13,000.

    Drugs with `stop_loss: no` take no part.
    """
    text = TERMS.replace("carve_outs: no", "carve_outs: yes")
    worked(text + _cases((200000, 45700), (250000, 56100), more=IMPLANT), {"drgs.csv": DRGS})


def test_a_transferred_case_bears_the_whole_fixed_loss(worked: Worked) -> None:
    """One night of five is 2 ÷ 5: 8,000; 200,000 cost 64,000, and 80 % of 64,000 − 46,000 are 14,400."""
    text = TERMS.replace("cite: Exhibit B", 'transfer: {discharge_status: "02"}')
    case = _cases((200000, 22400)).replace(
        'drg: "871"', 'drg: "871", admission: 2025-03-01, discharge: 2025-03-02, discharge_status: "02"'
    )
    worked(text + case, {"drgs.csv": DRGS})


def test_the_fixed_loss_rises_where_the_contract_says_so(worked: Worked) -> None:
    """A year on, 38,000 × 1.05 = 39,900: 200,000 cost 64,000, and 80 % of 64,000 − 59,900 are 3,280."""
    text = TERMS.replace("escalates: no", "escalates: yes").replace(
        "rules: {", "rules: {escalator: {every: 1 year, percent: 5, applies_to: [percent_of]}, "
    )
    case = _cases((200000, 23280)).replace("    claim:", "    date: 2026-03-01\n    claim:")
    worked(text + case, {"drgs.csv": DRGS})


def test_per_diems_have_outliers_too(worked: Worked) -> None:
    """Ten days at 2,000 are the 20,000 of the case."""
    text = TERMS.replace("per: case", "per: day").replace("{fee_schedule: drgs.csv}", "{amount: 2000}")
    stay = 'drg: "871", admission: 2025-03-01, discharge: 2025-03-11'
    worked(text + _cases((200000, 24800)).replace('drg: "871"', stay))


def test_limits_and_stop_loss_see_what_the_outlier_pays(worked: Worked) -> None:
    """Capped at 12 % of 200,000; and with a first-dollar stop-loss of 30 % of charges the outlier is replaced."""
    capped = TERMS.replace(
        "{lesser_of: none}", "{limits: [{name: Most, level: line, at_most: {percent_of_charges: 12}}]}"
    )
    found = worked(capped + _cases((200000, 24000)), {"drgs.csv": DRGS})
    assert [(row.kind, row.amount) for row in found[0].adjustments] == [("outlier", 4800), ("cap", -800)]


def test_a_first_dollar_stop_loss_takes_the_place_of_both(worked: Worked) -> None:
    rule = "{name: Dear, when: {charges_over: 150000}, pay: {percent: 30, of: charges}, effect: instead}"
    found = worked(
        TERMS.replace("{lesser_of: none}", f"{{stop_loss: [{rule}]}}") + _cases((200000, 60000)), {"drgs.csv": DRGS}
    )
    assert [(row.kind, row.amount, row.replaced_amount) for row in found[0].adjustments] == [
        ("outlier", 4800, None),
        ("stop-loss", 35200, 24800),
    ]


def test_the_lesser_of_the_claim_holds_the_outlier(worked: Worked) -> None:
    """A ratio of 1.2 and no loss to bear: 20,000 + 80 % of 4,000 is more than the 20,000 charged."""
    text = TERMS.replace("none}", "claim}").replace("0.32, fixed_loss: 38000", "1.2, fixed_loss: 0")
    found = worked(text + _cases((20000, 20000)), {"drgs.csv": DRGS})
    assert [(row.kind, row.amount) for row in found[0].adjustments] == [("outlier", 3200), ("lesser of", -3200)]


def test_without_a_charge_it_cannot_be_worked_out(written: Any, claim: Any, both: Any) -> None:
    contract = written(TERMS, {"drgs.csv": DRGS})
    lines = ({"revenue_center_code": "0120", "charge_amount": Decimal(900000)}, {"revenue_center_code": "0250"})
    priced = both(contract, claim(*lines, drg_code="871", bill_type_code="111"))
    assert [(row.kind, row.amount) for row in priced.adjustments] == [("outlier", None)]
    assert priced.expected_amount == Decimal(20000)


def test_what_is_silent_is_a_gap(tmp_path: Any) -> None:
    text = TERMS.split(" source:")[0] + "}\n" + TERMS[TERMS.index("    cite: Exhibit B") :]
    head = "contract: Riverside with Summit\nparties: {provider: Riverside, payer: Summit}\neffective: 2025-01-01\n"
    (tmp_path / "contract.yaml").write_text(head + text.replace("38000, percent: 80,", "38000, percent: 80"))
    (tmp_path / "drgs.csv").write_text(DRGS)
    contract, problems = check(tmp_path)
    assert contract is not None
    found = [problem.what for problem in problems if "outlier" in problem.what]
    assert found == [
        "the outlier of 'Inpatient' does not say where its ratio of cost to charges comes from",
        "the outlier of 'Inpatient' does not say of which day its ratio of cost to charges is",
        "the outlier of 'Inpatient' does not say who brings its ratio of cost to charges up to date",
        "the outlier of 'Inpatient' does not say whether carve-outs count; priced as if they do not",
    ]


def test_in_words(written: Any) -> None:
    contract = written(
        TERMS.replace("percent: 80,", "percent: 80, by_drg: [{drg: 927-929, percent: 90}],"), {"drgs.csv": DRGS}
    )
    assert (
        "outliers 80% and 90% for DRG 927–929 of the cost above payment and $38,000.00, cost being 0.32 of charges "
        "(cost report 2023, as of 2025-01-01, updated by the plan each 1 July); carve-outs do not count; "
        "the fixed loss does not rise with the escalator"
    ) in term_words(contract.versions[0].terms[2])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("cost_to_charge: 0.32", "cost_to_charge: 32", "'32' is not a ratio of cost to charges"),
        ("pay: {fee_schedule: drgs.csv}", "pay: {percent_of_charges: 40}", "outlier belongs to a case or to days"),
        (
            "percent: 80,",
            "percent: 80, by_drg: [{drg: 927-929, percent: 90}, {drg: 928, percent: 85}],",
            "DRG 928 stands in by_drg twice",
        ),
    ],
)
def test_what_is_refused(written: Any, old: str, new: str, message: str) -> None:
    with pytest.raises(ContractError, match=message):
        written(TERMS.replace(old, new), {"drgs.csv": DRGS})
