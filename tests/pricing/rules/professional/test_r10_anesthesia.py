"""R10: base units, time and physical status, times a conversion factor; then what modifiers leave of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from evenhand.contracts import Contract, check
from evenhand.contracts.words import term_words
from evenhand.contracts.workbook import export_workbook, import_workbook
from evenhand.pricing import explain_line

Made = Callable[..., Contract]
BASE = "code,base units\n00790,7\n00840,6\n99100,1\n"
PAY = "{anesthesia: base.csv, conversion_factor: 72.50, unit_minutes: 15, time_units: tenth, %s}"
STATED = "physical_status: {P3: 1, P4: 2, P5: 3}, billed_units: time units, session: each code"
RULES = "rules: {modifiers: {AA: 100, QZ: 100, QK: 50, QX: 50, QY: 50}}\n"


def terms(pay: str, more: str = RULES) -> str:
    return f"terms:\n  - name: Anaesthesia\n    for: {{codes: on schedule}}\n    pay: {pay}\n{more}"


def line(minutes: int | None = None, *modifiers: str, code: str = "00840", units: str = "1") -> dict[str, Any]:
    said: dict[str, Any] = {"code": code, "modifiers": modifiers, "units": Decimal(units)}
    return said if minutes is None else said | {"minutes": Decimal(minutes)}


@pytest.mark.parametrize(("factor", "paid"), [("20.3178", "243.81"), ("19.31", "231.72")])
def test_medicare_2025_national_and_alabama(contract_of: Made, prices: Any, factor: str, paid: str) -> None:
    """(6 + 90 ÷ 15) × 20.3178 = 243.8136; × 19.31 = 231.72."""
    pay = f"{{anesthesia: base.csv, conversion_factor: {factor}, time_units: tenth, physical_status: none}}"
    priced = prices(contract_of(terms(pay), base=BASE), line(90, "AA"))
    assert priced.total == paid


def test_directed_by_one_and_done_by_another_half_each(contract_of: Made, prices: Any) -> None:
    """(7 + 6.5 + 1) × 72.50 = 1,051.25, half of it 525.625: 525.63 each."""
    contract = contract_of(terms(PAY % STATED), base=BASE)
    priced = prices(
        contract, line(97, "QK", "P3", code="00790"), line(97, "QX", "P3", code="00790"), line(97, "QZ", code="00790")
    )
    assert priced.amounts == ["525.63", "525.63", "978.75"]


@pytest.mark.parametrize(
    ("rounding", "paid"),
    # 7 minutes of 15 are 0.4666…: exact 6.4666… × 72.50 = 468.8333
    [("exact", "468.83"), ("tenth", "471.25"), ("nearest", "435.00"), ("up", "507.50"), ("down", "435.00")],
)
def test_how_time_is_rounded(contract_of: Made, prices: Any, rounding: str, paid: str) -> None:
    contract = contract_of(terms((PAY % STATED).replace("tenth", rounding)), base=BASE)
    assert prices(contract, line(7)).total == paid


def test_what_a_line_in_units_holds_is_the_contracts_to_say(contract_of: Made, prices: Any) -> None:
    """6 + 6.5 units of time as billed; as minutes, 6 + 0.4; where nothing is said, no price."""
    wanted = {"billed_units: time units": "906.25", "billed_units: minutes": "464.00", "": "None"}
    for said, paid in wanted.items():
        pay = PAY % f"physical_status: none, {said}"
        units = "6" if "minutes" in said else "6.5"
        assert prices(contract_of(terms(pay), base=BASE), line(units=units)).total == paid
    silent = prices(contract_of(terms(PAY % "physical_status: none"), base=BASE), line(units="6.5"))
    assert (silent.lines[0].outcome, silent.amounts) == ("no time", ["-"])


@pytest.mark.parametrize(("minutes", "amounts"), [(2880, ["14355.00"]), (2881, ["-"]), (0, ["435.00"])])
def test_no_anaesthesia_lasts_longer_than_two_days(
    contract_of: Made, prices: Any, minutes: int, amounts: list[str]
) -> None:
    assert prices(contract_of(terms(PAY % STATED), base=BASE), line(minutes)).amounts == amounts


def test_qualifying_circumstances_and_what_takes_no_time(contract_of: Made, prices: Any) -> None:
    """A code of its own with its units and without time: 1 × 72.50; the line beside it 13 × 72.50 and P3 once."""
    timeless = """\
terms:
  - name: Qualifying circumstances
    for: {codes: [99100, 99116, 99135, 99140]}
    pay: {anesthesia: base.csv, conversion_factor: 72.50, time_units: none}
"""
    contract = contract_of(timeless + terms(PAY % STATED).removeprefix("terms:\n"), base=BASE)
    assert prices(contract, line(90, "AA", "P3"), line(None, "P3", code="99100")).amounts == ["942.50", "72.50"]


def test_supervision_of_more_than_four_is_what_the_contract_states(contract_of: Made, prices: Any) -> None:
    """Three units whatever is done: a term of its own for AD."""
    text = "terms:\n  - name: Supervised\n    for: {modifiers: AD}\n    per: line\n    pay: {amount: 217.50}\n"
    contract = contract_of(text + terms(PAY % STATED).removeprefix("terms:\n"), base=BASE)
    assert prices(contract, line(200, "AD")).amounts == ["217.50"]


def test_an_escalator_moves_the_conversion_factor(contract_of: Made, prices: Any) -> None:
    """72.50 × 1.03 = 74.675 a unit, kept so: × 12 = 896.10."""
    rules = "rules: {escalator: {every: 1 year, percent: 3, applies_to: [anesthesia]}}\n"
    contract = contract_of(terms(PAY % STATED, rules), base=BASE)
    (priced,) = prices(contract, line(90), date=contract.period.start.replace(year=2026)).lines
    assert str(priced.expected_amount) == "896.10"
    row = {name: getattr(priced, name) for name in priced.__dataclass_fields__}
    told = explain_line(row).arithmetic
    assert told == "$896.10 ($72.50 × 1.03 escalator × 12 units, 6 of them time)"


def test_every_minute_to_the_cent(contract_of: Made, prices: Any) -> None:
    """Thirds and sevenths of a unit at a factor where half cents come up, against plain fractions."""
    for length, factor in ((7, "0.0350"), (15, "20.3175"), (60, "31.4159")):
        said = f"conversion_factor: {factor}, unit_minutes: {length}, time_units: exact"
        contract = contract_of(
            terms(f"{{anesthesia: base.csv, {said}, physical_status: none, billed_units: minutes}}"), base=BASE
        )
        spans = range(0, 2881, 3)
        priced = prices(contract, *(line(minutes) for minutes in spans))
        exact = [(6 + Fraction(minutes, length)) * Fraction(factor) for minutes in spans]
        assert priced.amounts == [f"{Decimal(int(each * 100 + Fraction(1, 2))) / 100:.2f}" for each in exact]


def test_silent_parameters_are_gaps(tmp_path: Path) -> None:
    head = "contract: A\nparties: {provider: B, payer: C}\neffective: 2025-01-01\n"
    (tmp_path / "contract.yaml").write_text(head + terms("{anesthesia: base.csv, conversion_factor: 72.50}"))
    (tmp_path / "base.csv").write_text(BASE)
    _, problems = check(tmp_path)
    assert [problem.what for problem in problems if "not said" in problem.what] == [
        "it is not said how long a unit of time is: 15 minutes",
        "it is not said how units of time are rounded: they are not",
        "it is not said what a physical status adds: nothing",
        "it is not said what lines billed in units hold: such lines have no price",
        "it is not said what several codes of one session are paid: each by itself",
    ]


def test_through_a_workbook(contract_of: Made, tmp_path: Path) -> None:
    contract = contract_of(terms(PAY % STATED), base=BASE)
    assert contract.folder is not None
    export_workbook(contract.folder, tmp_path / "contract.xlsx")
    again = import_workbook(tmp_path / "contract.xlsx", tmp_path / "again")
    assert (again.versions[0].terms, again.versions[0].rules) == (
        contract.versions[0].terms,
        contract.versions[0].rules,
    )


def test_a_table_of_amounts_holds_no_base_units(tmp_path: Path) -> None:
    head = "contract: A\nparties: {provider: B, payer: C}\neffective: 2025-01-01\n"
    (tmp_path / "contract.yaml").write_text(head + terms(PAY % STATED))
    (tmp_path / "base.csv").write_text("code,amount\n00840,6\n")
    contract, problems = check(tmp_path)
    assert contract is None
    assert [problem.what for problem in problems if problem.severity == "error"] == ["base.csv holds amounts"]


def test_in_words(contract_of: Made) -> None:
    def words(said: str) -> str:
        (term,) = contract_of(terms(said), base=BASE).versions[0].terms
        return term_words(term)

    by_unit = "codes on the schedule: $72.50 for each of the base units in base.csv"
    by_time = f"{by_unit} and each 15 minutes, rounded to a tenth"
    assert words(PAY % STATED) == (f"{by_time}; physical status adds P3 1, P4 2, P5 3; units billed are units of time")
    assert words(PAY % "physical_status: none") == f"{by_time}; lines not billed in minutes have no price"
    assert words("{anesthesia: base.csv, conversion_factor: 72.50, time_units: none}") == by_unit


def test_what_does_not_fit_is_refused(tmp_path: Path) -> None:
    head = "contract: A\nparties: {provider: B, payer: C}\neffective: 2025-01-01\n"
    pay = "{anesthesia: base.csv, conversion_factor: 1072.50, unit_minutes: 90, time_units: halves}\n    per: line"
    (tmp_path / "contract.yaml").write_text(head + terms(pay))
    (tmp_path / "base.csv").write_text(BASE)
    contract, problems = check(tmp_path)
    assert contract is None
    assert [str(problem).partition(": ")[2] for problem in problems if problem.severity == "error"] == [
        "conversion_factor: '1072.50' is not dollars below 1,000 with up to four decimals; write it like 72.50",
        "unit_minutes: '90' is not minutes, from 1 to 60; write it like 15",
        "time_units: 'halves' is not known; write exact, tenth, nearest, up, down or none",
        "per line does not go with anesthesia; write per: unit, or leave it out",
    ]
