"""What offers are worth over years, side by side with the contract: the report and its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from evenhand.negotiation.assumptions import Assumptions
from evenhand.negotiation.worth.credibility import Buhlmann
from evenhand.negotiation.worth.dollars import Futures
from evenhand.negotiation.worth.question import WorthQuestion
from evenhand.negotiation.worth.runout import RunOut
from evenhand.results import Result

_TEXT, _COUNT, _NUMBER, _DAY = pa.string(), pa.int64(), pa.float64(), pa.date32()
_SURE = [("p10", _NUMBER), ("p50", _NUMBER), ("p90", _NUMBER), ("p_gain", _NUMBER)]

YEARS = pa.schema(
    [
        ("offer", _TEXT),
        ("year", _TEXT),
        ("first_day", _DAY),
        ("last_day", _DAY),
        ("contract", _NUMBER),
        ("offered", _NUMBER),
        ("change_percent", _NUMBER),
        ("contract_limited", _NUMBER),
        ("offer_limited", _NUMBER),
        ("change", _NUMBER),
        *_SURE,
    ]
)
METHODS = pa.schema([("offer", _TEXT), ("method", _TEXT), ("year", _TEXT), ("mean", _NUMBER), *_SURE])
LINES = pa.schema(
    [
        ("offer", _TEXT),
        ("service_line", _TEXT),
        ("claims", _COUNT),
        ("patients", _COUNT),
        ("contract", _NUMBER),
        ("offered", _NUMBER),
        ("change", _NUMBER),
        ("p10", _NUMBER),
        ("p90", _NUMBER),
        ("change_percent", _NUMBER),
        ("credibility", _NUMBER),
        ("credible_percent", _NUMBER),
        ("strength", _TEXT),
    ]
)


@dataclass(frozen=True, slots=True)
class Worth:
    """What offers are worth over years, against the contract on the same claims.

    Attributes:
        contract, payer: the contract's name and payer.
        offers: names of the offers, in the order asked.
        contract_id: the contract's id.
        amendments: names of the contract's signed amendments.
        begins: first day of each offer.
        question: what was asked.
        first_day, last_day: claims that begin on these days are valued.
        claims, lines, patients: how many; ``patients`` is ``None`` where the book does not tell them apart.
        years: a row for each offer and year, and one for all years: gross dollars under both; net dollars of the
            change, with p10, p50, p90 and the chance of a gain by the leading method. In all is discounted.
        methods: the change of each offer and year by each method.
        service_lines: by offer and service line, all years together, net and discounted.
        sides: both sides' view, by side and year.
        assumed: every assumption, as used.
        runout: how complete the months of service were.
        strength: how firmly the whole stands: suppressed, too few for a rate, weak, firm.
        cv: coefficient of variation of a claim.
        full: claims full credibility takes.
        credibility: Z of all claims.
        buhlmann: Bühlmann–Straub over service lines; ``None`` where it cannot be told.
        costs: where the provider's costs come from; empty where nobody gave them.
        notes: what a reader must know.
        digests: the book's, the contract's and the offers' digests, by what they are of.
        loads: ids of the loads of the book.
        levels: quantiles of gross dollars and of what the plan pays, for the ledger of forecasts.
        drawn: the futures behind it all.
    """

    contract: str
    payer: str
    offers: tuple[str, ...]
    contract_id: str
    amendments: tuple[str, ...]
    begins: tuple[date, ...]
    question: WorthQuestion
    first_day: date
    last_day: date
    claims: int
    lines: int
    patients: int | None
    years: Result
    methods: Result
    service_lines: Result
    sides: Result
    assumed: Assumptions
    runout: RunOut
    strength: str
    cv: float
    full: float
    credibility: float
    buhlmann: Buhlmann | None
    costs: str
    notes: tuple[str, ...]
    digests: Mapping[str, str]
    loads: tuple[str, ...]
    levels: Result
    drawn: Futures
