"""What a rate table says of a code besides its rate: the indicators that rules for surgery and imaging go by.

Their names and values are those of the Medicare fee schedule's relative value file, in whatever words the headings
have; a payer's own table may carry any of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from evenhand.contracts.model import Indicators
from evenhand.errors import Log
from evenhand.periods import Period

#: Indicator → headings its column is known by, without case and punctuation.
HEADINGS: dict[str, tuple[str, ...]] = {
    "multiple": ("multiple", "mult", "mult proc", "multiple procedure", "multiple procedures",
                 "multiple procedure indicator"),
    "bilateral": ("bilateral", "bilat", "bilat surg", "bilateral surgery", "bilateral indicator"),
    "assistant": ("assistant", "asst", "asst surg", "assistant at surgery", "assistant surgeon", "assistant indicator"),
    "co_surgeon": ("co surgeon", "co surgeons", "co surg", "cosurgeon", "cosurg", "co surgeon indicator"),
    "team": ("team", "team surg", "team surgery", "team surgeons", "team indicator"),
    "pctc": ("pctc", "pctc ind", "pc tc", "pc tc indicator", "pctc indicator"),
    "status": ("status", "status code"),
    "endo_base": ("endo base", "endobase", "endoscopic base code", "base code"),
    "pre": ("pre", "pre op", "pre operative"),
    "intra": ("intra", "intra op", "intra operative"),
    "post": ("post", "post op", "post operative"),
    "reduced": ("reduced", "reduced amount", "therapy reduction amount", "reduced therapy amount", "mppr amount"),
    "reduced_facility": ("facility reduced amount", "facility reduced", "reduced facility",
                         "therapy reduction amount facility"),
    "reduced_office": ("office reduced amount", "office reduced", "reduced office", "non facility reduced amount",
                       "therapy reduction amount non facility"),
    "rvu": ("rvu", "rvus", "total rvu", "total rvus"),
    "rvu_facility": ("facility rvu", "facility total rvu", "fac total rvu", "rvu facility"),
    "rvu_office": ("office rvu", "non facility rvu", "non facility total rvu", "non fac total rvu", "rvu office"),
}  # fmt: skip
#: Those that sort codes into kinds, by a word of a few letters or digits.
KINDS = ("multiple", "bilateral", "assistant", "co_surgeon", "team", "pctc", "status")
#: Parts of a surgical package: shares of the whole fee.
SHARES = ("pre", "intra", "post")
_NUMBERS = (*SHARES, "rvu", "rvu_facility", "rvu_office", "reduced", "reduced_facility", "reduced_office")


@dataclass(frozen=True, slots=True)
class Stated:
    """The indicators of one row of a table, and what the row is for."""

    code: str
    modifier: str
    setting: str
    period: Period
    values: Mapping[str, str]


def read_values(cells: Mapping[str, str], code: str, line: int, log: Log) -> dict[str, str]:
    """The indicators a row states; what is none is logged."""
    values = {}
    for name, text in cells.items():
        said = text.strip().upper()
        if not said:
            continue
        if name in _NUMBERS:
            if not re.fullmatch(r"\d{0,6}(\.\d{1,4})?", said) or said == ".":
                log.error(line, f"{code}: the {name.replace('_', ' ')} '{text}' is not a number", "write it like 0.69")
                continue
            if not Decimal(said):
                continue
        values[name] = said
    return values


def by_code(stated: Iterable[Stated]) -> tuple[Indicators, ...]:
    """One set of indicators for each code and period: those of its row without modifier and setting, if it has one."""
    rows: dict[str, list[Stated]] = defaultdict(list)
    for one in (one for one in stated if one.values):
        rows[one.code].append(one)
    found = []
    for code, several in sorted(rows.items()):
        first = min((one.modifier, one.setting) for one in several)
        kept = {one.period: one for one in several if (one.modifier, one.setting) == first}
        found += [Indicators(code, dict(one.values), period) for period, one in sorted(kept.items())]
    return tuple(found)
