"""The demo's negotiation: three rounds by the real code, and what follows from them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from evenhand.book import Book
from evenhand.demo import rounds
from evenhand.negotiation import OfferQuestion, value_offer
from evenhand.negotiation.record import Kept, check_kept, negotiation
from evenhand.negotiation.worth import WorthQuestion, compare_offers


@pytest.fixture(scope="module")
def book(demo_template: Path) -> Book:
    return Book.open(demo_template / "book")


@pytest.fixture(scope="module")
def kept(book: Book) -> Kept:
    return negotiation(book, rounds.NAME)


def test_three_rounds_are_played_and_kept_with_what_they_come_to(kept: Kept) -> None:
    found, problems = check_kept(kept)
    assert found is not None
    assert problems == []
    told = [(one.number, one.by, one.answers, one.state) for one in found.rounds]
    assert told == [(1, "us", None, "answered"), (2, "them", 1, "answered"), (3, "us", 2, "open")]
    ours, theirs, counter = (one.worth for one in found.rounds)
    assert ours is not None
    assert theirs is not None
    assert counter is not None
    assert theirs.p10 <= theirs.change <= theirs.p90 < counter.p10 <= counter.p90 < ours.p10
    assert (len(found.people), len(found.talks), len(found.commitments)) == (3, 3, 2)
    assert [one.agreed for one in found.issues if one.status == "agreed"] == ["180 days"]
    assert all(one.number and one.period and one.source for one in found.value)


def test_the_walk_away_is_kept_and_the_days_are_the_demos(kept: Kept) -> None:
    found = kept.read()
    assert found.zone is not None
    assert found.zone.as_of == date(2026, 11, 20)
    assert found.zone.ours < found.zone.today < found.zone.theirs


def test_the_comparison_comes_to_what_each_offer_comes_to_by_itself(book: Book, kept: Kept) -> None:
    """One year, nothing grown, nothing completed: allowed dollars are those of `offer value` on the same claims."""
    found = kept.read()
    offers = [kept.offer(found, one.number) for one in found.rounds]
    nothing = {"volume_growth": 0.0, "mix_carried": 0.0, "charge_growth": 0.0}
    days = (date(2025, 10, 30), date(2026, 10, 29))
    question = WorthQuestion(*days, years=1, run_out="as it is", draws=100, given=nothing)
    compared = [row for row in compare_offers(book, offers, question).years if row["year"] == "1"]
    for row, offer in zip(compared, offers, strict=True):
        alone = value_offer(book, offer, question=OfferQuestion(*days))
        year = 365.25 / 365
        assert row["offered"] == pytest.approx(float(alone.offered) * year, rel=1e-9), row["offer"]
        assert row["contract"] == pytest.approx(float(alone.current) * year, rel=1e-9), row["offer"]


def test_the_letter_says_nothing_of_targets_walk_aways_and_worth(demo_template: Path, kept: Kept) -> None:
    papers = demo_template / "documents"
    for paper in ("positions", "comparison", "letter", "one-pager"):
        assert (papers / f"{rounds.NAME}-{paper}.docx").is_file()
    page = (papers / f"{rounds.NAME}-letter.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(io.BytesIO((papers / f"{rounds.NAME}-letter.docx").read_bytes())) as parts:
        word = "".join(parts.read(name).decode("utf-8") for name in parts.namelist() if name.endswith(".xml"))
    found = kept.read()
    zone = found.zone
    assert zone is not None
    inside = [str(zone.ours), str(zone.theirs), *found.goals, *(one.said for one in found.talks)]
    inside += [f"{abs(one.worth.change):,.0f}" for one in found.rounds if one.worth]
    inside += [one.note for one in found.rounds if one.note]
    for text in (page, re.sub(r"<[^>]+>", "", word)):
        assert "180 days" in text
        assert "Days to pay a clean claim" not in text, "given for a rate, so no longer asked for"
        for secret in inside:
            assert secret not in text, secret


def test_the_brief_says_how_far_it_has_come(demo_template: Path) -> None:
    page = (demo_template / "brief.html").read_text(encoding="utf-8")
    assert "Summit Health 2027: 16 of 20 issues are open, 1 agreed." in page


def test_the_counteroffer_is_made_by_its_rule(demo_template: Path) -> None:
    said = (demo_template / "offers/counter-2027.yaml").read_text(encoding="utf-8")
    found = {name: Decimal(percent) for name, percent in re.findall(r'terms: \["(.+?)"\], percent: (\S+)\}', said)}
    # Implants: they change nothing, our target is 2 %: halfway is 1 %.
    assert found["Implants"] == Decimal("1.0")
    # Anything else: 45 % of charges becomes 38 %, −15.556 %; halfway to our 0 % is −7.778 %, 9.2 % over their offer.
    assert found["Anything else"] == Decimal("9.2")
    assert "timely_filing: 180 days" in said
