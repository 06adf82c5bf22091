"""Contracts as Arrow tables: what the SQL steps join to. Terms are rows, never generated code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

import pyarrow as pa

from evenhand.contracts.methods import (
    ByCode,
    ByTable,
    Payment,
    PercentOf,
    PercentOfCharges,
    PercentOfInvoice,
)
from evenhand.contracts.model import (
    Contract,
    FeeSchedule,
    MultipleProcedures,
    PaidAlone,
    Rules,
    Selector,
    Term,
    Version,
)
from evenhand.pricing.anesthesia import add_anesthesia, asks_modifiers
from evenhand.pricing.bands import Bands
from evenhand.pricing.choosing import LAST, parties_of, plain, questions, scopes_of
from evenhand.pricing.escalations import Courses
from evenhand.pricing.indicators import Profiles, source_of
from evenhand.pricing.inpatient import add_stays, add_term, by_drg, covered, stated
from evenhand.pricing.invoices import readings
from evenhand.pricing.protection_tables import add_protection, protection_selectors
from evenhand.pricing.ranking_tables import add_once, add_ranked_profiles, add_ranking
from evenhand.pricing.rates import rates_table, rounded
from evenhand.pricing.schemas import ASKED, ASKED_OF_CLAIMS, ASKED_OF_LINES, MEASURED_OF_LINES, SCHEMAS
from evenhand.pricing.second_sides import BOTH_SIDES, add_sides, add_units, counts_sides, pairs_sides
from evenhand.pricing.selectors import PRESENT_DIAGNOSIS, Kind, SelectorRows, bands_of


@dataclass(slots=True)
class TermTables:
    """The rows of all tables while contracts are laid out in them."""

    until: date
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {name: [] for name in SCHEMAS})
    selectors: SelectorRows = field(default_factory=SelectorRows)
    schedules: list[FeeSchedule] = field(default_factory=list)
    schedule_keys: dict[int, int] = field(default_factory=dict)
    term_keys: int = 0
    rule_keys: int = 0
    profiles: Profiles = field(default_factory=Profiles)
    courses: Courses = field(init=False)  # of the version being laid out

    def add_contract(self, contract_no: int, contract: Contract) -> None:
        """Lay out one contract with all its versions."""
        parties = contract.parties
        precedence = LAST if contract.precedence is None else contract.precedence
        self.rows["contracts_listed"].append(
            (
                contract_no,
                contract.id,
                contract.name,
                bool(parties.provider_tins),
                bool(parties.provider_npis),
                contract.chosen_by,
                precedence,
            )
        )
        self.rows["contract_parties"] += [(contract_no, kind, value) for kind, value in parties_of(contract)]
        for version_no, version in enumerate(contract.versions, start=1):
            self._add_version(contract_no, version_no, contract, version)

    def _add_version(self, contract_no: int, version_no: int, contract: Contract, version: Version) -> None:
        version_key = len(self.rows["contract_versions"]) + 1
        self.courses = Courses(version)
        rules, asked, bands = version.rules, _asked(version), bands_of(_selectors(version))
        self.rows["contract_versions"].append(
            (
                version_key,
                contract_no,
                contract.id,
                version_no,
                version.period.start,
                version.period.end,
                bool(version.products),
                rules.lesser_of,
                rules.grouper,
                not ASKED_OF_CLAIMS.isdisjoint(asked | bands.keys()),
                not ASKED_OF_LINES.isdisjoint(asked | bands.keys()),
                *(attribute in asked for attribute in ASKED),
            )
        )
        if rules.lesser_of == "claim":
            self.rows["contract_charge_holds"].append((version_key,))
        if "diagnosis" in asked:
            self.rows["contract_diagnoses"].append((version_key,))
        if PRESENT_DIAGNOSIS in asked:
            self.rows["contract_present_diagnoses"].append((version_key,))
        self.rows["contract_products"] += [(version_key, each) for each in sorted(set(map(plain, version.products)))]
        self.rows["contract_scopes"] += [(version_key, *each) for each in scopes_of(version)]
        self._add_bands(version_key, bands)
        keys = {
            term.name: [self._add_term(version_key, number, one, version, bands) for one in readings(term)]
            for number, term in enumerate(version.terms, start=1)
        }
        self._add_excepts(version, keys)
        self._add_rules(version_key, rules, bands)
        add_protection(self.rows, self.selectors, version_key, self.courses, bands)
        self.rows["contract_escalations"] += [(version_key, *row) for row in self.courses.rows(self.until)]

    def _add_bands(self, version_key: int, bands: dict[str, Bands]) -> None:
        for measure, each in sorted(bands.items()):
            table = "contract_line_bands" if measure in MEASURED_OF_LINES else "contract_claim_bands"
            self.rows[table] += [(version_key, measure, *row) for row in each.rows()]

    def _add_term(self, version_key: int, number: int, term: Term, version: Version, bands: dict[str, Bands]) -> int:
        self.term_keys += 1
        most = None if term.most_units is None else rounded(term.most_units, 3)
        counted = (self._once_key(version_key, term), most)
        self.rows["contract_terms"].append(
            (self.term_keys, version_key, number, *self._pay_columns(term, version), *counted)
        )
        kind: Kind = "claim" if term.claim_level else "line"
        self.selectors.add((self.term_keys, version_key, kind), covered(term), bands)
        if term.claim_level:
            self.rows["contract_claim_terms"].append((self.term_keys,))
        if isinstance(term.pay, PercentOfInvoice):
            self.rows["contract_invoices"].append((self.term_keys,))
        add_term(self.rows, self.term_keys, term)
        add_anesthesia(self.rows, self.term_keys, term.pay)
        return self.term_keys

    def _pay_columns(self, term: Term, version: Version) -> tuple[Any, ...]:
        pay = term.pay
        schedule = pay.schedule if isinstance(pay, ByTable) else None
        source = source_of(version, term)
        return (
            term.name,
            term.cite or None,
            pay.method,
            term.per,
            term.claim_level,
            term.carve_out,
            _amount(pay),
            rounded(pay.factor, 6) if isinstance(pay, PercentOf | PercentOfCharges | PercentOfInvoice) else None,
            schedule,
            None if schedule is None else self._schedule_key(version.schedules[schedule]),
            pay.pinned if isinstance(pay, PercentOf) else None,
            self.courses.number(term),
            _counts_units(term),
            term.stop_loss,
            None if source is None else self._indicator_key(version.schedules[source[0]]),
            None if source is None else source[1],
        )

    def _once_key(self, version_key: int, term: Term) -> int | None:
        """A term paid once is a ranking of its own lines: the first in full, the others nothing."""
        if term.once is None:
            return None
        self.rule_keys += 1
        add_once(self.rows, self.rule_keys, version_key, term.once)
        return self.rule_keys

    def _schedule_key(self, schedule: FeeSchedule) -> int:
        """The key of a schedule, given to it the first time it is met."""
        key = self.schedule_keys.get(id(schedule))
        if key is None:
            self.schedules.append(schedule)
            key = self.schedule_keys[id(schedule)] = len(self.schedules)
        return key

    def _indicator_key(self, schedule: FeeSchedule) -> int:
        """The key of a schedule whose indicators are asked for."""
        key = self._schedule_key(schedule)
        self.profiles.rows(key, schedule, self.rows["contract_indicators"])
        return key

    def _add_excepts(self, version: Version, keys: dict[str, list[int]]) -> None:
        self.rows["contract_excepts"] += [
            (keys[term.name][0], key)
            for term in version.terms
            for name in sorted(set(term.excepts))
            for key in keys.get(name, ())
        ]

    def _add_rules(self, version_key: int, rules: Rules, bands: dict[str, Bands]) -> None:
        factors = {name.strip().upper(): rounded(factor, 6) for name, factor in rules.modifiers.items()}
        self.rows["contract_modifiers"] += [(version_key, *item) for item in sorted(factors.items())]
        self.rows["contract_modifiers_by_profile"] += self.profiles.modifier_rows(version_key, rules)
        if pairs_sides(rules):
            add_sides(self.rows, version_key)
        if counts_sides(rules):
            add_units(self.rows, version_key, self.profiles.of_kind("bilateral", BOTH_SIDES))
        for ranking in rules.multiple_procedures:
            self._add_ranking(version_key, ranking, bands)
        if rules.paid_alone is not None:
            self._add_paid_alone(version_key, rules.paid_alone, bands)
        for tier in rules.tiers:
            self.rule_keys += 1
            self.selectors.add((-self.rule_keys, version_key, "tier"), tier.covers, bands)
            self.rows["contract_tiers"].append((self.rule_keys, version_key, tier.name, rounded(tier.factor, 6)))

    def _add_paid_alone(self, version_key: int, rule: PaidAlone, bands: dict[str, Bands]) -> None:
        self.rule_keys += 1
        self.selectors.add((-self.rule_keys, version_key, "paid alone"), rule.covers, bands)
        self.rows["contract_paid_alone"].append((self.rule_keys, version_key, bool(rule.statuses)))
        profiles = sorted(self.profiles.of_kind("status", rule.statuses))
        self.rows["contract_alone_profiles"] += [(self.rule_keys, number) for number in profiles]

    def _add_ranking(self, version_key: int, ranking: MultipleProcedures, bands: dict[str, Bands]) -> None:
        """Lay out one ranking; its selector has its key below zero, so that it is never taken for a term's."""
        self.rule_keys += 1
        self.selectors.add((-self.rule_keys, version_key, "ranking"), ranking.covers, bands)
        add_ranking(self.rows, self.rule_keys, version_key, ranking)
        add_ranked_profiles(self.rows, self.rule_keys, ranking, self.profiles)

    def tables(self) -> Iterator[tuple[str, pa.Table]]:
        """Each table by name, as Arrow."""
        self.rows["contract_selectors"] = list(self.selectors.selectors)
        self.rows["contract_tests"] = list(self.selectors.tests)
        self.rows["contract_ranges"] = list(self.selectors.ranges)
        self.rows["contract_companions"] = list(self.selectors.companions.companions)
        self.rows["contract_companion_tests"] = list(self.selectors.companions.tests)
        self.rows["contract_companion_ranges"] = list(self.selectors.companions.ranges)
        self.rows["contract_readmissions"] = list(self.selectors.readmissions.readmissions)
        self.rows["contract_readmission_drgs"] = list(self.selectors.readmissions.drgs)
        self.rows["contract_readmission_statuses"] = list(self.selectors.readmissions.statuses)
        add_stays(self.rows, self.schedules)
        for name, schema in SCHEMAS.items():
            yield name, _table(self.rows[name], schema)
        yield "contract_rates", rates_table(self.schedules)


def term_tables(contracts: Sequence[Contract], until: date) -> Iterator[tuple[str, pa.Table]]:
    """All tables of the contracts; escalators are followed up to a day."""
    laid_out = TermTables(until)
    laid_out.rows["contract_questions"].append(questions(contracts))
    for contract_no, contract in enumerate(contracts, start=1):
        laid_out.add_contract(contract_no, contract)
    return laid_out.tables()


def look_back(contracts: Iterable[Contract]) -> bool:
    """Whether a claim's price may depend on the stays before it."""
    versions = (version for contract in contracts for version in contract.versions)
    return any(selector.readmission is not None for version in versions for selector in _selectors(version))


def _table(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [() for _ in schema]
    return pa.table([pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)], schema=schema)


def _selectors(version: Version) -> Iterator[Selector]:
    yield from (covered(one) for term in version.terms for one in readings(term))
    yield from (ranking.covers for ranking in version.rules.multiple_procedures)
    yield from (tier.covers for tier in version.rules.tiers)
    if version.rules.paid_alone is not None:
        yield version.rules.paid_alone.covers
    yield from protection_selectors(version.rules)


def _asked(version: Version) -> set[str]:
    """The attributes some condition, rate or rule of the version looks at."""
    conditions = [condition for selector in _selectors(version) for condition in selector.conditions]
    asked = {PRESENT_DIAGNOSIS if condition.present else condition.attribute for condition in conditions}
    used = {term.pay.schedule for term in version.terms if isinstance(term.pay, ByCode)}
    schedules = [version.schedules[name].rates for name in used]
    apart = any(ranking.apart or ranking.parts for ranking in version.rules.multiple_procedures)
    if (
        version.rules.modifiers
        or apart
        or any(asks_modifiers(term.pay) for term in version.terms)
        or any(any(map(attrgetter("modifier"), rates)) for rates in schedules)
    ):
        asked.add("modifiers")
    by_setting = any(ranking.order == "rvu" or ranking.parts for ranking in version.rules.multiple_procedures)
    if by_setting or any(any(map(attrgetter("setting"), rates)) for rates in schedules):
        asked.add("setting")
    if any(by_drg(term) or (term.outlier and term.outlier.by_drg) for term in version.terms):
        asked.add("drg")
    return asked


def _amount(pay: Payment) -> Decimal | None:
    """The amount or base rate stated, or the most that is paid by invoice."""
    amount = pay.most if isinstance(pay, PercentOfInvoice) else stated(pay)
    return None if amount is None else rounded(amount, 4)


def _counts_units(term: Term) -> bool:
    """Whether days are counted as units of the lines a revenue code condition names."""
    return any(each.attribute == "revenue_codes" and not each.negated for each in term.covers.conditions)
