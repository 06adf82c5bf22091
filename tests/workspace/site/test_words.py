"""Figures and days in words, as templates write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone

from evenhand.workspace.site.words import ago

NOON = datetime(2026, 9, 12, 12, 0)


def written(source: str, **context: Any) -> str:
    """What a template of this source writes."""
    return Template("{% load evenhand %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("filtered", "value", "expected"),
    [
        ("money", Decimal("-1234.5"), "−$1,234.50"),
        ("dollars", Decimal("1234.5"), "$1,235"),
        ("change", Decimal(49), "+$49"),
        ("percent", Decimal("0.0451"), "4.5%"),
        ("percent", 0.0451, "4.5%"),
        ("rate", Decimal("0.0451"), "+4.5%"),
        ("count", 12345, "12,345"),
        ("money", None, "–"),
        ("count", "", "–"),
        ("day", date(2026, 9, 2), "2 September 2026"),
        ("day", NOON, "12 September 2026"),
        ("day", None, "–"),
        ("moment", NOON, '<time datetime="2026-09-12T12:00:00">12 September 2026, 12:00 UTC</time>'),
        ("moment", None, "–"),
        ("counted:'claim'", 1, "1 claim"),
        ("counted:'party,parties'", 4645, "4,645 parties"),
    ],
)
def test_a_value_is_written_as_in_documents(filtered: str, value: Any, expected: str) -> None:
    assert written("{{ value|" + filtered + " }}", value=value) == expected


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        (NOON, "just now"),
        (NOON - timedelta(minutes=1), "1 minute ago"),
        (NOON - timedelta(hours=3), "3 hours ago"),
        (NOON - timedelta(hours=23), "23 hours ago"),
        (NOON - timedelta(days=2), "2 days ago"),
        (NOON + timedelta(hours=1), "today"),
        (date(2026, 9, 12), "today"),
        (date(2026, 9, 13), "1 day from now"),
        (date(2026, 5, 15), "120 days ago"),
        (None, "–"),
    ],
)
def test_how_far_off_a_day_is(then: date | None, expected: str) -> None:
    assert ago(then, NOON) == expected


def test_a_moment_with_a_zone_is_told_from_now() -> None:
    assert written("{{ then|ago }}", then=timezone.now() - timedelta(minutes=5)) == "5 minutes ago"


def test_a_state_has_a_sign_and_a_word() -> None:
    assert written("{% tag 'agreed' 'good' %}") == '<span class="tag good">agreed</span>'


def test_a_state_nobody_knows_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="'fine' is no state of a tag; there are good, bad, care"):
        written("{% tag 'agreed' 'fine' %}")


@pytest.mark.parametrize(("value", "way"), [(5, "gain"), (-5, "loss")])
def test_a_difference_has_an_arrow_and_a_sign(value: int, way: str) -> None:
    assert f'class="number {way}"' in written("{% signed value %}", value=value)


def test_no_difference_has_no_arrow() -> None:
    assert written("{% signed value %}", value=0) == '<span class="number ">$0</span>'


@pytest.mark.parametrize(("share", "width"), [(Decimal("0.614"), "61.4%"), (2, "100.0%"), (-1, "0.0%")])
def test_a_bar_is_as_long_as_its_share_and_never_longer_than_the_whole(share: Any, width: str) -> None:
    assert f'class="part" width="{width}"' in written("{% bar share %}", share=share)


def test_a_share_nobody_knows_has_no_bar() -> None:
    assert written("{% bar share %}", share=None) == ""
