"""From an exhibit and its mapping to a contract's folder."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evenhand.contracts.exhibit.columns import KEYS
from evenhand.contracts.exhibit.drafting import FILL_IN, opened_grid
from evenhand.contracts.exhibit.mapping import Mapping, read_mapping
from evenhand.contracts.exhibit.taking import NotTaken, SheetTaken, fields, take_sheet
from evenhand.contracts.model import Contract
from evenhand.contracts.nodes import Fields, Items, Node, Scalar
from evenhand.contracts.reader import CONTRACT_FILE, read_contract
from evenhand.contracts.workbook.cells import in_one_line
from evenhand.contracts.workbook.grid import OpenedWorkbook, Places
from evenhand.contracts.workbook.yamltext import written
from evenhand.errors import ContractError, Problem, UsageError

NOT_TAKEN_FILE = "not-taken.csv"


@dataclass(frozen=True, slots=True)
class ExhibitTaken:
    """What became of an exhibit: the contract, each sheet's rows, the sheets nobody reads."""

    contract: Contract
    sheets: tuple[SheetTaken, ...]
    unused: tuple[str, ...]

    @property
    def not_taken(self) -> list[NotTaken]:
        """Every row that became neither rate nor term."""
        return [one for sheet in self.sheets for one in sheet.not_taken]


def import_exhibit(path: Path | str, mapping: Path | str, folder: Path | str, *, replace: bool = False) -> ExhibitTaken:
    """Make a contract's folder of a rate exhibit by a mapping.

    Args:
        path: The workbook.
        mapping: What each sheet and column is.
        folder: The contract's folder to write; ``not-taken.csv`` in it lists rows that were not taken.
        replace: Write over what is there.

    Raises:
        ContractError: The mapping is wrong, or what was taken is no contract. Nothing is written.
        UsageError: The folder is there already.
    """
    path, folder = Path(path), Path(folder)
    if folder.exists() and not replace and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is already there; choose another folder, or say --force")
    said = read_mapping(Path(mapping))
    book = OpenedWorkbook(path, Places())
    _check_sheets(said, book, Path(mapping).name)
    taken = tuple(take_sheet(part, *opened_grid(book, part.sheet)) for part in said.parts)
    if not any(one.taken for one in taken):
        raise ContractError([Problem(path.name, None, "no row could be taken", "check the columns in the mapping")])
    with tempfile.TemporaryDirectory() as place:
        stage = Path(place) / "stage"
        _write(stage, _document(said, taken, path.name), taken)
        read_contract(stage)
        shutil.copytree(stage, folder, dirs_exist_ok=True)
    return ExhibitTaken(read_contract(folder), taken, said.unused)


def _check_sheets(said: Mapping, book: OpenedWorkbook, file: str) -> None:
    """The mapping and the workbook must name the same sheets: what is left out is said to be."""
    named = {part.sheet for part in said.parts} | set(said.unused)
    wrong = [Problem(file, None, f"there is no sheet '{name}' in the workbook", "write it as on its tab")
             for name in sorted(named - set(book.sheets))]  # fmt: skip
    wrong += [Problem(file, None, f"nothing is said of the sheet '{name}'", "add it, with 'is: not used' if it is not")
              for name in book.sheets if name not in named]  # fmt: skip
    files = [part.schedule for part in said.parts if part.kind == "fee schedule"]
    wrong += [Problem(file, None, f"two sheets are written to '{one}'", "give each a schedule of its own")
              for one in sorted({one for one in files if files.count(one) > 1})]  # fmt: skip
    if wrong:
        raise ContractError(wrong)


def _document(said: Mapping, taken: Sequence[SheetTaken], file: str) -> str:
    terms: list[Fields] = [term for one in taken for term in one.terms]
    for one in taken:
        if one.rates:
            terms.append(_schedule_term(one))
    head = {key.text: value for key, value in said.head.entries}
    document = fields([*head.items(), ("terms", Items(tuple(_renamed(terms)), 0))])
    open_points = [key for key, value in head.items() if FILL_IN in in_one_line(value)]
    remarks = [
        f"# Made from {file}. Rules, provisions and cases are not in an exhibit: add them, then run contract check."
    ]
    if open_points:
        remarks.append(f"# {FILL_IN}: {', '.join(open_points)}, and the dates unless they are right.")
    return "\n".join(remarks) + "\n" + written(document)


def _schedule_term(taken: SheetTaken) -> Fields:
    part = taken.part
    entries: list[tuple[str, Node]] = [
        ("name", Scalar(part.term or f"Everything on {part.sheet}", 0)),
        ("for", fields([("codes", Scalar("on schedule", 0))])),
        ("pay", fields([("fee_schedule", Scalar(part.schedule, 0))])),
        ("cite", Scalar(part.cite or part.sheet, 0)),
    ]
    return fields(entries)


def _renamed(terms: Sequence[Fields]) -> list[Fields]:
    """No two terms share a name: one met before gets its codes, then its row."""
    seen: set[str] = set()
    found = []
    for term in terms:
        entries = {key.text: value for key, value in term.entries}
        name, cite = entries["name"], entries["cite"]
        assert isinstance(name, Scalar)
        assert isinstance(cite, Scalar)
        text = name.text if name.text not in seen else f"{name.text}, {_codes(entries['for'])}"
        text = text if text not in seen else f"{text} ({cite.text})"
        seen.add(text)
        found.append(fields([*{**entries, "name": Scalar(text, 0)}.items()]))
    return found


def _codes(selector: Node) -> str:
    held = {key.text: value for key, value in selector.entries} if isinstance(selector, Fields) else {}
    items = next((held[key] for key in KEYS.values() if key in held), None)
    return ", ".join(one.text for one in items.items if isinstance(one, Scalar)) if isinstance(items, Items) else ""


def _write(stage: Path, document: str, taken: Sequence[SheetTaken]) -> None:
    stage.mkdir()
    (stage / CONTRACT_FILE).write_text(document, encoding="utf-8")
    for one in taken:
        if one.rates:
            rows = [(r.code, r.modifier, r.setting, f"{r.amount:f}", r.effective, r.ends) for r in one.rates]
            head = ("code", "modifier", "setting", "amount", "effective", "ends")
            (stage / one.part.schedule).write_text(_csv(head, rows), encoding="utf-8", newline="")
    left = [(one.sheet, str(one.row), one.reason, one.text) for sheet in taken for one in sheet.not_taken]
    if left:
        file = stage / NOT_TAKEN_FILE
        file.write_text(_csv(("sheet", "row", "why", "text"), left), encoding="utf-8", newline="")


def _csv(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
