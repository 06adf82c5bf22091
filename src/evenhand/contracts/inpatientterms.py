"""Terms of hospital stays: read, written back, and said in words."""

from __future__ import annotations

from typing import Any

from evenhand.contracts.inpatient import Transfer
from evenhand.contracts.model import Term
from evenhand.contracts.outlierlanguage import outlier_words, read_outlier, written_outlier
from evenhand.contracts.records import Entry
from evenhand.errors import Log

#: Ways of paying a case or a day that an outlier may stand on.
_OUTLYING = ("amount", "drg_weights", "fee_schedule", "levels")


def stay_values(entry: Entry, log: Log) -> dict[str, Any]:
    """What an entry says of stays, by the fields of a term."""
    said: Entry | None = entry.get("transfer")
    transfer = None
    if said is not None:
        transfer = Transfer(said.get("discharge_status", ()), said.get("post_acute", ()))
    return {
        "grouper": entry.get("grouper", ""),
        "transfer": transfer,
        "outlier": read_outlier(entry.get("outlier"), log),
    }


def check_stay(term: Term, entry: Entry, log: Log) -> None:
    """What is said of stays must belong to a case."""
    if term.outlier is not None and not (term.claim_level and term.pay.method in _OUTLYING):
        line = entry.line_of("outlier")
        log.error(line, "outlier belongs to a case or to days paid by a rate", "pay per: case or per: day by a rate")
    if term.transfer is None:
        return
    if term.pay.method not in ("drg_weights", "fee_schedule") or term.per != "case":
        line = entry.line_of("transfer")
        log.error(line, "transfer belongs to a case paid by DRG", "pay per: case by drg_weights or fee_schedule")
    both = sorted({*term.transfer.discharge_status} & {*term.transfer.post_acute})
    if both:
        log.error(entry.line_of("transfer"), f"discharge status {both[0]} stands in both lists", "keep it in one")


def stay_written(term: Term) -> dict[str, Any]:
    """The keys of a term that speak of stays."""
    said: dict[str, Any] = {"grouper": term.grouper} if term.grouper else {}
    if term.transfer is not None:
        lists = {"discharge_status": term.transfer.discharge_status, "post_acute": term.transfer.post_acute}
        said["transfer"] = {key: statuses for key, statuses in lists.items() if statuses}
    return said | ({"outlier": written_outlier(term.outlier)} if term.outlier else {})


def transfer_words(transfer: Transfer | None) -> str:
    """How cases that end in a transfer are paid."""
    if transfer is None:
        return "none"
    words = f"by the day up to the full price on discharge status {_listed(transfer.discharge_status)}"
    if transfer.post_acute:
        words += f", and on {_listed(transfer.post_acute)} for post-acute DRGs"
    return words


def stay_words(term: Term) -> list[str]:
    """What a term says of stays, one part each."""
    words = [f"DRGs by {term.grouper}"] if term.grouper else []
    words += [f"outliers {outlier_words(term.outlier)}"] if term.outlier else []
    return words + ([f"transfers {transfer_words(term.transfer)}"] if term.transfer else [])


def _listed(parts: tuple[str, ...]) -> str:
    return " or ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
