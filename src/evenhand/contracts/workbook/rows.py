"""From the sheets of a contract workbook back to its documents, every value with the address of its cell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from evenhand.contracts.nodes import Fields, Items, Node, Scalar
from evenhand.contracts.shapes import Shape
from evenhand.contracts.workbook import layout
from evenhand.contracts.workbook.cells import cell_value
from evenhand.contracts.workbook.grid import OpenedWorkbook, Row
from evenhand.contracts.workbook.layout import BASE, KEY, STATED_IN, VALUE
from evenhand.contracts.workbook.shapes import Path, child, shape_at
from evenhand.contracts.workbook.tree import nest, read_path
from evenhand.errors import Log

_DOCUMENT = re.compile(r"(amendments|offers)/[^/\\:*?\"<>|]+\.ya?ml")
_RANK = re.compile(r"\d{1,6}(\.\d{1,6})?")


def read_documents(book: OpenedWorkbook, log: Log) -> dict[str, Fields]:
    """Every document by its name, the contract first; what is wrong goes into the log under its cell's number."""
    said: dict[str, list[tuple[Path, Node]]] = defaultdict(list)
    said[BASE] = []
    for document, path, node in _key_rows(book, log):
        said[document].append((path, node))
    terms, cases = _terms(book, log), _cases(book, log)
    for document in dict.fromkeys((*terms, *cases)):
        said.setdefault(document, [])
    return {
        document: _document(document, nest(rows, log), terms.get(document), cases.get(document))
        for document, rows in said.items()
    }


def _document(name: str, keys: Fields, terms: list[Node] | None, cases: list[Node] | None) -> Fields:
    """The keys in the language's order, the lists in their places."""
    entries = {key.text: (key, value) for key, value in keys.entries}
    repeated = [pair for pair in keys.entries if entries[pair[0].text] is not pair and pair != entries[pair[0].text]]
    for key, held in (("terms", terms), ("cases", cases)):
        if held:
            entries[key] = Scalar(key, held[0].line), Items(tuple(held), held[0].line)
    order = [key.name for key in layout.record_of(name).keys]
    ranked = sorted(
        entries.values(), key=lambda pair: order.index(pair[0].text) if pair[0].text in order else len(order)
    )
    return Fields((*ranked, *repeated), ranked[0][0].line if ranked else 0)


def _key_rows(book: OpenedWorkbook, log: Log) -> Iterator[tuple[str, Path, Node]]:
    for sheet in (layout.CONTRACT_SHEET, layout.RULES, layout.AMENDMENTS):
        for row in book.table(sheet, KEY, log).rows:
            if not row.text(VALUE):
                continue
            document = BASE if sheet == layout.CONTRACT_SHEET else _stated_in(row, log)
            path = read_path(row.text(KEY))
            if not path:
                log.error(
                    row.place(KEY), f"'{row.text(VALUE)[:40]}' stands beside no key", "name the key it belongs to"
                )
            elif document:
                path = ("rules", *path) if sheet == layout.RULES else path
                shape = shape_at(layout.record_of(document), path)
                node = cell_value(row.text(VALUE), shape, row.place(VALUE), log)
                if node is not None:
                    yield document, path, node


def _stated_in(row: Row, log: Log) -> str:
    text = row.text(STATED_IN)
    if text == BASE or _DOCUMENT.fullmatch(text):
        return text
    what = f"'{text}' is no document" if text else "this row does not say which document states it"
    log.error(row.place(STATED_IN), what, "write contract, or a file such as amendments/2028.yaml")
    return ""


def _ranked(row: Row, heading: str, before: Decimal, log: Log) -> Decimal:
    """The number of a row; one without any follows the row above."""
    text = row.text(heading)
    if not text:
        return before
    if not _RANK.fullmatch(text):
        log.error(
            row.place(heading), f"{heading}: '{text}' is not a number", "write it like 3, or 2.5 to stand between"
        )
        return before
    return Decimal(text)


def _terms(book: OpenedWorkbook, log: Log) -> dict[str, list[Node]]:
    found: dict[str, list[tuple[Decimal, Node]]] = defaultdict(list)
    rank, seen = Decimal(0), dict[tuple[str, Decimal], int]()
    table = book.table(layout.TERMS, "name", log)
    _check_headings(table.columns, {c.heading for c in layout.term_columns()}, table.sheet, book, log)
    for row in table.rows:
        if row.text(STATED_IN) == layout.EXPLAINED or not set(row.cells) - {
            STATED_IN,
            layout.RANK,
            layout.IN_WORDS,
            layout.ORDER,
        }:
            continue
        document = _stated_in(row, log)
        rank = _ranked(row, layout.RANK, rank, log)
        if row.text(layout.RANK) and (document, rank) in seen:
            first = book.places.name(seen[document, rank])
            log.error(row.place(layout.RANK), f"rank {rank} is given twice in {document}", f"it stands in {first}, too")
        seen.setdefault((document, rank), row.place(layout.RANK))
        found[document].append((rank, _term(row, document, log)))
    return {name: [node for _, node in sorted(terms, key=lambda one: one[0])] for name, terms in found.items() if name}


def _check_headings(columns: Mapping[str, int], known: set[str], sheet: str, book: OpenedWorkbook, log: Log) -> None:
    own = {STATED_IN, layout.RANK, layout.IN_WORDS, layout.ORDER, layout.CASE_NUMBER}
    for heading, column in columns.items():
        if heading not in known | own and "›" not in heading:
            place = book.places.add(sheet, 1, column)
            log.error(place, f"'{heading}' is not a heading known here", "see Read me for those there are")


def _term(row: Row, document: str, log: Log) -> Node:
    record = child(child(layout.record_of(document or BASE), "terms"), "#1")
    pays = {column.heading for column in layout.payment_columns()} | {layout.WAY}
    rows: list[tuple[Path, Node]] = []
    paid = False
    for column in _as_written(row):
        if column.heading in pays:
            if not paid:
                rows += _payment(row, record, log)
                paid = True
        elif column.heading in row.cells:
            cell = row.cells[column.heading]
            node = cell_value(cell.text, column.shape, cell.place, log)
            rows += [(column.path, node)] if node is not None else []
    for heading, cell in row.cells.items():
        if "›" in heading and heading not in pays | {column.heading for column in layout.term_columns()}:
            path = read_path(heading)
            node = cell_value(cell.text, shape_at(record, path), cell.place, log)
            rows += [(path, node)] if node is not None else []
    return Fields(nest(rows, log).entries, row.place("name"))


def _as_written(row: Row) -> list[layout.Column]:
    """The columns, the conditions among them in the order they had when the workbook was written."""
    columns = layout.term_columns()
    order = [heading.strip() for heading in row.text(layout.ORDER).split(";")]
    conditions = [column for column in columns if column.path[0] == "for"]
    listed = [column for heading in order for column in conditions if column.heading == heading]
    placed = iter([*listed, *(column for column in conditions if column not in listed)])
    return [next(placed) if column.path[0] == "for" else column for column in columns]


def _payment(row: Row, record: Shape | None, log: Log) -> list[tuple[Path, Node]]:
    """How the row pays; a value that has no place in its way of paying is handed on, for the reader to refuse."""
    singles, _ = layout.ways_of_paying()
    way = row.text(layout.WAY).lower().replace(" ", "_")
    held = {column.heading for column in layout.payment_columns() if column.heading in row.cells}
    if not way or way in singles:
        for heading in sorted(held):
            beside = "does not go with 'nothing'" if way else "stands beside no way of paying"
            right = "clear it, or choose another way of paying" if way else f"choose one under «{layout.WAY}»"
            log.error(row.place(heading), f"{heading} '{row.text(heading)}' {beside}", right)
        return [(("pay",), Scalar(way, row.place(layout.WAY)))] if way else []
    columns = layout.payment_headings().get(way, {})
    paths = {column.heading: path for path, column in columns.items()}
    rows: list[tuple[Path, Node]] = []
    for heading in sorted(held, key=lambda one: list(paths).index(one) if one in paths else len(paths)):
        path = ("pay", *paths.get(heading, (heading,)))
        node = cell_value(row.text(heading), shape_at(record, path), row.place(heading), log)
        rows += [(path, node)] if node is not None else []
    own = columns[way,].heading if (way,) in columns else layout.WAY
    listed = any(read_path(heading)[:2] == ("pay", way) for heading in row.cells if "›" in heading)
    if own not in held and not listed:
        rows.insert(0, (("pay", way), Scalar("", row.place(own))))
    return rows


def _cases(book: OpenedWorkbook, log: Log) -> dict[str, list[Node]]:
    found: dict[str, dict[Decimal, list[Row]]] = defaultdict(lambda: defaultdict(list))
    number = Decimal(0)
    table = book.table(layout.CASES, "allowed", log)
    _check_headings(table.columns, {c.heading for c in layout.case_columns()}, table.sheet, book, log)
    for row in table.rows:
        if row.text(STATED_IN) == layout.EXPLAINED:
            continue
        document = _stated_in(row, log)
        number = _ranked(row, layout.CASE_NUMBER, number, log)
        found[document][number].append(row)
    return {name: [_case(rows, log) for _, rows in sorted(held.items())] for name, held in found.items() if name}


def _case(rows: list[Row], log: Log) -> Node:
    """A claim of one line says all its keys together, as one would write it."""
    whole: list[tuple[Path, Node]] = []
    lines: list[tuple[Path, Node]] = []
    seen: dict[Path, int] = {}
    for number, row in enumerate(rows, start=1):
        for column in layout.case_columns():
            cell = row.cells.get(column.heading)
            node = cell_value(cell.text, column.shape, cell.place, log) if cell else None
            if node is None:
                continue
            if column.path[0] == "lines":
                lines.append(((f"#{number}", *column.path[1:]), node))
            elif column.path in seen:
                log.error(node.line, f"{column.heading} stands in two rows of one case", "keep it in the first")
            else:
                seen[column.path] = node.line
                whole.append((column.path, node))
    short = len(rows) == 1 and not any(path[1] == "date" for path, _ in lines)
    placed = [(path[1:] if short else ("lines", *path), node) for path, node in lines]
    last = [pair for pair in whole if pair[0] == ("allowed",)]
    held = nest([*(pair for pair in whole if pair not in last), *placed, *last], log)
    return Fields(held.entries, rows[0].place("allowed"))
