"""Rate tables: CSV and XLSX files in whatever layout the payer sent, read by their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from evenhand.contracts.amounts import PLACES, number, read_amount
from evenhand.contracts.devices import device_credits
from evenhand.contracts.drgtable import drg_facts, drg_key
from evenhand.contracts.indicators import Stated, by_code, read_values
from evenhand.contracts.model import FeeSchedule, Rate
from evenhand.contracts.ratechecks import check_forms, check_overlaps
from evenhand.contracts.rateheadings import SEARCHED_ROWS, Heading, is_heading, no_heading, read_heading
from evenhand.errors import Log
from evenhand.periods import ALWAYS, FOREVER, Period, through
from evenhand.sheets import Row, read_rows, tidy

_SETTINGS = {
    "": "", "all": "", "any": "", "both": "", "facility": "facility", "f": "facility", "fac": "facility",
    "office": "office", "nf": "office", "nonfacility": "office", "non facility": "office", "non fac": "office",
}  # fmt: skip
_CODE = re.compile(r"[A-Z0-9]{3,7}")


def read_rate_table(name: str, content: bytes, log: Log) -> FeeSchedule:
    """Read a rate table from its bytes; ``log.file`` names it in messages."""
    rows = read_rows(log.file, content, log, is_heading)
    start = next((i for i, row in enumerate(rows[:SEARCHED_ROWS]) if is_heading(row.cells)), None)
    if start is None:
        if not log.failed:
            no_heading(rows, log)
        return FeeSchedule(name, (), log.file)
    heading = read_heading(rows[start], log)
    rates = [rate for row in rows[start + 1 :] for rate in _rates(row, heading, log)]
    indicators = by_code(_stated(rows[start + 1 :], heading, log)) if heading.indicators else ()
    if not rates and not indicators and not log.failed:
        log.error(rows[start].line, "there is no rate below the heading", "give one code and amount a row")
    check_overlaps(rates, log)
    check_forms(rates, log, by=heading.by)
    return FeeSchedule(name, tuple(rates), log.file, by=heading.by, holds=heading.holds, indicators=indicators)


def _stated(rows: Sequence[Row], heading: Heading, log: Log) -> Iterator[Stated]:
    """The indicators of each row that has a code."""
    for row in rows:
        code = heading.cell(row, "code").strip().upper()
        if _CODE.fullmatch(code):
            cells = {name: heading.cell(row, name) for name in heading.indicators}
            values = read_values(cells, code, row.line, log)
            quiet = Log(log.file)  # what is wrong with these was said with the row's rate
            modifier, setting = _modifier(row, heading, quiet), _setting(row, heading, quiet)
            yield Stated(code, modifier, setting, read_period(row, heading, quiet), values)


def _rates(row: Row, heading: Heading, log: Log) -> Iterator[Rate]:
    code = _key(row, heading, log)
    amounts = [(row.cells[c].strip() if c < len(row.cells) else "", setting) for c, setting in heading.amounts]
    if not _CODE.fullmatch(code):
        _not_a_code(row, code, amounts, log)
        return
    if not any(text for text, _ in amounts):
        if any(heading.cell(row, name).strip() for name in heading.indicators):
            return
        log.error(row.line, f"{code} has no amount", "give one, or leave the row out if the code has no rate")
    modifier, setting, period = (
        _modifier(row, heading, log),
        _setting(row, heading, log),
        read_period(row, heading, log),
    )
    drg = drg_facts(row, heading, log) if heading.by == "drg" else None
    for text, column_setting in amounts:
        amount = read_amount(text, code, row.line, log) if text else None
        if amount is not None:
            amount = _per_billed_unit(amount, row, heading, log)
            rate = Rate(code, amount, modifier, column_setting or setting, period, row.line, drg)
            yield rate
            yield from device_credits(rate, heading.cell(row, "device offset").strip(), log)


def _key(row: Row, heading: Heading, log: Log) -> str:
    """What the row is found by."""
    text = heading.cell(row, heading.by).strip().upper()
    return drg_key(text, row, heading, log) if text and heading.by == "drg" else text


def _not_a_code(row: Row, code: str, amounts: list[tuple[str, str]], log: Log) -> None:
    if not any(number(text) is not None for text, _ in amounts):
        log.warn(row.line, f"this row is no rate and was passed over: {' '.join(c for c in row.cells if c)[:60]}")
    elif not code:
        log.error(row.line, "an amount stands here without a code", "give the code, or take the row out")
    elif "-" in code:
        log.error(row.line, f"'{code}' is not one code", "give one code a row, and its modifier in a column of its own")
    else:
        log.error(row.line, f"'{code}' is not a code", "write it like 99213")


def _per_billed_unit(amount: Decimal, row: Row, heading: Heading, log: Log) -> Decimal:
    """The amount of one billed unit, where the rate is for another quantity: 2.00 for 1 mg, billed by 10, is 20.00."""
    paid, billed = (
        _quantity(heading.cell(row, kind).strip(), row.line, log) for kind in ("per units", "billed quantity")
    )
    made = amount * billed / paid
    held = made.quantize(Decimal(1).scaleb(-PLACES), rounding=ROUND_HALF_UP)
    if held != made:
        log.warn(row.line, f"{amount} for {paid}, billed by {billed}, is held to six decimals: {held}")
    return amount if paid == billed else held


def _quantity(text: str, line: int, log: Log) -> Decimal:
    value = number(text) if text else Decimal(1)
    if value is None or value <= 0:
        log.error(line, f"'{text}' is not a quantity", "write a number above zero, such as 10")
        return Decimal(1)
    return value


def _modifier(row: Row, heading: Heading, log: Log) -> str:
    text = heading.cell(row, "modifier").strip().upper()
    if text and not re.fullmatch(r"[A-Z0-9]{2}", text):
        log.error(row.line, f"'{text}' is not a modifier", "give one modifier of two letters or digits a row")
    return text


def _setting(row: Row, heading: Heading, log: Log) -> str:
    text = heading.cell(row, "setting")
    setting = _SETTINGS.get(tidy(text))
    if setting is None:
        log.error(row.line, f"'{text.strip()}' is not a setting", "write facility, office, or leave it empty")
    return setting or ""


def read_period(row: Row, heading: Heading, log: Log) -> Period:
    """The days a row holds: always, unless it says from when or until when."""
    first, last = (_date(heading.cell(row, kind).strip(), row.line, log) for kind in ("effective", "ends"))
    if first is None and last is None:
        return ALWAYS
    if first is not None and last is not None and last < first:
        log.error(
            row.line, f"the rate ends on {last}, before it starts on {first}", "the end is the last day, inclusive"
        )
        return ALWAYS
    return through(first or date.min, None if last is None or last.year == FOREVER.year else last)


def _date(text: str, line: int, log: Log) -> date | None:
    if not text:
        return None
    bare = text.removesuffix(" 00:00:00")
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", bare, re.ASCII)
    try:
        if american:
            return date(int(american[3]), int(american[1]), int(american[2]))
        return date.fromisoformat(bare)
    except ValueError:
        log.error(line, f"'{text}' is not a date", "write it like 2025-01-31")
        return None
