"""The sheets of a contract workbook: their names, headings, and which of a document's values stand where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from evenhand.contracts.language import AMENDMENT, CASE, CONTRACT, OFFER
from evenhand.contracts.records import Record, Variants
from evenhand.contracts.shapes import MONEY, PERCENT, TEXT, Either, Sequenced, Shape
from evenhand.contracts.termlanguage import PLACED_TERM
from evenhand.contracts.workbook.shapes import Leaf, Path, leaves, says_at, shape_at, words_of
from evenhand.contracts.workbook.tree import path_text

#: First cell of the first sheet: what a workbook of this layout is recognised by.
MARK = "Evenhand contract workbook, layout 1"
READ_ME, CONTRACT_SHEET, TERMS, RULES = "Read me", "Contract", "Terms", "Rules"
AMENDMENTS, CASES, SCHEDULES = "Amendments", "Cases", "Schedules"
OWN_SHEETS = (READ_ME, CONTRACT_SHEET, TERMS, RULES, AMENDMENTS, CASES, SCHEDULES)

STATED_IN, RANK, WAY, IN_WORDS = "stated in", "rank", "way of paying", "in words, when exported"
#: Conditions mean the same in any order; it is kept all the same, so that nothing seems to have changed.
ORDER = "order of conditions"
CASE_NUMBER, LINE = "case", "line"
#: Begins the row below the headings that says what each column is for.
EXPLAINED = "what it says"
KEY, VALUE, SAYS = "key", "value", "in plain words"
RATES = ("code", "modifier", "setting", "amount", "effective", "ends")
SHEET, FILE = "sheet", "file"

#: How the contract itself is named in the column «stated in»; amendments and offers go by their file.
BASE = "contract"
#: Keys of a document that stand on sheets of their own.
TABLED = ("terms", "rules", "cases")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of terms or cases: its heading, the paths that may stand in it, the shape of what stands there."""

    heading: str
    path: Path
    shape: Shape | None
    says: str

    @property
    def words(self) -> list[str]:
        """The words to choose from; none where anything may stand."""
        return words_of(self.shape)


def record_of(document: str) -> Record:
    """The record a document is read by, from how it is named in «stated in»."""
    return CONTRACT if document == BASE else OFFER if document.startswith("offers/") else AMENDMENT


def _heading(path: Path) -> str:
    inner = path[1:] if path[0] == "for" and len(path) > 1 else path
    plain = len(inner) == 1 or inner[0] in ("not", "with", "without")
    return (" ".join(inner) if plain else path_text(inner)).replace("_", " ")


@cache
def term_columns() -> tuple[Column, ...]:
    """The columns of a term: what it covers, how it pays, the rest, in the order the language has them."""
    found = []
    for key in PLACED_TERM.keys:
        if key.name == "pay":
            found += [Column(WAY, ("pay",), TEXT, key.says), *payment_columns()]
        else:
            alone = Record("", (key,))
            found += [Column(_heading(leaf.path), leaf.path, leaf.shape, leaf.says) for leaf in leaves(alone)]
    return tuple(found)


def ways_of_paying() -> tuple[list[str], dict[str, Record]]:
    """The words that pay by themselves, and the ways of paying that have keys."""
    shape = shape_at(PLACED_TERM, ("pay",))
    assert isinstance(shape, Either)
    assert isinstance(shape.keyed, Variants)
    return words_of(shape), dict(shape.keyed.ways)


@cache
def payment_headings() -> dict[str, dict[Path, Column]]:
    """For each way of paying, the column each of its values stands in; ways share columns of one meaning."""
    ways: dict[str, dict[Path, Column]] = {}
    for way, record in ways_of_paying()[1].items():
        columns: dict[Path, Column] = {}
        for leaf in leaves(record):
            heading = _payment_heading(way, leaf)
            if any(column.heading == heading for column in columns.values()):
                heading = path_text(leaf.path)
            columns[leaf.path] = Column(heading, ("pay", *leaf.path), leaf.shape, leaf.says)
        ways[way] = columns
    return ways


def _payment_heading(way: str, leaf: Leaf) -> str:
    if leaf.path != (way,):
        return path_text(leaf.path).replace("_", " ")
    return "amount" if leaf.shape is MONEY else "percent" if leaf.shape is PERCENT else "schedule"


def payment_columns() -> list[Column]:
    """The columns of all ways of paying, each once."""
    found: dict[str, Column] = {}
    for columns in payment_headings().values():
        for column in columns.values():
            found.setdefault(column.heading, column)
    order = ("schedule", "percent", "amount")
    return sorted(found.values(), key=lambda one: order.index(one.heading) if one.heading in order else len(order))


@cache
def case_columns() -> tuple[Column, ...]:
    """The columns of a worked case: what stands once for the claim, then its lines, then what is allowed."""
    shape = shape_at(CASE, ("lines",))
    assert isinstance(shape, Sequenced)
    assert isinstance(shape.item, Record)
    line = [Column(f"{LINE}: {_heading(leaf.path)}", ("lines", *leaf.path), leaf.shape, leaf.says)
            for leaf in leaves(shape.item)]  # fmt: skip
    own = {leaf.path for leaf in leaves(shape.item)} - {("date",)}
    whole = [leaf for leaf in leaves(CASE) if leaf.path not in own]
    columns = [
        Column(f"claim: {_heading(leaf.path[1:])}" if leaf.path[0] == "claim" else _heading(leaf.path), leaf.path,
               leaf.shape, leaf.says)
        for leaf in whole
    ]  # fmt: skip
    last = [column for column in columns if column.path == ("allowed",)]
    return (*[column for column in columns if column not in last], *line, *last)


def key_rows(document: str, *, rules: bool) -> Iterator[Leaf]:
    """The values a document may state one a row: its rules, or everything else that has no sheet of its own."""
    for leaf in leaves(record_of(document)):
        if (leaf.path[0] == "rules") is rules and leaf.path[0] not in ("terms", "cases"):
            yield leaf


def explained(document: str, path: Path) -> str:
    """What the language says of a key of a document."""
    return says_at(record_of(document), path)
