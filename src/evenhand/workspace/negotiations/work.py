"""What takes longer than a click: comparing rounds, pricing a what-if exactly, the walk-away, documents."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from evenhand.documents.negotiating import PAPERS, PaperOptions, write_documents
from evenhand.errors import UsageError
from evenhand.negotiation.record import Kept, keep_zone
from evenhand.negotiation.record.zones import zone_of
from evenhand.negotiation.rounds import keep_comparison
from evenhand.negotiation.walking import WalkQuestion, walk_away_from
from evenhand.negotiation.what_if import Moves, price_what_if
from evenhand.negotiation.worth import WorthQuestion, compare_offers
from evenhand.workspace.negotiations.actions import Request, changed
from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.files import kept_in
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.tasks.registry import AWAITED, Job, work
from evenhand.workspace.trail.actions import DoneBeforeError

COMPARE, EXACTLY, WALK_AWAY, DOCUMENTS = (
    f"negotiations.{name}" for name in ("compare", "exactly", "walk_away", "documents")
)


def _at(job: Job) -> Desk:
    """The desk of who asked for it."""
    if job.person is None:
        raise UsageError("who asked for this is no longer here; ask for it again")
    return desk_of(job.person, job.organisation.slug)


def _keep(job: Job, what: str, change: Callable[[Kept], object]) -> None:
    """Keep what was worked out, once however often the task is begun."""
    with suppress(DoneBeforeError):
        changed(_at(job), job.given["name"], Request(what, job.given["request"]), change)


@work(COMPARE, priority=AWAITED)
def compare(job: Job) -> dict[str, Any]:
    """What every round comes to, kept with the rounds."""
    desk = _at(job)
    kept = desk.negotiation(job.given["name"])
    found = kept.read()
    rounds = [one for one in found.rounds if one.offer]
    if not rounds:
        raise UsageError("no round has an offer yet; record one first")
    job.progress(0.1, "pricing every round")
    made = compare_offers(desk.book(), [kept.offer(found, one.number) for one in rounds], WorthQuestion())
    job.progress(0.9, "keeping what came of it")
    _keep(job, "kept what the rounds come to in", lambda held: keep_comparison(held, made, date.today()))
    told = ("offer", "year", "change", "p10", "p90")
    return {
        "rounds": [one.number for one in rounds],
        "offers": list(made.offers),
        "years": [{key: row[key] for key in told} for row in made.years],
        "strength": made.strength,
        "notes": list(made.notes),
    }


@work(EXACTLY, priority=AWAITED)
def exactly(job: Job) -> dict[str, Any]:
    """Every claim priced again under what was tried."""
    desk, given = _at(job), job.given
    kept = desk.negotiation(given["name"])
    job.progress(0.1, "pricing every claim again")
    tried = Moves(
        {name: Decimal(text) for name, text in given["percents"].items()},
        Decimal(given["everything"]),
        given["lesser_of"],
    )
    made = price_what_if(desk.book(), kept.contract(), date.fromisoformat(given["on"]), tried)
    return {"then": str(sum(made.values(), Decimal(0))), "shown": given["shown"]}


@work(WALK_AWAY, priority=AWAITED)
def walk_away(job: Job) -> dict[str, Any]:
    """Both sides' walk-away prices, kept with the negotiation."""
    desk = _at(job)
    kept = desk.negotiation(job.given["name"])
    found, own = kept.read(), kept.folder / "walkaway.yaml"
    job.progress(0.1, "working out both sides' prices")
    question = WalkQuestion(assumptions=own if own.is_file() else None, plan=found.plan or "employer")
    made = walk_away_from(desk.book(), kept.contract().parties, question)
    zone = zone_of(made, found.side, date.today())
    _keep(job, "kept the walk-away prices of", lambda held: keep_zone(held, zone))
    return {"ours": str(zone.ours), "theirs": str(zone.theirs)}


def documents_folder(organisation: Organisation, name: str) -> Path:
    """Where the documents of a negotiation lie."""
    return kept_in(organisation, "documents") / name


@work(DOCUMENTS, priority=AWAITED)
def documents(job: Job) -> dict[str, Any]:
    """Position sheet, comparison, letter and one-pager, each as a page and as a Word file."""
    desk = _at(job)
    kept = desk.negotiation(job.given["name"])
    place = documents_folder(job.organisation, kept.name)
    aside = place.with_name(f".{uuid4().hex}")
    aside.mkdir(parents=True)
    try:
        job.progress(0.1, "writing")
        made = write_documents(desk.book(), kept, aside, PaperOptions(), papers=PAPERS)
        shutil.rmtree(place, ignore_errors=True)
        aside.rename(place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return {"files": [file.name for file in made.files], "left_out": dict(made.left_out)}
