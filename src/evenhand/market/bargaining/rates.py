"""What plans pay systems today, from a table, and who would go where: the bargains of a real market."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evenhand.contracts.shapes import suggest
from evenhand.errors import ContractError, Log, SelectionError, UsageError
from evenhand.market.bargaining.nash import Contracts
from evenhand.market.discharges import Discharges
from evenhand.market.diversion import Diversion
from evenhand.market.keys import Floats, Ints
from evenhand.market.tables import Heading, Table, read_table

HEADINGS = (
    Heading("system", ("hospital", "provider", "owner"), needed=True),
    Heading("plan", ("payer", "insurer"), needed=True),
    Heading("price", ("rate", "allowed", "allowed per case", "price per case"), needed=True),
    Heading("cost", ("cost per case",), needed=True),
    Heading("revenue", ("premium", "plan revenue", "revenue per case"), needed=True),
    Heading("cases", ("patients", "discharges", "volume")),
    Heading("hospital outside", ("system outside", "our walk away", "hospital walk away")),
    Heading("plan outside", ("plan walk away", "their walk away")),
)


@dataclass(frozen=True, slots=True)
class Rates:
    """What plans pay systems for a patient, one row a contract.

    Attributes:
        source: where it comes from.
        systems, plans: their names, contract by contract.
        price: paid for an average patient; NaN for a system outside the plan's network.
        cost: what such a patient costs the system.
        revenue: what the plan takes in for the patient, its own costs off.
        cases: such patients in a year; NaN where not given.
        hospital_outside, plan_outside: what else each side has for such a patient without the contract.
    """

    source: str
    systems: tuple[str, ...]
    plans: tuple[str, ...]
    price: Floats
    cost: Floats
    revenue: Floats
    cases: Floats
    hospital_outside: Floats
    plan_outside: Floats

    def __len__(self) -> int:
        return len(self.systems)

    def taken(self, rows: npt.NDArray[np.bool_]) -> Rates:
        """Some of the contracts."""
        places = np.flatnonzero(rows)
        return replace(
            self,
            systems=tuple(self.systems[n] for n in places),
            plans=tuple(self.plans[n] for n in places),
            price=self.price[rows],
            cost=self.cost[rows],
            revenue=self.revenue[rows],
            cases=self.cases[rows],
            hospital_outside=self.hospital_outside[rows],
            plan_outside=self.plan_outside[rows],
        )


def read_rates(path: Path | str, discharges: Discharges) -> Rates:
    """Rates from a table; its systems are those of the discharges.

    Raises:
        ReadError: the file is no table, or lacks a column.
        ContractError: a row cannot be used; all of them at once, each with its line.
    """
    table = read_table(path, HEADINGS, "a table of rates")
    log = Log(table.path.name)
    log.problems += table.problems
    columns = {name: table.numbers(name, log) for name in ("price", "cost", "revenue", "cases")}
    outside = [table.numbers(f"{side} outside", log, least=-1e12) for side in ("hospital", "plan")]
    systems = tuple(_system(name, line, discharges, log) for name, line in _lines(table, "system"))
    plans = tuple(table.texts("plan"))
    _check(table, systems, columns, log)
    if log.failed:
        raise ContractError(log.problems)
    said = f"{table.path.name}, {len(table):,} rows"
    ours, theirs = (np.nan_to_num(one) for one in outside)
    return Rates(said, systems, plans, *_four(columns), ours, theirs)


def _four(columns: dict[str, Floats]) -> tuple[Floats, Floats, Floats, Floats]:
    return columns["price"], columns["cost"], columns["revenue"], columns["cases"]


def _lines(table: Table, name: str) -> list[tuple[str, int]]:
    return list(zip(table.texts(name), (int(line) for line in table.lines), strict=True))


def _system(name: str, line: int, discharges: Discharges, log: Log) -> str:
    try:
        return discharges.systems[discharges.system(name)]
    except SelectionError:
        known = suggest(name, [*discharges.systems, *discharges.providers])
        log.error(line, f"'{name}' is no one system or hospital of the discharges", known)
        return name


def _check(table: Table, systems: tuple[str, ...], columns: dict[str, Floats], log: Log) -> None:
    seen: dict[tuple[str, str], int] = {}
    for place, (plan, line) in enumerate(_lines(table, "plan")):
        if not plan:
            log.error(line, "no plan stands in the row", "name it")
        for name in ("cost", "revenue"):
            if np.isnan(columns[name][place]) and not table.texts(name)[place]:
                log.error(line, f"no {name} stands in the row", "give dollars for an average patient")
        first = seen.setdefault((systems[place], plan), line)
        if first != line:
            log.error(line, f"{systems[place]} with {plan} is on line {first} already", "keep one row a contract")
    if not len(table):
        log.error(None, "there is no row under the headings", "give a row for each system and plan")


def contracts_of(rates: Rates, found: Diversion, leaving: float) -> Contracts:
    """The bargains these rates come from.

    When a contract ends, ``leaving`` of its patients change plan and keep the system: they go to its contracts with the
    other plans, by these plans' cases. The others keep the plan and go to other systems by the observed diversion;
    those who would go to a system outside the network bring the plan nothing.

    Raises:
        UsageError: for some system no diversion is known.
    """
    _check_known(rates, found)
    between = np.nan_to_num(found.between_systems())
    number = {name: place for place, name in enumerate(found.systems)}
    hospital = np.array([number[name] for name in rates.systems], dtype=np.int64)
    plan = _numbers(rates.plans)
    same_plan = (plan[:, None] == plan[None, :]) & (hospital[:, None] != hospital[None, :])
    moved = np.where(same_plan, (1 - leaving) * between[np.ix_(hospital, hospital)], 0.0)
    stay = (hospital[:, None] == hospital[None, :]) & (plan[:, None] != plan[None, :])
    weights = np.where(stay, np.where(np.isnan(rates.cases), 1.0, rates.cases)[None, :], 0.0)
    whole = weights.sum(axis=1, keepdims=True)
    moved += leaving * np.divide(weights, whole, out=np.zeros_like(weights), where=whole > 0)
    return Contracts(hospital, plan, rates.cost, rates.revenue, moved, rates.hospital_outside, rates.plan_outside)


def _check_known(rates: Rates, found: Diversion) -> None:
    """Diversion that is not known would read as patients who go nowhere."""
    choice = np.bincount(found.system_of, weights=found.patients, minlength=len(found.systems))
    known = {name for name, patients in zip(found.systems, choice, strict=True) if patients > 0}
    lacking = [name for name in dict.fromkeys(rates.systems) if name not in known]
    if lacking:
        what = f"it is not known where the patients of {', '.join(lacking)} would go"
        right = "make coarser or smaller cells, or leave these systems' rows out"
        raise UsageError(f"{what}: none is in a cell with another choice; {right}")


def _numbers(names: tuple[str, ...]) -> Ints:
    place = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([place[name] for name in names], dtype=np.int64)


def in_network(rates: Rates) -> tuple[Rates, Rates]:
    """The contracts there are, and the systems outside a network."""
    inside = ~np.isnan(rates.price)
    return rates.taken(inside), rates.taken(~inside)


def with_outside(contracts: Contracts, *, hospital: float = 0.0, plan: float = 0.0) -> Contracts:
    """The same with more to walk away to, in dollars a patient."""
    return replace(
        contracts,
        hospital_outside=contracts.hospital_outside + hospital,
        plan_outside=contracts.plan_outside + plan,
    )
