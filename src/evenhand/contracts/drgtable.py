"""What a row of a table of DRGs says beside its weight or amount."""

from __future__ import annotations

import re
from decimal import Decimal

from evenhand.contracts.codevalues import SEVERE
from evenhand.contracts.inpatient import DrgFacts, TransferPolicy
from evenhand.contracts.rateheadings import Heading
from evenhand.errors import Log
from evenhand.sheets import Row, tidy

_DAYS = re.compile(r"\d{1,4}(\.\d{1,4})?", re.ASCII)
_SEVERITY = re.compile(r"[1-4]", re.ASCII)
_TRANSFERS: dict[str, TransferPolicy] = {
    "": "", "no": "", "hospital": "", "post acute": "post-acute", "yes": "post-acute", "ordinary": "post-acute",
    "special": "special", "special pay": "special", "none": "none", "never": "none",
}  # fmt: skip


def drg_facts(row: Row, heading: Heading, log: Log) -> DrgFacts | None:
    """Mean lengths of stay and the transfer policy; ``None`` where the row says none of them."""
    told = DrgFacts(_days(row, heading, "gmlos", log), _days(row, heading, "amlos", log), _transfer(row, heading, log))
    return None if told == DrgFacts() else told


def drg_key(text: str, row: Row, heading: Heading, log: Log) -> str:
    """The DRG of a row, with the leading zeros a spreadsheet took; an APR-DRG with its severity as the fourth digit."""
    severity = heading.cell(row, "severity").strip()
    drg = text.replace("-", "") if SEVERE.fullmatch(text) else text.zfill(3)
    if severity and not _SEVERITY.fullmatch(severity):
        log.error(row.line, f"severity: '{severity}' is not a severity of illness", "write 1, 2, 3 or 4")
    elif severity and len(drg) > 3:
        log.error(row.line, f"'{text}' has a severity, and '{severity}' stands beside it", "keep one of them")
    return drg + severity


def _days(row: Row, heading: Heading, kind: str, log: Log) -> Decimal | None:
    text = heading.cell(row, kind).strip()
    if not text:
        return None
    if not _DAYS.fullmatch(text) or not Decimal(text):
        log.error(row.line, f"{kind}: '{text}' is not a number of days", "write it like 4.1, or leave it empty")
        return None
    return Decimal(text)


def _transfer(row: Row, heading: Heading, log: Log) -> TransferPolicy:
    text = heading.cell(row, "transfer")
    policy = _TRANSFERS.get(tidy(text))
    if policy is None:
        log.error(row.line, f"'{text.strip()}' is not a transfer policy", "write post-acute, special or none")
    return policy or ""
