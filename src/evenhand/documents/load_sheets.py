"""Loads as tables: what one did by kind of file, each of its files, whether it all adds up; and the list of loads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from evenhand.book import Load, LoadedFile, Report
from evenhand.documents.sheet import Field, Sheet
from evenhand.documents.words import counted
from evenhand.money import ZERO, show_money

_KINDS = {"x12": "X12", "tuva": "Tuva medical_claim", "mapped": "mapped tables", "unknown": "not recognised"}
_FIELDS = (
    Field("kind", "Kind"),
    Field("files", "Files", "count"),
    Field("submitted_claims", "Submitted claims", "count"),
    Field("submitted_lines", "Submitted lines", "count"),
    Field("submitted_charges", "Submitted charges", "money"),
    Field("remittances", "Remittances", "count"),
    Field("remitted_claims", "Remitted claims", "count"),
    Field("remitted_lines", "Remitted lines", "count"),
    Field("remitted_charges", "Remitted charges", "money"),
    Field("paid", "Paid", "money"),
    Field("errors", "Errors", "count"),
    Field("warnings", "Warnings", "count"),
    Field("notes", "Notes", "count"),
)
_FILES = (
    Field("file", "File"),
    Field("what", "What it is"),
    *(field for field in _FIELDS if field.key not in ("kind", "files")),
)
_LOADS = (
    Field("id", "Load"),
    Field("loaded_at", "When (UTC)"),
    Field("loaded_by", "By"),
    Field("files", "Files", "count"),
    Field("submitted_claims", "Submitted claims", "count"),
    Field("submitted_lines", "Submitted lines", "count"),
    Field("submitted_charges", "Submitted charges", "dollars"),
    Field("remittances", "Remittances", "count"),
    Field("remitted_claims", "Remitted claims", "count"),
    Field("remitted_lines", "Remitted lines", "count"),
    Field("remitted_charges", "Remitted charges", "dollars"),
    Field("findings", "Findings", "count"),
    Field("what", "From"),
)
_CONTROL = (
    Field("what", "Total"),
    Field("said", "File said", "number"),
    Field("held", "Book holds", "number"),
    Field("found", "In findings", "number"),
    Field("verdict", "Verdict"),
)
_TWICE = (
    "Submitted: claims as billed. Remitted: as payers answered, where a claim stands once for each payment, reversal "
    "and correction. They are the same services seen from two sides: never add them up."
)
#: Files listed by name on the screen; JSON and the others list all.
_SHOWN = 20


def summary_sheets(report: Report, *, whole: bool = True) -> list[Sheet]:
    """The tables of a summary; not ``whole``, long lists of files are cut short."""
    most = None if whole else _SHOWN
    title = "What would be loaded" if report.dry_run else "What was loaded"
    sheets = [Sheet("loaded", title, _FIELDS, _kinds(report.files), note=_TWICE, empty="Nothing new.")]
    if report.files:
        control = _controls(report.files)
        sheets.append(Sheet("control", "Control", _CONTROL, control, empty="No totals to compare."))
    unknown = [{"file": f.path, "what": f.content} for f in report.files if f.kind == "unknown"]
    if unknown:
        fields = (Field("file", "File"), Field("what", "What it seems to be"))
        note = _more(unknown, most) + _right()
        sheets.append(Sheet("unknown", "Not recognised", fields, unknown[:most], note=note))
    if report.skipped:
        fields = (Field("file", "File"), Field("why", "Why"))
        rows = [{"file": s.path, "why": s.why} for s in report.skipped]
        sheets.append(Sheet("left-out", "Left out", fields, rows[:most], note=_more(rows, most)))
    return sheets


def _more(rows: Sequence[object], most: int | None) -> str:
    return f"… and {len(rows) - most:,} more. " if most is not None and len(rows) > most else ""


def _right() -> str:
    from evenhand.claims.recognise import RIGHT

    return RIGHT


def _kinds(files: Sequence[LoadedFile]) -> list[dict[str, Any]]:
    rows = []
    for kind, words in _KINDS.items():
        chosen = [file for file in files if file.kind == kind]
        if chosen:
            rows.append({"kind": words, "files": len(chosen), **_sums(chosen)})
    return rows


def _sums(files: Sequence[LoadedFile]) -> dict[str, Any]:
    counts, found = Counter[str](), Counter[str]()
    money: dict[str, Decimal] = {}
    for file in files:
        counts.update(file.counts)
        found.update(file.findings)
        for what, amount in file.totals.items():
            money[what] = money.get(what, ZERO) + amount
    return {
        "submitted_claims": counts["claims"],
        "submitted_lines": counts["lines"],
        "submitted_charges": money.get("claim charges", ZERO),
        "remittances": counts["remits"],
        "remitted_claims": counts["remit_claims"],
        "remitted_lines": counts["remit_lines"],
        "remitted_charges": money.get("remitted charges", ZERO),
        "paid": money.get("line paid", ZERO) + money.get("remitted paid", ZERO),
        "errors": found["error"],
        "warnings": found["warning"],
        "notes": found["note"],
    }


def _controls(files: Sequence[LoadedFile]) -> list[dict[str, Any]]:
    """Each total over all files that state it; one file that does not add up is not hidden by another."""
    rows: dict[str, dict[str, Any]] = {}
    for file in files:
        for control in file.controls:
            row = rows.setdefault(
                control.what, {"what": control.what, "said": ZERO, "held": ZERO, "found": ZERO, "off": 0, "unread": 0}
            )
            row["said"] += control.said
            row["held"] += control.held
            row["found"] += control.found
            row["off"] += not control.adds_up and not control.unread
            row["unread"] += not control.adds_up and bool(control.unread)
    for row in rows.values():
        if row["what"] == "rows":
            row |= {name: int(row[name]) for name in ("said", "held", "found")}
        row["verdict"] = _verdict(row["off"], row["unread"])
    return list(rows.values())


def _verdict(off: int, unread: int) -> str:
    if off:
        return f"does not add up in {_files(off)}"
    return f"adds up but for {_files(unread)} with amounts that cannot be read" if unread else "adds up"


def _files(count: int) -> str:
    return counted(count, "file")


def verdict(report: Report) -> str:
    """The last line: what happened, and that everything is accounted for."""
    if report.load is None and not report.dry_run:
        return "Nothing new: the book is as it was." + (_left_out(report) if report.skipped else "")
    said = "Would load" if report.dry_run else f"Loaded as {report.load.id if report.load else ''}:"
    rows = _controls(report.files)
    off = [row["what"] for row in rows if row["off"]]
    unread = max((row["unread"] for row in rows), default=0)
    control = f"control fails for {', '.join(off)}" if off else "file said = book holds + findings"
    if unread and not off:
        control += f", but for {_files(unread)} with amounts that cannot be read"
    paid = sum((file.totals.get("payments", ZERO) for file in report.files), ZERO)
    payments = f", payments of {show_money(paid)}" if paid else ""
    return f"{said} {_files(len(report.files))}{payments}; {control}.{_left_out(report)}"


def _left_out(report: Report) -> str:
    return f" {_files(len(report.skipped))} left out." if report.skipped else ""


def file_sheet(files: Sequence[LoadedFile], name_of: Callable[[str], str] = str) -> Sheet:
    """Each file: what it was recognised as, what it holds, what was found in it; ``name_of`` says how it is called."""
    rows = [{"file": name_of(file.path), "what": file.content, **_sums([file])} for file in files]
    return Sheet("files", "File by file", _FILES, rows, empty="No file is new.")


def loads_sheet(held: Sequence[Load], *, title: str = "Loads", empty: str = "Nothing was loaded yet.") -> Sheet:
    """Loads, oldest first. A merged load is followed by the loads in it."""
    rows = [row for load in held for row in (load_row(load), *(_part(part) for part in load.parts))]
    return Sheet("loads", title, _LOADS, rows, empty=empty)


def load_row(load: Load) -> dict[str, Any]:
    """One load as a row of the list."""
    where = ", ".join(load.sources[:3]) + (", …" if len(load.sources) > 3 else "")
    return {
        "id": load.id,
        "loaded_at": load.loaded_at.strftime("%Y-%m-%d %H:%M"),
        "loaded_by": load.loaded_by,
        "files": len(load.files),
        "submitted_claims": load.rows("claims"),
        "submitted_lines": load.rows("lines"),
        "submitted_charges": load.total("claim charges"),
        "remittances": load.rows("remits"),
        "remitted_claims": load.rows("remit_claims"),
        "remitted_lines": load.rows("remit_lines"),
        "remitted_charges": load.total("remitted charges"),
        "findings": load.rows("findings"),
        "what": f"{len(load.parts)} loads merged" if load.parts else where,
    }


def _part(part: Load) -> dict[str, Any]:
    return load_row(part) | {"id": f"· {part.id}"}
