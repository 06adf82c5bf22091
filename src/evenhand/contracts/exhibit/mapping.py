"""The mapping of an exhibit: what each sheet is, which column is what, and the contract it becomes part of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from evenhand.contracts.exhibit.columns import KEYS, ROLES, VALUES
from evenhand.contracts.exhibit.taking import PER, Part
from evenhand.contracts.language import PARTIES, RENEWAL
from evenhand.contracts.nodes import Fields, Scalar, read_yaml
from evenhand.contracts.records import Entry, Key, Record
from evenhand.contracts.shapes import DATE, TEXT, WHOLE, YES, Choice, Listed, Named, Sequenced, Value
from evenhand.errors import ContractError, Log

NOT_USED = "not used"
_COLUMN = Value("a column's letters", "B", r"[A-Za-z]{1,3}", str.upper)
_FILE = Value("the name of a rate table", "exhibit-a.csv", r"[A-Za-z0-9][A-Za-z0-9 ._-]*\.csv")
_SHEET = Record(
    "sheet",
    (
        Key("sheet", TEXT, "Its name, as on the tab.", required=True, example="Exhibit A"),
        Key(
            "is",
            Choice({word: word for word in (*PER, NOT_USED)}),
            "What it is.",
            required=True,
            example="fee schedule",
        ),
        Key("header_row", WHOLE, "The row with the headings; what stands below is taken."),
        Key("columns", Named(_COLUMN, Value("a kind of column", "code", "|".join(ROLES))), "Which column is what."),
        Key("schedule", _FILE, "The rate table to write."),
        Key("term", TEXT, "The name of the term that pays by it."),
        Key("cite", TEXT, "What its terms cite."),
        Key("restore_zeros", YES, "Codes lost their leading zeros."),
        Key("percent_as", Choice({"percent": "percent", "share": "share"}), "0.45 is 45 % (share), or 45 is."),
    ),
)
MAPPING = Record(
    "mapping",
    (
        Key("mapping", TEXT, "A name for it.", required=True, example="Exhibit of May"),
        Key("contract", TEXT, "Name of the contract.", required=True, example="Cedar Ridge with Summit Health"),
        Key("parties", PARTIES, "Whom it binds.", required=True, example="{provider: NAME, payer: NAME}"),
        Key("products", Listed(TEXT, split=True), "Products it covers."),
        Key("effective", DATE, "First day.", required=True, example="2026-01-01"),
        Key("ends", DATE, "Last day, inclusive."),
        Key("renewal", RENEWAL, "What happens at the end."),
        Key("sheets", Sequenced(_SHEET), "Every sheet.", required=True, example="[…]"),
    ),
)
#: Keys of a mapping that are the contract's own.
CONTRACT_KEYS = ("contract", "parties", "products", "effective", "ends", "renewal")


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping as read: what it says of the contract, and its sheets, those not used with no part."""

    head: Fields
    parts: tuple[Part, ...]
    unused: tuple[str, ...]


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file.

    Raises:
        ContractError: Something is wrong; every problem has its line.
        ReadError: The file cannot be read.
    """
    node, log = read_yaml(path, "draft one with --map-from", "the mapping cannot be read")
    entry = MAPPING.read(node, log, "the mapping") if node is not None else None
    sheets: tuple[Entry, ...] = entry.get("sheets", ()) if entry else ()
    parts = [_part(one, log) for one in sheets if one.get("is") not in (None, NOT_USED)]
    _check_twice(sheets, log)
    if log.failed or not isinstance(node, Fields):
        raise ContractError(problem for problem in log.problems if problem.severity == "error")
    head = Fields(tuple(pair for pair in node.entries if pair[0].text in CONTRACT_KEYS), node.line)
    unused = tuple(one.get("sheet", "") for one in sheets if one.get("is") == NOT_USED)
    return Mapping(head, tuple(part for part in parts if part), unused)


def _check_twice(sheets: tuple[Entry, ...], log: Log) -> None:
    seen: dict[str, int] = {}
    for one in sheets:
        name = one.get("sheet", "").lower()
        if name in seen:
            log.error(one.line, f"the sheet '{one.get('sheet')}' stands here twice", f"see line {seen[name]}; keep one")
        seen.setdefault(name, one.line)


def _part(entry: Entry, log: Log) -> Part | None:
    pairs: tuple[tuple[Scalar, str], ...] = entry.get("columns", ())
    columns = {role.text: _number(letters) for role, letters in pairs}
    name = entry.get("sheet", "")
    if "header_row" not in entry.values:
        log.error(entry.line, f"'{name}' does not say where its headings are", "add 'header_row: 4'")
    if not columns.keys() & KEYS.keys() or not columns.keys() & set(VALUES):
        log.error(
            entry.line_of("columns"),
            f"'{name}' needs a column of codes and one of amounts or percentages",
            f"give one of {', '.join(KEYS)} and one of {', '.join(VALUES)}",
        )
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "rates"
    return Part(
        sheet=name,
        kind=entry.get("is"),
        header_row=entry.get("header_row", 1),
        columns=columns,
        schedule=entry.get("schedule", f"{stem}.csv"),
        term=entry.get("term", f"Everything on {name}"),
        cite=entry.get("cite", name),
        restore_zeros=entry.get("restore_zeros", False),
        shares=entry.get("percent_as") == "share",
    )


def _number(letters: str) -> int:
    total = 0
    for letter in letters:
        total = total * 26 + ord(letter) - 64
    return total
