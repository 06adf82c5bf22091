"""What goes to the other side holds nothing of ours that is not meant for it, whatever a negotiation holds."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.negotiated import Made, all_words

from evenhand.documents.negotiating import outward, proposal_letter
from evenhand.documents.paper import Document, html_of, word_of
from evenhand.documents.words import day_words
from evenhand.errors import UsageError
from evenhand.negotiation.record import Negotiation

#: Where text may come from that is meant for the other side. Everything else must not be found in a letter.
MEANT = re.compile(
    r"provider|payer|effective"
    r"|issues\[0\]\.(name|today|opening)"  # open
    r"|issues\[1\]\.(name|today|agreed)"  # agreed; the third is dropped
    r"|value\[\d\]\.(claim|number|period|source)"
    r"|people\[0\]\.(name|role|organisation|email|phone)"  # ours, who signs
    r"|people\[1\]\.(name|role|organisation)"
)
#: Words of our own preparation.
OURS = ("walk-away", "walk away", "target", "batna", "reservation", "leverage", "confidential", "p10", "p90", "believe")


class Filled:
    """A negotiation with a mark of its own in every field, however deep, and where each mark was put."""

    def __init__(self, first: int) -> None:
        self.next = first
        self.marks: dict[str, str] = {}
        self.made = self._filled(Negotiation, "")

    def _filled(self, kind: Any, path: str) -> Any:
        if is_dataclass(kind):
            hints = typing.get_type_hints(kind)
            named = {one.name: self._filled(hints[one.name], f"{path}.{one.name}".strip(".")) for one in fields(kind)}
            return kind(**named)  # type: ignore[operator]
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if origin is tuple:
            return tuple(self._filled(inner[0], f"{path}[{place}]") for place in range(3))
        if origin in (types.UnionType, typing.Union):
            return self._filled(inner[0], path)
        return self._mark(kind, path)

    def _mark(self, kind: Any, path: str) -> Any:
        self.next += 1
        marks: dict[Any, tuple[Any, str]] = {
            str: (f"Mark{self.next}", f"Mark{self.next}"),
            Decimal: (Decimal(self.next), f"{self.next:,}"),
            int: (self.next, str(self.next)),
            date: (date(2100, 1, 1) + timedelta(days=self.next % 300_000), ""),
            bool: (False, ""),
        }
        value, shown = marks.get(kind, ("us", ""))
        self.marks[path] = day_words(value) if kind is date else shown
        return value

    def negotiation(self, side: str) -> Negotiation:
        """The first issue is open, the second agreed, the third dropped; we come first among people."""
        made: Negotiation = self.made
        states = ("open", "agreed", "dropped")
        issues = tuple(replace(one, status=state) for one, state in zip(made.issues, states, strict=True))
        sides = ("us", "them", "them")
        people = tuple(replace(one, side=at) for one, at in zip(made.people, sides, strict=True))
        return replace(made, side=side, issues=issues, people=people)  # type: ignore[arg-type]

    def secret(self) -> Iterator[tuple[str, str]]:
        """Every mark that must stay here."""
        meant = {path for path in self.marks if MEANT.fullmatch(path)}
        yield from ((path, mark) for path, mark in self.marks.items() if mark and path not in meant)


@pytest.fixture(scope="module")
def letter_of(made: Made) -> Callable[[Negotiation], Document]:
    def lettered(negotiation: Negotiation) -> Document:
        return proposal_letter(outward(negotiation, made.dossier.contract, None), date(2026, 9, 12))

    return lettered


def stands_in(mark: str, text: str) -> bool:
    """As a word or a number of its own: a font's number in a Word file may hold any digits."""
    return mark in text and re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", text) is not None


@settings(deadline=None, max_examples=25)
@given(first=st.integers(10**6, 10**8), side=st.sampled_from(["provider", "payer"]))
def test_no_mark_of_ours_is_in_a_letter(letter_of: Callable[[Negotiation], Document], first: int, side: str) -> None:
    filled = Filled(first)
    letter = letter_of(filled.negotiation(side))

    page = unescape(html_of(letter)).replace("\u2011", "-")
    everything = page + all_words(word_of(letter))

    assert len(list(filled.secret())) > 100
    assert [path for path, mark in filled.secret() if stands_in(mark, everything)] == []
    text = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL).lower()
    assert [word for word in OURS if word in text] == []
    for path in ("issues[0].opening", "issues[1].agreed", "value[0].number", "people[0].name", "people[1].name"):
        assert filled.marks[path] in page


def test_the_letter_of_the_practice_tells_none_of_its_positions(made: Made) -> None:
    letter = unescape(re.sub(r"<style>.*?</style>", "", made.page("letter"), flags=re.DOTALL))
    both = letter + all_words(made.word("letter"))
    inside = ("5.5 %", "3.25 %", "1.25 %", "21 days", "27 days", "9 months", "11 months", "612.11", "911.22", "310,000")
    assert [secret for secret in inside if secret in both] == []
    for one in made.dossier.rounds:
        for key in ("p10", "p50", "p90"):
            assert f"{abs(round(one.change[key])):,}" not in both
    assert [word for word in OURS if word in letter.lower()] == []


def test_it_proposes_what_our_last_offer_says(made: Made) -> None:
    letter = unescape(made.page("letter"))
    assert "They are those of “Our counteroffer of September” of 10 September 2026, which is enclosed." in letter
    assert "Proposed amendment: Our counteroffer of September" in letter
    assert "Days to pay a clean claim" in letter  # an opening on words, which no offer of ours says yet
    assert "31 March 2030" in letter
    assert "180 days" in letter  # agreed


def test_the_rates_it_speaks_of_are_enclosed(made: Made) -> None:
    (sheet,) = openpyxl.load_workbook(made.folder / "summit-2027-letter.xlsx").worksheets
    rows: list[Any] = list(sheet.iter_rows(min_row=4, values_only=True))
    rates = [row for row in rows if row[1]]
    assert f"Workbook of the {len(rates):,} rates proposed" in unescape(made.page("letter"))
    assert f"{len(rates):,} rates as in the enclosed workbook" in unescape(made.page("letter"))
    assert len(rates) > 100
    assert all(proposed == pytest.approx(today * 1.07, abs=0.011) for _, _, today, proposed, *_ in rates)


def test_it_names_who_signs_and_to_whom(made: Made) -> None:
    letter = unescape(made.page("letter"))
    for text in ("Dana Whitfield", "dana@cedar.example", "Dear R. Alvarez:", "Vice president of networks"):
        assert text in letter
    assert "We ask to meet by 23 November 2026" in letter


def test_small_counts_stay_inside(made: Made) -> None:
    assert "fewer than 11 patients of 212 patients" in unescape(made.page("letter"))


def test_no_claim_is_named(made: Made) -> None:
    claims = made.book.relation("select claim_id, member_id from claims").rows()
    for name in ("letter", "positions", "comparison", "one-pager"):
        page = made.page(name)
        assert not [row for row in claims if row["claim_id"] in page or (row["member_id"] or "-") in page]


def test_nothing_to_propose_is_told(made: Made) -> None:
    bare = replace(made.dossier.negotiation, issues=(), rounds=())
    with pytest.raises(UsageError, match="the letter has nothing to propose; give issues an opening"):
        outward(bare, made.dossier.contract, None)
