"""Row by row from a sheet of an exhibit to rates and terms; what is not taken is kept with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from evenhand.contracts.codevalues import CodeFormError, parse_codes
from evenhand.contracts.exhibit.columns import AMOUNTS, KEYS
from evenhand.contracts.nodes import Fields, Items, Node, Scalar

_AMOUNT = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?\s*(?:USD)?")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%(?:\s*(?:of)?\s*(?:billed|total|covered|allowable)?\s*charges?)?", re.I)
_CODE = re.compile(r"([A-Z0-9]{5})(?:-([A-Z0-9]{2}))?")
_SETTINGS = {"f": "facility", "facility": "facility", "nf": "office", "office": "office", "non-facility": "office"}
_NO_RATE = frozenset(["n/a", "na", "#n/a", "-", "–", "—", "not covered", "nc"])
PER = {"fee schedule": "unit", "case rates": "case", "per diems": "day", "percent of charges": "unit"}
UNSTORED = "the result of a formula is not stored; save the file in Excel, or write the value"


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet as the mapping says it is."""

    sheet: str
    kind: str
    header_row: int
    columns: Mapping[str, int]
    schedule: str = ""
    term: str = ""
    cite: str = ""
    restore_zeros: bool = False
    shares: bool = False  # bare percentages are shares: 0.45 is 45 %


@dataclass(frozen=True, slots=True)
class ExhibitRate:
    """One rate for a table, as text, with the row it stands in."""

    code: str
    modifier: str
    setting: str
    amount: Decimal
    effective: str
    ends: str
    row: int


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A row that became neither rate nor term, and why."""

    sheet: str
    row: int
    reason: str
    text: str


@dataclass(slots=True)
class SheetTaken:
    """What became of a sheet: ``rows`` below the headings are those taken and those not taken."""

    part: Part
    rates: list[ExhibitRate] = field(default_factory=list)
    terms: list[Fields] = field(default_factory=list)
    not_taken: list[NotTaken] = field(default_factory=list)
    rows: int = 0
    taken: int = 0


class _WrongError(Exception):
    """The row cannot be taken; the message is the reason."""


def take_sheet(part: Part, grid: Sequence[Sequence[str]], unstored: frozenset[tuple[int, int]]) -> SheetTaken:
    """Take every row below the headings.

    Args:
        part: What the sheet is.
        grid: Its cells as text.
        unstored: Row and column of formulas without a stored result.
    """
    taken = SheetTaken(part)
    seen: dict[tuple[str, ...], tuple[int, str]] = {}
    for number, cells in enumerate(grid[part.header_row :], start=part.header_row + 1):
        broken = {column for row, column in unstored if row == number}
        if not any(cell.strip() for cell in cells) and not broken:
            continue
        taken.rows += 1
        try:
            if broken & set(part.columns.values()):
                raise _WrongError(UNSTORED)
            _take_row(_Line(part, number, cells), taken, seen)
            taken.taken += 1
        except _WrongError as wrong:
            shown = " | ".join(cell.strip() for cell in cells if cell.strip())[:80]
            taken.not_taken.append(NotTaken(part.sheet, number, str(wrong), shown))
    return taken


@dataclass(frozen=True, slots=True)
class _Line:
    part: Part
    number: int
    cells: Sequence[str]

    def text(self, role: str) -> str:
        column = self.part.columns.get(role, 0)
        return " ".join(self.cells[column - 1].split()) if 0 < column <= len(self.cells) else ""


def _take_row(line: _Line, taken: SheetTaken, seen: dict[tuple[str, ...], tuple[int, str]]) -> None:
    role = next((role for role in KEYS if line.text(role)), "")
    values = [(role, line.text(role)) for role in (*AMOUNTS, "percent") if line.text(role)]
    said = [pair for pair in values if pair[1].lower() not in _NO_RATE]
    if values and not said:
        raise _WrongError(f"'{values[0][1]}': the row says that there is no rate")
    values = said
    if not values:
        raise _WrongError("there is no amount or percentage in this row: a heading or a note")
    if not role:
        raise _WrongError("there is no code in this row; write it as a term by hand")
    rates = [] if line.part.kind != "fee schedule" else list(_rates(line, values))
    if rates:
        keys: list[tuple[tuple[str, ...], str]] = [
            ((r.code, r.modifier, r.setting, r.effective, r.ends), str(r.amount)) for r in rates
        ]
        _check_seen(keys, seen)
        _check_days(rates, taken.rates)
        taken.rates += rates
    else:
        codes, pay = _codes(line, role), _pay(line, values)
        term = _term(line, role, codes, pay)
        keys = [((*codes, line.text("modifier"), line.text("setting")), str(pay))]
        _check_seen(keys, seen)
        taken.terms.append(term)
    seen.update({key: (line.number, value) for key, value in keys})


def _check_seen(keys: Sequence[tuple[tuple[str, ...], str]], seen: Mapping[tuple[str, ...], tuple[int, str]]) -> None:
    """Nothing in a row may have been taken before; another value than before is said first."""
    for key, value in keys:
        if key in seen and seen[key][1] != value:
            what = " ".join(part for part in key if part)
            raise _WrongError(f"{what} has another value than in row {seen[key][0]}; that one was taken")
    for key, _ in keys:
        if key in seen:
            raise _WrongError(f"{' '.join(part for part in key if part)} stands here again as in row {seen[key][0]}")


def _check_days(rates: Sequence[ExhibitRate], before: Sequence[ExhibitRate]) -> None:
    """Two amounts may not hold on one day."""
    for one in rates:
        if not (one.effective or one.ends) and not any(other.effective or other.ends for other in before):
            continue
        for other in before:
            same = (other.code, other.modifier, other.setting) == (one.code, one.modifier, one.setting)
            starts, ends = max(one.effective, other.effective), min(one.ends or "9", other.ends or "9")
            if same and starts <= ends and one.amount != other.amount:
                raise _WrongError(f"{one.code} has another amount for the same days in row {other.row}")


def _rates(line: _Line, values: Sequence[tuple[str, str]]) -> Iterator[ExhibitRate]:
    """Rates for a table; none where the row holds a range of codes or a percentage, which make a term."""
    if "%" in "".join(text for _, text in values) or {role for role, _ in values} == {"percent"}:
        return
    text = _restored(line, "code").upper()
    found = _CODE.fullmatch(text)
    if found is None and ("-" in text or "," in text):
        return
    if found is None:
        raise _WrongError(f"'{line.text('code')}' is not a procedure code of five letters or digits")
    modifier = (line.text("modifier") or found[2] or "").upper()
    if modifier and not re.fullmatch(r"[A-Z0-9]{2}", modifier):
        raise _WrongError(f"'{modifier}' is not a modifier of two letters or digits")
    setting = _SETTINGS.get(line.text("setting").lower(), "")
    if line.text("setting") and not setting:
        raise _WrongError(f"'{line.text('setting')}' is not a setting; facility or office")
    days = _day(line, "effective"), _day(line, "ends")
    for role, amount in values:
        if role in AMOUNTS:
            yield ExhibitRate(found[1], modifier, AMOUNTS[role] or setting, _amount(amount, 6), *days, line.number)


def _restored(line: _Line, role: str) -> str:
    """The code, its leading zeros restored where the mapping says that they were lost."""
    text = line.text(role)
    if role != "code" or not re.fullmatch(r"\d{1,4}", text):
        return text
    if not line.part.restore_zeros:
        raise _WrongError(f"'{text}' has lost digits; say restore_zeros: yes if it is {text.zfill(5)}")
    return text.zfill(5)


def _codes(line: _Line, role: str) -> list[str]:
    codes = []
    for text in re.split(r"[,;&/]|\band\b", _restored(line, role)):
        try:
            codes += [str(one) for one in parse_codes(KEYS[role], text.strip())]
        except CodeFormError as wrong:
            raise _WrongError(wrong.what) from wrong
    return codes


def _amount(text: str, decimals: int) -> Decimal:
    found = _AMOUNT.fullmatch(text)
    if found is None or not (found[1] or found[2]):
        raise _WrongError(f"'{text}' is not an amount")
    value = Decimal((found[1] or "0").replace(",", "") + (found[2] or ""))
    if value != round(value, decimals):
        raise _WrongError(f"{text} has more than {'two' if decimals == 2 else 'four'} decimals; round it as agreed")
    return value


def _pay(line: _Line, values: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """How the row pays, as a term says it."""
    told = {_one_way(line, role, text) for role, text in values}
    if len(told) > 1:
        raise _WrongError(f"the row pays in {len(told)} ways: {', '.join(text for _, text in values)}; keep one")
    return told.pop()


def _one_way(line: _Line, role: str, text: str) -> tuple[str, str]:
    percent = _PERCENT.fullmatch(text)
    if percent:
        return "percent_of_charges", _percent(Decimal(percent[1]), text)
    if role != "percent":
        return "amount", str(_amount(text, 2))
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        raise _WrongError(f"'{text}' is not a percentage")
    return "percent_of_charges", _percent(Decimal(text) * (100 if line.part.shares else 1), text)


def _percent(value: Decimal, text: str) -> str:
    if value != round(value, 4) or value >= 10_000:
        raise _WrongError(f"'{text}' is not a percentage of at most four decimals")
    return f"{value.normalize():f}"


def _day(line: _Line, role: str) -> str:
    text = line.text(role)
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text, re.ASCII)
    try:
        if american:
            return date(int(american[3]), int(american[1]), int(american[2])).isoformat()
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise _WrongError(f"'{text}' is not a date; write it like 2025-01-31") from None


def _term(line: _Line, role: str, codes: Sequence[str], pay: tuple[str, str]) -> Fields:
    nouns = {"code": "Codes", "drg": "DRG", "revenue_code": "Revenue codes"}
    name = (role != "code" and line.text("description")) or f"{nouns[role]} {', '.join(codes)}"
    per = PER[line.part.kind]
    conditions: list[tuple[str, Node]] = [(KEYS[role], Items(tuple(Scalar(code, 0) for code in codes), 0))]
    if role == "code" and line.text("modifier"):
        conditions.append(("modifiers", Scalar(line.text("modifier").upper(), 0)))
    settings = {AMOUNTS[one] for one in AMOUNTS if one in line.part.columns and line.text(one)} - {""}
    settings |= {_SETTINGS.get(line.text("setting").lower(), "")} - {""}
    if len(settings) == 1:
        conditions.append(("setting", Scalar(settings.pop(), 0)))
    if line.text("effective") or line.text("ends"):
        raise _WrongError("a row of several codes or a percentage cannot have dates here; write it as a term by hand")
    entries: list[tuple[str, Node]] = [("name", Scalar(name[:120], 0)), ("for", fields(conditions))]
    if per != "unit" and pay[0] == "amount":
        entries.append(("per", Scalar(per, 0)))
    entries.append(("pay", fields([(pay[0], Scalar(pay[1], 0))])))
    return fields([*entries, ("cite", Scalar(f"{line.part.cite or line.part.sheet}, row {line.number}", 0))])


def fields(entries: Sequence[tuple[str, Node]]) -> Fields:
    """Keys with values, as a document holds them."""
    return Fields(tuple((Scalar(key, 0), value) for key, value in entries), 0)
