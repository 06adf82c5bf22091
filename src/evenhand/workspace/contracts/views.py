"""Reading contracts: all of them, one of them, its rates, its versions, its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from evenhand.contracts import Contract
from evenhand.contracts.shelf import PAPERS, papers_in
from evenhand.documents import contract_sheets as sheets
from evenhand.workspace.contracts import queries
from evenhand.workspace.contracts.forms import BasedForm
from evenhand.workspace.contracts.matching import told
from evenhand.workspace.contracts.reading import cases_in
from evenhand.workspace.contracts.tables import change_tables, terms_tables
from evenhand.workspace.figures.queries import answer
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.downloads import attachment

_A_PAGE = 100
_SHOWN_CHANGES = 100


@at_desk(May.SEE)
def contracts(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every contract of the book, with the days that matter next."""
    rows = queries.listed(desk, timezone.localdate())
    shown = {"rows": rows, "may_change": desk.may(May.CHANGE_CONTRACTS)}
    return render(request, "contracts/contracts.html", shown)


@dataclass(frozen=True, slots=True)
class Shelved:
    """A contract that can be read: the name of its folder, the folder, what it says."""

    name: str
    folder: Path
    contract: Contract


def _readable(view: Callable[[HttpRequest, Desk, Shelved], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view its contract; where that cannot be read, say why instead."""

    @wraps(view)
    def shown(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
        folder = queries.folder_of(desk, name)
        found, refused = queries.contract_or_problems(folder)
        if found is None:
            return render(request, "contracts/refused.html", {**_page(desk, name, name), "refused": refused})
        return view(request, desk, Shelved(name, folder, found))

    return shown


@at_desk(May.SEE)
@_readable
def contract(request: HttpRequest, desk: Desk, one: Shelved) -> HttpResponse:
    """One contract as one would read it aloud."""
    day = sheets.nearest_day(one.contract, timezone.localdate())
    shown = {**_page(desk, one.name, one.contract.name), **_said(one.contract, one.folder, day)}
    return render(request, "contracts/contract.html", shown)


def _said(found: Contract, folder: Path, day: date) -> dict[str, Any]:
    version = sheets.version_in_force(found, day)
    return {
        "contract": found,
        "day": day,
        "facts": sheets.facts_sheet(found, day).rows,
        "terms": sheets.terms_sheet(version, day),
        "rules": sheets.rules_sheet(version),
        "provisions": sheets.provisions_sheet(version),
        "versions": sheets.versions_sheet(found),
        "schedules": [(one, len(schedule.rates)) for one, schedule in version.schedules.items()],
        "cases": cases_in(folder),
        "documents": queries.documents(folder),
    }


@at_desk(May.SEE)
@_readable
def rates(request: HttpRequest, desk: Desk, one: Shelved) -> HttpResponse:
    """The rates of a contract, a page at a time, sought by code."""
    day = sheets.nearest_day(one.contract, timezone.localdate())
    wanted, schedule = request.GET.get("code", ""), request.GET.get("schedule", "")
    rows = queries.rates(one.folder, day, wanted=wanted, schedule=schedule)
    shown = {
        "page": Paginator(rows, _A_PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "schedule": schedule,
        "schedules": queries.schedules(one.folder, day),
        "day": day,
    }
    return render(request, "contracts/rates.html", {**_page(desk, one.name, one.contract.name), **shown})


@at_desk(May.SEE)
@_readable
def terms(request: HttpRequest, desk: Desk, one: Shelved) -> HttpResponse:
    """Which terms pay, which never do, which rules bite."""
    figure = answer(desk, "terms", contract=one.contract.id)
    shown = {"figure": figure, "tables": terms_tables(figure.value) if figure.value else []}
    return render(request, "contracts/terms.html", {**_page(desk, one.name, one.contract.name), **shown})


@at_desk(May.SEE)
def versions(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """The versions of a contract: the one that holds, and those it replaced."""
    folder = queries.folder_of(desk, name)
    told(desk.organisation, desk.book(), name)
    shown = {"earlier": queries.earlier(desk, name)}
    return render(request, "contracts/versions.html", {**_page(desk, name, _title(folder, name)), **shown})


@at_desk(May.SEE)
def version(request: HttpRequest, desk: Desk, name: str, stamp: str) -> HttpResponse:
    """What the version after this one says differently, in words; and in dollars, once that is worked out."""
    folder = queries.folder_of(desk, name)
    before, then = queries.earlier_folder(desk, name, stamp), queries.after(desk, name, stamp)
    changes = queries.changes_between(before, then)
    figure = answer(desk, "changes", contract=name, stamp=stamp) if changes else None
    shown = {
        "one": next(one for one in queries.earlier(desk, name) if one.stamp == stamp),
        "changes": changes[:_SHOWN_CHANGES],
        "more": max(0, len(changes) - _SHOWN_CHANGES),
        "papers": sorted(papers_in(before / PAPERS)),
        "figure": figure,
        "dollars": change_tables(figure.value) if figure and figure.value else [],
        "form": BasedForm(initial={"based_on": queries.state_of(folder)}),
    }
    return render(request, "contracts/version.html", {**_page(desk, name, _title(folder, name)), **shown})


@at_desk(May.SEE)
def file(request: HttpRequest, desk: Desk, name: str, where: str) -> HttpResponse:
    """A file of the contract's folder, to be saved."""
    found = queries.file_in(queries.folder_of(desk, name), where)
    return attachment(found.read_bytes(), found.name)


def _title(folder: Path, name: str) -> str:
    found, _ = queries.contract_or_problems(folder)
    return found.name if found else name


def part_of(desk: Desk, name: str) -> dict[str, Any]:
    """What every page of one contract has, also where the contract is refused."""
    return _page(desk, name, _title(queries.folder_of(desk, name), name))


def _page(desk: Desk, name: str, title: str) -> dict[str, Any]:
    """What every page of one contract has: its name, the way back, the tabs."""
    slug = desk.organisation.slug
    parts: tuple[tuple[str, str], ...]
    parts = (("Contract", "contract"), ("Rates", "contract-rates"), ("Terms at work", "contract-terms"))
    parts += (("Documents", "contract-documents"), ("Versions", "contract-versions"))
    tabs = [(text, reverse(at, args=[slug, name]), at) for text, at in parts]
    return {
        "name": name,
        "title": title,
        "crumbs": [("Contracts", reverse("contracts", args=[slug]))],
        "all_tabs": tabs,
        "may_change": desk.may(May.CHANGE_CONTRACTS),
    }
