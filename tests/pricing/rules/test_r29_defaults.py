"""R29: default rates pay what no other term covers, wherever they stand; without one, silence is an answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from evenhand.contracts import check, read_contract
from evenhand.contracts.words import term_words

TERMS = """terms:
  - {name: Unlisted inpatient, for: {bill_type: 11x}, pay: {percent_of_charges: 35}, default: yes}
  - {name: Unlisted, pay: {percent_of_charges: 45}, default: yes}
  - {name: Visits, for: {codes: 99202-99215}, pay: {amount: 100}}
"""
AMENDMENT = """amendment: First
effective: 2026-01-01
signed: 2025-12-01
terms: [{name: Injections, for: {codes: J0000-J9999}, pay: {amount: 12}}]
"""
CASES = """cases:
  - {code: 99213, charge: 300, allowed: 100.00}
  - {code: 20610, charge: 300, allowed: 135.00}
  - {claim: {bill_type: 111}, code: 20610, charge: 300, allowed: 105.00}
"""


def test_a_default_stands_behind_all_other_terms(worked: Callable[..., Any], tmp_path: Path) -> None:
    priced = worked(TERMS + CASES)
    assert [claim.lines[0].term for claim in priced] == ["Visits", "Unlisted", "Unlisted inpatient"]
    contract = read_contract(tmp_path / "contract")
    assert [term.name for term in contract.versions[0].terms] == ["Visits", "Unlisted inpatient", "Unlisted"]
    assert term_words(contract.versions[0].terms[2]) == "everything: 45% of charges; where no other term pays"


def test_terms_of_an_amendment_go_before_the_defaults(tmp_path: Path) -> None:
    head = "contract: C\nparties: {provider: A, payer: B}\neffective: 2025-01-01\n"
    (tmp_path / "contract.yaml").write_text(head + TERMS)
    (tmp_path / "amendments").mkdir()
    (tmp_path / "amendments" / "first.yaml").write_text(AMENDMENT)
    contract, problems = check(tmp_path)
    assert contract is not None
    names = ["Visits", "Injections", "Unlisted inpatient", "Unlisted"]
    assert [term.name for term in contract.versions[1].terms] == names
    assert not [problem for problem in problems if "no term covers" in problem.what or "never reached" in problem.what]


def test_without_a_default_nothing_is_guessed(worked: Callable[..., Any]) -> None:
    visits = TERMS.splitlines()[-1]
    (priced,) = worked(f"terms:\n{visits}\ncases:\n  - {{code: 20610, charge: 300, allowed: 0}}\n")
    assert (priced.lines[0].outcome, priced.expected_amount) == ("no term", None)
