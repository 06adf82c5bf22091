"""Every part a page can be made of, in a real browser: readable, reachable, silent, asking nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

Visitor = Callable[..., Any]


@pytest.fixture(autouse=True)
def _shown(settings: Any) -> None:
    settings.GALLERY = True


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 390, 1280])
def test_every_part_is_accessible_silent_and_fits(visit: Visitor, width: int, scheme: str) -> None:
    visited = visit("/gallery/", width=width, scheme=scheme)

    expect(visited.page.locator(".plot svg")).to_have_count(2)
    assert visited.complaints() == []


def test_a_chart_has_its_figures_in_a_table_behind_it(visit: Visitor) -> None:
    page = visit("/gallery/").page
    chart = page.locator("figure[data-chart=by-service]")

    expect(chart.locator("svg[role=img]")).to_have_attribute(
        "aria-label", "Change by service line, dollars a year. Facility fees lose most; imaging gains a little."
    )
    chart.locator("summary").click()
    expect(chart.locator("tbody tr").first).to_have_text("Facility −$45,518", use_inner_text=True)


def test_a_chart_follows_the_page_into_the_dark_without_being_drawn_again(visit: Visitor) -> None:
    page = visit("/gallery/").page
    colour = "getComputedStyle(document.querySelector('.plot .mark-rect path')).fill"

    light = page.evaluate(colour)
    page.locator("details.own summary").click()
    page.get_by_role("button", name="Dark").click()

    assert page.evaluate(colour) != light
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark", "the choice is kept in the browser"


def test_a_menu_closes_by_escape_and_gives_the_focus_back(visit: Visitor) -> None:
    visited = visit("/gallery/")
    page = visited.page
    page.locator("details.own summary").click()
    assert visited.faults() == []

    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="Dark")).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_dialog_opens_with_its_title_and_closes(visit: Visitor) -> None:
    visited = visit("/gallery/")
    page = visited.page
    page.get_by_role("button", name="Give notice").click()

    dialog = page.get_by_role("dialog", name="Give notice of termination")
    expect(dialog).to_be_visible()
    assert visited.faults() == []
    page.get_by_role("button", name="Not now").click()
    expect(dialog).to_be_hidden()


def test_the_first_tab_leads_past_the_navigation(visit: Visitor) -> None:
    page = visit("/gallery/").page
    page.keyboard.press("Tab")

    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_heading_orders_the_table_and_says_so(visit: Visitor) -> None:
    page = visit("/gallery/").page
    page.get_by_role("link", name="Denied, of charges").click()

    heading = page.get_by_role("columnheader", name="Denied, of charges")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("#tables tbody tr th").first).to_have_text("Lakeland Benefit Trust")


def test_everything_one_can_press_is_large_enough(visit: Visitor) -> None:
    page = visit("/gallery/", width=390).page
    small = """[...document.querySelectorAll('button, .button, summary, nav a, select, input:not([type=hidden])')]
        .filter(one => one.offsetParent && one.getBoundingClientRect().height < 18)
        .map(one => one.outerHTML.slice(0, 80))"""

    assert page.evaluate(small) == []


def test_nothing_is_cut_off_on_paper(visit: Visitor) -> None:
    visited = visit("/gallery/", width=703)  # Letter paper within the margins
    visited.page.emulate_media(media="print")

    assert visited.sideways() <= 0
    expect(visited.page.get_by_role("navigation", name="Main")).to_be_hidden()


def test_a_chart_that_comes_later_is_drawn_as_well(visit: Visitor) -> None:
    visited = visit("/gallery/")
    visited.page.locator("figure[data-chart=by-month]").evaluate("figure => figure.remove()")

    visited.page.get_by_role("button", name="Fetch a chart").click()

    expect(visited.page.locator("#fetched .plot svg")).to_be_visible()
    assert visited.complaints() == []


def test_what_went_wrong_on_the_way_is_said(visit: Visitor) -> None:
    page = visit("/gallery/").page

    page.get_by_role("button", name="Fetch what is not there").click()

    expect(page.get_by_role("status")).to_have_text("This is no longer there. Load the page again.")


def test_files_dropped_beside_the_field_are_taken(visit: Visitor) -> None:
    page = visit("/gallery/").page

    page.locator("label.drop").evaluate(
        """label => {
            const given = new DataTransfer();
            given.items.add(new File(["x"], "offer.yaml"));
            label.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: given }));
        }"""
    )

    assert page.locator("label.drop input").evaluate("field => field.files[0].name") == "offer.yaml"
