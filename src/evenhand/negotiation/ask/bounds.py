"""How high a rate may plausibly go: market percentiles, a cap on the rise, the charge, and bounds a caller brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evenhand.errors import ContractError, Log, ReadError
from evenhand.money import parse_money
from evenhand.negotiation.ask.paid_today import PaidRate
from evenhand.sheets import Row, read_sheets, tidy

#: Headings a percentile is known by; ``p75`` itself is one.
_CODE = ("code", "cpt", "hcpcs", "cpt code", "hcpcs code", "procedure code", "billing code")
_SETTINGS = {"facility": "facility", "f": "facility", "office": "office", "nf": "office", "non facility": "office"}
#: A rate is raised no further than where lesser-of takes this share of what a further rise would bring.
MOST_TAKEN = 0.5


@dataclass(frozen=True, slots=True)
class Bound:
    """The most one rate may rise by, and what says so.

    Attributes:
        rise: as a share of today's rate; below zero where today's rate is beyond it already.
        why: ``market p75``, ``cap``, ``charges``, or what the caller calls it.
    """

    rise: float
    why: str


@dataclass(frozen=True, slots=True)
class Market:
    """Market percentiles of rates, by code and setting.

    Attributes:
        source: the file.
        amounts: percentile → (code, setting or nothing) → dollars.
    """

    source: str
    amounts: Mapping[int, Mapping[tuple[str, str], float]]

    def amount(self, percentile: int, code: str, setting: str) -> float | None:
        """The percentile of a code in a setting, else of the code wherever it is done."""
        held = self.amounts.get(percentile, {})
        return held.get((code, setting), held.get((code, "")))

    def rise_to(self, percentile: int, rate: PaidRate) -> float | None:
        """The rise that takes a rate to the percentile; over settings by the units paid. ``None`` where none is known.

        Lines with a modifier are held against nothing: they move with the others.
        """
        now = then = 0.0
        for setting, (units, amount) in rate.by_setting.items():
            market = self.amount(percentile, rate.code, setting)
            if market is not None and rate.schedule:
                now += float(amount)
                then += float(units) * market
        return then / now - 1 if now > 0 else None


def read_market(file: Path | str) -> Market:
    """Read market percentiles: a CSV or XLSX table with codes and columns such as ``p50``, ``p75``, ``p90``.

    A column ``setting`` (facility or office) tells rates apart; empty holds for both.

    Raises:
        ReadError: the file cannot be read.
        ContractError: a row is wrong; all problems at once, each with its line.
    """
    path = Path(file)
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise ReadError(path, "cannot be read", "give a CSV or XLSX table of market percentiles") from problem
    log = Log(path.name)
    rows = next((sheet.rows for sheet in read_sheets(path.name, content, log) if sheet.rows), ())
    amounts = _amounts(rows, log) if rows else {}
    if not amounts and not log.failed:
        log.error(None, "no percentile stands here", "give a heading such as 'code,setting,p50,p75,p90' and rows")
    if log.failed:
        raise ContractError(log.problems)
    return Market(path.name, amounts)


def _amounts(listed: Sequence[Row], log: Log) -> dict[int, dict[tuple[str, str], float]]:
    heads = [tidy(cell) for cell in listed[0].cells]
    code = next((place for place, head in enumerate(heads) if head in _CODE), None)
    setting = next((place for place, head in enumerate(heads) if head in ("setting", "pos setting")), None)
    columns = {place: int(head[1:]) for place, head in enumerate(heads) if head[:1] == "p" and head[1:].isdigit()}
    if code is None or not columns:
        right = "name a column 'code' and others 'p50', 'p75' or 'p90'"
        log.error(listed[0].line, "the heading has no code or no percentile", right)
        return {}
    found: dict[int, dict[tuple[str, str], float]] = {percentile: {} for percentile in columns.values()}
    for row in listed[1:]:
        key = _cell(row, code).upper(), _SETTINGS.get(tidy(_cell(row, setting)), "") if setting is not None else ""
        for place, percentile in columns.items():
            _take(found[percentile], key, row, _cell(row, place), log)
    return found


def _cell(row: Row, place: int | None) -> str:
    return row.cells[place].strip() if place is not None and place < len(row.cells) else ""


def _take(held: dict[tuple[str, str], float], key: tuple[str, str], row: Row, text: str, log: Log) -> None:
    amount = parse_money(text) if text else None
    if not text:
        return
    if not key[0] or amount is None or amount <= 0:
        log.error(row.line, f"'{text}' is not a percentile of {key[0] or 'a code'}", "give a code and dollars above 0")
    elif key in held:
        log.error(row.line, f"{key[0]} {key[1]} stands twice", "keep one row a code and setting")
    else:
        held[key] = float(amount)


def charge_bound(rate: PaidRate, levels: tuple[float, ...]) -> Bound | None:
    """Where lesser-of and limits take most of a further rise; ``None`` where they never do within the levels."""
    before, start = 0.0, 0.0
    for level, gain in zip(levels, map(float, rate.gains), strict=True):
        slope = (gain - before) / (level - start)
        if slope < (1 - MOST_TAKEN) * float(rate.amount) or slope <= 0:
            return Bound(start, "charges")
        before, start = gain, level
    return None


def gain_at(rate: PaidRate, levels: tuple[float, ...], rise: float) -> float:
    """What a rate pays more at a rise: straight between the levels measured."""
    before, start = 0.0, 0.0
    for level, gain in zip(levels, map(float, rate.gains), strict=True):
        if rise <= level:
            return before + (gain - before) * (rise - start) / (level - start)
        before, start = gain, level
    return before
