"""One forecast as it is kept: what was forecast, when, by which contract and claims, on which assumptions, how sure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from evenhand.negotiation.worth import Worth

#: The form of what is kept; a later form is told apart by its number.
FORM = 1
_ID = 16


@dataclass(frozen=True, slots=True)
class Level:
    """A forecast of one side's dollars in one year.

    Attributes:
        side: ``contract``, or the offer's name.
        year: from 1.
        first_day, last_day: its days.
        measure: ``priced`` (allowed, before cost share) or ``paid`` (by the plan).
        mean: the mean of the draws.
        quantiles: pairs of share and dollars, rising.
    """

    side: str
    year: int
    first_day: date
    last_day: date
    measure: str
    mean: float
    quantiles: tuple[tuple[float, float], ...]

    def at(self, share: float) -> float:
        """The dollars at a quantile that was kept."""
        return dict(self.quantiles)[share]


@dataclass(frozen=True, slots=True)
class Forecast:
    """A forecast in the ledger.

    Attributes:
        id: the start of the SHA-256 of all of it but the moment.
        kept_at: when it was kept.
        said: everything, as kept.
        levels: what is scored.
    """

    id: str
    kept_at: datetime
    said: Mapping[str, Any]
    levels: tuple[Level, ...]

    @property
    def payer(self) -> str:
        """The payer."""
        return str(self.said["payer"])

    @property
    def offers(self) -> tuple[str, ...]:
        """Names of the offers forecast beside the contract."""
        return tuple(self.said["offers"])


def said_of(found: Worth) -> dict[str, Any]:
    """What is kept of a worth: enough to make it again, and to score it."""
    question = found.question
    return {
        "form": FORM,
        "contract": found.contract,
        "contract_id": found.contract_id,
        "payer": found.payer,
        "amendments": list(found.amendments),
        "offers": list(found.offers),
        "begins": [day.isoformat() for day in found.begins],
        "digests": dict(found.digests),
        "loads": list(found.loads),
        "claims": {"first_day": found.first_day.isoformat(), "last_day": found.last_day.isoformat(), "n": found.claims},
        "asked": {"years": question.years, "run_out": question.run_out, "draws": question.draws, "seed": question.seed},
        "assumptions": found.assumed.table().rows(),
        "years": [_plain(row) for row in found.years],
        "levels": [_plain(row) for row in found.levels],
    }


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with dollars to the cent and days as text."""
    return {key: _value(value) for key, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 2) if abs(value) >= 10 else round(value, 6)
    return value.isoformat() if isinstance(value, date) else value


def digest_of(said: Mapping[str, Any]) -> str:
    """Names what was said: equal forecasts have equal ids, whenever they are made."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:_ID]


def written(said: Mapping[str, Any], kept_at: datetime) -> str:
    """A forecast as its file holds it."""
    whole = {"id": digest_of(said), "kept_at": kept_at.isoformat(timespec="seconds"), "forecast": said}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def read_entry(text: str) -> Forecast:
    """A forecast from its file.

    Raises:
        ValueError: it is not one, or is not what was kept; says why.
    """
    try:
        whole = json.loads(text)
        said, stated, kept_at = whole["forecast"], whole["id"], datetime.fromisoformat(whole["kept_at"])
    except (ValueError, KeyError, TypeError) as problem:
        raise ValueError("it is not a forecast as this program keeps them") from problem
    if digest_of(said) != stated:
        raise ValueError("its content is not what was kept")
    if said.get("form") != FORM:
        raise ValueError(f"it is of form {said.get('form')}, which this version does not know")
    try:
        levels = tuple(_level(row) for row in said["levels"])
    except (ValueError, KeyError, TypeError) as problem:
        raise ValueError("its figures cannot be read") from problem
    return Forecast(stated, kept_at.astimezone(UTC), said, levels)


def _level(row: Mapping[str, Any]) -> Level:
    names: Sequence[str] = sorted(name for name in row if name[0] == "q" and name[1:].isdigit())
    quantiles = tuple((int(name[1:]) / 100, float(row[name])) for name in names)
    days = (date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"]))
    return Level(row["side"], int(row["year"]), *days, row["measure"], float(row["mean"]), quantiles)
