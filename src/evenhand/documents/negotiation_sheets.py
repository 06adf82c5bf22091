"""A negotiation as sheets: where it stands, what is on the table, what was offered, said and promised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evenhand.documents.sheet import Field, Sheet
from evenhand.documents.words import away_words
from evenhand.negotiation.record.model import Negotiation
from evenhand.negotiation.record.preparation import SOURCE, Calendar

#: Where both sides stand on an issue, and how far it has come.
STANDS = (
    Field("today", "Today"),
    Field("opening", "Opening"),
    Field("target", "Target"),
    Field("walk_away", "Walk-away"),
    Field("theirs", "Theirs, as we believe"),
    Field("status", "Status"),
)
_ISSUES = (Field("id", "Issue"), Field("name", "About"), *STANDS)
_ROUNDS = (
    Field("number", "Round", "count"),
    Field("date", "Day", "date"),
    Field("by", "By"),
    Field("answers", "Answers", "count"),
    Field("state", "State"),
    Field("offer", "Offer"),
    Field("note", "Note"),
)
_WORTH = (
    Field("change", "Net change", "change"),
    Field("p10", "p10", "change"),
    Field("p90", "p90", "change"),
    Field("plan", "Plan pays", "change"),
    Field("years", "Years", "count"),
    Field("as_of", "Worked out", "date"),
)
_TALKS = (
    Field("date", "Day", "date"),
    Field("kind", "Kind"),
    Field("who", "Who"),
    Field("said", "What was said"),
    Field("files", "Files"),
)
_PROMISES = (
    Field("number", "No.", "count"),
    Field("what", "What"),
    Field("owner", "Owner"),
    Field("due", "Due", "date"),
    Field("done", "Done", "date"),
    Field("state", "State"),
)
_STEPS = (
    Field("first", "From", "date"),
    Field("last", "To", "date"),
    Field("what", "What"),
    Field("state", "State"),
    Field("proof", "Done when"),
)
_PEOPLE = (
    Field("name", "Name"),
    Field("side", "Side"),
    Field("role", "Role"),
    Field("organisation", "Organisation"),
    Field("email", "E-mail"),
    Field("phone", "Telephone"),
)


def negotiation_sheets(found: Negotiation, days: Calendar) -> list[Sheet]:
    """All of a negotiation that a reader looks for first; empty parts say so."""
    return [
        calendar_sheet(days),
        Sheet("issues", "On the table", _ISSUES, _issues(found), issues_note(found), "No issue is on the table."),
        rounds_sheet(found),
        Sheet("talks", "Talks", _TALKS, _talks(found), "", "No talk is recorded."),
        Sheet("promises", "Promises", _PROMISES, _promises(found, days), "", "Nothing was promised."),
        Sheet("people", "People", _PEOPLE, _rows(found.people, _PEOPLE), "", "Nobody is named."),
    ]


def rounds_sheet(found: Negotiation) -> Sheet:
    """The rounds, with what each came to where that was kept."""
    rows = _rows(found.rounds, _ROUNDS)
    empty = "No offer has been made yet."
    if not any(one.worth for one in found.rounds):
        return Sheet("rounds", "Rounds", _ROUNDS, rows, "", empty)
    for row, one in zip(rows, found.rounds, strict=True):
        row |= {field.key: getattr(one.worth, field.key, None) for field in _WORTH}
    said, rest = _ROUNDS[:5], _ROUNDS[5:]
    return Sheet("rounds", "Rounds", (*said, *_WORTH, *rest), rows, _worth_note(found), empty)


def _worth_note(found: Negotiation) -> str:
    sources = dict.fromkeys(one.worth.source for one in found.rounds if one.worth and one.worth.source)
    return (
        "Net change is what the provider nets more than under the contract, all years together and discounted; plan "
        f"pays is undiscounted. From {'; '.join(sources)}. Kept by: evenhand offer compare --negotiation NAME --keep"
    )


def _rows(things: Sequence[Any], fields: Sequence[Field]) -> list[dict[str, Any]]:
    return [{field.key: getattr(one, field.key) for field in fields} for one in things]


def issues_note(found: Negotiation) -> str:
    """How many are open, and how many have what they need."""
    ready = sum(bool(one.target and one.walk_away) for one in found.open_issues)
    return (
        f"{len(found.open_issues)} of {len(found.issues)} open; {ready} of those have a target and a walk-away. "
        "What we believe of theirs is confidential."
    )


def _issues(found: Negotiation) -> list[dict[str, Any]]:
    rows = _rows(found.issues, [field for field in _ISSUES if field.key != "theirs"])
    for row, one in zip(rows, found.issues, strict=True):
        said = [f"{word} {text}" for word in ("opening", "target", "walk_away") if (text := getattr(one.theirs, word))]
        since = f", since {one.theirs.since}" if one.theirs.since else ""
        row["theirs"] = f"{', '.join(said)} ({one.theirs.sure}{since})".replace("_", "-") if said else ""
        row["name"] = one.called
        row["status"] = f"{one.status}: {one.agreed}" if one.agreed else one.status
    return rows


def _talks(found: Negotiation) -> list[dict[str, Any]]:
    return [
        {
            "date": one.date,
            "kind": one.kind,
            "who": ", ".join(one.who),
            "said": one.said,
            "files": ", ".join(held.file for held in one.attachments),
        }
        for one in found.talks
    ]


def _promises(found: Negotiation, days: Calendar) -> list[dict[str, Any]]:
    rows = _rows(found.commitments, [field for field in _PROMISES if field.key != "state"])
    for row in rows:
        late = row["done"] is None and row["due"] is not None and row["due"] < days.today
        row["state"] = "done" if row["done"] else "late" if late else "open"
    return rows


def calendar_sheet(days: Calendar) -> Sheet:
    """The preparation calendar, with the notice day among its steps."""
    rows = [
        {"first": one.first, "last": one.last, "what": one.step.what, "state": one.state, "proof": one.step.proof}
        for one in days.steps
    ]
    if days.ends.notice_by is not None and rows:
        by = days.ends.notice_by
        state = "past" if by < days.today else "ahead"
        words = "Last day to give notice that ends the contract with this term"
        rows.append({"first": by, "last": by, "what": words, "state": state, "proof": "the contract's renewal terms"})
    rows.sort(key=lambda row: (row["last"], row["first"]))
    title = f"Calendar on {days.today}"
    empty = "The contract has no end; say when new terms should begin with 'effective:'."
    return Sheet("calendar", title, _STEPS, rows, SOURCE, empty)


def calendar_headline(days: Calendar) -> str:
    """What is late, what is due next, how many days are left: one sentence each."""
    if not days.steps:
        return "No calendar: the contract has no end, and the negotiation does not say when new terms should begin."
    left = days.days_left or 0
    words = [f"New terms should begin on {days.ends.effective}: {away_words(left)}."]
    if days.ends.missed:
        words.append(
            f"The notice day, {days.ends.missed}, has passed: without an agreement the contract runs on, as it says."
        )
    if days.late:
        words.append(f"Late: {'; '.join(one.step.what for one in days.late)}.")
    due = days.next_due
    if due is not None:
        words.append(f"Next: {due.step.what}, by {due.last}.")
    return " ".join(words)
