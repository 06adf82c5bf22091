"""What stands on each sheet of a contract workbook, before anything is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from evenhand.contracts.model import Contract, FeeSchedule
from evenhand.contracts.nodes import Fields, Node, Scalar
from evenhand.contracts.shapes import Sequenced, Shape
from evenhand.contracts.words import term_words
from evenhand.contracts.workbook import layout
from evenhand.contracts.workbook.caserows import case_rows, entries
from evenhand.contracts.workbook.cells import cell_text
from evenhand.contracts.workbook.documents import Gathered
from evenhand.contracts.workbook.layout import BASE, Column
from evenhand.contracts.workbook.othertables import OtherTable
from evenhand.contracts.workbook.shapes import Path, child, is_figure, words_of
from evenhand.contracts.workbook.tree import flatten, path_text


@dataclass(frozen=True, slots=True)
class Head:
    """One column of a sheet: heading, what it is for, kind of its cells, words to choose from."""

    heading: str
    says: str = ""
    kind: str = "text"  # text, figure, date, count, told (text nobody edits)
    words: tuple[str, ...] = ()
    folded: bool = False  # no row uses it: shown when unfolded


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: its columns, its rows by heading, and for rows of keys the words each value is chosen from."""

    name: str
    heads: Sequence[Head]
    rows: Sequence[Mapping[str, Any]]
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    explained: bool = False


def pages(gathered: Gathered) -> list[Page]:
    """All sheets but the first, in order."""
    names = sheet_names(gathered.tables)
    return [
        _contract(gathered),
        _terms(gathered),
        _rules(gathered),
        _amendments(gathered),
        _cases(gathered),
        _schedules(names, gathered.tables),
        *(_rates(names[file], table) for file, table in gathered.tables.items()),
    ]


_STATED = layout.STATED_IN
_STATED_HEAD = Head(_STATED, "contract, or the file of the amendment or offer")
#: Columns of terms that are shown even where no term uses them.
_ALWAYS = frozenset(
    ("codes", "revenue codes", "modifiers", "drg", "not modifiers", "per", "schedule", "percent", "amount", "carve out",
     "except", "cite")
)  # fmt: skip
_KEY_HEADS = (
    Head(layout.KEY, kind="told"),
    Head(layout.VALUE),
    Head(layout.SAYS, kind="told"),
)


def _keys(document: str, node: Fields, *, rules: bool, unset: bool) -> Iterator[tuple[dict[str, str], Shape | None]]:
    """Stated values in the order the language has them, each with its shape; then those that could be stated."""
    record = layout.record_of(document)
    stated = {
        path: (cell_text(value, shape), shape)
        for path, value, shape in flatten(node, record)
        if (path[0] == "rules") is rules and path[0] not in ("terms", "cases") and (len(path) > 1 or not rules)
    }
    order = [key.name for key in record.keys]
    declared = {leaf.path: ("", leaf.shape) for leaf in layout.key_rows(document, rules=rules)} if unset else {}
    optional = {path: held for path, held in declared.items() if "for" not in path and path not in stated}
    both = {**stated, **optional}
    groups = list(dict.fromkeys(path[:2] for path in both))
    for path, (text, shape) in sorted(both.items(), key=lambda one: (_rank(one[0], order), groups.index(one[0][:2]))):
        shown = path_text(path[1:] if rules else path)
        yield {_STATED: document, layout.KEY: shown, layout.VALUE: text,
               layout.SAYS: layout.explained(document, path)}, shape  # fmt: skip


def _rank(path: Path, order: list[str]) -> int:
    return order.index(path[0]) if path[0] in order else len(order)


def _key_page(name: str, heads: Sequence[Head], found: list[tuple[dict[str, str], Shape | None]]) -> Page:
    choices = {number: words for number, (_, shape) in enumerate(found) if (words := words_of(shape))}
    return Page(name, heads, [row for row, _ in found], choices)


def _contract(gathered: Gathered) -> Page:
    found = list(_keys(BASE, gathered.documents[BASE], rules=False, unset=True))
    return _key_page(layout.CONTRACT_SHEET, _KEY_HEADS, found)


def _rules(gathered: Gathered) -> Page:
    found = [
        row for name, node in gathered.documents.items() for row in _keys(name, node, rules=True, unset=name == BASE)
    ]
    return _key_page(layout.RULES, (_STATED_HEAD, *_KEY_HEADS), found)


def _amendments(gathered: Gathered) -> Page:
    later = [(name, node) for name, node in gathered.documents.items() if name != BASE]
    found = [row for name, node in later for row in _keys(name, node, rules=False, unset=False)]
    return _key_page(layout.AMENDMENTS, (_STATED_HEAD, *_KEY_HEADS), found)


def _kind(shape: Shape | None) -> str:
    return "figure" if is_figure(shape) else "text"


def _heads(columns: Sequence[Column], used: set[str]) -> list[Head]:
    known = {column.heading for column in columns}
    heads = [
        Head(one.heading, one.says, _kind(one.shape), tuple(one.words), one.heading not in used) for one in columns
    ]
    return heads + [Head(heading) for heading in sorted(used - known)]


def _terms(gathered: Gathered) -> Page:
    rows = []
    words = _words(gathered.contract)
    for name, node in gathered.documents.items():
        for rank, term in enumerate(entries(node, "terms"), start=1):
            cells = dict(_term_cells(term, name))
            told = words.get((name, cells.get("name", "")), "")
            rows.append({_STATED: name, layout.RANK: str(rank), **cells, layout.IN_WORDS: told})
    used = {heading for row in rows for heading in row} - {_STATED, layout.RANK, layout.IN_WORDS, layout.ORDER}
    heads = _heads(layout.term_columns(), used)
    singles, ways = layout.ways_of_paying()
    heads = [_way_head(head, (*singles, *ways)) if head.heading == layout.WAY else head for head in heads]
    heads = [replace(head, folded=head.folded and head.heading not in _ALWAYS) for head in heads]
    rank_head = Head(layout.RANK, "the lowest that covers a line pays it", "count")
    told_head = Head(layout.IN_WORDS, "not read back", "told")
    order = Head(layout.ORDER, "as written; without meaning", "told", folded=True)
    return Page(layout.TERMS, [_STATED_HEAD, rank_head, *heads, told_head, order], rows, explained=True)


def _way_head(head: Head, ways: tuple[str, ...]) -> Head:
    return Head(head.heading, head.says, head.kind, ways)


def _term_cells(term: Node, document: str) -> Iterator[tuple[str, str]]:
    headings = {column.path: column.heading for column in layout.term_columns()}
    shape = child(child(layout.record_of(document), "terms"), "#1")
    conditions = []
    for path, value, held in flatten(term, shape):
        if path[0] == "pay" or (isinstance(value, Fields) and not value.entries):
            continue
        heading = headings.get(path, path_text(path))
        conditions += [heading] if path[0] == "for" else []
        yield heading, cell_text(value, held)
    if conditions != sorted(conditions, key=list(headings.values()).index):
        yield layout.ORDER, "; ".join(conditions)
    if isinstance(term, Fields):
        pay = next((value for key, value in term.entries if key.text == "pay"), None)
        yield from _payment_cells(pay, child(shape, "pay")) if pay else ()


def _payment_cells(pay: Node, shape: Shape | None) -> Iterator[tuple[str, str]]:
    if isinstance(pay, Scalar):
        yield layout.WAY, pay.text.strip()
        return
    headings = layout.payment_headings()
    keys = [key.text for key, _ in pay.entries] if isinstance(pay, Fields) else []
    way = next(key for key in keys if key in headings)
    yield layout.WAY, way
    for path, value, held in flatten(pay, shape):
        column = headings[way].get(path)
        yield column.heading if column else path_text(("pay", *path)), cell_text(value, held)


def _words(contract: Contract) -> dict[tuple[str, str], str]:
    """Each term in words, by the document that states it and its name."""
    files = {laid.file: laid for laid in contract.amendments}
    told: dict[tuple[str, str], str] = {}
    for version in contract.versions:
        for term in version.terms:
            source = term.source if "/" in term.source else f"offers/{term.source}"
            told.setdefault((source if term.source in files else BASE, term.name), term_words(term))
    return told


def _cases(gathered: Gathered) -> Page:
    rows = []
    for name, node in gathered.documents.items():
        shape = child(layout.record_of(name), "cases")
        for number, case in enumerate(entries(node, "cases"), start=1):
            for cells in case_rows(case, child(shape, "#1") if isinstance(shape, Sequenced) else None):
                rows.append({_STATED: name, layout.CASE_NUMBER: str(number), **cells})
    used = {heading for row in rows for heading in row} - {_STATED, layout.CASE_NUMBER}
    number_head = Head(layout.CASE_NUMBER, "rows of one number are lines of one claim", "count")
    return Page(layout.CASES, [_STATED_HEAD, number_head, *_heads(layout.case_columns(), used)], rows, explained=True)


def sheet_names(tables: Mapping[str, FeeSchedule | OtherTable]) -> dict[str, str]:
    """A sheet for each rate table, named after its file as far as Excel allows."""
    names: dict[str, str] = {}
    taken = {name.lower() for name in layout.OWN_SHEETS} | {"history"}
    for file in tables:
        stem = re.sub(r"[\[\]:*?/\\']+", " ", file.rsplit(".", 1)[0].replace("/", " - ")).strip()[:28] or "rates"
        name, number = stem, 1
        while name.lower() in taken:
            number += 1
            name = f"{stem[: 30 - len(str(number))]} {number}"
        taken.add(name.lower())
        names[file] = name
    return names


def _schedules(names: Mapping[str, str], tables: Mapping[str, FeeSchedule | OtherTable]) -> Page:
    rows = [
        {layout.SHEET: names[file], layout.FILE: file, "rates": str(len(table.rates))} for file, table in tables.items()
    ]
    heads = (
        Head(layout.SHEET),
        Head(layout.FILE, "as the terms and «schedules» name it"),
        Head("rates", "not read back", "told"),
    )
    return Page(layout.SCHEDULES, heads, rows, explained=True)


def _rates(sheet: str, table: FeeSchedule | OtherTable) -> Page:
    if isinstance(table, OtherTable):
        return Page(sheet, tuple(Head(heading) for heading in table.headings), table.rows)
    facts = ("gmlos", "amlos", "transfer") if table.by == "drg" else ()
    heads = (
        Head(table.by),
        Head("modifier"),
        Head("setting", words=("facility", "office")),
        Head(table.holds, kind="figure"),
        Head("effective", kind="date"),
        Head("ends", kind="date"),
        *(Head(name) for name in facts),
        *(Head(name) for name in dict.fromkeys(name for one in table.indicators for name in one.values)),
    )
    rows = [
        {
            table.by: rate.code,
            "modifier": rate.modifier,
            "setting": rate.setting,
            table.holds: str(rate.amount),
            "effective": None if rate.period.start == date.min else rate.period.start,
            "ends": rate.period.last,
            **{name: str(getattr(rate.drg, name, None) or "") for name in facts},
        }
        for rate in table.rates
    ]
    rows += [
        {
            "code": one.code,
            **one.values,
            "effective": None if one.period.start == date.min else one.period.start,
            "ends": one.period.last,
        }
        for one in table.indicators
    ]
    return Page(sheet, heads, rows)


def said(document: str, node: Fields) -> list[dict[str, str]]:
    """What a document says, however it is written: equal for two documents that say the same."""
    shape = child(layout.record_of(document), "cases")
    rows = [row for rules in (False, True) for row, _ in _keys(document, node, rules=rules, unset=False)]
    rows += [dict(_term_cells(term, document)) for term in entries(node, "terms")]
    rows += [{layout.CASE_NUMBER: str(number), **cells} for number, case in enumerate(entries(node, "cases"))
             for cells in case_rows(case, child(shape, "#1"))]  # fmt: skip
    return [{heading: _plain_number(text) for heading, text in row.items()} for row in rows]


def _plain_number(text: str) -> str:
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", text) else text
