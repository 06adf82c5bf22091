"""Value offers over years on a book's claims, side by side with the contract."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from evenhand.book import Book
from evenhand.contracts import Contract, read_contract, read_offer
from evenhand.engines import Engine
from evenhand.errors import SelectionError, UsageError
from evenhand.negotiation.assumptions import GIVEN, Assumptions
from evenhand.negotiation.offer_value import OfferQuestion, claims_chosen, days_valued, first_day_of_offer
from evenhand.negotiation.once import answered_once
from evenhand.negotiation.worth.assumptions import require_possible, worth_assumptions
from evenhand.negotiation.worth.costs import costs_of, read_costs
from evenhand.negotiation.worth.credibility import (
    FEWEST_PATIENTS,
    claims_for_full,
    limited_fluctuation,
    strength,
    variation,
)
from evenhand.negotiation.worth.dollars import futures
from evenhand.negotiation.worth.experience import Experience, experience, seen_charge_growth
from evenhand.negotiation.worth.pricing import PricedLines, price_years, priced_as_agreed
from evenhand.negotiation.worth.question import WorthQuestion
from evenhand.negotiation.worth.report import LINES, METHODS, YEARS, Worth
from evenhand.negotiation.worth.sides import SIDES, both_sides
from evenhand.negotiation.worth.told import LEVELS, level_rows, line_rows, method_rows, year_rows
from evenhand.negotiation.worth.years import OfferYear, offer_years
from evenhand.results import Result

CONTRACT = "contract"
_DAYS_OF_YEAR = 365.25


def offer_worth(
    book: Book, offer: Path | str, question: WorthQuestion | None = None, *, contract: Path | str | None = None
) -> Worth:
    """What one offer is worth over years. See :func:`compare_offers`."""
    return compare_offers(book, [offer], question, contract=contract)


def compare_offers(
    book: Book,
    offers: Sequence[Path | str],
    question: WorthQuestion | None = None,
    *,
    contract: Path | str | None = None,
) -> Worth:
    """The contract and several offers side by side, in dollars a year and in all, with how sure they are.

    The same claims are priced under each as it stands on each day its rates change in each year, with charges grown;
    completed for run-out, moved to the years by the trend of volume and mix, collected as the book is, and discounted.

    Args:
        book: where the claims are; of one as known on a day, contracts are read as known then, too.
        offers: files of offers to the same contract: the rounds, in their order.
        question: claims, years, draws and assumptions.
        contract: lay the offers over this contract instead of the one their ``amends:`` lead to.

    Raises:
        ContractError: an offer, what it amends, or a file of assumptions or costs is refused.
        SelectionError: the book holds no claims, or of fewer than 11 patients.
        UsageError: two offers amend different contracts, or the question makes no sense.
    """
    if not offers:
        raise UsageError("no offer is named; give the files of one or several")
    day = book.as_known_on
    signed = None if contract is None else read_contract(contract, as_known_on=day)
    read = [read_offer(path, contract=signed, as_known_on=day) for path in offers]
    base = signed or _signed(read, day)
    digests = {"book": book.digest, base.name: base.digest, **{_name(read, one): one.digest for one in read}}
    asked = question or WorthQuestion()

    def answer() -> Worth:
        return worth(book.settled(), base, read, asked)

    files = asked.assumptions is not None or asked.costs is not None  # what they hold may have changed
    found = answer() if files else answered_once("worth", (digests, day, asked), answer)
    return replace(found, digests=digests, loads=tuple(load.id for load in book.loads()))


def _signed(offers: Sequence[Contract], as_known_on: date | None) -> Contract:
    """The one contract all offers amend, as signed."""
    folders = {offer.folder for offer in offers}
    if len(folders) > 1:
        names = " and ".join(sorted({str(folder) for folder in folders}))
        raise UsageError(f"the offers amend different contracts, {names}; compare those of one contract")
    (folder,) = folders
    assert folder is not None
    return read_contract(folder, as_known_on=as_known_on)


def _name(offers: Sequence[Contract], offer: Contract) -> str:
    """The offer's name; with its place where two share one."""
    alike = [one for one in offers if one.offer == offer.offer]
    if len(alike) == 1:
        return offer.offer
    at = next(place for place, one in enumerate(offers, start=1) if one is offer)
    return f"{offer.offer} ({at})"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What all parts of the answer share."""

    question: WorthQuestion
    days: tuple[date, date]
    years: tuple[OfferYear, ...]
    names: tuple[str, ...]


def worth(
    engine: Engine, current: Contract, offers: Sequence[Contract], question: WorthQuestion | None = None
) -> Worth:
    """The same from an engine that holds the service and settled tables, and from contracts already read."""
    asked = question or WorthQuestion()
    days = days_valued(engine, OfferQuestion(asked.first_day, asked.last_day))
    start = asked.start or min(first_day_of_offer(offer) for offer in offers)
    years = offer_years(start, asked.years, days)
    tables = claims_chosen(engine, *days)
    stated = _stated(worth_assumptions(), asked)
    agreed = priced_as_agreed(tables, current)
    charges = None if stated["charge_growth"].sure == GIVEN else seen_charge_growth(engine, agreed, days[0], days[1])
    growth = stated.value("charge_growth") if charges is None else charges.value
    priced = price_years(tables, [current, *offers], years, growth)
    _require_patients(priced)
    seen = experience(engine, priced, agreed, days, way=asked.run_out)
    assumed = _stated(worth_assumptions().replaced(seen.assumed), asked)
    whole = _Asked(asked, days, years, (CONTRACT, *(_name(offers, offer) for offer in offers)))
    return _told(whole, (current, offers), (priced, seen, assumed), _annual(days, seen))


def _stated(assumed: Assumptions, asked: WorthQuestion) -> Assumptions:
    """The assumptions with those of the file, then those given by name, put in."""
    read = assumed if asked.assumptions is None else assumed.read(asked.assumptions)
    return require_possible(read.given(**asked.given))


def _require_patients(priced: PricedLines) -> None:
    patients = len(np.unique(priced.unit))
    if not patients:
        lines, claims, _ = priced.left_out
        why = f"; {lines:,} lines of {claims:,} claims lack a price under one of them" if lines else ""
        raise SelectionError(f"no claim of these days is priced under the contract and every offer{why}")
    if patients < FEWEST_PATIENTS:
        raise SelectionError(
            f"the claims are of fewer than {FEWEST_PATIENTS} patients, which is too few to tell anything by; "
            "take more days with --from and --to"
        )


def _annual(days: tuple[date, date], seen: Experience) -> float:
    """What makes a year of the days valued; months that were dropped count as not looked at."""
    kept = float((seen.runout.weight > 0).mean()) if len(seen.runout.weight) else 1.0
    if not kept:
        raise SelectionError("every month is younger than 90 days and was dropped; complete them: --run-out complete")
    return _DAYS_OF_YEAR / ((days[1] - days[0]).days + 1) / kept


def _told(
    asked: _Asked,
    contracts: tuple[Contract, Sequence[Contract]],
    basis: tuple[PricedLines, Experience, Assumptions],
    annual: float,
) -> Worth:
    (current, offers), (priced, seen, assumed) = contracts, basis
    question = asked.question
    costs = costs_of(priced, assumed, question.costs)
    found = futures(priced, asked.years, seen, assumed, annual=annual, draws=question.draws, seed=question.seed)
    patients, claims = found.units if priced.patients_known else None, len(np.unique(priced.claim))
    _, at = np.unique(priced.claim, return_inverse=True)
    cv = variation(np.bincount(at, priced.amounts[0, 0]))
    firm = strength(patients, claims)
    lines, model = line_rows(asked.names, found, priced)
    return Worth(
        contract=current.name,
        payer=current.parties.payer,
        offers=asked.names[1:],
        contract_id=current.id,
        amendments=tuple(one.name for one in current.amendments if one.signed is not None),
        begins=tuple(first_day_of_offer(offer) for offer in offers),
        question=question,
        first_day=asked.days[0],
        last_day=asked.days[1],
        claims=claims,
        lines=len(priced.claim),
        patients=patients,
        years=Result.of(year_rows(asked.names, asked.years, found, priced, firm), YEARS),
        methods=Result.of(method_rows(asked.names, len(asked.years), found), METHODS),
        service_lines=Result.of(lines, LINES),
        sides=Result.of(both_sides(asked.names, asked.years, found, assumed, costs), SIDES),
        assumed=assumed,
        runout=seen.runout,
        strength=firm,
        cv=cv,
        full=claims_for_full(cv),
        credibility=limited_fluctuation(claims, cv),
        buhlmann=model,
        costs="" if costs is None else costs.words,
        notes=tuple(_notes(asked, contracts, priced, seen)),
        digests={},
        loads=(),
        levels=Result.of(level_rows(asked.names, asked.years, found), LEVELS),
        drawn=found,
    )


def _notes(
    asked: _Asked, contracts: tuple[Contract, Sequence[Contract]], priced: PricedLines, seen: Experience
) -> Iterable[str]:
    current, offers = contracts
    yield from seen.words
    last = asked.years[-1].period.last
    for one, name in ((current, "The contract"), *((offer, offer.offer) for offer in offers)):
        end = one.period.last
        if end is not None and last is not None and end < last:
            yield f"{name} ends on {end}; its last rates are taken to stand after that."
    lines, claims, charges = priced.left_out
    if lines:
        yield (
            f"{lines:,} lines of {claims:,} claims (${charges:,.0f} of charges) lack a price on some side in some year "
            "and are in no figure."
        )
    if not priced.patients_known:
        yield "Some claims name no patient: each of them is drawn by itself, which makes intervals too narrow."
    if seen.runout.way == "complete" and not seen.runout.timed:
        yield "No claim says when it was received or paid: months could not be completed for run-out."
    if asked.question.costs is not None and costs_missing(asked.question.costs, priced):
        yield "The cost file leaves codes open: give --assume cost_to_charge=… for them, or no margin can be told."


def costs_missing(file: Path, priced: PricedLines) -> bool:
    """Whether a cost file leaves codes of these lines open."""
    return not set(priced.code.tolist()) <= set(read_costs(file))
