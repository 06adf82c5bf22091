"""A YAML file read as one of the three kinds of document there are: contract, amendment, offer."""

from __future__ import annotations

from evenhand.contracts.language import AMENDMENT, CONTRACT, OFFER
from evenhand.contracts.nodes import Fields, Node
from evenhand.contracts.records import Entry, Record
from evenhand.contracts.sources import Source


def read_entry(source: Source, record: Record) -> Entry | None:
    """What the file says as a contract, an amendment or an offer; ``None``, and why in the log, if it is none."""
    node = source.document()
    if node is None:
        return None
    wrong = _wrong_kind(node, record)
    if wrong is not None:
        source.log.error(node.line, *wrong)
        return None
    return record.read(node, source.log, f"the {record.name}")


def _wrong_kind(node: Node, record: Record) -> tuple[str, str] | None:
    """Whether the file is one of the other two kinds of document."""
    keys = {key.text for key, _ in node.entries} if isinstance(node, Fields) else set()
    kinds = {"contract", "amendment", "offer"} & keys
    if record is OFFER and "offer" in kinds and "signed" in keys:
        return "an offer is not signed", "write 'amendment:', and put it into the contract's amendments folder"
    if record.name in kinds or not kinds:
        return None
    kind = kinds.pop()
    if record is AMENDMENT and kind == "offer":
        return "an offer is not in force, and does not belong among the amendments", "move it to offers/, or sign it"
    if record is CONTRACT:
        return f"this is an {kind}, not a contract", "name the contract's folder"
    return (
        f"this is a{'n' if kind != 'contract' else ''} {kind}, not an {record.name}",
        f"start with '{record.name}: NAME'",
    )
