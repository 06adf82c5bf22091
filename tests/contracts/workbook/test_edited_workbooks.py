"""What a negotiator does to an exported workbook: edits come through, mistakes are told by cell, all at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from evenhand.contracts import compare, kept_contracts, read_contract
from evenhand.contracts.methods import Amount, PercentOfCharges
from evenhand.contracts.workbook import export_workbook, import_workbook, is_contract_workbook, read_workbook
from evenhand.errors import ContractError, ReadError, UsageError

CEDAR = Path(__file__).resolve().parents[3] / "examples" / "cedar-ridge-summit"
Edit = Callable[[Any], None]


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[Edit], Path]:
    """The example exported, changed as a person would, and saved."""

    def make(edit: Edit) -> Path:
        path = tmp_path / "cedar.xlsx"
        export_workbook(CEDAR, path, replace=True)
        book = openpyxl.load_workbook(path)
        edit(book)
        book.save(path)
        return path

    return make


def _under(book: Any, sheet: str, row: int, heading: str) -> Any:
    """The cell under a heading; ``row`` is Excel's."""
    page = book[sheet]
    return page.cell(row, next(cell.column for cell in page[1] if cell.value == heading))


def _set(book: Any, sheet: str, row: int, heading: str, value: Any) -> None:
    """Write under a heading."""
    _under(book, sheet, row, heading).value = value


def _at(path: Path, heading: str, row: int) -> str:
    """The address of a cell among the terms."""
    return f"Terms!{_under(openpyxl.load_workbook(path), 'Terms', row, heading).coordinate}"


def _refused(path: Path) -> list[str]:
    with pytest.raises(ContractError) as refused:
        read_workbook(path)
    return str(refused.value).splitlines()


def test_edits_come_through(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        _set(book, "Terms", 3, "percent", 0.4)
        _under(book, "Terms", 3, "percent").number_format = "0%"
        _set(book, "Terms", 4, "amount", 25000)
        _set(book, "exhibit-a", 3, "amount", 530.25)
        book["Contract"].cell(12, 2).value = "2028-12-31"

    changes = compare(read_contract(CEDAR), read_workbook(edited(edit)))

    assert [change.words for change in changes] == [
        "ends: 2028-12-31, was 2027-12-31",
        "Implants pays 40% of charges, was 38% of charges",
        "Joint replacement, inpatient pays $25,000.00 per case, was $24,500.00 per case",
        "20680 in exhibit-a.csv: $530.25 (+3.5%), was $512.40",
    ]


def test_a_row_put_between_gets_its_rank(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        row = book["Terms"].max_row + 1
        for heading, value in {"stated in": "contract", "rank": 2.5, "name": "Casts", "codes": "29000-29799",
                               "way of paying": "amount", "amount": 145.5}.items():  # fmt: skip
            _set(book, "Terms", row, heading, value)

    term = read_workbook(edited(edit)).versions[0].terms[2]

    assert (term.name, term.pay) == ("Casts", Amount(Decimal("145.5")))


def test_a_new_amendment_is_a_few_rows(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        file = "amendments/2027.yaml"
        for key, value in {"amendment": "Second amendment", "signed": "2026-10-01", "effective": "2027-01-01",
                           "adjust > #1 > terms": "Implants; Joint replacement, inpatient",
                           "adjust > #1 > percent": "-2"}.items():  # fmt: skip
            book["Amendments"].append([file, key, value])

    contract = read_workbook(edited(edit))

    assert [one.name for one in contract.amendments] == ["First amendment", "Second amendment"]
    last = contract.version_on(date(2027, 1, 1))
    assert last is not None
    assert last.terms[0].pay == PercentOfCharges(Decimal("0.3724"))


def test_every_mistake_is_told_by_its_cell_at_once(edited: Callable[[Edit], Path], tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        _set(book, "Terms", 3, "percent", "abc")
        _set(book, "Terms", 6, "codes", "9920")
        _set(book, "Terms", 7, "way of paying", "percent of charge")
        _set(book, "Terms", 9, "percent", None)
        _set(book, "exhibit-a", 3, "amount", "n/a")
        _set(book, "exhibit-a", 6, "code", "20610")
        book["Contract"].cell(11, 2).value = "1/1/2025"

    path = edited(edit)

    assert _refused(path) == [
        "Contract!B11: effective: '1/1/2025' is not a date; write it like 2025-01-31",
        f"{_at(path, 'percent', 3)}: percent_of_charges: 'abc' is not a percentage; write it like 45 or 62.5%",
        "Terms!D6: codes: '9920' is not a procedure code of five letters or digits; write it like 99213",
        f"{_at(path, 'way of paying', 7)}: 'percent_of_charge' is not a way of paying; "
        "did you mean 'percent_of_charges'?",
        f"{_at(path, 'percent', 9)}: percent_of_charges has no value; "
        "give a percentage, such as 45 or 62.5%, or drop the key",
        "exhibit-a!D3: 20680: 'n/a' is not an amount; leave the row out if the code has no rate",
        "exhibit-a!A6: 20610 has two amounts for the same days: 92 in row 2 and 1456 here; "
        "keep one, or give them dates",
    ]
    with pytest.raises(ContractError):
        import_workbook(path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_rows_that_do_not_hold_together_are_refused(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        _set(book, "Terms", 5, "amount", 3)
        _set(book, "Terms", 6, "way of paying", None)
        _set(book, "Terms", 4, "rank", 1)
        _set(book, "Rules", 2, "stated in", "first amendment")
        book["Schedules"].cell(3, 1).value = "Medicare"

    path = edited(edit)
    assert _refused(path)[:7] == [
        "Rules!A2: 'first amendment' is no document; write contract, or a file such as amendments/2028.yaml",
        "Terms!B4: rank 1 is given twice in contract; it stands in Terms!B3, too",
        f"{_at(path, 'amount', 5)}: amount '3' does not go with 'nothing'; clear it, or choose another way of paying",
        f"{_at(path, 'percent', 6)}: percent '128' stands beside no way of paying; choose one under «way of paying»",
        f"{_at(path, 'schedule', 6)}: schedule 'medicare-pfs' stands beside no way of paying; "
        "choose one under «way of paying»",
        f"{_at(path, 'year', 6)}: year '2025' stands beside no way of paying; choose one under «way of paying»",
        "Schedules!A3: there is no sheet of rates 'Medicare'; write the name of the sheet as on its tab",
    ]


def test_a_formula_without_a_stored_result_is_told(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        _set(book, "exhibit-a", 3, "amount", "=D2*1.03")

    assert "exhibit-a!D3: the result of this formula is not stored; save the file in Excel, or write the value" in (
        _refused(edited(edit))
    )


def test_a_sheet_that_is_gone_is_missed(edited: Callable[[Edit], Path]) -> None:
    assert _refused(edited(lambda book: book.remove(book["Cases"]))) == [
        "cedar.xlsx: the sheet 'Cases' is missing; put it back"
    ]


def test_codes_are_text_and_money_is_numbers(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(export_workbook(CEDAR, tmp_path / "cedar.xlsx"))

    code, amount = book["exhibit-a"]["A2"], book["exhibit-a"]["D2"]
    assert (code.value, code.number_format, code.data_type) == ("20610", "@", "s")
    assert (amount.value, amount.number_format, amount.data_type) == (92, "#,##0.00##", "n")
    assert book["exhibit-a"].freeze_panes == "A2"
    offered = [rule.formula1 for rule in book["Terms"].data_validations.dataValidation]
    assert '"unit,line,day,case"' in offered
    assert any({"nothing", "fee_schedule", "amount"} <= set(words.strip('"').split(",")) for words in offered)


def test_text_is_never_a_formula(tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    text = (CEDAR / "contract.yaml").read_text().split("rules:")[0].replace("Implants", "=1+1")
    (folder / "contract.yaml").write_text(text)
    for name in ("exhibit-a.csv", "medicare-2025.csv"):
        (folder / name).write_bytes((CEDAR / name).read_bytes())

    book = openpyxl.load_workbook(export_workbook(folder, tmp_path / "odd.xlsx"))

    assert book["Terms"]["C3"].data_type == "s"
    assert read_workbook(tmp_path / "odd.xlsx").versions[0].terms[0].name == "=1+1"


def test_what_says_the_same_keeps_its_comments(edited: Callable[[Edit], Path], tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        _set(book, "exhibit-a", 3, "amount", 530.25)

    first = import_workbook(edited(lambda book: None), tmp_path / "out")
    (tmp_path / "out/contract.yaml").write_text("# Ours.\n" + (tmp_path / "out/contract.yaml").read_text())

    second = import_workbook(edited(edit), tmp_path / "out", replace=True)

    assert (tmp_path / "out/contract.yaml").read_text().startswith("# Ours.\n")
    assert [change.where for change in compare(first, second)] == ["20680 in exhibit-a.csv"]


def test_refusals(tmp_path: Path) -> None:
    path = export_workbook(CEDAR, tmp_path / "cedar.xlsx")
    with pytest.raises(UsageError, match=r"cedar.xlsx is already there; choose another name, or say --force"):
        export_workbook(CEDAR, path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine").write_text("")
    with pytest.raises(UsageError, match="is already there; choose another folder, say --dry-run to compare"):
        import_workbook(path, tmp_path / "out")
    other = openpyxl.Workbook()
    other.save(tmp_path / "other.xlsx")
    assert not is_contract_workbook(tmp_path / "other.xlsx")
    with pytest.raises(ReadError, match="this is not a workbook written by 'evenhand contract export'"):
        read_workbook(tmp_path / "other.xlsx")
    (tmp_path / "text.xlsx").write_text("text")
    with pytest.raises(ReadError, match="this workbook cannot be opened"):
        read_workbook(tmp_path / "text.xlsx")


def test_an_amendment_the_workbook_does_not_know_is_not_left_in_force(tmp_path: Path) -> None:
    path = export_workbook(CEDAR, tmp_path / "cedar.xlsx")
    import_workbook(path, tmp_path / "out")
    (tmp_path / "out/amendments/2099.yaml").write_text("amendment: X\nsigned: 2026-01-01\neffective: 2026-06-01\n")

    with pytest.raises(UsageError, match=r"2099.yaml is not in the workbook; remove it, or choose another folder"):
        import_workbook(path, tmp_path / "out", replace=True)


def test_the_demos_contracts_survive(demo_template: Path, tmp_path: Path) -> None:
    folders = sorted({file.parent for file in demo_template.rglob("contract.yaml") if ".history" not in file.parts})
    assert list(kept_contracts(demo_template / "book" / "contracts"))

    for number, folder in enumerate(folders):
        path = export_workbook(folder, tmp_path / f"{number}.xlsx")
        before, after = read_contract(folder), read_workbook(path)
        assert compare(before, after) == []
        assert (before.versions, before.cases, before.amendments) == (after.versions, after.cases, after.amendments)
