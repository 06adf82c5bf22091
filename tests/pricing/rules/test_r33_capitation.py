"""R33: what capitation pays for comes back as capitated, at nothing, and named; carve-outs are paid besides."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evenhand.contracts import check
from evenhand.contracts.methods import Capitated, CapitationRate
from evenhand.contracts.words import term_words
from evenhand.pricing.explain import explain_line

TERMS = """terms:
  - {name: Immunisations, for: {codes: 90460-90749}, pay: {amount: 25}}
  - name: Primary care
    for: {codes: 99202-99397}
    pay:
      capitation:
        - {rate: 52.10, age: 0-1}
        - {rate: 18.00, age: 2-17, sex: F}
        - {rate: 21.30, age: 18-, grade: gold}
        - {rate: 19.95}
      minimum_panel: 150
    except: Immunisations
    cite: Exhibit D
  - {name: Stays, for: {drg: 470}, per: case, pay: {amount: 9000}}
  - {name: Others, pay: {percent_of_charges: 40}}
"""


def test_services_under_capitation(worked: Callable[..., Any]) -> None:
    cases = """cases:
  - name: a visit and a vaccine
    lines: [{code: 99213, charge: 150}, {code: 90471, charge: 40}, {code: 20610, charge: 100}]
    allowed: 65.00
  - name: beside a case rate
    claim: {drg: 470}
    lines: [{code: 99221, charge: 300}, {code: 27447, charge: 20000}]
    allowed: 9000.00
"""
    priced = worked(TERMS + cases)
    assert [line.outcome for line in priced[0].lines] == ["capitated", "priced", "priced"]
    assert [line.outcome for line in priced[1].lines] == ["capitated", "priced"]
    line = priced[0].lines[0]
    assert (line.term, line.cite, line.expected_amount) == ("Primary care", "Exhibit D", Decimal(0))
    told = explain_line({name: getattr(line, name) for name in line.__dataclass_fields__})
    assert told.arithmetic == "paid for by capitation, whatever is served"


def test_read_and_said(tmp_path: Path) -> None:
    head = "contract: C\nparties: {provider: A, payer: B}\neffective: 2025-01-01\n"
    (tmp_path / "contract.yaml").write_text(head + TERMS)
    contract, _ = check(tmp_path)
    assert contract is not None
    term = contract.versions[0].terms[1]
    assert isinstance(term.pay, Capitated)
    assert term.pay.rates[2] == CapitationRate(Decimal("21.30"), 18, None, "", "gold")
    assert term_words(term) == (
        "codes 99202–99397: nothing of its own: $52.10 (age 0-1), $18.00 (age 2-17, women), $21.30 (age 18-, gold), "
        "$19.95 per member and month, for at least 150 members; Immunisations paid in addition"
    )


def test_an_amendment_moves_the_rates(tmp_path: Path) -> None:
    head = "contract: C\nparties: {provider: A, payer: B}\neffective: 2025-01-01\n"
    (tmp_path / "contract.yaml").write_text(head + TERMS)
    (tmp_path / "amendments").mkdir()
    amendment = "amendment: First\neffective: 2026-01-01\nsigned: 2025-12-01\n"
    amendment += "adjust: {terms: [Primary care], percent: 4}\n"
    (tmp_path / "amendments" / "first.yaml").write_text(amendment)
    contract, _ = check(tmp_path)
    assert contract is not None
    pay = contract.versions[1].terms[1].pay
    assert isinstance(pay, Capitated)
    assert [str(rate.amount) for rate in pay.rates] == ["54.18", "18.72", "22.15", "20.75"]


def test_one_rate_for_everybody(worked: Callable[..., Any]) -> None:
    worked("terms:\n  - {name: All, pay: {capitation: 42.50}}\ncases:\n  - {code: 99213, allowed: 0.00}\n")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("age: 2-17", "age: 17-2"), "age: '17-2' runs backwards"),
        (("sex: F", "sex: female"), "sex: 'female' is not known"),
        (("    except: Immunisations\n", "    except: Others\n"), "'Others' stands after it, and is never reached"),
        (("minimum_panel: 150\n", "minimum_panel: 150\n    per: case\n"), "per case does not go with capitation"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    head = "contract: C\nparties: {provider: A, payer: B}\neffective: 2025-01-01\n"
    (tmp_path / "contract.yaml").write_text(head + TERMS.replace(*change))
    contract, problems = check(tmp_path)
    assert contract is None
    assert said in "; ".join(problem.what for problem in problems)
