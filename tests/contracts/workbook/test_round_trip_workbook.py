"""A contract exported to a workbook and read back is the same contract."""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.contracts import Contract, read_contract, read_offer
from evenhand.contracts.workbook import export_workbook, import_workbook
from evenhand.contracts.writer import write_contract

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples"


def _neighbour(name: str) -> ModuleType:
    """A test module of the folder above, for the contracts it generates."""
    spec = importlib.util.spec_from_file_location(f"neighbour_{name}", Path(__file__).parents[1] / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


CONTRACTS: st.SearchStrategy[Contract] = _neighbour("test_round_trip").contracts()


def _same(one: Contract, other: Contract) -> bool:
    """Everything but where the files lie and what bytes they have."""
    return replace(one, folder=None, digest="") == replace(other, folder=None, digest="")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(contract=CONTRACTS)
def test_a_generated_contract_survives(contract: Contract) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "before"
        write_contract(contract, folder)
        before = read_contract(folder)

        export_workbook(folder, Path(place) / "contract.xlsx")
        after = import_workbook(Path(place) / "contract.xlsx", Path(place) / "after")

    assert _same(before, after)


@pytest.mark.parametrize("folder", sorted(f.parent for f in EXAMPLES.glob("*/contract.yaml")), ids=lambda f: f.name)
def test_an_example_survives(folder: Path, tmp_path: Path) -> None:
    export_workbook(folder, tmp_path / "contract.xlsx")

    assert _same(import_workbook(tmp_path / "contract.xlsx", tmp_path / "after"), read_contract(folder))


@pytest.mark.parametrize("offer", sorted(EXAMPLES.glob("*/offers/*.yaml")), ids=lambda f: f.stem)
def test_an_offer_survives_with_all_it_is_laid_over(offer: Path, tmp_path: Path) -> None:
    export_workbook(offer, tmp_path / "offer.xlsx")

    assert _same(import_workbook(tmp_path / "offer.xlsx", tmp_path / "after"), read_offer(offer))
