"""Writing a contract as a workbook a negotiator can edit."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

from evenhand.contracts.workbook.documents import gather
from evenhand.contracts.workbook.drawing import draw
from evenhand.contracts.workbook.pages import pages
from evenhand.errors import UsageError

_TOLD = (
    (
        "What this is",
        "A contract as data, one sheet a subject. Edit it here, then read it back with: evenhand contract "
        "import FILE.xlsx --out FOLDER. Add --dry-run to see what your edits change, in words.",
    ),
    (
        "Contract",
        "Parties, dates, products, renewal and provisions: one key a row. Write into the column «value»; "
        "leave it empty for what the contract does not say. A provision of your own: add a row, its key "
        "«provisions › NAME».",
    ),
    (
        "Terms",
        "One row a term. Within one document («stated in») the term of lowest rank that covers a line "
        "pays it. To put one between 2 and 3, give it rank 2.5. Conditions in one row must all hold; "
        "columns nobody uses are folded: open them with the + above the columns. «way of paying» says "
        "which of schedule, percent and amount counts.",
    ),
    (
        "Percentages",
        "Write 45 or 45% for 45 %. Modifiers and terms alike.",
    ),
    (
        "Codes and lists",
        "Codes are text; ranges are written 99202-99215. Several codes stand in one cell, with commas "
        "between; names of terms with semicolons, for a name may hold a comma.",
    ),
    (
        "Rules",
        "What holds for every term; «none» says that a rule does not hold.",
    ),
    (
        "Amendments",
        "What later documents change, one key a row. Their terms, rules and cases stand on those sheets, "
        "with the document's file in the column «stated in». A new amendment: any file name of its own, "
        "such as amendments/2028.yaml, and the keys amendment, signed and effective.",
    ),
    (
        "Rate tables",
        "One sheet each; the sheet Schedules says which file a sheet is. An empty modifier, setting or "
        "date holds for all. The last day is inside. A new table: a new sheet with these headings, and a "
        "row under Schedules.",
    ),
    (
        "Cases",
        "Claims whose price is stated. Rows with the same number are lines of one claim.",
    ),
    (
        "What must stay",
        "Names of the sheets, headings, the column «stated in», and the first cell of this sheet. Columns "
        "and rows may be moved and sorted. Formulas are read by the value Excel stored.",
    ),
)


def export_workbook(path: Path | str, out: Path | str, *, replace: bool = False) -> Path:
    """Write a contract, or an offer with all it is laid over, as a workbook that :func:`import_workbook` reads back.

    Comments in the files are not part of a contract and do not come along.

    Args:
        path: A contract's folder, its ``contract.yaml``, or an offer's file.
        out: The workbook to write.
        replace: Write over a file that is there.

    Raises:
        ContractError: The contract is refused.
        UsageError: The file is there already, or a value is too long for a cell.
    """
    out = Path(out)
    if out.suffix.lower() != ".xlsx":
        raise UsageError(f"{out} does not end in .xlsx; give the workbook that ending")
    if out.exists() and not replace:
        raise UsageError(f"{out} is already there; choose another name, or say --force")
    if not out.parent.is_dir():
        raise UsageError(f"there is no folder {out.parent}; make it, or choose another")
    gathered = gather(Path(path))
    aside = out.with_name(f".{out.stem}.{uuid.uuid4().hex[:8]}.xlsx")
    try:
        draw(aside, gathered.contract.name, _TOLD, pages(gathered))
        os.replace(aside, out)
    finally:
        aside.unlink(missing_ok=True)
    return out
