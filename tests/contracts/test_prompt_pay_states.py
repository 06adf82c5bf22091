"""The table of states: each row is cited and says how sure it is; where sources conflict, it says so."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from evenhand.contracts.dues.states import built_in

COLLECTED = Path(__file__).resolve().parents[2] / "../shared/data/prompt_pay/prompt_pay_partial.csv"


def test_each_state_is_cited_and_says_how_sure_it_is() -> None:
    sure = {"sources agree", "single source", "statute", "official notices"}
    for name, state in built_in().items():
        assert state.source.citation, name
        assert state.source.status in {*sure, "sources conflict", "partly confirmed"}, name
        assert state.source.status != "sources conflict" or state.source.note, name


@pytest.mark.skipif(not COLLECTED.exists(), reason="the collected facts are not beside the repository")
def test_the_table_is_what_was_collected() -> None:
    """Days and yearly rates of the first source, and every conflict between the two."""
    rows = {row["state"]: row for row in csv.DictReader(COLLECTED.read_text("utf-8").splitlines())}
    assert rows.keys() <= built_in().keys()
    for name, row in rows.items():
        state = built_in()[name]
        days = re.search(r"(?:E)?(\d+)(?:/P(\d+))?$", row["days_source_A"].removeprefix("in-state ").split(";")[0])
        if days and name not in ("TX", "NY"):
            assert state.terms[0].days == int(days[1]), name
            assert state.terms[0].paper_days == (int(days[2]) if days[2] else None), name
        yearly = re.match(r"(\d+)%/yr", row["interest_source_A"])
        if yearly:
            assert state.terms[0].steps[0].share == Decimal(yearly[1]) / 100, name
        if name != "TX" and re.search("CONFLICT|differs", row["agree"]):
            assert state.source.status == "sources conflict", name
