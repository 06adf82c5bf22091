"""The envelope of a file, walked segment by segment: interchanges, groups, transactions, their headers.

These segments are few, so they are read plainly. Counts and control numbers that do not agree become
findings; nothing is refused. A remittance gives its row when it ends, because only then all of it is known.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pyarrow as pa

from evenhand.claims.schema import REMITS
from evenhand.claims.x12.findings import ERROR, NOTE, WARNING, Finding, Findings, quoted
from evenhand.claims.x12.numbers import read_day, read_number
from evenhand.claims.x12.payment import unbalanced
from evenhand.claims.x12.structure import CLAIM, OTHER, REMITTANCE
from evenhand.claims.x12.transaction import Money, Place, Transaction, claim_type_of

_LETTER = {"professional": "P", "institutional": "I", "dental": "D", None: ""}


class Envelope:
    """The state of the walk through one file."""

    def __init__(self, file_id: int) -> None:
        self._file_id = file_id
        self._isa: list[str] | None = None
        self._gs: list[str] | None = None
        self._open: Transaction | None = None
        self._groups = self._transactions = 0
        self.remits = 0
        self.content: Counter[str] = Counter()
        self._findings = Findings()
        self._rows: list[dict[str, Any]] = []

    def begin(self, findings: Findings) -> None:
        """Start a block, whose findings go here."""
        self._findings, self._rows = findings, []

    def remits_table(self) -> pa.Table:
        """The remittances that ended in this block."""
        return pa.Table.from_pylist(self._rows, schema=REMITS.schema)

    @property
    def claim_type(self) -> str | None:
        """The type of claim the open transaction says it holds."""
        return None if self._open is None else claim_type_of(self._open.version)

    def add_money(self, money: Money) -> None:
        """Add to the open remittance what a block holds of it."""
        if self._open is not None:
            self._open.money.add(money)

    def read(self, elements: list[str], place: Place) -> bool:
        """Take one segment; False when it has no place here."""
        reader = getattr(self, f"_read_{elements[0].lower()}", None)
        return bool(reader(elements + [""] * 18, place)) if reader else True

    def _read_isa(self, elements: list[str], place: Place) -> bool:
        self._close_interchange(place)
        self._isa, self._groups = elements, 0
        return True

    def _read_iea(self, elements: list[str], place: Place) -> bool:
        self._close_group(place)
        if self._isa is None:
            return False
        self._compare("IEA01", elements[1], self._groups, place=place, what="groups")
        self._same("IEA02", elements[2], self._isa[13], place=place, other="ISA13")
        self._isa = None
        return True

    def _read_gs(self, elements: list[str], place: Place) -> bool:
        self._close_group(place)
        self._gs, self._transactions = elements, 0
        self._groups += 1
        return True

    def _read_ge(self, elements: list[str], place: Place) -> bool:
        self._close_transaction(place)
        if self._gs is None:
            return False
        self._compare("GE01", elements[1], self._transactions, place=place, what="transactions")
        self._same("GE02", elements[2], self._gs[6], place=place, other="GS06")
        self._gs = None
        return True

    def _read_st(self, elements: list[str], place: Place) -> bool:
        self._close_transaction(place)
        group = self._gs or [""] * 20
        version = group[8] if len(group[8]) >= len(elements[3]) else elements[3]
        opened = Transaction(elements[1], elements[2], version, place)
        self._open = opened
        self._transactions += 1
        if place.kind == REMITTANCE:
            self._begin_remit(opened, group)
        if place.kind == OTHER:
            self._note_unread(opened)
        self.content[quoted(opened.kind) + (_LETTER[claim_type_of(version)] if place.kind == CLAIM else "")] += 1
        return True

    def _begin_remit(self, opened: Transaction, group: list[str]) -> None:
        opened.key = self._file_id + self.remits
        self.remits += 1
        interchange = self._isa or [""] * 20
        opened.row = {
            "remit_key": opened.key,
            "file_id": self._file_id,
            "version": opened.version or None,
            "sender_id": interchange[6] or None,
            "interchange_control_number": interchange[13] or None,
            "group_control_number": group[6] or None,
            "transaction_control_number": opened.control or None,
            "byte_offset": opened.place.offset,
        }

    def _note_unread(self, opened: Transaction) -> None:
        kind = quoted(opened.kind)
        message = f"a transaction of type '{kind}' is not read; 835 and 837 are"
        finding = Finding(
            "not-read", NOTE, message, offset=opened.place.offset, element="ST01", found=kind, expected="835 or 837"
        )
        self._findings.add(opened.place.segment, finding)

    def _read_se(self, elements: list[str], place: Place) -> bool:
        if self._open is None:
            return False
        count = place.ordinal - self._open.place.ordinal + 1
        self._compare("SE01", elements[1], count, place=place, what="segments")
        self._same("SE02", elements[2], self._open.control, place=place, other="ST02")
        self._finish(count, place, place.end)
        return True

    def _read_bpr(self, elements: list[str], place: Place) -> bool:
        row = self._open.row if self._open else {}
        if self._open is None or self._open.key is None or "payment_method" in row:
            return False
        row |= {"credit_debit": elements[3] or None, "payment_method": elements[4] or None}
        row["payment_date"] = self._day("BPR16", elements[16], place)
        cents = read_number(elements[2].encode(), 2)
        if cents is None:
            rule = "bad-amount" if elements[2] else "missing-amount"
            self._say(rule, ERROR, f"BPR02 says '{quoted(elements[2])}', which is not an amount of money",
                      place=place, element="BPR02", found=quoted(elements[2]))  # fmt: skip
        else:
            row["payment_amount"] = Decimal(cents).scaleb(-2)
        return True

    def _read_trn(self, elements: list[str], place: Place) -> bool:
        row = self._header()
        row.setdefault("trace_number", elements[2] or None)
        row.setdefault("_originator", elements[3] or None)
        return True

    def _read_dtm(self, elements: list[str], place: Place) -> bool:
        if elements[1] == "405":
            self._header().setdefault("production_date", self._day("DTM02", elements[2], place))
        return True

    def _read_n1(self, elements: list[str], place: Place) -> bool:
        row = self._header()
        if self._open is not None:
            self._open.party = elements[1]
        if elements[1] == "PR":
            row.setdefault("payer", elements[2] or None)
            row.setdefault("payer_id", elements[4] or None)
        elif elements[1] == "PE":
            row.setdefault("payee", elements[2] or None)
            if elements[3] == "XX":
                row.setdefault("payee_npi", elements[4] or None)
            elif elements[3] == "FI":
                row.setdefault("payee_tin", _digits(elements[4]))
        return True

    def _read_ref(self, elements: list[str], place: Place) -> bool:
        if elements[1] == "TJ" and self._open is not None and self._open.party == "PE":
            self._header().setdefault("payee_tin", _digits(elements[2]))
        return True

    def _header(self) -> dict[str, Any]:
        return self._open.row if self._open is not None else {}

    def _day(self, element: str, text: str, place: Place) -> Any:
        day = read_day(text)
        if day is None and text:
            message = f"{element} says '{quoted(text)}', which is not a date as CCYYMMDD"
            self._say("bad-date", WARNING, message, place=place, element=element, found=quoted(text))
        return day

    def _finish(self, count: int, place: Place, end: int) -> None:
        opened = self._open
        self._open = None
        if opened is None or opened.key is None:
            return
        row = opened.row
        originator = row.pop("_originator", None)
        row["payer_id"] = row.get("payer_id") or originator
        row |= {"segment_count": count, "byte_length": end - opened.place.offset}
        self._rows.append(row)
        for finding in unbalanced(opened):
            self._findings.add(place.segment, finding)

    def _close_transaction(self, place: Place) -> None:
        if self._open is not None:
            self._missing("SE", self._open.place, place)
            self._finish(place.ordinal - self._open.place.ordinal, place, place.offset)

    def _close_group(self, place: Place) -> None:
        self._close_transaction(place)
        if self._gs is not None:
            self._missing("GE", place, place)
            self._gs = None

    def _close_interchange(self, place: Place) -> None:
        self._close_group(place)
        if self._isa is not None:
            self._missing("IEA", place, place)
            self._isa = None

    def finish(self, place: Place) -> None:
        """The file ends here."""
        self._close_interchange(place)

    def _missing(self, trailer: str, start: Place, place: Place) -> None:
        message = f"there is no {trailer}: the file is cut off or damaged here"
        finding = Finding(
            "missing-trailer", WARNING, message, offset=place.offset, element=trailer, expected=f"a {trailer} segment"
        )
        self._findings.add(place.segment, finding)

    def _compare(self, element: str, found: str, expected: int, *, place: Place, what: str) -> None:
        if not found.isdecimal() or int(found) != expected:
            message = f"{element} says {quoted(found) or 'nothing'}, but there are {expected} {what}"
            self._say(
                "segment-count", WARNING, message,
                place=place, element=element, found=quoted(found), expected=str(expected),
            )  # fmt: skip

    def _same(self, element: str, found: str, expected: str, *, place: Place, other: str) -> None:
        if found != expected:
            shown, right = quoted(found), quoted(expected)
            message = f"{element} is '{shown}', but {other} is '{right}'"
            self._say("control-number", WARNING, message, place=place, element=element, found=shown, expected=right)

    def _say(
        self,
        rule: str,
        severity: str,
        message: str,
        *,
        place: Place,
        element: str,
        found: str,
        expected: str | None = None,
    ) -> None:
        opened = self._open
        subject, key = ("remits", opened.key) if opened is not None and opened.key is not None else ("files", None)
        finding = Finding(rule, severity, message, subject, key, place.offset, element, found, expected)
        self._findings.add(place.segment, finding)


def _digits(text: str) -> str | None:
    return "".join(character for character in text if character.isdecimal()) or None
