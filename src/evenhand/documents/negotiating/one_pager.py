"""The executive one-pager: what we ask, what they offer, the gap, what happens without, what must be decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from evenhand.documents.negotiating.comparison import gap_figure
from evenhand.documents.negotiating.dossier import OURS_ONLY, Dossier
from evenhand.documents.negotiating.figures import (
    basis_of,
    days_words,
    dollars,
    plain,
    rounds_picture,
    standing_sheet,
    whole,
    worth_words,
)
from evenhand.documents.paper import Document, KeyFigure, Section
from evenhand.documents.sheet import Field, Sheet
from evenhand.documents.words import day_words
from evenhand.negotiation.record import Issue

_OPEN = (
    Field("name", "Open issue"),
    Field("today", "Today"),
    Field("opening", "We ask"),
    Field("theirs", "They want, as we believe"),
    Field("target", "Our target, a year", "change"),
)
#: Rows, rounds and days that one page and one reader have room for.
_ISSUES, _ROUNDS, _NEAR = 5, 6, 45


def one_pager(dossier: Dossier) -> Document:
    """One page for those who decide."""
    found = dossier.negotiation
    return Document(
        "one-pager",
        "page",
        dossier.options.today,
        f"{dossier.them}: {decision(dossier)}",
        "For decision",
        plain(f"{found.name}, {day_words(dossier.options.today)}", 90),
        OURS_ONLY,
        verdict=(_state(dossier),),
        figures=tuple(_figures(dossier)),
        sections=tuple(_sections(dossier)),
        footer="Dollars are net to the provider, p50 unless said. Groups of at least 11 patients; no claim and no "
        "patient is named. It informs; people decide.",
    )


def decision(dossier: Dossier) -> str:
    """What must be decided next, and by when."""
    return next(_decisions(dossier))


def _decisions(dossier: Dossier) -> Iterator[str]:
    found, today, ends = dossier.negotiation, dossier.options.today, dossier.calendar.ends
    approved = {one.what for one in found.approvals if one.given}
    notice = ends.notice_by
    given = any(one.kind in ("non-renewal", "termination") and one.sent for one in found.notices)
    if notice is not None and not given and 0 <= (notice - today).days <= _NEAR and found.open_issues:
        yield f"give notice or let it run on, by {day_words(notice)}"
    theirs = [one for one in found.rounds_by("them") if one.state == "open"]
    if theirs:
        yield f"answer round {theirs[-1].number} of {day_words(theirs[-1].date)}"
    if found.open_issues and "targets" not in approved:
        yield f"approve targets and walk-aways of {len(found.open_issues)} open issues"
    if not found.rounds_by("us") and "proposal" not in approved:
        yield "approve the proposal to be sent"
    due = dossier.calendar.next_due
    yield f"{due.step.what.lower()}, by {day_words(due.last)}" if due else "nothing is due"


def _state(dossier: Dossier) -> str:
    found = dossier.negotiation
    last = found.last_round
    said = f"{len(found.open_issues)} of {len(found.issues)} issues are open."
    if last is None:
        return f"{said} Nobody has offered yet."
    who = dossier.us if last.by == "us" else dossier.them
    return f"{said} Last offer: round {last.number} by {who}, {day_words(last.date)}, {last.state}."


def _figures(dossier: Dossier) -> list[KeyFigure]:
    return [
        _offer(dossier, "us", "What we ask"),
        _offer(dossier, "them", "What they offer"),
        gap_figure(dossier),
        _days(dossier, dossier.options.today),
    ]


def _offer(dossier: Dossier, by: str, label: str) -> KeyFigure:
    one = dossier.last_worth(by)
    if one is not None:
        return KeyFigure(
            label, dollars(one.change["p50"]), worth_words(one, dossier.options.worth.years), _short(dossier)
        )
    return KeyFigure(
        label, "–", f"Not valued: {dossier.why_not or 'no offer of this side is recorded'}.", _short(dossier)
    )


def _short(dossier: Dossier) -> str:
    found = dossier.worth
    if found is None:
        return basis_of(dossier)
    who = f" of {found.patients:,} patients" if found.patients is not None else ""
    return f"{found.claims:,} claims{who}, {found.first_day} to {found.last_day}; {day_words(dossier.options.today)}."


def _days(dossier: Dossier, today: date) -> KeyFigure:
    ends = dossier.calendar.ends
    left = dossier.calendar.days_left
    source = f"The contract's renewal terms and the practice calendar, seen on {day_words(today)}."
    figure = "–" if left is None else f"{left:,}"
    begins = f"Until new terms should begin, {day_words(ends.effective)}. " if ends.effective else ""
    return KeyFigure("Days left", figure, f"{begins}{days_words(dossier)}", source)


def _sections(dossier: Dossier) -> list[Section]:
    made = [Section("without", "If there is no deal", tables=(standing_sheet(dossier, "If there is no deal"),))]
    if 0 < len(dossier.rounds) <= _ROUNDS:
        made.append(Section("rounds", "The rounds", pictures=(rounds_picture(dossier),)))
    return [*made, Section("issues", "What is open", tables=(_open(dossier),), note=_source(dossier))]


def _open(dossier: Dossier) -> Sheet:
    """The open issues that are worth most, by our target."""
    values = dossier.positions

    def worth(one: Issue) -> Decimal | None:
        return None if values is None else values.of(one.id, "target")

    def size(one: Issue) -> Decimal:
        return abs(worth(one) or Decimal(0))

    ordered = sorted(dossier.negotiation.open_issues, key=lambda one: (-size(one), not one.opening))
    rows = [
        {
            "name": plain(one.called, 40),
            "today": plain(one.today, 40) or "–",
            "opening": whole(plain(one.opening, 30)) or "–",
            "theirs": whole(plain(one.theirs.target or one.theirs.opening, 30)) or "–",
            "target": worth(one),
        }
        for one in ordered[:_ISSUES]
    ]
    rest = len(ordered) - len(rows)
    title = f"The {len(rows)} open issues worth most, of {len(ordered)}" if rest else "Open issues"
    return Sheet("open", title, _OPEN, rows, "", "No issue is open.")


def _source(dossier: Dossier) -> str:
    values = dossier.positions
    return "" if values is None else f"Dollars to the provider against what holds today: {values.source}."
