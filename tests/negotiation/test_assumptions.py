"""Assumptions: changed by name or file, drawn within their range, refused with what would be right."""

from pathlib import Path

import numpy as np
import pytest

from evenhand.errors import ContractError, UsageError
from evenhand.negotiation.assumptions import Assumption, Assumptions

STATED = Assumptions(
    [
        Assumption("growth", 0.02, 0.0, 0.05, "a year", "Growth of volume.", "A paper", "read"),
        Assumption("yield", 0.95, 0.95, 0.95, "share", "What is collected.", "Nobody"),
    ]
)


def test_a_file_changes_values_and_ranges(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("growth: {value: 0.03, low: 0.01, high: 0.04, source: our plan}\nyield: .9\n")
    read = STATED.read(file)
    assert (read["growth"].value, read["growth"].high, read["growth"].source) == (0.03, 0.04, "our plan")
    assert read["yield"].certain
    assert read["yield"].source == "mine.yaml"
    assert STATED.value("growth") == 0.02


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("grwth: 0.03", "mine.yaml:1: 'grwth' is no assumption here; did you mean 'growth'?"),
        ("growth: a lot", "mine.yaml:1: growth: 'a lot' is not a number; write it like 0.42 or -0.05"),
        ("growth: {value: 1, high: 0.5}", "mine.yaml:1: growth: the value is not between low and high"),
        ("growth: {low: 1}", "an assumption has no 'value'; add 'value: 0.42'"),
        ("", "mine.yaml: the file is empty; give a YAML file of assumptions"),
        ("- growth", "a file of assumptions must hold keys"),
    ],
)
def test_what_is_refused_is_said(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text)
    with pytest.raises(ContractError) as refused:
        STATED.read(file)
    assert said in str(refused.value)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(UsageError, match="'yeld' is no assumption here; did you mean 'yield'"):
        STATED.given(yeld=1.0)


def test_draws_stay_in_their_range_around_the_value() -> None:
    drawn = STATED.drawn(np.random.default_rng(1), 20_000)
    assert drawn["growth"].min() >= 0
    assert drawn["growth"].max() <= 0.05
    assert drawn["growth"].mean() == pytest.approx((0.0 + 0.02 + 0.05) / 3, abs=0.0005)
    assert set(drawn["yield"]) == {0.95}


def test_the_table_names_source_and_sureness() -> None:
    assert [(row["name"], row["source"], row["sure"]) for row in STATED.table()] == [
        ("growth", "A paper", "read"),
        ("yield", "Nobody", "our judgement"),
    ]
