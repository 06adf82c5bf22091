"""X12 files into tables: remittances (835) and claims (837), block by block."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from evenhand.claims.schema import file_key
from evenhand.claims.x12.balance import RemitFigures, check_claims, check_remittance, money_by_remit
from evenhand.claims.x12.block import Block, Subject, Tables, numbered, spread
from evenhand.claims.x12.blocks import Piece, opened, pieces
from evenhand.claims.x12.checks import require
from evenhand.claims.x12.claim import claim_days, spanned
from evenhand.claims.x12.claim import claims_table as submitted_claims
from evenhand.claims.x12.claim_details import diagnoses_table, other_payer_tables, taken_by_others
from evenhand.claims.x12.claim_lines import Service, line_days
from evenhand.claims.x12.claim_lines import lines_table as submitted_lines
from evenhand.claims.x12.claim_shape import claim_shape
from evenhand.claims.x12.delimiters import Buffer, find_interchange
from evenhand.claims.x12.envelope import Envelope
from evenhand.claims.x12.findings import ERROR, NOTE, WARNING, Finding, Findings, findings_table
from evenhand.claims.x12.index import Ints
from evenhand.claims.x12.positions import read_elsewhere
from evenhand.claims.x12.remit_details import (
    adjustment_cells,
    adjustments_table,
    amounts_table,
    dates_table,
    provider_adjustments,
    provider_adjustments_table,
    references_table,
    remarks_table,
)
from evenhand.claims.x12.remit_shape import shape_of
from evenhand.claims.x12.remittance import remittance_tables
from evenhand.claims.x12.structure import CLAIM, REMITTANCE, Carry, any_of
from evenhand.claims.x12.transaction import Money, Place

BLOCK_BYTES = 3 << 20
_TRAILERS = ("SE", "GE", "IEA")
_HEADER_ENDS = ("LX", "TS3", "TS2", "CLP", "PLB", "SE")


def read_x12(source: Path | bytes, *, sha256: str, block_bytes: int = BLOCK_BYTES) -> Iterator[Tables]:
    """Read an X12 file into tables, some rows at a time.

    Nothing is refused: what cannot be read is a row of the ``findings`` table, with its place in the file.

    Args:
        source: a file, or its content.
        sha256: hash of the content in hex; all keys derive from it.
        block_bytes: how much of the file is held at a time. The rows do not depend on it.

    Yields:
        Tables by name, each of exactly the shape :data:`evenhand.claims.schema.TABLES` gives it; tables
        without rows are left out. Put together in order they are the file's tables.
    """
    with opened(source) as buffer:
        yield from _File(buffer, file_key(sha256)).batches(block_bytes)


class _File:
    """One file on its way into tables."""

    def __init__(self, buffer: Buffer, file_id: int) -> None:
        self._buffer, self._file_id = buffer, file_id
        self._carry = Carry()
        self._envelope = Envelope(file_id)

    def batches(self, block_bytes: int) -> Iterator[Tables]:
        yield from self._before()
        for piece in pieces(self._buffer, self._carry, block_bytes):
            yield _with_rows(self._tables(piece))
        findings, end = Findings(), len(self._buffer)
        self._envelope.begin(findings)
        self._envelope.finish(Place(0, end, end, self._carry.segments))
        last = _with_rows({"remits": self._envelope.remits_table(), "findings": findings.table(self._file_id)})
        if last:
            yield last

    def _before(self) -> Iterator[Tables]:
        """Findings on text before the first interchange, or on there being none."""
        found = find_interchange(self._buffer, 0)
        if found is None:
            finding = Finding("no-interchange", ERROR, "there is no X12 interchange that can be read", offset=0)
            yield {"findings": findings_table([finding], self._file_id)}
        elif bytes(self._buffer[: found[0]]).strip(b"\xef\xbb\xbf \t\r\n"):
            message = f"{found[0]} bytes of text stand before the first interchange"
            finding = Finding("text-outside", NOTE, message, offset=0)
            yield {"findings": findings_table([finding], self._file_id)}

    def _tables(self, piece: Piece) -> Tables:
        block = Block(piece.index, Findings(), self._file_id)
        self._envelope.begin(block.findings)
        tables, used = Tables(), list[Ints]()
        opens = any_of(piece.index, ("ST",))
        money = [Money()] * (int(np.count_nonzero(opens)) + 1)
        if (piece.kind == REMITTANCE).any():
            money = self._remittances(block, piece, tables, used)
        types, bpr = self._walk(block, piece, money)
        used.append(np.array(bpr, np.int64))
        if (piece.kind == CLAIM).any():
            self._claims(block, piece, tables, used=used, types=types)
        read_elsewhere(block, piece.kind, np.concatenate(used))
        if piece.cut_off:
            _cut_off(block)
        tables["remits"] = self._envelope.remits_table()
        tables["findings"] = block.findings.table(self._file_id)
        return tables

    def _remittances(self, block: Block, piece: Piece, tables: Tables, used: list[Ints]) -> list[Money]:
        """Fill the tables of the block's 835 transactions; returns what each of them adds up to."""
        counters, index = self._carry.counters, block.index
        counters.remits = self._envelope.remits
        shape = shape_of(block, piece.kind, counters)
        made, claims, lines, rest = remittance_tables(block, shape)
        cas = shape.inside(block, "CAS")
        cells = adjustment_cells(block, cas, Subject("remit_claims", shape.claim_keys[shape.claim[cas]]))
        tables |= made
        tables["adjustments"] = adjustments_table(block, shape, cells)
        tables["remarks"] = remarks_table(block, shape)
        tables["remit_amounts"] = amounts_table(block, shape, rest["AMT"])
        tables["remit_references"] = references_table(block, shape, rest["REF"])
        tables["remit_dates"] = dates_table(block, shape, rest["DTM"])
        check_remittance(block, shape, RemitFigures(claims, lines, cells))
        plb = index.find("PLB")
        plb = plb[piece.kind[plb] == REMITTANCE]
        pairs = provider_adjustments(block, plb, shape.remit_keys)
        tables["provider_adjustments"], self._carry.provider_adjustments = provider_adjustments_table(
            block,
            shape.remit_keys,
            pairs,
            open_key=self._file_id + counters.remits - 1,
            already=self._carry.provider_adjustments,
        )
        counters.remit_claims += shape.claims.size
        counters.remit_lines += shape.lines.size
        used += [shape.claims, shape.lines, cas, plb, shape.inside(block, "AMT")]
        transaction = numbered(any_of(index, ("ST",))) + 1
        return money_by_remit(shape, claims, pairs, transaction, int(transaction[-1]) + 1)

    def _walk(self, block: Block, piece: Piece, money: list[Money]) -> tuple[list[str | None], list[int]]:
        """Walk the envelope; returns the type of claims of each transaction, and the BPR taken."""
        index, envelope = block.index, self._envelope
        types, taken, number = [envelope.claim_type], list[int](), 0
        envelope.add_money(money[0])
        for segment in _walked(piece).tolist():
            elements = index.elements(segment)
            offset, length = index.extent(np.array(segment), np.array(segment))
            ordinal = self._carry.segments + segment - index.own
            place = Place(segment, int(offset), int(offset + length), ordinal, int(piece.kind[segment]))
            fits = envelope.read(elements, place)
            if elements[0] == "ST":
                number += 1
                envelope.add_money(money[number])
                types.append(envelope.claim_type)
            elif elements[0] == "BPR" and fits:
                taken.append(segment)
            elif not fits and elements[0] in _TRAILERS:
                _without_start(block, segment, elements[0])
        return types, taken

    def _claims(self, block: Block, piece: Piece, tables: Tables, *, used: list[Ints], types: list[str | None]) -> None:
        """Fill the tables of the block's 837 transactions."""
        counters = self._carry.counters
        shape = claim_shape(block, piece.kind, counters, transaction_types=types)
        stated, days = claim_days(block, shape), line_days(block, shape)
        claims, charges = submitted_claims(block, shape, stated, spanned(shape, *days))
        lines, line_charges = submitted_lines(block, shape, days, stated=stated, claims=claims)
        tables["claims"], tables["lines"] = claims, lines
        tables["diagnoses"] = diagnoses_table(block, shape)
        tables |= other_payer_tables(block, shape)
        check_claims(block, shape, charges, line_charges)
        require(block, charges, shape.claims, 2, subject=Subject("claims", shape.claim_keys))
        element = Service(block.index, shape.lines).element("charge")
        require(block, line_charges, shape.lines, element, subject=Subject("lines", shape.line_keys))
        counters.claims += shape.claims.size
        counters.lines += shape.lines.size
        used += [shape.claims, shape.lines, *taken_by_others(block.index, shape)]


def _walked(piece: Piece) -> Ints:
    """The segments of the envelope, and those of 835 headers that the walk reads."""
    index = piece.index
    head = piece.kind == REMITTANCE
    if head.any():
        opens = any_of(index, ("ST",))
        places = np.flatnonzero(opens | any_of(index, _HEADER_ENDS))
        head &= spread(places, opens[places], opens.size, np.bool_(False))
        head &= any_of(index, ("BPR", "TRN", "DTM", "N1", "REF"))
    return np.flatnonzero(head | any_of(index, ("ISA", "IEA", "GS", "GE", "ST", "SE")))


def _without_start(block: Block, segment: int, name: str) -> None:
    offset = int(block.index.offset(block.index.start[segment]))
    message = f"{name} ends something that was not begun"
    block.findings.add(segment, Finding("segment-position", WARNING, message, offset=offset, element=name))


def _cut_off(block: Block) -> None:
    """The block's last segment has no terminator: what it says may be cut."""
    segment = len(block.index) - 1
    offset = int(block.index.offset(block.index.start[segment]))
    message = "the file ends, or other text begins, inside this segment: its last element may be cut"
    block.findings.add(segment, Finding("truncated", ERROR, message, offset=offset, element=block.index.name(segment)))


def _with_rows(tables: Tables) -> Tables:
    return {name: table for name, table in tables.items() if table.num_rows}
