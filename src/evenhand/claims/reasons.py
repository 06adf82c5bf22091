"""What adjustment reasons mean for the allowed amount: a table, versioned with the code, open to correction.

The kinds are this project's own reading; the labels are its own words. A payer that uses a reason in its own way
is set right by a CSV file of the same columns (and ``payer``), whose rows count before the built-in ones.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from importlib.resources import files
from io import StringIO
from pathlib import Path

import pyarrow as pa

from evenhand.errors import ReadError

#: Kind → what an adjustment of that kind does.
KINDS: dict[str, str] = {
    "price": "cut from the charge to reach the allowed amount",
    "payment": "inside the allowed amount: cut from, or added to, the payment alone",
    "cost share": "inside the allowed amount: the patient's, when the group is PR",
    "liability": "above the allowed amount, the patient's to pay",
    "bundled": "paid with another service: allowed 0, not a denial",
    "capitated": "covered by a capitation payment: allowed amount unknown",
    "denial": "not paid by decision",
    "duplicate": "not paid because decided before",
    "other payer": "another payer's doing: nothing can be derived",
}

SCHEMA = pa.schema(
    [
        ("payer", pa.string()),
        ("group_code", pa.string()),
        ("reason_code", pa.string()),
        ("kind", pa.string()),
        ("label", pa.string()),
        ("evidence", pa.string()),
        ("standing_no", pa.int32()),
        ("row_no", pa.int32()),
    ]
)

_COLUMNS = ("code", "group", "kind", "label", "evidence")


def read_reasons(corrections: Path | None = None) -> pa.Table:
    """The adjustment reasons, the user's corrections (if any) before the built-in ones.

    Args:
        corrections: a CSV file with the columns ``code`` and ``kind``, and if wanted ``payer`` (name or
            identifier), ``group``, ``label``.

    Raises:
        ReadError: the file is missing, lacks a column, or names a kind that is not in :data:`KINDS`.

    >>> reasons = read_reasons().to_pylist()
    >>> [row["kind"] for row in reasons if row["reason_code"] == "253"]
    ['payment']
    """
    rows = list(_corrections(corrections)) if corrections else []
    built_in = files("evenhand.claims").joinpath("reasons.csv").read_text(encoding="utf-8")
    rows += _rows("reasons.csv", built_in, standing_no=1)
    return pa.Table.from_pylist(rows, SCHEMA)


def labels(reasons: pa.Table) -> dict[str, str]:
    """The words for each reason code: the user's before the built-in, those for all groups before one group's.

    Rows that speak of one payer alone do not name a code for all.

    >>> labels(read_reasons())["197"]
    'authorisation missing'
    """
    general = [row for row in reasons.to_pylist() if row["payer"] is None and row["label"]]
    general.sort(key=lambda row: (row["standing_no"], row["group_code"] is not None, row["row_no"]), reverse=True)
    return {row["reason_code"]: row["label"] for row in general}


def _corrections(path: Path) -> Iterator[dict[str, object]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as failure:
        raise ReadError(path, f"cannot be read ({failure.strerror})", "give a CSV file of adjustment reasons") from None
    except UnicodeDecodeError:
        raise ReadError(path, "is not UTF-8 text", "save it as CSV UTF-8") from None
    return _rows(str(path), text, standing_no=0)


def _rows(name: str, text: str, *, standing_no: int) -> Iterator[dict[str, object]]:
    reader = csv.DictReader(StringIO(text, newline=""))
    _check_header(name, reader.fieldnames or ())
    for row in reader:
        found = {key: (value or "").strip() or None for key, value in row.items() if key}
        yield {
            "payer": found.get("payer"),
            "group_code": found.get("group"),
            "reason_code": _required(found, "code", f"{name}:{reader.line_num}"),
            "kind": _kind(found, f"{name}:{reader.line_num}"),
            "label": found.get("label"),
            "evidence": found.get("evidence"),
            "standing_no": standing_no,
            "row_no": reader.line_num,
        }


def _check_header(name: str, header: Iterable[str]) -> None:
    columns = list(header)
    unknown = sorted(set(columns) - {*_COLUMNS, "payer"})
    missing = [column for column in ("code", "kind") if column not in columns]
    if unknown or missing:
        what = f"unknown columns: {', '.join(unknown)}" if unknown else f"missing columns: {', '.join(missing)}"
        raise ReadError(name, what, f"the columns are payer, {', '.join(_COLUMNS)}; code and kind are needed")


def _required(row: dict[str, str | None], column: str, where: str) -> str:
    value = row.get(column)
    if value is None:
        raise ReadError(where, f"no {column}", f"every row needs a {column}")
    return value


def _kind(row: dict[str, str | None], where: str) -> str:
    kind = _required(row, "kind", where)
    if kind not in KINDS:
        raise ReadError(where, f"'{kind}' is not a kind of adjustment", f"the kinds are {', '.join(KINDS)}")
    return kind
