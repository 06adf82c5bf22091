"""A worked case as rows: one a line, what the claim says as a whole on the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evenhand.contracts.nodes import Fields, Items, Node
from evenhand.contracts.shapes import Shape
from evenhand.contracts.workbook import layout
from evenhand.contracts.workbook.cells import cell_text
from evenhand.contracts.workbook.shapes import Path, shape_at
from evenhand.contracts.workbook.tree import flatten, path_text


def entries(node: Fields, key: str) -> Sequence[Node]:
    """The entries of a list a document or a case holds; none where it holds no such list."""
    held = next((value for name, value in node.entries if name.text == key), None)
    return held.items if isinstance(held, Items) else ()


def case_rows(case: Node, shape: Shape | None) -> Iterator[dict[str, str]]:
    """One row a line; what the claim says as a whole stands on the first."""
    headings = {column.path: column.heading for column in layout.case_columns()}
    assert isinstance(case, Fields)
    lines = entries(case, "lines")
    whole, own = {}, {}
    for path, value, held in flatten(Fields(tuple(e for e in case.entries if e[0].text != "lines"), 0), shape):
        if isinstance(value, Fields) and not value.entries:
            continue
        if path in headings:
            whole[headings[path]] = cell_text(value, held)
        else:
            own[headings.get(("lines", *path), path_text(path))] = cell_text(value, held)
    rows = [_line_cells(line, shape_at(shape, ("lines", "#1")), headings) for line in lines] or [own]
    for number, cells in enumerate(rows):
        yield {**(whole if number == 0 else {}), **cells}


def _line_cells(line: Node, shape: Shape | None, headings: Mapping[Path, str]) -> dict[str, str]:
    return {headings.get(("lines", *path), path_text(path)): cell_text(value, held)
            for path, value, held in flatten(line, shape)}  # fmt: skip
