"""What the book shows of a contract's provisions: dollars by what became of them, days, other payers' rates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from evenhand.contracts.model import Contract
from evenhand.engines import Engine
from evenhand.errors import SelectionError
from evenhand.negotiation.clauses.language import of_program, stated
from evenhand.negotiation.clauses.others import lower_rate_gap, query
from evenhand.negotiation.offer_value import claims_chosen
from evenhand.negotiation.worth.credibility import FEWEST_CLAIMS, FEWEST_PATIENTS, Numbers
from evenhand.negotiation.worth.draws import resampled
from evenhand.negotiation.worth.pricing import priced_as_agreed

#: Dollars of each claim that are summed to a year.
DOLLARS = (
    "allowed",
    "paid",
    "patient",
    "taken_back",
    "underpaid",
    "denied_filing",
    "denied_authorization",
    "denied_necessity",
)
NAMES = {*DOLLARS, "requests", "mean_days", "lower_rate_gap", "it", "now"}
FUNCTIONS = {"capped_days", "filed_after"}
_COLUMNS = {"patient": "patient_part"}
#: A cent of difference proves nothing.
_TOLERANCE = 0.011


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the book shows.

    Attributes:
        values: dollars and counts a year, and days, as seen; only what could be seen.
        shown: those of them that are of no patients or of 11 and more.
        drawn: the same by draw: patients drawn with replacement.
        why_not: why something could not be seen, by what a formula needs.
        functions: what formulas may call.
        late_claims: how many claims came more than so many days after service.
        claims, patients: how many stand behind it.
        words: what else was noticed, in sentences.
    """

    values: Mapping[str, float]
    shown: Mapping[str, float]
    drawn: Mapping[str, Numbers]
    why_not: Mapping[str, str]
    functions: Mapping[str, Callable[..., Any]]
    late_claims: Callable[[float], int]
    claims: int
    patients: int
    words: tuple[str, ...]


def evidence(engine: Engine, contract: Contract, days: tuple[date, date], *, draws: int, seed: int) -> Evidence:
    """Look at the contract's claims of some days.

    Args:
        engine: holds the service and settled tables of the book, and its raw claims.
        contract: as signed.
        days: first and last day on which the claims begin.
        draws: how often patients are drawn anew.
        seed: from which seed.

    Raises:
        SelectionError: no claim of these days is the contract's, or they are of fewer than 11 patients.
    """
    rows = _claims(engine, contract, days)
    patients = len(set(rows["patient"].to_pylist()))
    if not rows.num_rows:
        raise SelectionError(
            f"no claim of these days is priced under {contract.name}; choose other days or another payer"
        )
    if patients < FEWEST_PATIENTS:
        raise SelectionError(
            f"the claims are of fewer than {FEWEST_PATIENTS} patients, which is too few; take more days"
        )
    annual = 365.25 / ((days[1] - days[0]).days + 1)
    generator = np.random.default_rng(seed)
    sums = {name: _dollars(rows, name) * annual for name in DOLLARS}
    drawn = _drawn(sums, rows["patient"].to_pylist(), (generator, draws))
    values = {name: float(column.sum()) for name, column in sums.items()}
    words: list[str] = []
    why_not = {**_few(rows, sums), **_missing(rows, values)}
    if "paid" in why_not:
        words.append("What is paid is not known: one percent on rates is of the dollars to be allowed.")
    functions, lags = _times(rows, values, drawn, (generator, draws))
    words += _late_in_time(rows, contract)
    if not lags:
        why_not["filed_lag"] = "no claim says when the plan received it"
    _requests(engine, annual, values, drawn)
    if not values["requests"] and not values["denied_authorization"]:
        why_not["authorization"] = (
            "no claim was denied for authorisation (CARC 15, 197, 198, 243) and none names a number"
        )
    gap, why = lower_rate_gap(engine)
    if gap is None:
        why_not["lower_rate_gap"] = why
    else:
        values["lower_rate_gap"], drawn["lower_rate_gap"] = gap, np.full(draws, gap)
        words.append(why)
    if contract.versions[-1].rules.escalator:
        why_not["evergreen"] = "the contract's rates escalate by themselves: offer compare prices that"
    elif not contract.renewal.get("evergreen"):
        why_not["evergreen"] = "the contract states no evergreen renewal"
    shown = {name: value for name, value in values.items() if name not in _hidden(rows, sums)}
    return Evidence(values, shown, drawn, why_not, functions, _late(rows), rows.num_rows, patients, tuple(words))


def _claims(engine: Engine, contract: Contract, days: tuple[date, date]) -> pa.Table:
    tables = claims_chosen(engine, *days)
    agreed = priced_as_agreed({**tables, "service_lines": engine.arrow(query("answered_lines"))}, contract)
    engine.put("clause_agreed", agreed)
    engine.put("clause_payers", engine.arrow(query("payers_of_contract")))
    return engine.arrow(query("claim_dollars"))


def _column(rows: pa.Table, name: str) -> Numbers:
    numbers: Numbers = rows[name].cast(pa.float64()).fill_null(np.nan).to_numpy()
    return numbers


def _dollars(rows: pa.Table, name: str) -> Numbers:
    """A column of dollars; what was allowed below the contract only on claims judged line for line."""
    if name != "underpaid":
        return _column(rows, _COLUMNS.get(name, name))
    short = np.nan_to_num(_column(rows, "agreed") - _column(rows, "allowed_in_fact"))
    judged = _column(rows, "not_judged") == 0
    return np.where(judged & (short > _TOLERANCE), short, 0.0)


def _drawn(
    sums: Mapping[str, Numbers], patients: list[str], how: tuple[np.random.Generator, int]
) -> dict[str, Numbers]:
    _, unit = np.unique(np.array(patients, dtype=str), return_inverse=True)
    values = np.stack([np.bincount(unit, column) for column in sums.values()], axis=1).astype(float)
    totals = resampled(values, *how)
    return {name: totals[:, at] for at, name in enumerate(sums)}


#: What a formula needs, the dollars it is made of, and what they are in words.
_KINDS = (
    ("taken_back", ("taken_back",), "had a payment taken back"),
    ("authorization", ("denied_authorization",), "were denied for authorisation"),
    ("disputed", ("underpaid", "denied_necessity"), "were paid short or denied for necessity"),
)


def _few(rows: pa.Table, sums: Mapping[str, Numbers]) -> dict[str, str]:
    """Dollars that some, but fewer than 11, patients are behind are not told."""
    return {
        need: f"fewer than {FEWEST_PATIENTS} patients {words}"
        for need, names, words in _KINDS
        if 0 < _behind(rows, np.sum([sums[name] for name in names], axis=0)) < FEWEST_PATIENTS
    }


def _behind(rows: pa.Table, dollars: Numbers) -> int:
    """How many patients have some of these dollars."""
    return len(np.unique(np.array(rows["patient"].to_pylist(), dtype=str)[dollars > 0]))


def _hidden(rows: pa.Table, sums: Mapping[str, Numbers]) -> set[str]:
    """Names of dollars of some, but fewer than 11, patients."""
    return {name for name, column in sums.items() if 0 < _behind(rows, column) < FEWEST_PATIENTS}


def _missing(rows: pa.Table, values: Mapping[str, float]) -> dict[str, str]:
    """Why dollars cannot be told: no remittance, few claims, or none of a kind."""
    answered = int(_column(rows, "answered").sum())
    if answered < FEWEST_CLAIMS:
        why = f"fewer than {FEWEST_CLAIMS} claims of these days have been answered"
        needed = ("paid", "mean_days", "taken_back", "authorization", "disputed", "filed_lag", "lower_rate_gap")
        return dict.fromkeys(needed, why)
    found = {}
    if not values["paid"]:
        found["paid"] = "the plan has paid nothing on these claims"
    if not values["taken_back"]:
        found["taken_back"] = "no payment of these claims was taken back for good"
    if not values["underpaid"] + values["denied_necessity"]:
        found["disputed"] = "nothing was allowed below the contract or denied for necessity (CARC 50, 55 to 58)"
    return found


def _times(
    rows: pa.Table, values: dict[str, float], drawn: dict[str, Numbers], how: tuple[np.random.Generator, int]
) -> tuple[dict[str, Callable[..., Any]], bool]:
    """Days to pay weighed by dollars, and how late claims were received."""
    from scipy.special import betaincinv

    days, paid = _column(rows, "days_to_pay"), _column(rows, "paid")
    timed = ~np.isnan(days) & (paid > 0)
    if bool(timed.any()):
        values["mean_days"] = float((days * paid)[timed].sum() / paid[timed].sum())
        drawn["mean_days"] = np.full(how[1], values["mean_days"])
    lag = _column(rows, "filed_after")
    lag = lag[~np.isnan(lag)]
    place = how[0].uniform(size=how[1])  # one place in every distribution: a longer limit is never worse

    def capped_days(limit: float) -> float:
        return float((np.minimum(days, limit) * paid)[timed].sum() / paid[timed].sum()) if timed.any() else np.nan

    def filed_after(limit: float) -> Any:
        late = int((lag > limit).sum())
        return betaincinv(late + 0.5, len(lag) - late + 0.5, place)

    return {"capped_days": capped_days, "filed_after": filed_after}, len(lag) >= FEWEST_CLAIMS


def _late(rows: pa.Table) -> Callable[[float], int]:
    lag = _column(rows, "filed_after")
    return lambda limit: int((lag > limit).sum())


def _late_in_time(rows: pa.Table, contract: Contract) -> list[str]:
    """Claims denied as late that the plan received within the limit the contract states."""
    limit = of_program()["timely_filing"].number(stated(contract.provisions, "timely_filing"))
    if limit is None:
        return []
    lag, denied = _column(rows, "filed_after"), _column(rows, "denied_filing")
    wrong = (denied > 0) & (lag <= limit)
    count, dollars = int(wrong.sum()), float(denied[wrong].sum())
    if count < FEWEST_PATIENTS:
        return []
    words = f"{count:,} claims (${dollars:,.0f} agreed) were denied as filed too late (CARC 29), though received within"
    return [f"{words} the {limit:g} days the contract gives: no longer limit changes that; dispute them."]


def _requests(engine: Engine, annual: float, values: dict[str, float], drawn: dict[str, Numbers]) -> None:
    count = engine.arrow(query("requests")).to_pylist()[0]["requests"] or 0
    values["requests"] = count * annual
    draws = len(drawn["allowed"])
    drawn["requests"] = np.full(draws, values["requests"])
