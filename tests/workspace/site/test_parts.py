"""Parts of a page: what they hold, and that nothing somebody typed becomes markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

import evenhand.workspace.site
from evenhand.documents.sheet import Field, Sheet
from evenhand.errors import Problem
from evenhand.periods import Period
from evenhand.workspace.site.tables import Order
from evenhand.workspace.site.timeline import Bar, Marker, Strip, Timeline, ticks

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
ROWS: list[dict[str, Any]] = [
    {"payer": "Summit", "paid": Decimal("10.00"), "url": "/summit/"},
    {"payer": EVIL, "paid": None, "url": EVIL},
]
SHEET = Sheet("payers", "Payers", (Field("payer", "Payer"), Field("paid", "Paid", "money")), ROWS, "Final claims.")


def written(source: str, address: str = "/", **context: Any) -> str:
    """What a template of this source writes at an address."""
    request = RequestFactory().get(address)
    return Template("{% load evenhand %}" + source).render(RequestContext(request, context))


def a_timeline(*strips: Strip) -> Timeline:
    return Timeline("Contracts", Period(date(2026, 1, 1), date(2027, 1, 1)), date(2026, 7, 2), strips)


EVIL_STRIP = Strip(
    EVIL, (Bar(Period(date(2026, 1, 1)), "term", EVIL),), (Marker(date(2026, 3, 1), "event", EVIL),), EVIL, EVIL
)


@pytest.mark.parametrize(
    "part",
    [
        lambda: written("{% sheet given link='url' %}", given=SHEET),
        lambda: written(
            "{% figure evil evil meaning=evil over=evil url=evil unit=evil trend=trend %}", evil=EVIL, trend=[1, 2]
        ),
        lambda: written("{% sparkline trend 'count' evil %}", evil=EVIL, trend=[1, 2]),
        lambda: written("{% timeline given %}", given=a_timeline(EVIL_STRIP)),
        lambda: written("{% chart 'c' spec given evil %}", given=SHEET, spec={"data": EVIL}, evil=EVIL),
        lambda: written("{% problem given evil %}", given=Problem(EVIL, 1, EVIL, EVIL), evil=EVIL),
        lambda: written("{% tag evil %}{% column evil %}", evil=EVIL),
        lambda: render_to_string("site/parts/said.html", {"messages": [Message(constants.ERROR, EVIL)]}),
        lambda: render_to_string(
            "site/parts/top.html", {"person": EVIL, "pages": [(EVIL, EVIL, True)], "others": [(EVIL, EVIL, False)]}
        ),
        lambda: render_to_string("site/parts/crumbs.html", {"crumbs": [(EVIL, EVIL)]}),
        lambda: render_to_string("site/parts/tabs.html", {"tabs": [(EVIL, EVIL, True, 2)], "label": EVIL}),
        lambda: render_to_string("site/parts/empty.html", {"says": EVIL, "next": EVIL, "url": EVIL, "action": EVIL}),
        lambda: render_to_string(
            "site/parts/progress.html", {"id": EVIL, "title": EVIL, "note": EVIL, "poll": EVIL, "cancel": EVIL}
        ),
        lambda: render_to_string("403.html", {"exception": EVIL}),
    ],
)
def test_what_somebody_typed_never_becomes_markup(part: Callable[[], str]) -> None:
    page = part()

    assert "<img" not in page
    assert "<script>" not in page
    assert EVIL not in page


TEMPLATES = sorted(Path(evenhand.workspace.site.__file__).parent.parent.rglob("templates/**/*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_script_or_style(template: Path) -> None:
    source = template.read_text(encoding="utf-8")

    markup = re.sub(r"\{%.*?%\}", "", source)
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", markup) == []
    assert re.findall(r"\|\s*safe\b|autoescape off", source) == []


def test_a_sheet_aligns_figures_and_links_its_first_cell() -> None:
    page = written("{% sheet given link='url' %}", given=SHEET)

    assert '<th scope="row" class="text"><a href="/summit/">Summit</a></th><td class="number">$10.00</td>' in page
    assert "<caption>Payers</caption>" in page
    assert "Final claims." in page


def test_an_empty_sheet_says_so() -> None:
    page = written(
        "{% sheet given %}", given=Sheet("offers", "Offers", (Field("name", "Name"),), [], empty="No offer yet.")
    )

    assert "No offer yet." in page
    assert "<table" not in page


def test_a_heading_keeps_the_filter_leaves_the_page_and_turns_the_order() -> None:
    page = written("{% sheet given order=order %}", "/x/?payer=1&page=3&sort=paid", given=SHEET, order=Order("paid"))

    assert 'aria-sort="ascending"><a href="?payer=1&amp;sort=-paid">Paid</a>' in page
    assert 'href="?payer=1&amp;sort=payer">Payer</a>' in page


def test_rows_without_a_value_are_last_either_way() -> None:
    for descending in (False, True):
        assert Order("paid", descending).arranged(ROWS)[-1]["paid"] is None


def test_a_pager_counts_and_keeps_the_filter() -> None:
    page = written(
        "{% include 'site/parts/pager.html' with page=page what='claims' %}",
        "/x/?payer=1&page=2",
        page=Paginator(range(4645), 50).get_page(2),
    )

    assert "51–100 of 4,645 claims" in page
    assert 'href="?payer=1&amp;page=3"' in page


def test_a_figure_says_what_it_is_over_and_when() -> None:
    page = written("{% figure 'Denied' 0.03 'percent' over='Of charges.' as_of=day %}", day=date(2026, 9, 12))

    assert "3.0%" in page
    assert "Of charges. As of 12 September 2026." in page


def test_a_sparkline_leaves_a_gap_and_says_what_it_shows() -> None:
    page = written(
        "{% sparkline figures 'percent' 'Denied' %}", figures=[Decimal("0.1"), Decimal("0.2"), None, Decimal("0.1")]
    )

    assert page.count("<polyline") == 2
    assert 'aria-label="Denied: from 10.0% to 10.0% over 4 values, between 10.0% and 20.0%"' in page


@pytest.mark.parametrize("figures", [[], [None, None]])
def test_a_sparkline_of_nothing_is_a_dash(figures: list[None]) -> None:
    assert written("{% sparkline figures %}", figures=figures) == "–"


def test_a_timeline_cuts_bars_at_its_ends_and_keeps_them_whole_in_the_table() -> None:
    strip = Strip("Summit", (Bar(Period(date(2025, 1, 1), date(2026, 7, 2)), "term", "Term"),))

    page = written("{% timeline given %}", given=a_timeline(strip))

    assert '<rect class="term" x="0.0%" width="49.86%"' in page
    assert "1 January 2025" in page
    assert "1 July 2026" in page, "the last day inside, as people write it"
    assert 'aria-label="Summit: Term, 1 January 2025 to 1 July 2026"' in page


def test_what_lies_outside_a_timeline_is_only_in_its_table() -> None:
    strip = Strip(
        "Summit", (Bar(Period(date(2030, 1, 1)), "term", "Next"),), (Marker(date(2030, 1, 1), "event", "Start"),)
    )

    page = written("{% timeline given %}", given=a_timeline(strip))

    assert 'class="term" x=' not in page
    assert page.count("1 January 2030") > 1


def test_a_problem_says_where_what_and_what_would_be_right() -> None:
    page = written(
        "{% problem given 'Not kept' %}", given=Problem("contract.yaml", 12, "'percnt' is unknown", "percent")
    )

    assert "contract.yaml, line 12" in page
    assert 'role="alert"' in page


class Offer(forms.Form):
    name = forms.CharField(help_text="As they call it.")
    ours = forms.BooleanField(required=False)


def test_a_field_names_its_help_and_its_fault() -> None:
    page = Offer({}).render()

    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext">As they call it.' in page
    assert 'id="id_name_error"><li>This field is required.' in page


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_an_error_page_needs_nothing_to_be_written(name: str) -> None:
    page = render_to_string(name)

    assert page.count("<h1>") == 1
    assert "To the first page" in page


def test_the_gallery_is_not_there_where_real_work_is_done(client: Any) -> None:
    assert client.get("/gallery/").status_code == 404


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(date(2026, 8, 1), date(2027, 5, 1)), ["Oct 2026", "2027", "Apr"]),
        (Period(date(2026, 1, 1), date(2026, 8, 1)), ["2026", "Apr", "Jul"]),
        (Period(date(2024, 1, 1), date(2029, 1, 1)), ["2024", "2025", "2026", "2027", "2028"]),
        (Period(date(2026, 8, 1), date(2026, 9, 1)), []),
    ],
)
def test_a_timeline_names_quarters_and_over_many_years_the_years_alone(period: Period, words: list[str]) -> None:
    assert [tick.text for tick in ticks(Timeline("Contracts", period, date(2026, 9, 1), ()))] == words
