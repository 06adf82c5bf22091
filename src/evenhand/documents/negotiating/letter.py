"""The proposal letter: to the other side, of what may leave and of nothing else."""

from __future__ import annotations

from datetime import date, timedelta

from evenhand.documents.negotiating.outward import Contact, Proposal, Proposed, terms_words
from evenhand.documents.paper import Document, Section
from evenhand.documents.sheet import Field, Sheet
from evenhand.documents.words import day_words

_PROPOSED = (Field("about", "Subject"), Field("today", "Today"), Field("proposed", "Proposed"))
_AGREED = (Field("about", "Subject"), Field("today", "Today"), Field("proposed", "Agreed"))
_RATES = (
    Field("schedule", "Schedule"),
    Field("item", "Code"),
    Field("today", "Today", "money"),
    Field("proposed", "Proposed", "money"),
)
#: How soon a letter asks to meet.
_SOON = timedelta(weeks=3)


def proposal_letter(proposal: Proposal, today: date, meeting: date | None = None) -> Document:
    """The letter.

    Args:
        proposal: what may leave, from :func:`evenhand.documents.negotiating.outward.outward`.
        today: its day.
        meeting: by when we ask to meet; without it, in three weeks.
    """
    return Document(
        "letter",
        "letter",
        today,
        f"Proposal for {proposal.contract}",
        opening=((proposal.us,), (day_words(today),), _address(proposal)),
        sections=tuple(_sections(proposal, meeting or _weekday(today + _SOON))),
        enclosed=(_rates(proposal),) if proposal.rates else (),
    )


def _address(proposal: Proposal) -> tuple[str, ...]:
    to = proposal.addressee
    return tuple(text for text in (to.name, to.role, to.organisation or proposal.them) if text)


def _sections(proposal: Proposal, meeting: date) -> list[Section]:
    to = proposal.addressee.name or f"colleagues of {proposal.them}"
    opening = Section("opening", "", paragraphs=(f"Dear {to}:", terms_words(proposal)))
    made = [opening, _proposed(proposal)]
    if proposal.agreed:
        sheet = Sheet("agreed", "Already agreed", _AGREED, _rows(proposal.agreed))
        made.append(Section("agreed", "Already agreed", tables=(sheet,)))
    if proposal.value:
        made.append(Section("value", "What we bring", points=proposal.value))
    return [*made, _next(meeting), _closing(proposal), _enclosures(proposal)]


def _proposed(proposal: Proposal) -> Section:
    offered = (
        f"They are those of “{proposal.offer}” of {day_words(proposal.offered)}, which is enclosed."
        if proposal.offer
        else ""
    )
    sheet = Sheet("proposed", "What we propose", _PROPOSED, _rows(proposal.proposed))
    return Section("proposed", "What we propose", offered, tables=(sheet,))


def _rows(proposed: tuple[Proposed, ...]) -> list[dict[str, str]]:
    return [{"about": one.about, "today": one.today or "–", "proposed": one.proposed} for one in proposed]


def _next(meeting: date) -> Section:
    said = (
        f"We ask to meet by {day_words(meeting)} to go through these terms. Please name a day, and who will take part "
        "for you. Until an amendment is signed, the agreement stands as it is; this letter proposes, and binds nobody."
    )
    return Section("next", "A meeting", paragraphs=(said,))


def _closing(proposal: Proposal) -> Section:
    return Section("closing", "", paragraphs=("Sincerely,",), lines=("", *_signature(proposal.sender, proposal.us)))


def _signature(by: Contact, organisation: str) -> tuple[str, ...]:
    lines = (by.name or "[Name]", by.role or "[Title]", by.organisation or organisation, by.email, by.phone)
    return tuple(line for line in lines if line)


def _enclosures(proposal: Proposal) -> Section:
    amendment = (f"Proposed amendment: {proposal.offer}",) if proposal.offer else ()
    rates = (f"Workbook of the {len(proposal.rates):,} rates proposed",) if proposal.rates else ()
    lead = "" if amendment or rates else "None."
    return Section("enclosures", "Enclosures", lead, points=(*amendment, *rates))


def _rates(proposal: Proposal) -> Sheet:
    """The rates of schedules, today and as proposed, for those who load them."""
    rows = [{field.key: getattr(one, field.key) for field in _RATES} for one in proposal.rates]
    return Sheet("rates", f"Rates proposed by {proposal.us}", _RATES, rows)


def _weekday(day: date) -> date:
    """The day, or the Friday before it.

    >>> _weekday(date(2026, 9, 13))
    datetime.date(2026, 9, 11)
    """
    return day - timedelta(days=max(0, day.weekday() - 4))
