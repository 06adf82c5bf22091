"""Terms paid by invoice, laid out: the term for lines that have one, its stated fallback for those that have none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from evenhand.contracts.methods import PercentOfInvoice
from evenhand.contracts.model import Bound, Term

#: Any invoice at all: a bound without ends, which an unknown invoice is not inside of.
INVOICED = Bound("invoice")


def readings(term: Term) -> Iterator[Term]:
    """The term as the steps match it: once, or for lines with an invoice and then for those without."""
    if not isinstance(term.pay, PercentOfInvoice) or term.pay.otherwise is None:
        yield term
        return
    covers = replace(term.covers, bounds=(*term.covers.bounds, INVOICED))
    yield replace(term, covers=covers, pay=replace(term.pay, otherwise=None))
    yield replace(term, pay=term.pay.otherwise)
