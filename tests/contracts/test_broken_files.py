"""Every way a contract file can be wrong has a file of its own, and that file gives one exact message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.contracts import read_contract, read_offer
from evenhand.errors import ContractError

BROKEN = Path(__file__).resolve().parents[1] / "broken"
Folder = Callable[..., Path]


def _named(kind: str, *endings: str) -> list[Path]:
    return sorted(file for file in (BROKEN / kind).iterdir() if file.suffix in endings)


def _expected(file: Path) -> list[str]:
    """The messages a file says it must give: in comments at its top, or in a text file beside it."""
    if file.suffix == ".yaml":
        return [line.removeprefix("#! ") for line in file.read_text().splitlines() if line.startswith("#! ")]
    return file.with_suffix(".txt").read_text().splitlines()


def _refused(read: Callable[[Path], object], path: Path) -> list[str]:
    with pytest.raises(ContractError) as refusal:
        read(path)
    return str(refusal.value).splitlines()


@pytest.mark.parametrize("file", _named("contracts", ".yaml"), ids=lambda file: file.stem)
def test_contract_is_refused(file: Path, folder: Folder) -> None:
    place = folder(file.read_text())

    assert _refused(read_contract, place) == _expected(file)


@pytest.mark.parametrize("file", _named("amendments", ".yaml"), ids=lambda file: file.stem)
def test_amendment_is_refused(file: Path, folder: Folder) -> None:
    place = folder(files={"amendments/first.yaml": file.read_text()})

    assert _refused(read_contract, place) == _expected(file)


@pytest.mark.parametrize("file", _named("offers", ".yaml"), ids=lambda file: file.stem)
def test_offer_is_refused(file: Path, folder: Folder) -> None:
    place = folder(files={"offers/offer.yaml": file.read_text()})

    assert _refused(read_offer, place / "offers/offer.yaml") == _expected(file)


@pytest.mark.parametrize("file", _named("rates", ".csv", ".xls", ".xlsx"), ids=lambda file: file.stem)
def test_rate_table_is_refused(file: Path, folder: Folder, base: str) -> None:
    table = f"rates{file.suffix}"
    place = folder(base.replace("rates.csv", table), {table: file.read_bytes()})

    assert _refused(read_contract, place) == _expected(file)


def test_all_problems_of_all_files_come_at_once(folder: Folder, base: str) -> None:
    place = folder(
        base.replace("percent_of_charges", "percent_of_charge").replace("99202-99215", "9920"),
        {
            "rates.csv": "code,amount\n99213,abc\n",
            "amendments/a.yaml": "amendment: A\nsigned: 2025-01-02\neffective: 2025-02-30\n",
            "amendments/b.yaml": "amendment: B\nsigned: 2025-01-02\neffective: 2026-01-01\nremove_terms: Visit\n",
        },
    )

    assert _refused(read_contract, place) == [
        "contract.yaml:7: codes: '9920' is not a procedure code of five letters or digits; write it like 99213",
        "contract.yaml:14: 'percent_of_charge' is not a way of paying; did you mean 'percent_of_charges'?",
        "rates.csv:2: 99213: 'abc' is not an amount; leave the row out if the code has no rate",
        "amendments/a.yaml:3: effective: '2025-02-30' is not a date; write it like 2025-01-31",
        "amendments/b.yaml:4: the contract has no term 'Visit'; did you mean 'Visits'?",
    ]


def test_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text("contract: Old")

    assert _refused(read_contract, tmp_path / "nowhere") == [
        f"{tmp_path}/nowhere: there is no such file or folder; name a contract's folder"
    ]
    assert _refused(read_contract, tmp_path) == [
        f"{tmp_path}: the folder has no contract.yaml; it has old.yaml; rename the contract to contract.yaml"
    ]


def test_text_that_is_not_utf8_names_its_line(folder: Folder, base: str) -> None:
    place = folder()
    (place / "contract.yaml").write_bytes(base.encode().replace(b"Stays", b"St\xe4ys"))

    assert _refused(read_contract, place) == ["contract.yaml:9: this is not UTF-8 text; save the file as UTF-8"]


def test_aliases_cannot_blow_up(folder: Folder, base: str) -> None:
    bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    bomb += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    place = folder(base + "provisions:\n" + "\n".join(f"  {line}" for line in bomb))

    assert _refused(read_contract, place) == [
        "contract.yaml:21: aliases make this file far too large; write the values out"
    ]
