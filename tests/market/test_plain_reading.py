"""The fast way and the plain way agree on made-up markets, with the monopolies and small cells these have."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.market import Definition, Discharges, assign, diversion, hospital_hhi, willingness_to_pay

LAYERS = "drg+zip5, drg+zip3, zip3"
OWNERS = {"A": "North", "B": "North", "C": "C", "D": "South", "E": "South"}


def _plain() -> ModuleType:
    place = Path(__file__).with_name("plain.py")
    spec = importlib.util.spec_from_file_location("market_plain", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PLAIN = _plain()
PATIENTS = st.lists(
    st.tuples(st.sampled_from("ABCDE"), st.sampled_from(["470", "871"]), st.sampled_from(["80401", "80402", "81001"])),
    min_size=1,
    max_size=60,
)
Drawn = list[tuple[str, str, str]]


def listed(drawn: Drawn) -> list[dict[str, str]]:
    return [
        {"provider": hospital, "system": OWNERS[hospital], "drg": drg, "zip5": code, "zip3": code[:3]}
        for hospital, drg, code in drawn
    ]


def held(drawn: Drawn) -> Discharges:
    rows = listed(drawn)
    groups = {name: [row[name] for row in rows] for name in ("drg", "zip5", "zip3")}
    return Discharges.of([row["provider"] for row in rows], groups, system=[row["system"] for row in rows])


@settings(deadline=None, max_examples=60)
@given(PATIENTS, st.integers(1, 8))
def test_willingness_to_pay(drawn: Drawn, fewest: int) -> None:
    discharges = held(drawn)
    found = willingness_to_pay(discharges, assign(discharges, Definition.read(LAYERS, fewest)))
    plain = PLAIN.willingness(PLAIN.cells(listed(drawn), Definition.read(LAYERS).layers, fewest), found.share_cap)
    mine = {name: value for name, value in zip(found.systems, found.value, strict=True) if value}
    assert mine == pytest.approx(plain, abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(PATIENTS, st.integers(1, 8), st.sampled_from(["system", "provider"]))
def test_diversion(drawn: Drawn, fewest: int, out: Literal["system", "provider"]) -> None:
    discharges = held(drawn)
    cells = assign(discharges, Definition.read(LAYERS, fewest))
    found = diversion(discharges, cells, out=out)
    plain = PLAIN.diversion(PLAIN.cells(listed(drawn), Definition.read(LAYERS).layers, fewest), out)
    mine = {
        (found.providers[start], found.providers[to]): share
        for (start, to), share in np.ndenumerate(found.share)
        if share > 0
    }
    assert mine == pytest.approx(plain, abs=1e-9)
    assert found.patients.sum() + found.captive.sum() == cells.patients
    moved = found.share[found.patients > 0]
    assert np.nansum(moved, axis=1) == pytest.approx(np.ones(len(moved)))


@settings(deadline=None, max_examples=60)
@given(PATIENTS, st.sampled_from(["system", "provider"]))
def test_hospital_index(drawn: Drawn, firms: Literal["system", "provider"]) -> None:
    discharges = held(drawn)
    for row in hospital_hhi(discharges, firms=firms):
        plain = PLAIN.hospital_index(listed(drawn), row["provider"], firms)
        assert (row["km"], row["jc"]) == pytest.approx(plain, abs=1e-7)
