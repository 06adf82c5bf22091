"""Rate exhibits as people send them: what is recognised, taken, and left with its reason."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from evenhand.contracts import check
from evenhand.contracts.exhibit import draft_mapping, import_exhibit
from evenhand.contracts.methods import Amount, PercentOfCharges
from evenhand.errors import ContractError, UsageError


def _drafted(exhibit: Path) -> Path:
    mapping = exhibit.with_name("mapping.yaml")
    mapping.write_text(draft_mapping(exhibit))
    return mapping


def test_the_draft_says_what_it_recognised(exhibit: Path) -> None:
    lines = draft_mapping(exhibit).splitlines()

    start = lines.index('  - sheet: "Exhibit A"')
    assert lines[start + 1 : start + 13] == [
        "    is: fee schedule",
        "    header_row: 4   # rows above it are titles, and not read",
        "    columns:",
        "      code: A   # CPT",
        "      modifier: B   # Mod",
        "      description: C   # Description",
        "      office: D   # Fee Non-Facility",
        "      facility: E   # Fee Facility",
        "      # F 'RVU' was not understood, and is not read",
        "    schedule: exhibit-a.csv",
        '    term: "Everything on Exhibit A"',
        "    restore_zeros: no   # yes: a code such as 100 is 00100",
    ]
    assert lines[start + 13] == "    # 13 row(s) below the headings: 5 taken (6 rate(s), 1 term(s)), 8 doubtful"
    assert [line.strip() for line in lines if "not used" in line] == [
        "is: not used   # hidden; it looks like fee schedule, headings in row 1; 2 row(s) not read",
        "is: not used   # no row has headings for codes and for amounts or percentages; 1 row(s) not read",
    ]


def test_every_row_is_a_rate_a_term_or_has_its_reason(exhibit: Path, tmp_path: Path) -> None:
    taken = import_exhibit(exhibit, _drafted(exhibit), tmp_path / "out")

    assert [(one.part.sheet, one.rows, one.taken, len(one.not_taken)) for one in taken.sheets] == [
        ("Exhibit A", 13, 5, 8),
        ("Inpatient", 5, 3, 2),
        ("Per diems", 3, 2, 1),
        ("Other", 2, 2, 0),
    ]
    assert [f"{one.sheet} {one.row}: {one.reason}" for one in taken.not_taken] == [
        "Exhibit A 7: '100' has lost digits; say restore_zeros: yes if it is 00100",
        "Exhibit A 9: there is no amount or percentage in this row: a heading or a note",
        "Exhibit A 11: 29881 RT facility stands here again as in row 10",
        "Exhibit A 12: 29881 RT office has another value than in row 10; that one was taken",
        "Exhibit A 14: '97110*' is not a procedure code of five letters or digits",
        "Exhibit A 15: 'N/A': the row says that there is no rate",
        "Exhibit A 17: 'call us' is not an amount",
        "Exhibit A 18: there is no amount or percentage in this row: a heading or a note",
        "Inpatient 5: 'SNF' is not a DRG of three digits",
        "Inpatient 6: 9500.123 has more than two decimals; round it as agreed",
        "Per diems 4: there is no code in this row; write it as a term by hand",
    ]
    assert (tmp_path / "out/not-taken.csv").read_text().count("\n") == 12
    assert taken.unused == ("Old rates", "Notes")


def test_what_was_taken_passes_the_check(exhibit: Path, tmp_path: Path) -> None:
    import_exhibit(exhibit, _drafted(exhibit), tmp_path / "out")

    contract, problems = check(tmp_path / "out")

    assert contract is not None
    assert [problem for problem in problems if problem.severity == "error"] == []
    version = contract.versions[0]
    assert [(r.code, r.modifier, r.setting, r.amount) for r in version.schedules["exhibit-a.csv"].rates] == [
        ("99213", "", "facility", Decimal("92.5")),
        ("99213", "", "office", Decimal("118.52")),
        ("99214", "", "office", Decimal("1148.50")),
        ("29881", "RT", "facility", Decimal("812.25")),
        ("29881", "RT", "office", Decimal("812.25")),
        ("73721", "26", "office", Decimal("90.25")),
    ]
    terms = {term.name: term for term in version.terms}
    assert terms["Codes J0000-J9999"].pay == PercentOfCharges(Decimal("0.55"))
    assert terms["Transplant"].pay == Amount(Decimal(180000))
    assert [str(one) for one in terms["Transplant"].covers.conditions[0].ranges] == ["001"]
    assert (terms["Rehabilitation, 0128"].per, terms["Implants"].pay) == ("day", PercentOfCharges(Decimal("0.38")))
    assert contract.parties.provider == "TO BE FILLED IN: provider"


def test_lost_zeros_come_back_when_the_mapping_says_so(exhibit: Path, tmp_path: Path) -> None:
    mapping = _drafted(exhibit)
    mapping.write_text(mapping.read_text().replace("restore_zeros: no", "restore_zeros: yes"))

    taken = import_exhibit(exhibit, mapping, tmp_path / "out")

    assert "00100" in {rate.code for rate in taken.sheets[0].rates}
    assert taken.sheets[0].taken == 6


def test_a_formula_counts_by_the_result_excel_stored(with_formulas: Path, tmp_path: Path) -> None:
    taken = import_exhibit(with_formulas, _drafted(with_formulas), tmp_path / "out")

    assert [(rate.code, rate.amount) for rate in taken.sheets[0].rates] == [("99213", Decimal(105))]
    assert [one.reason for one in taken.not_taken] == [
        "the result of a formula is not stored; save the file in Excel, or write the value"
    ]


def test_shares_are_told_from_percentages(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["Rev code", "% of charges"], ["0278", 0.38], ["0636", 0.5]):
        page.append(row)
    book.save(tmp_path / "shares.xlsx")
    mapping = _drafted(tmp_path / "shares.xlsx")

    assert "percent_as: share" in mapping.read_text()
    contract = import_exhibit(tmp_path / "shares.xlsx", mapping, tmp_path / "out").contract
    assert [term.pay for term in contract.versions[0].terms] == [
        PercentOfCharges(Decimal("0.38")),
        PercentOfCharges(Decimal("0.5")),
    ]


def test_two_amounts_for_one_day_are_not_both_taken(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (
        ["CPT", "Rate", "From", "Through"],
        ["99213", 100, "01/01/2025", "12/31/2025"],
        ["99213", 104, "2025-12-01", None],
        ["99213", 105, "2026-01-01", None],
    ):
        page.append(row)
    book.save(tmp_path / "dated.xlsx")

    taken = import_exhibit(tmp_path / "dated.xlsx", _drafted(tmp_path / "dated.xlsx"), tmp_path / "out")

    assert [f"{one.row}: {one.reason}" for one in taken.not_taken] == [
        "3: 99213 has another amount for the same days in row 2"
    ]


def test_a_wrong_mapping_is_refused_with_all_that_is_wrong(exhibit: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "wrong.yaml"
    mapping.write_text(
        "mapping: x\ncontract: C\nparties: {provider: A, payer: B}\neffective: soon\nsheets:\n"
        "  - {sheet: Exhibit A, is: fees, header_row: 4, columns: {code: A, amount: D}}\n"
        "  - {sheet: Inpatient, is: case rates, columns: {drg: A}}\n"
    )

    with pytest.raises(ContractError) as refused:
        import_exhibit(exhibit, mapping, tmp_path / "out")

    assert str(refused.value).splitlines() == [
        "wrong.yaml:4: effective: 'soon' is not a date; write it like 2025-01-31",
        "wrong.yaml:6: is: 'fees' is not known; "
        "write fee schedule, case rates, per diems, percent of charges or not used",
        "wrong.yaml:7: 'Inpatient' does not say where its headings are; add 'header_row: 4'",
        "wrong.yaml:7: 'Inpatient' needs a column of codes and one of amounts or percentages; "
        "give one of code, drg, revenue_code and one of amount, facility, office, percent",
    ]
    assert not (tmp_path / "out").exists()


def test_a_sheet_must_be_named_even_if_it_is_not_used(exhibit: Path, tmp_path: Path) -> None:
    mapping = _drafted(exhibit)
    mapping.write_text(mapping.read_text().replace('sheet: "Notes"', 'sheet: "Note"'))

    with pytest.raises(ContractError) as refused:
        import_exhibit(exhibit, mapping, tmp_path / "out")

    assert str(refused.value).splitlines() == [
        "mapping.yaml: there is no sheet 'Note' in the workbook; write it as on its tab",
        "mapping.yaml: nothing is said of the sheet 'Notes'; add it, with 'is: not used' if it is not",
    ]


def test_a_folder_that_is_there_is_kept(exhibit: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/contract.yaml").write_text("mine")

    with pytest.raises(UsageError, match="out is already there; choose another folder, or say --force"):
        import_exhibit(exhibit, _drafted(exhibit), tmp_path / "out")

    assert (tmp_path / "out/contract.yaml").read_text() == "mine"
