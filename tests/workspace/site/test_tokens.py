"""Colours can be told apart, light and dark, also where no browser test looks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import evenhand.workspace.site

STYLES = Path(evenhand.workspace.site.__file__).parent / "static" / "evenhand"
PAIR = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
PAIRS = {name: (light, dark) for name, light, dark in PAIR.findall((STYLES / "tokens.css").read_text(encoding="utf-8"))}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("behind", ["paper", "wash", "tint"])
@pytest.mark.parametrize("word", ["ink", "quiet", "accent", "good", "bad", "care"])
def test_words_can_be_read_on_every_ground(word: str, behind: str, scheme: int) -> None:
    assert contrast(PAIRS[word][scheme], PAIRS[behind][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_a_button_and_the_edge_of_a_field_can_be_seen(scheme: int) -> None:
    assert contrast(PAIRS["on-accent"][scheme], PAIRS["accent"][scheme]) >= 4.5
    assert contrast(PAIRS["edge"][scheme], PAIRS["paper"][scheme]) >= 3


def test_every_colour_and_size_that_is_used_is_a_token() -> None:
    told = set(re.findall(r"(--[a-z0-9-]+):", (STYLES / "tokens.css").read_text(encoding="utf-8")))
    used = {
        name
        for style in STYLES.glob("*.css")
        for name in re.findall(r"var\((--[a-z0-9-]+)\)", style.read_text("utf-8"))
    }

    assert used - told == set()
    assert told - used == set(), "a token nobody uses"
