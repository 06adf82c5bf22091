"""The plan: contracts laid out as tables, then the SQL steps over them, on any engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import pyarrow as pa

from evenhand.claims.grouping import GROUPS
from evenhand.contracts.model import Contract
from evenhand.engines import Engine, Step, read_steps, sources
from evenhand.pricing.grouping import group_claims
from evenhand.pricing.idle import without_idle
from evenhand.pricing.readiness import require_priceable
from evenhand.pricing.tables import term_tables

#: What pricing gives.
PRICED = ("priced_lines", "priced_claims", "priced_adjustments", "priced_parts")
#: The days a book without a single date is priced over: none that matters.
NO_DAYS = (date(2000, 1, 1), date(2000, 1, 2))

_DAYS = """
select min(service_date) as first_day, max(service_date) as last_day from service_lines
union all select min(claim_start_date), max(claim_start_date) from service_claims
union all select min(claim_end_date), max(claim_end_date) from service_claims
union all select min(admission_date), max(admission_date) from service_claims
union all select min(discharge_date), max(discharge_date) from service_claims
"""


def price(
    engine: Engine, contracts: Sequence[Contract], also: Sequence[str] = (), *, given: Sequence[str] = ()
) -> None:
    """Price every service line the engine holds, under the contracts given.

    The engine must have ``service_claims``, ``service_lines`` and ``diagnoses``; afterwards it has
    ``priced_lines`` (one row for each service line) and ``priced_claims``. Pricing again replaces both.

    Args:
        engine: Where to price.
        contracts: The contracts to price under.
        also: Steps whose results are read afterwards besides; without rows where no contract asks for them.
        given: Steps whose results the engine has already.

    Raises:
        PricingError: A contract cannot be priced as it stands.
    """
    Repricing(engine, also, given=given).under(contracts)


class Repricing:
    """Claims an engine holds, priced under one set of contracts after another: only what differs is worked out again.

    A step runs again where a table of the contracts it reads has other rows than before, or a step it reads ran again.
    The claims, and what pricing made of them, must stay as they are in between.

    Attributes:
        engine: where the claims are.
        steps_run: how many steps the last pricing ran.
    """

    def __init__(self, engine: Engine, also: Sequence[str] = (), *, given: Sequence[str] = ()) -> None:
        self.engine, self.steps_run = engine, 0
        self._wanted, self._given = (*PRICED, *also), frozenset(given)
        self._days = days_priced(engine)
        self._tables: dict[str, pa.Table] = {}
        self._steps: dict[str, Step] = {}
        self._touched: set[str] = set()

    def under(self, contracts: Sequence[Contract]) -> None:
        """Price the claims under these contracts; the tables are those of :func:`price`.

        Raises:
            PricingError: A contract cannot be priced as it stands.
        """
        require_priceable(contracts)
        self.steps_run = 0
        self._touched.clear()
        try:
            self._price(contracts)
        except BaseException:  # what was made until then is of neither pricing: the next one begins anew
            self._tables.clear()
            self._steps.clear()
            raise

    def _price(self, contracts: Sequence[Contract]) -> None:
        first, after = self._days
        laid = {"days_to_price": days_table(first, after)} | dict(term_tables(contracts, after))
        for name, table in laid.items():
            self._put(name, table)
        empty = [name for name, table in laid.items() if not table.num_rows]
        steps = [step for step in without_idle(pricing_steps(), empty, self._wanted) if step.name not in self._given]
        chosen = 1 + next(place for place, step in enumerate(steps) if step.name == "chosen_claims")
        self._run(steps[:chosen])
        if not self._touched.isdisjoint(("chosen_claims", "contract_versions")):
            grouped = _name_groupers(contracts)
            self._put("claim_drgs", group_claims(self.engine) if grouped else GROUPS.empty_table())
        self._run(steps[chosen:])
        self._steps = {step.name: step for step in steps}

    def _put(self, name: str, table: pa.Table) -> None:
        if name in self._tables and self._tables[name].equals(table):
            return
        self.engine.put(name, table)
        self._tables[name] = table
        self._touched.add(name)

    def _run(self, steps: Sequence[Step]) -> None:
        again = []
        for step in steps:
            if self._steps.get(step.name) != step or not self._touched.isdisjoint(sources(step.sql)):
                self._touched.add(step.name)
                again.append(step)
        self.engine.run(again)
        self.steps_run += len(again)


@cache
def pricing_steps() -> tuple[Step, ...]:
    """The SQL steps, in order."""
    return tuple(read_steps(files("evenhand.pricing") / "steps"))


def days_table(first: date, after: date) -> pa.Table:
    """``days_to_price``: the first day, and the day after the last."""
    return pa.table({"first_day": [first], "after_day": [after]})


def _name_groupers(contracts: Sequence[Contract]) -> bool:
    return any(version.rules.grouper for contract in contracts for version in contract.versions)


def days_priced(engine: Engine) -> tuple[date, date]:
    """The first day any line or claim falls on, and the day after the last."""
    spans = engine.arrow(_DAYS).to_pydict()
    firsts = [day for day in spans["first_day"] if day is not None]
    lasts = [day for day in spans["last_day"] if day is not None]
    if not firsts:
        return NO_DAYS
    last = max(lasts)
    return min(firsts), last + timedelta(days=1) if last < date.max else last
