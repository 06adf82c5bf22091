"""What is wrong with the rows of a table: one query for each kind of doubt, each row of it a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evenhand.claims.tabular.expressions import date_formats, full_amount, typed
from evenhand.claims.tabular.layout import TARGETS, Layout

_EXPECTED = {
    "money": "an amount", "date": "a day", "quantity": "a number", "count": "a whole number from 0",
    "zip": "a ZIP code of five or nine digits",
}  # fmt: skip
_RULES = {
    "money": "not-an-amount", "date": "not-a-day", "quantity": "not-a-number", "count": "not-a-number",
    "zip": "not-a-zip",
}  # fmt: skip

#: Facts a claim has once; when its lines disagree, the first is kept and the rest is a finding.
_ONCE = (
    "payer", "payer_id", "member_id", "billing_npi", "billing_tin", "bill_type_code", "drg_code", "claim_type",
    "claim_start_date", "claim_end_date", "admission_date", "discharge_date", "claim_frequency", "product",
    "billing_zip", "facility_zip",
)  # fmt: skip

#: …and money that a mapping may put at the level of the claim.
_CLAIM_FACTS = (*_ONCE, *(name for name, target in TARGETS.items() if target.kind == "money"))


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look for: where, the condition of it, and the query of its findings.

    ``condition`` is asked of all doubts at once; only where it holds anywhere is ``query`` run, giving row_no, rule,
    severity, subject, element, found, expected, amount and message.
    """

    table: str
    condition: str
    query: str


def doubts(layout: Layout) -> Iterator[Doubt]:
    """All that can be wrong with a table read by this layout."""
    for name, cell in layout.cells.items():
        if TARGETS[name].kind != "text":
            yield _unreadable(name, layout)
        if TARGETS[name].kind == "money":
            yield _part_of_cent(name, layout)
        if name in _ONCE or (TARGETS[name].kind == "money" and cell.level == "claim"):
            yield _differs(name)
    yield Doubt("cells", "claim_id is null", _NO_CLAIM_ID)
    yield Doubt("cells", "claim_line_number is not null", _DUPLICATE)
    yield Doubt("cells", _ODD_TYPE, _CLAIM_TYPE)
    if "charge_amount" in layout.cells:
        yield Doubt("cells", "charge_amount is null", _NO_CHARGE)
    for name in ("charge_amount", "paid_amount"):
        if name in layout.cells and layout.cells[name].level == "line":
            yield Doubt("typed", "line_count > 1", _repeated(name))


def probe(found: Sequence[Doubt], table: str) -> str:
    """One query that asks whether each of these doubts, all of one table, holds anywhere."""
    asked = ", ".join(f"coalesce(bool_or({doubt.condition}), false)" for doubt in found)
    grouped = """(select any_value(line_count) as line_count, {} from typed where line_count > 1 group by first_row)"""
    sides = ", ".join(f"min({n}) as low_{n}, max({n}) as high_{n}" for n in _CLAIM_FACTS)
    return f"select {asked} from {grouped.format(sides) if table == 'claims' else table}"


def _unreadable(name: str, layout: Layout) -> Doubt:
    kind = TARGETS[name].kind
    expected = _EXPECTED[kind]
    if kind == "date":
        formats = date_formats(name, layout).strip("[]").replace("'", "")
        expected += f" written as one of {formats}"
    severity = "error" if kind == "money" else "warning"
    condition = f"{name} is not null and {typed(name, layout)} is null"
    query = f"""select row_no, '{_RULES[kind]}' as rule, '{severity}' as severity,
      'lines' as subject, '{name}' as element, shown({name}) as found, '{expected}' as expected,
      cast(null as decimal(18, 2)) as amount,
      'row ' || row_no || ': {name} is not {_EXPECTED[kind]}; it is left empty' as message
    from cells where {condition}"""
    return Doubt("cells", condition, query)


def _part_of_cent(name: str, layout: Layout) -> Doubt:
    """Amounts with parts of a cent. What binary fractions leave behind (12.340000000001) is no doubt."""
    full = full_amount(name, layout)
    condition = f"abs({full} - round({full}, 2)) > cast('0.000001' as decimal(7, 6))"
    query = f"""select row_no, 'part-of-a-cent', 'note', 'lines', '{name}', shown({name}), 'whole cents', null,
      'row ' || row_no || ': {name} was rounded to cents'
    from cells where {condition}"""
    return Doubt("cells", condition, query)


def _differs(name: str) -> Doubt:
    message = f"the lines of this claim give {name} in different ways; the first is kept"
    query = f"""select min(row_no), 'claim-lines-differ', 'warning', 'claims', '{name}', null,
      'one value for the claim', null, 'row ' || min(row_no) || ': {message}'
    from typed where line_count > 1 group by first_row having min({name}) <> max({name})"""
    return Doubt("claims", f"low_{name} <> high_{name}", query)


def _repeated(name: str) -> str:
    """The same amount on every line of nearly every claim is the claim's amount, repeated."""
    return f"""select 0, 'header-amount-repeated', 'warning', 'files', '{name}', null, 'amounts of the line', null,
      '{name} is the same on all lines of ' || same || ' of ' || claims || ' claims with several lines: ' ||
      'is it the amount of the claim, repeated? A mapping can say so: {name}: {{column: …, level: claim}}'
    from (select count(*) as claims, count(*) filter (where lowest = highest and lowest <> 0) as same
      from (select min({name}) as lowest, max({name}) as highest from typed where line_count > 1 group by first_row))
    where claims >= 5 and same * 10 >= claims * 9"""


_NO_CLAIM_ID = """select row_no, 'no-claim-number', 'error', 'lines', 'claim_id', null, 'the number of the claim', null,
  'row ' || row_no || ': there is no claim number; the row stands as a claim of its own'
from cells where claim_id is null"""

_DUPLICATE = """select max(row_no), 'line-twice', 'warning', 'lines', 'claim_line_number',
  cast(claim_line_number as varchar), 'each line number once in a claim', null,
  'row ' || max(row_no) || ': line ' || claim_line_number || ' stands ' || count(*) || ' times in this claim; ' ||
  'all are kept'
from typed where claim_line_number is not null group by first_row, claim_line_number having count(*) > 1"""

_ODD_TYPE = "lower(claim_type) not in ('professional', 'institutional', 'dental')"
_CLAIM_TYPE = f"""select min(row_no), 'claim-type', 'note', 'files', 'claim_type', shown(claim_type),
  'professional, institutional or dental', null,
  count(*) || ' rows from row ' || min(row_no) || ' on have a claim type that is not known; it is left empty'
from cells where {_ODD_TYPE} group by claim_type"""

_NO_CHARGE = """select row_no, 'no-charge', 'warning', 'lines', 'charge_amount', null, 'the billed charge', null,
  'row ' || row_no || ': there is no charge'
from cells where charge_amount is null"""
