"""Every YAML example of the manual's page on the language is read by the reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from evenhand.contracts import read_contract, read_offer
from evenhand.pricing.worked import case_problems

Folder = Callable[..., Path]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "contract-language.md"
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(), re.DOTALL)
WHOLE = next(example for example in EXAMPLES if example.startswith("contract:"))
TABLES = {
    "medicare.csv": "code,facility fee,office fee\n99213,63.72,88.95\nJ1100,0.12,0.12\n",
    "exhibit-a.csv": re.findall(r"```text\n(Exhibit A\n.*?)```", PAGE.read_text(), re.DOTALL)[0],
    "cpi-medical.csv": "month,value\n2024-09,560.1\n2025-09,575.9\n",
    "medicare-2026.csv": "code,facility fee,office fee\n99213,64.10,90.20\n",
    "weights.csv": re.findall(r"```text\n(MS-DRG.*?)```", PAGE.read_text(), re.DOTALL)[0],
    "exhibit-a-2026.csv": "code,rate\n72148,418.08\n",
    "base-units.csv": re.findall(r"```text\n(code,base units\n.*?)```", PAGE.read_text(), re.DOTALL)[0],
    "asc-groups.csv": "code,group\n29881,5\n64721,1\n",
    "medicare-2025.csv": (
        "code,mod,amount,mult proc,reduced\n74177,,297.26,4,\n74177,TC,213.81,4,\n71260,,164.32,4,\n"
        "71260,TC,111.27,4,\n97110,,28.79,5,21.83\n97140,,27.17,5,20.70\n"
    ),
    "visits.csv": "code,amount,status\n99213,88.95,A\n94760,3.00,T\n",
    "scopes.csv": "code,amount\n45385,242.92\n45380,192.79\n45378,177.26\n",
    "both-sides.csv": "code,amount,bilat surg\n27447,1257.63,1\n20680,1414.04,0\n",
    "knees.csv": "code,amount\n27447,1257.63\n20680,1414.04\n",
    "group-rates.csv": "group,rate\n1,1000.00\n5,4000.00\n",
}


def _merged(example: str) -> str:
    """A part of a contract in the place of the same part of the whole one."""
    told = yaml.load(example, yaml.BaseLoader)
    rest = {key: value for key, value in yaml.load(WHOLE, yaml.BaseLoader).items() if key not in ("cases", *told)}
    return example + yaml.dump(rest, allow_unicode=True)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.split(":")[0])
def test_example_is_read(example: str, folder: Folder) -> None:
    if example.startswith("amendment:"):
        surgery = "  - {name: Surgery, for: {codes: on schedule}, pay: {fee_schedule: exhibit-a.csv}}\n"
        text = WHOLE.replace("  - name: Anything else", f"{surgery}  - name: Anything else")
        contract = read_contract(folder(text, TABLES | {"amendments/second.yaml": example}))
        assert contract.amendments[0].name == "Second amendment"
    elif example.startswith("offer:"):
        place = folder(WHOLE, TABLES | {"offers/opening.yaml": example})
        assert read_offer(place / "offers/opening.yaml").offer == "Summit Health, opening offer for 2027"
    else:
        contract = read_contract(folder(example if example == WHOLE else _merged(example), TABLES))
        assert [str(problem) for problem in case_problems(contract)] == []


def test_the_page_has_its_examples() -> None:
    assert len(EXAMPLES) >= 8
