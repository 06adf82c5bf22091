"""The letter by which a contract is not renewed, or ended: what it says, it says to the other side and no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.documents.paper import Document, Section
from evenhand.documents.words import day_words

_DRAFT = "Draft: two people have not confirmed this notice"
_NON_RENEWAL = "non-renewal"


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """What a letter of notice is made of.

    Attributes:
        kind: ``non-renewal`` or ``termination``.
        us, them: who gives notice, and to whom.
        contract: what the contract is called.
        ends: its last day.
        rests_on: the words of the contract the day rests on.
        signed: who signs.
        draft: whether it is not confirmed yet.
    """

    kind: str
    us: str
    them: str
    contract: str
    ends: date
    rests_on: str
    signed: str
    draft: bool


def notice_letter(given: NoticeGiven, today: date) -> Document:
    """The letter.

    Args:
        given: what it says.
        today: its day.
    """
    what = "Notice of non-renewal" if given.kind == _NON_RENEWAL else "Notice of termination"
    return Document(
        "notice",
        "letter",
        today,
        f"{what}: {given.contract}",
        marking=_DRAFT if given.draft else "",
        opening=((given.us,), (day_words(today),), (given.them,)),
        sections=(
            Section("notice", "", paragraphs=(f"Dear colleagues of {given.them}:", _said(given))),
            Section("care", "Patients in care", paragraphs=(_care(given),)),
            Section("closing", "", paragraphs=("Sincerely,",), lines=("", given.signed, given.us)),
        ),
    )


def _said(given: NoticeGiven) -> str:
    does = "does not renew" if given.kind == _NON_RENEWAL else "ends"
    rests = f" ({given.rests_on})" if given.rests_on else ""
    return (
        f"By this letter {given.us} {does} the agreement {given.contract} with {given.them}. Its last day is "
        f"{day_words(given.ends)}{rests}. Until then the agreement stands as it is, and we stay "
        "ready to agree on new terms."
    )


def _care(given: NoticeGiven) -> str:
    return (
        f"After {day_words(given.ends)} patients in a course of treatment may choose continuing care under the law. "
        "Please name by return whom we can work with, so that those patients are told in time and are treated without "
        "interruption."
    )
