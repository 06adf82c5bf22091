"""What stands on the first page: each contract with its days, figures and negotiation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from django.urls import reverse

from evenhand.contracts import Contract, key_dates
from evenhand.contracts.calendar import KeyDates
from evenhand.errors import BookError, ContractError
from evenhand.negotiation.record import Calendar, Negotiation, calendar
from evenhand.workspace.contracts.reading import contract_in
from evenhand.workspace.figures.queries import Figure, answer
from evenhand.workspace.negotiations.reading import negotiations_at
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.portfolio.talks import Talks, talks_of

#: Months of service a sparkline shows.
_MONTHS = 18


@dataclass(frozen=True, slots=True)
class Line:
    """One contract of the portfolio.

    ``contract`` and what follows from it are missing where its file is refused; ``problems`` then says how many
    things are wrong. ``payer`` holds the figures of its payer: all its contracts together.
    """

    name: str
    url: str
    contract: Contract | None = None
    problems: int = 0
    dates: KeyDates | None = None
    calendar: Calendar | None = None
    talks: Talks | None = None
    payer: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The payer's name, else the folder's."""
        return self.contract.parties.payer if self.contract else self.name

    @property
    def products(self) -> str:
        """The products it is for."""
        return (", ".join(self.contract.versions[-1].products) or "all products") if self.contract else ""


@dataclass(frozen=True, slots=True)
class Figures:
    """The answers the page needs, of which each may be there or in the making."""

    payers: Figure
    variance: Figure
    medicare: Figure

    @property
    def all(self) -> tuple[Figure, ...]:
        """Each of them."""
        return self.payers, self.variance, self.medicare

    @property
    def working(self) -> bool:
        """Whether to ask again in a moment."""
        return any(one.working for one in self.all)

    @property
    def told(self) -> Figure:
        """The one whose making is told of: one in the making, else how payers pay."""
        return next((one for one in self.all if one.working), self.payers)


def begun(desk: Desk) -> bool:
    """Whether there is anything to show: a load or a contract in the organisation's book."""
    try:
        book = desk.book()
    except BookError:
        return False
    return bool(book.loads() or book.contract_folders())


def may_begin(desk: Desk) -> dict[str, bool]:
    """Who may do what comes first, as the page of a new organisation takes it."""
    return {"may_load": desk.may(May.LOAD), "may_change": desk.may(May.CHANGE_CONTRACTS)}


def figures(desk: Desk) -> Figures:
    """How payers pay, what they owe, how they stand against Medicare."""
    return Figures(answer(desk, "payers"), answer(desk, "variance"), answer(desk, "medicare"))


def lines_now(desk: Desk, today: date) -> list[Line]:
    """The contracts with the figures there are; none where there is no book yet."""
    return lines(desk, figures(desk), today) if begun(desk) else []


def lines(desk: Desk, known: Figures | None, today: date) -> list[Line]:
    """Every contract, those whose notice day comes first at the top."""
    payers = by_payer(known) if known else {}
    return sorted((_line(desk, one, payers, today) for one in _contracts(desk)), key=_soonest)


class _Named(NamedTuple):
    """A contract's folder, with the negotiation about it."""

    name: str
    folder: Path
    kept: str = ""
    found: Negotiation | None = None


def _contracts(desk: Desk) -> Iterator[_Named]:
    talked = {(kept.folder / found.contract).resolve(): (kept.name, found) for kept, found in negotiations_at(desk)}
    for name, folder in desk.book().contract_folders().items():
        yield _Named(name, folder, *talked.get(folder.resolve(), ("", None)))


def _line(desk: Desk, one: _Named, payers: Mapping[str, Mapping[str, Any]], today: date) -> Line:
    url = reverse("contract", args=[desk.organisation.slug, one.name])
    try:
        contract = contract_in(one.folder)
    except ContractError as refused:
        return Line(one.name, url, problems=len(refused.problems))
    days = calendar(one.found or _unopened(contract, one.folder), contract, today)
    talks = talks_of(desk, one.kept, one.found, contract=one.name, days=days) if one.found else None
    figures_of = payers.get(contract.parties.payer, {})
    return Line(one.name, url, contract, 0, key_dates(contract, today), days, talks, figures_of)


def _unopened(contract: Contract, folder: Path) -> Negotiation:
    """A negotiation nobody has begun, for its calendar."""
    return Negotiation(contract.name, "provider", folder.name, contract.parties.provider, contract.parties.payer)


def _soonest(line: Line) -> tuple[date, str]:
    dates = line.dates
    return (dates and (dates.notice_by or dates.term_ends)) or date.max, line.title


def by_payer(known: Figures) -> dict[str, dict[str, Any]]:
    """The figures of each payer, from all answers that are there."""
    found: dict[str, dict[str, Any]] = {}
    for row in _rows(known.payers, "payers"):
        found.setdefault(row["payer"], {}).update(_numbers(row))
    for row in _rows(known.variance, "payers"):
        found.setdefault(row["payer"], {}).update(_numbers(row))
    for row in _rows(known.medicare, "payers"):
        kept = {key: row[key] for key in ("percent_of_medicare", "share_without", "medicare")}
        found.setdefault(row["payer"], {}).update(_numbers(kept))
    for payer, row in found.items():
        row["allowed_trend"] = _trend(_rows(known.payers, "months"), payer, "allowed_percent")
        row["denied_trend"] = _trend(_rows(known.payers, "months"), payer, "denied_charges_share")
        row["charges_trend"] = _trend(_rows(known.payers, "months"), payer, "charges")
        row["underpaid_trend"] = _trend(_rows(known.variance, "months"), payer, "underpaid")
    return found


def _rows(figure: Figure, name: str) -> Iterable[Mapping[str, Any]]:
    return figure.value[name] if figure.value else ()


_TEXT = ("payer", "product", "top_reasons")


def _numbers(row: Mapping[str, Any]) -> dict[str, Any]:
    """Decimals, which answers keep as text, as decimals again."""
    return {key: Decimal(value) if isinstance(value, str) and key not in _TEXT else value for key, value in row.items()}


def _trend(rows: Iterable[Mapping[str, Any]], payer: str, key: str) -> list[Decimal]:
    mine = sorted((row["month"], row[key]) for row in rows if row["payer"] == payer and row[key] is not None)
    return [Decimal(value) for _, value in mine][-_MONTHS:]
