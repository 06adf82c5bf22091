"""However a contract's files are damaged, the answer is a list of problems, never a crash."""

from __future__ import annotations

import random
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from evenhand.contracts import Contract, check, compare, key_dates
from evenhand.contracts.words import rules_words, term_words

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
JUNK = (
    "", "-", "{}", "[]", "none", "0", "-1", "1e9", "2025-13-40", "9999-12-31", "0001-01-01", "~", "*x", "&x", "<<",
    "\t", ": ", "NaN", "∞", "100%", "-100%", "9999 years", "0 days", "on schedule", "all", "'", '"', "#", "|",
    "? a", "\x00",
    "١٢٣", "65-", "!!python/object:os.system", "99999999999999",
)  # fmt: skip


def _mutated(text: str, chance: random.Random) -> str:
    """Replace, insert, drop, swap or double some of a file's words."""
    words = re.split(r"(\W)", text)
    at, other = chance.randrange(len(words)), chance.randrange(len(words))
    match chance.randrange(5):
        case 0:
            words[at] = chance.choice(JUNK)
        case 1:
            words[at:at] = [chance.choice(JUNK)]
        case 2:
            del words[at : at + chance.randint(1, 20)]
        case 3:
            words[at], words[other] = words[other], words[at]
        case _:
            words[at:at] = words[at : at + chance.randint(1, 30)]
    return "".join(words)


def _use(contract: Contract) -> None:
    """Ask everything of a contract that was found in order."""
    for version in contract.versions:
        assert all(term_words(term) for term in version.terms)
        assert all(rules_words(version.rules).values())
    assert contract.versions[0].period.start == contract.period.start
    assert contract.versions[-1].period.end == contract.period.end
    assert compare(contract, contract) == []
    for day in (date(1990, 1, 1), date(2026, 1, 1), date(2040, 1, 1)):
        assert key_dates(contract, day).first_day == contract.period.start


@pytest.mark.parametrize("seed", range(120))
def test_damaged_files_give_problems(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    place = tmp_path / "contract"
    shutil.copytree(EXAMPLES / chance.choice(("cedar-ridge-summit", "lakeshore-harbor")), place)
    files = sorted(file for file in place.rglob("*") if file.is_file())
    for file in chance.choices(files, k=chance.randint(1, 3)):
        file.write_text(_mutated(file.read_text(), chance))

    for path in (place, *sorted(place.glob("offers/*.yaml"))):
        contract, problems = check(path, today=date(2026, 1, 1))
        assert (contract is None) is any(problem.severity == "error" for problem in problems)
        if contract is not None:
            _use(contract)
