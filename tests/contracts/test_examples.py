"""The example contracts are in order, price their own cases, and satisfy the published schema."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from evenhand.contracts import check, json_schema
from evenhand.pricing.worked import case_problems

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CONTRACTS = sorted(file.parent for file in EXAMPLES.glob("*/contract.yaml"))
OFFERS = sorted(EXAMPLES.glob("*/offers/*.yaml"))
TODAY = date(2025, 11, 21)
WARNINGS = {
    "lakeshore-harbor": [
        "contract.yaml: no term covers what the others leave; such lines are priced 'no term'; "
        "add a last term without 'for:' if the contract has a default"
    ],
    "summit-2027.yaml": [
        "summit-2027.yaml:18: the new escalator starts from the rates as stated: what the old one added to "
        "'Joint replacement, inpatient', 'Therapy by an assistant', 'Everything on the fee schedule' so far is "
        "lost; state these rates anew if that is not meant"
    ],
}


@pytest.mark.parametrize("path", [*CONTRACTS, *OFFERS], ids=lambda path: path.name)
def test_example_is_in_order(path: Path) -> None:
    contract, problems = check(path, today=TODAY)

    assert contract is not None
    assert [str(problem) for problem in problems] == WARNINGS.get(path.name, [])


@pytest.mark.parametrize("path", [*CONTRACTS, *OFFERS], ids=lambda path: path.name)
def test_worked_cases_price_exactly(path: Path) -> None:
    contract, _ = check(path, today=TODAY)

    assert contract is not None
    assert len(contract.cases) >= 1
    assert case_problems(contract) == []


def _as_editor(text: str) -> Any:
    """As an editor's YAML 1.2 reads it: numbers and booleans typed, dates left as text."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Loader)


FILES = sorted(EXAMPLES.rglob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_example_satisfies_the_schema(file: Path) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())

    assert [error.message for error in validator.iter_errors(_as_editor(file.read_text()))] == []
    assert [error.message for error in validator.iter_errors(yaml.load(file.read_text(), yaml.BaseLoader))] == []


def test_there_are_nine_contracts_and_two_offers() -> None:
    assert [path.name for path in CONTRACTS] == [
        "birchwood-northfield",
        "cedar-ridge-summit",
        "fairmount-granite",
        "ironwood-granite",
        "lakeshore-harbor",
        "millrace-summit",
        "pinewood-evergreen-plan",
        "rivers-edge-columbia",
        "stillwater-northfield",
    ]
    assert [path.name for path in OFFERS] == ["cedar-ridge-counter.yaml", "summit-2027.yaml"]
