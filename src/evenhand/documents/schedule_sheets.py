"""Public fee schedules as sheets: what was loaded, what is at hand, what a code is paid, what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from evenhand.documents.sheet import Field, Sheet
from evenhand.schedules import Change, Library, LoadReport, Match, Quote, Release
from evenhand.schedules.pfs.locality import read_locality

_RELEASE = (
    Field("id", "Release"),
    Field("title", "What it is"),
    Field("first_day", "From", "date"),
    Field("last_day", "To", "date"),
    Field("rows", "Rows", "count"),
    Field("file", "File"),
)
#: So many rows with the same change are told as one.
_ALIKE = 1_000
_BUILT_IN = (
    "This is the small fact table that comes with the package: a few codes of public releases. Load CMS's own files "
    "with: evenhand schedules load FILE…"
)


def load_sheets(report: LoadReport, *, dry_run: bool) -> list[Sheet]:
    """What a load took, knew already, and passed over."""
    rows = [_release(one) | {"became": "would be taken" if dry_run else "taken"} for one in report.taken]
    rows += [_release(one) | {"became": "had already"} for one in report.known]
    held = Sheet("releases", "Releases", (Field("became", "Became"), *_RELEASE), rows, empty="No table was taken.")
    passed = [{"file": file, "why": why} for file, why in report.passed_over]
    fields = (Field("file", "File"), Field("why", "Why"))
    return [held, *([Sheet("passed_over", "Passed over", fields, passed)] if passed else [])]


def releases_sheet(library: Library, kind: str) -> Sheet:
    """The releases at hand."""
    rows = [_release(one) for one in library.releases if one.kind_name.startswith(kind)]
    empty = "No release at hand; load CMS's files with: evenhand schedules load FILE…"
    title = f"Schedules in {library.path}" if not library.built_in else "Schedules"
    return Sheet("releases", title, _RELEASE, rows, note=_BUILT_IN if library.built_in else "", empty=empty)


def _release(release: Release) -> dict[str, Any]:
    names = ("id", "first_day", "last_day", "rows", "file")
    part = " (a part)" if release.part else ""
    return {name: getattr(release, name) for name in names} | {"title": release.kind.title + part}


def quotes_sheet(code: str, quotes: Sequence[Quote]) -> Sheet:
    """What each schedule pays for a code."""
    fields = (
        Field("schedule", "Schedule"),
        Field("modifier", "Modifier"),
        Field("setting", "Setting"),
        Field("amount", "Amount", "money"),
        Field("says", "By"),
        Field("release", "Release"),
    )
    rows = [{field.key: getattr(one, field.key) for field in fields} for one in quotes]
    return Sheet(
        "quotes", f"{code} under the schedules at hand", fields, rows, empty="It has no price in this setting."
    )


def matches_sheets(matches: Sequence[Match]) -> list[Sheet]:
    """What was computed against what was published, and the rows that differ."""
    fields = (
        Field("schedule", "Schedule"),
        Field("truth", "Held against"),
        Field("release", "Release"),
        Field("rows", "Rows", "count"),
        Field("matched", "Equal", "count"),
        Field("left_out", "Not computable", "count"),
    )
    rows = [{field.key: getattr(one, field.key) for field in fields} for one in matches]
    empty = "No release at hand prints amounts to hold ours against; load CMS's revision file (PFREV) or OPPSCAP."
    misses = [{"release": one.release, "miss": miss} for one in matches for miss in one.misses]
    differ = Sheet("misses", "Rows that differ", (Field("release", "Release"), Field("miss", "Row")), misses)
    return [Sheet("matches", "Computed against published", fields, rows, empty=empty), *([differ] if misses else [])]


def localities_sheet(library: Library, day: date, zip_code: str | None) -> Sheet:
    """The payment localities, or the one of a ZIP code."""
    release = library.nearest("pfs-gpci", day)
    wanted = read_locality(zip_code, library, day) if zip_code else None
    rows = [] if release is None else library.table(release).to_pylist()
    held = [row | {"locality": f"{row['carrier']}-{row['locality']}"} for row in rows]
    fields = (
        Field("locality", "Locality"),
        Field("state", "State"),
        Field("name", "Name"),
        Field("work", "Work", "number"),
        Field("pe", "Practice expense", "number"),
        Field("mp", "Malpractice", "number"),
    )
    chosen = [row for row in held if wanted is None or row["locality"] == str(wanted)]
    title = "Payment localities" if release is None else f"Payment localities, {release.id}"
    return Sheet("localities", title, fields, chosen, empty="No geographic factors at hand; load CMS's GPCI file.")


def changes_sheet(before: Release, after: Release, changes: Iterable[Change]) -> Sheet:
    """What differs between two releases."""
    fields = (
        Field("key", "Key"),
        Field("column", "Column"),
        Field("before", "Before"),
        Field("after", "After"),
    )
    found = list(changes)
    alike = Counter((one.column, one.before, one.after) for one in found if one.column)
    many = {what: count for what, count in alike.items() if count >= _ALIKE}
    rows = [_change(f"{count:,} rows", *what) for what, count in many.items()]
    rows += [
        _change(" ".join(filter(None, one.key)), one.column, one.before, one.after)
        for one in found
        if not one.column or (one.column, one.before, one.after) not in many
    ]
    return Sheet("changes", f"{before.id} → {after.id}", fields, rows, empty="Nothing differs.")


def _change(key: str, column: str, before: Any, after: Any) -> dict[str, str]:
    return {
        "key": key,
        "column": column.replace("_", " ") or "row",
        "before": _value(before, column, "–"),
        "after": _value(after, column, "–" if column else "gone"),
    }


def _value(value: Any, column: str, nothing: str) -> str:
    if value is None:
        return nothing
    if not column:
        return "there"
    return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)
