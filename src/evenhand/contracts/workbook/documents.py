"""The documents of a contract and the rate tables they name, gathered for a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evenhand.contracts.model import Contract, FeeSchedule
from evenhand.contracts.nodes import Fields, Node, Scalar, read_document
from evenhand.contracts.reader import Draft, draft, draft_offer, is_offer
from evenhand.contracts.sources import Source
from evenhand.contracts.workbook.layout import BASE
from evenhand.contracts.workbook.othertables import OtherTable, read_table
from evenhand.errors import ContractError, Log

OFFERS = "offers"


@dataclass(frozen=True, slots=True)
class Gathered:
    """A contract with what it was read from: each document by the name it goes by, each rate table by its file."""

    contract: Contract
    documents: Mapping[str, Fields]
    tables: Mapping[str, FeeSchedule | OtherTable]


def gather(path: Path) -> Gathered:
    """Read a contract's folder, or an offer with all it is laid over.

    Raises:
        ContractError: It is refused; a workbook of it could not be read back either.
    """
    drafted = draft_offer(path) if is_offer(path) else draft(path)
    if drafted.failed or drafted.contract is None:
        raise ContractError(problem for problem in drafted.problems if problem.severity == "error")
    named = list(_named(drafted))
    documents = {name: _document(name, source, named) for name, source in named}
    tables: dict[str, FeeSchedule | OtherTable] = {}
    for name, source in named:
        for file, content in source.content.items():
            if file != source.name:
                place = _table_file(name, file, source, drafted.contract.folder)
                tables[place] = read_table(file, content)
    documents[BASE] = _with_id(documents[BASE], drafted.contract.id)
    return Gathered(drafted.contract, documents, tables)


def _named(drafted: Draft) -> Iterator[tuple[str, Source]]:
    """Each document with the name it goes by in the workbook; no two offers share one."""
    taken: set[str] = set()
    for number, source in enumerate(drafted.sources):
        name = BASE if number == 0 else source.name
        if number and "/" not in name:
            name = f"{OFFERS}/{name}" if f"{OFFERS}/{name}" not in taken else f"{OFFERS}/{number}-{name}"
        taken.add(name)
        yield name, source


def _document(name: str, source: Source, named: list[tuple[str, Source]]) -> Fields:
    node = read_document(source.content[source.name].decode("utf-8-sig"), Log(source.name))
    assert isinstance(node, Fields)
    if not name.startswith(f"{OFFERS}/"):
        return node
    names = [one for one, _ in named]
    before = names[names.index(name) - 1]
    target = before.removeprefix(f"{OFFERS}/") if before.startswith(f"{OFFERS}/") else ".."
    return _with(node, "amends", target)


def _table_file(document: str, file: str, source: Source, root: Path | None) -> str:
    """Where a table goes, from the contract's folder: an offer's own lies beside the offer."""
    beside = source.file.parent
    if document.startswith(f"{OFFERS}/") and beside != root and (beside / file).is_file():
        return f"{OFFERS}/{file}"
    return file


def _with_id(node: Fields, contract_id: str) -> Fields:
    """The folder's name stands in for an identifier; a workbook has no folder."""
    return node if any(key.text == "id" for key, _ in node.entries) else _with(node, "id", contract_id)


def _with(node: Fields, key: str, value: str) -> Fields:
    entries: list[tuple[Scalar, Node]] = [pair for pair in node.entries if pair[0].text != key]
    return Fields((entries[0], (Scalar(key, 0), Scalar(value, 0)), *entries[1:]), node.line)
